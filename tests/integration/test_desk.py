#!/usr/bin/env python3
"""A volunteer's desk as she meets it: commands, what is printed, exit codes; two desks that cannot
see each other; and with a real cupsd and a virtual printer, what becomes of the sheets. TAP."""
import contextlib
import json
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run, tap, venue
from kit.run import ACCUEIL, EVENT, MORNING, NEXT_DAY, codes_of
from kit.tap import expect
from kit.wait import ended, wait_for

ROSTER = """Référence;Civilité;Nom;Prénom;Fonction;Organisme;Catégorie;Rencontres;Foire;Jours;Repas;Protocole
FR-0001;Mme;Barthélémy;Joëlle;Maire adjointe;Ville de Marseille;élu;oui;non;26,27;oui;
FR-0002;M.;Le Goff;Aurélien;Urbaniste;Ville de Nice;expert;oui;oui;26,27,29;oui;
FR-0003;Mme;Hué;Zoé;Ministre;Ministère;personnalité;oui;non;26,27;oui;oui
"""
ZOE = ("--volunteer", "Zoé")


class Desk:
    """One station."""

    def __init__(self, folder, name="desk", place=None, queue=None):
        self.folder, self.name, self.place, self.queue = Path(folder), name, place, queue
        self.db = self.folder / (name + ".db")
        base = place.env if place else run.environment()
        self.env = dict(base, ACCUEIL_DB=str(self.db), LC_ALL="C.UTF-8")
        self.agent = None
        self.run("init", "--station", name)

    def open_congress(self):
        roster, tickets = self.folder / "roster.csv", self.folder / "tickets.csv"
        roster.write_text(ROSTER)
        self.run("event", "load", EVENT)
        self.run("import", roster)
        self.run("key", "new")
        self.run("ticket", "issue", "--csv", tickets)
        self.tickets = codes_of(tickets)
        return self

    def run(self, *words, status=0, now=MORNING, stdin=""):
        said = run.accueil(*words, env=self.env, now=now, status=status, stdin=stdin)
        return said.out if status != 2 else said.err

    def json(self, *words, **more):
        return json.loads(self.run(*words, "--json", **more))

    def scan(self, code, checkpoint="entree-est", status=0, now=MORNING):
        return json.loads(
            self.run(
                "scan",
                "--checkpoint",
                checkpoint,
                "--json",
                stdin=code + "\n",
                status=status,
                now=now,
            )
        )

    def ask(self, sql):
        return run.text_of(self.db, sql)

    def badge_picture(self, reference, serial):
        """A picture of the badge, for a reader."""
        picture = self.folder / "badge.png"
        self.run("badge", "render", reference, "--serial", serial, "-o", picture)
        return picture

    def show(self, reference, serial, checkpoint="entree-est", now=NEXT_DAY, status=0, at=None):
        words = (
            "scan",
            "--checkpoint",
            checkpoint,
            "--json",
            "--image",
            self.badge_picture(reference, serial),
        )
        return json.loads((at or self).run(*words, now=now, status=status))

    # The agent

    def start_agent(self):
        with open(self.folder / "agent.log", "ab") as log:
            self.agent = subprocess.Popen(
                [ACCUEIL, "agent", "--printer", self.queue, "--no-sync"],
                env=dict(self.env, ACCUEIL_NOW=MORNING),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def stop_agent(self):
        if self.agent and self.agent.poll() is None:
            self.agent.kill()
        if self.agent:
            self.agent.wait()

    def state(self, reference, serial):
        return self.ask(
            f"SELECT state FROM print_job WHERE reference = '{reference}' AND serial = {serial}"
        )

    def wait_state(self, reference, serial, *wanted):
        return wait_for(
            lambda: (state := self.state(reference, serial)) in wanted and state,
            lambda: f"{reference} {serial} to be {' or '.join(wanted)}; it is "
            f"{self.state(reference, serial)}\n{(self.folder / 'agent.log').read_text()}",
        )

    def sheets(self, reference, serial):
        return sum(
            f"-{self.name}-{reference.lower()}-{serial}_" in name
            for name in self.place.printed(self.queue)
        )


# Without a printer --------------------------------------------------------------------------------


def reprint(folder):
    """a lost badge is printed again, the lost one refused at every door and told of"""
    desk = Desk(folder).open_congress()
    expect(desk.scan(desk.tickets["FR-0001"])["badge_serial"] == 1, "no badge")
    first = desk.badge_picture("FR-0001", 1).rename(desk.folder / "first.png")
    answer = desk.json("badge", "reprint", "FR-0001", "--reason", "lost", "--serial", 1, *ZOE)
    expect((answer["verdict"], answer["serial"], answer["done"]) == ("printing", 2, True), answer)
    expect(
        desk.json("badge", "reprint", "FR-0001", "--reason", "lost", "--serial", 1, *ZOE)["verdict"]
        == "already",
        "a double click printed twice",
    )
    expect(
        desk.json(
            "badge", "reprint", "FR-0001", "--reason", "damaged", "--serial", 1, *ZOE, status=1
        )["verdict"]
        == "changed",
        "an old page printed again",
    )
    refused = desk.run(
        "badge", "reprint", "FR-0001", "--reason", "damaged", "--serial", 3, *ZOE, status=1
    )
    expect(
        "n’a encore ce numéro" in refused and "核对胸卡上的编号" in refused and "badge 2" in refused,
        f"a number that there has never been: {refused}",
    )
    expect(desk.ask("SELECT count (*) FROM badge") == "2", "more than two badges")
    for checkpoint in ("entree-est", "dejeuner-27"):
        refused = json.loads(
            desk.run(
                "scan",
                "--checkpoint",
                checkpoint,
                "--json",
                "--image",
                first,
                now=NEXT_DAY,
                status=1,
            )
        )
        expect((refused["verdict"], refused["detail"]) == ("BADGE_VOID", "lost"), refused)
    expect(desk.show("FR-0001", 2)["verdict"] == "ADMITTED", "the new badge opens nothing")
    text = desk.run("alerts")
    for word in (
        "Un badge annulé a été présenté · 有人出示了已失效的胸卡",
        "Joëlle Barthélémy",
        "badge 1",
        "× 2",
        "→ Retrouvez la personne",
        "badge-void:FR-0001:desk:1",
    ):
        expect(word in text, f"{word} is not in {text}")
    expect(
        desk.json("alerts", "close", "badge-void:FR-0001:desk:1", "--reason", "détruit", *ZOE)[
            "verdict"
        ]
        == "closed",
        "not closed",
    )
    expect(desk.json("alerts") == [] and len(desk.json("alerts", "--all")) == 1, "still open")
    desk.run("scan", "--checkpoint", "entree-est", "--image", first, now=NEXT_DAY, status=1)
    expect(
        [a["happened"] for a in desk.json("alerts")] == [3],
        "a void badge shown again after closing is not told",
    )


def walk_through(folder):
    """no badge, void, revoked, unknown, a name put right, a walk-in, by hand"""
    desk = Desk(folder).open_congress()
    expect(
        desk.json("badge", "void", "FR-0002", "--reason", "lost", *ZOE, status=1)["verdict"]
        == "no-badge",
        "nothing to void",
    )
    expect(
        desk.json("badge", "reprint", "FR-0002", "--reason", "not-printed", *ZOE)["serial"] == 2,
        "who has none gets one that comes after a first one elsewhere",
    )
    expect(
        desk.json(
            "badge", "void", "FR-0002", "--reason", "other", "--text", "trouvé dans la rue", *ZOE
        )["verdict"]
        == "voided",
        "not void",
    )
    expect(
        desk.json("badge", "void", "FR-0002", "--reason", "lost", *ZOE)["verdict"] == "already",
        "twice void",
    )
    expect(desk.show("FR-0002", 2, status=1)["detail"] == "lost", "a void badge opens")
    expect(desk.scan(desk.tickets["FR-0002"])["badge_serial"] == 3, "her ticket gets her another")
    expect(
        desk.json("badge", "reprint", "FR-9999", "--reason", "lost", *ZOE, status=1)["verdict"]
        == "unknown",
        "unknown",
    )
    line = desk.run("badge", "reprint", "FR-9999", "--reason", "lost", *ZOE, status=1)
    expect(re.match(r"✗ Cette référence n’est pas connue ici.*此处没有该编号.*FR-9999\n$", line), line)

    fixed = desk.json(
        "correct", "FR-0002", "--family", "Le Gof", "--name-zh", "勒戈夫", "--reprint", *ZOE
    )
    expect((fixed["verdict"], fixed["serial"]) == ("printing", 4), fixed)
    expect(
        [(p["family"], p["name_zh"]) for p in desk.json("roster", "--search", "FR-0002")]
        == [("Le Gof", "勒戈夫")],
        "not corrected",
    )
    bad = desk.json("correct", "FR-0002", "--name-zh", "Le Gof", *ZOE, status=1)
    expect((bad["verdict"], bad["field"]) == ("bad-script", "name_zh"), bad)
    expect(
        desk.json("correct", "FR-0002", "--given", "x" * 301, *ZOE, status=1)["verdict"]
        == "bad-text",
        "too long",
    )

    form = (
        "walk-in",
        "--family",
        "Œuvrard",
        "--given",
        "Anne",
        "--category",
        "Élue",
        "--event",
        "rencontres",
        "--country",
        "France",
        *ZOE,
    )
    expect(desk.json(*form)["reference"] == "W-desk-1", "no reference")
    expect(desk.json(*form, status=1)["verdict"] == "known", "twice")
    expect(desk.json(*form, "--namesake")["reference"] == "W-desk-2", "a namesake")
    expect(
        desk.json(
            "walk-in", "--family", "X", "--category", "roi", "--event", "rencontres", *ZOE, status=1
        )["verdict"]
        == "bad-category",
        "any category",
    )
    let_in = desk.json(
        "admit", "W-desk-1", "--checkpoint", "entree-est", "--reason", "sans téléphone", *ZOE
    )
    expect((let_in["verdict"], let_in["badge_serial"]) == ("ADMITTED", 1), let_in)
    expect(
        desk.json(
            "admit", "W-desk-9", "--checkpoint", "entree-est", "--reason", "x", *ZOE, status=1
        )["verdict"]
        == "UNKNOWN",
        "anybody",
    )
    expect(desk.show("W-desk-1", 1, now=MORNING, status=1)["verdict"] == "ALREADY_IN", "not in")

    facts = desk.ask(
        "SELECT count (*) FROM fact WHERE kind IN ('badge-void', 'registration', 'passage') AND "
        "body ->> 'volunteer' = 'Zoé'"
    )
    expect(int(facts) >= 6, f"{facts} facts have her name")
    expect(desk.run("verify").count("\n") >= 1, "verify")


def quiet_guest(folder):
    """a protocol guest's arrival is told without a name; a forged code is told"""
    desk = Desk(folder).open_congress()
    desk.scan(desk.tickets["FR-0003"])
    code = desk.tickets["FR-0001"]
    # Somewhere within the reference or the signature: FORGED, unless it is no code any more.
    for at in range(20, 60):
        changed = code[:at] + ("0" if code[at] != "0" else "1") + code[at + 1 :]
        if desk.scan(changed, status=1)["verdict"] == "FORGED":
            break
    alerts = {a["kind"]: a for a in desk.json("alerts")}
    expect(set(alerts) == {"protocol", "forged"}, alerts)
    expect(
        alerts["protocol"]["name"] == ""
        and alerts["protocol"]["reference"] == "FR-0003"
        and "Hué" not in desk.run("alerts"),
        "her name is shown",
    )
    expect(
        alerts["forged"]["checkpoint"] == "entree-est" and alerts["forged"]["reference"] == "",
        alerts["forged"],
    )
    expect(desk.json("jobs")[0]["name"] == "", "her name is in the queue")


def two_desks(folder):
    """two desks print the same badge again, unseen by each other: one is good on both, and both are
    told"""
    one = Desk(folder, "desk-1").open_congress()
    two = Desk(folder, "desk-2")
    two.run("merge", one.db)
    one.scan(one.tickets["FR-0001"])
    expect(one.json("badge", "reprint", "FR-0001", "--reason", "lost", *ZOE)["serial"] == 2, "one")
    expect(
        two.json("badge", "reprint", "FR-0001", "--reason", "lost", *ZOE)["serial"] == 2,
        "two, which has not heard of the first",
    )
    one.run("merge", two.db)
    two.run("merge", one.db)
    good = {
        desk.name: desk.ask("SELECT serial || issuer FROM badge_state WHERE good")
        for desk in (one, two)
    }
    expect(len(set(good.values())) == 1 and good["desk-1"].startswith("2"), good)
    for desk in (one, two):
        alerts = desk.json("alerts")
        expect(
            [a["id"] for a in alerts] == ["conflict:FR-0001@badge/2"]
            and "Reprenez les deux" in alerts[0]["remedy_fr"],
            alerts,
        )
    for issuer in (one, two):
        better = good["desk-1"] == "2" + issuer.name
        shown = issuer.show("FR-0001", 2, status=0 if better else 1, at=one)
        expect(shown["verdict"] == ("ADMITTED" if better else "BADGE_VOID"), shown)
    expect(
        two.json("badge", "reprint", "FR-0001", "--reason", "damaged", *ZOE)["serial"] == 3, "three"
    )
    one.run("merge", two.db)
    for desk in (one, two):
        expect(not [a for a in desk.json("alerts") if a["kind"] == "conflict"], "still in conflict")
        expect(
            desk.ask("SELECT serial || issuer FROM badge_state WHERE good") == "3desk-2",
            "not the last",
        )


def watched(folder):
    """alerts --watch tells each as it comes, and ends when asked"""
    desk = Desk(folder).open_congress()
    desk.scan(desk.tickets["FR-0003"])
    process = subprocess.Popen(
        [ACCUEIL, "alerts", "--watch", "--json"],
        env=dict(desk.env, ACCUEIL_NOW=MORNING),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        expect(json.loads(process.stdout.readline())["kind"] == "protocol", "not the one there was")
        desk.scan(desk.tickets["FR-0001"])
        desk.run("badge", "void", "FR-0001", "--reason", "lost", *ZOE)
        desk.show("FR-0001", 1, status=1)
        told = json.loads(process.stdout.readline())
        expect(
            (told["kind"], told["reference"], told["happened"]) == ("badge-void", "FR-0001", 1),
            told,
        )
        desk.show("FR-0001", 1, status=1)
        expect(json.loads(process.stdout.readline())["happened"] == 2, "again")
        process.send_signal(signal.SIGTERM)
        expect(ended(process, 10) == 0 and process.stdout.read() == "", "ended badly")
    finally:
        process.kill()
        process.wait()


def notes(folder):
    """a note on a person is written, shown and taken back; with no text of it elsewhere"""
    desk = Desk(folder).open_congress()
    expect(desk.run("note", "FR-0001") == "")
    said = desk.json("note", "FR-0001", "--text", "Allergie aux noix", *ZOE)
    expect(said["done"] and said["verdict"] == "noted", said)
    expect(desk.run("note", "FR-0001").strip() == "Allergie aux noix")
    expect(desk.json("note", "FR-0001")["note"] == "Allergie aux noix")
    expect(
        desk.json("note", "FR-0001", "--text", "Allergie aux noix", *ZOE)["verdict"] == "already"
    )
    expect("noix" not in desk.run("roster", "--search", "FR-0001"))
    desk.run("note", "FR-0001", "--text", "", *ZOE)
    expect(desk.run("note", "FR-0001") == "")
    desk.run("note", "FR-0009", "--text", "x", *ZOE, status=1)


def usage(folder):
    """wrong usage is said, with the way out"""
    desk = Desk(folder)
    for words, text in (
        (["badge", "reprint"], "REFERENCE is missing"),
        (["badge", "reprint", "FR-1", *ZOE], "lost, damaged, misspelled"),
        (["badge", "reprint", "FR-1", "--reason", "first", *ZOE], "lost, damaged, misspelled"),
        (["badge", "reprint", "FR-1", "--reason", "lost"], "--volunteer NAME"),
        (["badge", "void", "FR-1", "FR-2", "--reason", "lost", *ZOE], "one REFERENCE"),
        (["note"], "REFERENCE is missing"),
        (["note", "FR-1", "--text", "x"], "--volunteer NAME"),
        (["note", "FR-1", *ZOE], "--text TEXT"),
        (["jobs", "more"], "not expected"),
        (["jobs", "answer"], "JOB is missing"),
        (["jobs", "answer", "x", *ZOE], "yes or no"),
        (["jobs", "answer", "x", "perhaps", *ZOE], "neither"),
        (["jobs", "retry", "x"], "--volunteer NAME"),
        (["alerts", "--all", "--watch"], "either"),
        (["alerts", "close", "x", *ZOE], "--reason TEXT"),
        (["admit", "FR-1", "--checkpoint", "entree-est", *ZOE, "--reason", " "], "--reason TEXT"),
        (["correct", "FR-1", *ZOE], "what is to be corrected"),
        (["walk-in", "--category", "elu", *ZOE], "who is it"),
        (["walk-in", "--family", "X", *ZOE], "--category"),
    ):
        said = desk.run(*words, status=2)
        expect(text in said and "--help" in said, f"{words}: {said}")
    expect(
        desk.json("badge", "reprint", "FR-1", "--reason", "other", *ZOE, status=1)["verdict"]
        == "no-text",
        "other needs a text",
    )
    expect(
        desk.json("jobs", "cancel", "accueil-desk-FR-1-1", *ZOE, status=1)["verdict"] == "no-job",
        "no job",
    )
    expect(
        desk.json("walk-in", "--family", "X", "--category", "elu", *ZOE, status=1)["verdict"]
        == "no-programme",
        "no event file",
    )


# With a printer -----------------------------------------------------------------------------------


def sheets(desk):
    """a reprint comes out of the printer as its own sheet"""
    desk.scan(desk.tickets["FR-0001"])
    desk.wait_state("FR-0001", 1, "printed")
    desk.json("badge", "reprint", "FR-0001", "--reason", "damaged", *ZOE)
    desk.wait_state("FR-0001", 2, "printed")
    expect((desk.sheets("FR-0001", 1), desk.sheets("FR-0001", 2)) == (1, 1), "not one sheet each")
    expect(desk.json("jobs") == [], "something is left")


def canceled(desk):
    """a badge that waits for paper, and one behind it, are cancelled: neither comes out"""
    desk.place.set_fault(desk.queue, "media-empty-error")
    desk.scan(desk.tickets["FR-0001"])
    desk.wait_state("FR-0001", 1, "printing")
    desk.scan(desk.tickets["FR-0002"])
    wait_for(
        lambda: any(
            "Plus de papier" in job["remedy_fr"] and "缺纸" in job["remedy_zh"]
            for job in desk.json("jobs")
        ),
        "the fault to be told with what to do",
    )
    for reference in ("FR-0002", "FR-0001"):
        job = f"accueil-{desk.name}-{reference}-1"
        expect(desk.json("jobs", "cancel", job, *ZOE)["verdict"] == "canceled", "not cancelled")
        expect(desk.json("jobs", "cancel", job, *ZOE)["verdict"] == "already", "cancelled twice")
    desk.wait_state("FR-0001", 1, "failed")
    desk.place.clear_fault(desk.queue)
    desk.wait_state("FR-0002", 1, "failed")
    desk.scan(desk.tickets["FR-0003"])
    desk.wait_state("FR-0003", 1, "printed")
    expect(
        (desk.sheets("FR-0001", 1), desk.sheets("FR-0002", 1)) == (0, 0),
        "a cancelled badge came out",
    )
    expect(desk.json("jobs") == [], "something is left")


def halted(desk):
    """a badge that is being printed, without any trouble, is cancelled: it does not come out, and
    the next one does"""
    desk.place.set_slow(desk.queue, True)
    desk.scan(desk.tickets["FR-0001"])
    desk.wait_state("FR-0001", 1, "printing")
    expect(
        desk.json("jobs", "cancel", f"accueil-{desk.name}-FR-0001-1", *ZOE)["verdict"]
        == "canceled",
        "not cancelled",
    )
    desk.wait_state("FR-0001", 1, "failed")
    desk.place.set_slow(desk.queue, False)
    desk.scan(desk.tickets["FR-0002"])
    desk.wait_state("FR-0002", 1, "printed")
    expect(
        desk.sheets("FR-0001", 1) == 0 and desk.json("jobs") == [] and desk.json("alerts") == [],
        "it came out, or something is left",
    )


def retried(desk):
    """a badge that the printer gave up is told, and printed again on request"""
    desk.place.set_abort(desk.queue, True)
    desk.scan(desk.tickets["FR-0001"])
    desk.wait_state("FR-0001", 1, "failed")
    desk.place.set_abort(desk.queue, False)
    job = f"accueil-{desk.name}-FR-0001-1"
    expect([a["kind"] for a in desk.json("alerts")] == ["failed"], "not told")
    expect(desk.json("jobs")[0]["remedy_fr"] == "Relancez l’impression.", "no remedy")
    expect(desk.json("jobs", "retry", job, *ZOE)["serial"] == 2, "not printed again")
    expect(desk.json("jobs", "retry", job, *ZOE)["verdict"] == "already", "printed again twice")
    desk.wait_state("FR-0001", 2, "printed")
    expect(
        desk.sheets("FR-0001", 2) == 1 and desk.json("alerts") == [] and desk.json("jobs") == [],
        "not one sheet, or something is left",
    )


def answered(desk):
    """a printer switched off with a badge in it: a person is asked, and answers"""
    for reference, answer in (("FR-0001", "no"), ("FR-0002", "yes")):
        job = f"accueil-{desk.name}-{reference}-1"
        desk.place.set_fault(desk.queue, "media-jam-error")
        desk.scan(desk.tickets[reference])
        desk.wait_state(reference, 1, "printing")
        expect(
            desk.json("jobs", "answer", job, answer, *ZOE, status=1)["verdict"] == "job-open",
            "answered too early",
        )
        desk.place.stop_printer(desk.queue)
        desk.place.clear_fault(desk.queue)
        desk.place.start_printer(desk.queue)
        desk.wait_state(reference, 1, "unsure")
        expect(
            [a["kind"] for a in desk.json("alerts")] == ["unsure"]
            and "Répondez oui ou non" in desk.run("jobs"),
            "not asked",
        )
        done = desk.json("jobs", "answer", job, answer, *ZOE)
        expect(done["verdict"] == ("printing" if answer == "no" else "confirmed"), done)
        expect(
            desk.json("jobs", "answer", job, answer, *ZOE)["verdict"] == "already", "answered twice"
        )
        expect(desk.json("alerts") == [], "still asked")
        if answer == "no":
            desk.wait_state(reference, 2, "printed")
    expect(
        (desk.sheets("FR-0001", 2), desk.sheets("FR-0002", 2), desk.state("FR-0002", 1))
        == (1, 0, "printed"),
        "sheets",
    )
    expect(
        desk.show("FR-0001", 1, status=1)["verdict"] == "BADGE_VOID",
        "the unsure one opens, should it come out",
    )


# ----------------------------------------------------------------------------------------

PLAIN = [reprint, walk_through, quiet_guest, two_desks, watched, notes, usage]
PRINTED = [sheets, canceled, halted, retried, answered]


@contextlib.contextmanager
def own_folder(test):
    with tempfile.TemporaryDirectory(prefix=f"accueil-desk-{test.__name__}-") as folder:
        yield Path(folder)


def at_the_printer(first):
    with tempfile.TemporaryDirectory(prefix="accueil-desk-") as folder, venue.Venue(
        Path(folder) / "venue"
    ) as place:

        @contextlib.contextmanager
        def printing_desk(test):
            own = Path(folder) / test.__name__
            own.mkdir()
            desk = Desk(own, test.__name__, place, "badge").open_congress()
            desk.start_agent()
            try:
                yield desk
            finally:
                desk.stop_agent()
                place.clear_fault("badge")
                place.set_abort("badge", False)

        return tap.run(PRINTED, printing_desk, first)


def main():
    reason = None
    try:
        venue.enter()
    except venue.Unavailable as unavailable:
        reason = str(unavailable)
    print(f"1..{len(PLAIN) + len(PRINTED)}", flush=True)
    good = tap.run(PLAIN, own_folder)
    try:
        if reason is None:
            good = at_the_printer(len(PLAIN) + 1) and good
    except venue.Unavailable as unavailable:
        reason = str(unavailable)
    for number, test in enumerate(PRINTED if reason else [], len(PLAIN) + 1):
        print(f"ok {number} - {tap.title(test)} # SKIP {reason}", flush=True)
    return not good


if __name__ == "__main__":
    sys.exit(main())
