#!/usr/bin/env python3
"""The congress of the steering committee, at the command line: the two sides by rank, platforms of
sessions with several roles a person, and what bad input is told. TAP."""
import contextlib
import json
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run, tap
from kit.run import DEMO, EVENT, MORNING
from kit.tap import expect

ZOE = ("--volunteer", "Zoé")
HEADINGS = (
    "Référence;Civilité;Nom;Prénom;Fonction;Pays;Catégorie;Rencontres;Foire;Jours;Rôle;Rang;"
    "Régime;Protocole;Statut\n"
)
ROSTER = (
    HEADINGS
    + """FR-1;Mme;Hué;Zoé;Ministre;FR;personnalité;oui;non;26;;;;oui;
FR-2;M.;Le Goff;Yann;Maire;FR;élu;oui;non;26,27;A1:speaker:theme2, A3:moderator;;halal;;
FR-3;Mme;Morel;Anne;Chargée de mission;FR;expert;oui;non;26;intervenante A1;;;;
FR-4;M.;Petit;Luc;Maire;FR;élu;oui;non;26;;;;;à confirmer
CN-1;M.;Wang;Ming;;CN;élu;oui;non;26;animateur A1, A3;mayor;végétarien;;
CN-2;M.;Li;Wei;;CN;entreprise;oui;non;26;intervenant A1, A2;;;;
"""
)


@contextlib.contextmanager
def replica(roster=ROSTER):
    with tempfile.TemporaryDirectory(prefix="accueil-") as folder:
        folder = Path(folder)
        env = run.environment(ACCUEIL_DB=str(folder / "a.db"), LC_ALL="C.UTF-8")

        def accueil(*words, status=0, now=MORNING, stdin=""):
            return run.accueil(*words, env=env, now=now, status=status, stdin=stdin)

        accueil("init", "--station", "desk")
        accueil("event", "load", EVENT)
        (folder / "roster.csv").write_text(roster)
        accueil.folder = folder
        yield accueil


def imported(accueil):
    return accueil("import", accueil.folder / "roster.csv", "--yes")


def row_of(balance, name):
    return next(row for row in balance["ranks"] if row["id"] == name)


def test_balance_of_ranks():
    """A rank without its equal is said and fails; a person confirms what functions say."""
    with replica() as accueil:
        imported(accueil)
        said = accueil("balance", status=1).out
        expect("pas d’égal côté chinois · 中方无对等人员" in said, said)
        balance = json.loads(accueil("balance", "--json", status=1).out)
        expect(row_of(balance, "minister")["lacks"] == "china", balance)
        mayors = row_of(balance, "mayor")
        expect(mayors["france"]["invited"] == 2 and mayors["france"]["registered"] == 1, mayors)
        expect(mayors["china"]["registered"] == 1 and mayors["lacks"] == "", mayors)
        guesses = {row["reference"]: row for row in balance["to_confirm"]}
        expect(sorted(guesses) == ["FR-1", "FR-2", "FR-4"], guesses)
        expect(guesses["FR-1"]["name"] == "", guesses)
        listed = accueil("balance", "--to-confirm").out
        expect("Hué" not in listed and "FR-2" in listed, listed)
        accueil("correct", "FR-1", "--rank", "clown", *ZOE, status=1)
        for reference, rank in (("FR-1", "director"), ("FR-2", "市长"), ("FR-4", "mayor")):
            accueil("correct", reference, "--rank", rank, *ZOE)
        confirmed = json.loads(accueil("balance", "--json", status=1).out)
        expect(confirmed["to_confirm"] == [], confirmed["to_confirm"])
        expect(row_of(confirmed, "director")["lacks"] == "china", confirmed)
        accueil("correct", "CN-2", "--rank", "director", *ZOE)
        accueil("balance")
        # Live: who is inside has no equal there.
        accueil("admit", "CN-1", "--checkpoint", "entree-est", *ZOE, "--reason", "x")
        live = json.loads(accueil("balance", "--live", "--json", status=1).out)
        expect(row_of(live, "mayor")["lacks_inside"] == "france", live)
        expect(row_of(live, "mayor")["china"]["inside"] == 1, live)
        accueil("balance", "--event", "bal", status=1)
        accueil("balance", "rencontres", status=2)


def test_balance_survives_a_rebuild():
    """What is derived is the same after a rebuild."""
    with replica() as accueil:
        imported(accueil)
        before = accueil("balance", "--json", status=1).out
        accueil("rebuild")
        expect(accueil("balance", "--json", status=1).out == before, before)


def test_platforms():
    """Several roles a person; the committee's wishes are said; who is missed before the start."""
    with replica() as accueil:
        said = imported(accueil).err
        for words in (
            "Note: session A1: all moderators are of one side",
            "Note: session A2: 0 French and 1 Chinese",
            "Note: CN-2 has a role in A1 and in A2, which are at one time (roster.csv:7 CN-2). "
            "Take",
            "a Franco-Chinese pair is wished for (roster.csv:6 CN-1). Give the role of a moderator",
        ):
            expect(words in said, words, said)
        expect("session A3" not in said, said)
        session = json.loads(accueil("session", "A1", "--json").out)[0]
        people = {row["reference"]: row for row in session["platform"]}
        expect(sorted(people) == ["CN-1", "CN-2", "FR-2", "FR-3"], people)
        expect(people["FR-2"]["theme"] == 2 and people["FR-2"]["side"] == "france", people)
        rules = {row["rule"] for row in session["remarks"]}
        expect(rules == {"no-pair", "two-rooms"}, session["remarks"])
        listed = json.loads(accueil("session", "--json").out)
        expect([row["id"] for row in listed] == ["A1", "A2", "A3", "A4", "A5", "A6"], listed)
        expect(listed[2]["roles"] == 2 and listed[4]["roles"] == 0, listed)
        accueil("session", "A9", status=1)
        # At 13:44 nobody is missed yet, at 13:45 all are; those who are in the building are not.
        accueil("session", "A1", now="2016-10-26T13:44:00+08:00")
        accueil("session", "A1", now="2016-10-26T13:45:00+08:00", status=1)
        for reference in ("FR-2", "FR-3", "CN-1", "CN-2"):
            accueil("admit", reference, "--checkpoint", "entree-est", *ZOE, "--reason", "x")
        text = accueil("session", "A1", now="2016-10-26T13:45:00+08:00").out
        expect("4/4" in text and "Le Goff" in text, text)
        accueil("admit", "FR-2", "--checkpoint", "atelier-a1", *ZOE, "--reason", "x", status=1)
        inside = accueil(
            "admit",
            "FR-2",
            "--checkpoint",
            "atelier-a1",
            *ZOE,
            "--reason",
            "x",
            now="2016-10-26T13:50:00+08:00",
        )
        expect(inside.code == 0, inside)
        after = json.loads(accueil("session", "A1", "--json", now="2016-10-26T14:01:00+08:00").out)[
            0
        ]
        place = {row["reference"]: row["place"] for row in after["platform"]}
        expect(place["FR-2"] == "room" and place["FR-3"] == "building", place)


SEVEN = HEADINGS + "".join(
    f"FR-{number};M.;Nom{'abcdefg'[number - 1]};Luc;Maire;FR;élu;oui;non;26;intervenant A5;;;;\n"
    for number in range(1, 8)
)
ROW = "FR-1;Mme;Hué;Zoé;Ministre;FR;élu;oui;non;26;%s;%s;;;\n"
SHUTTLE = "Référence;Jour;Heure;Ligne;Places\n" + "".join(
    f"{who};27;08:00;Ligne 2;2\n" for who in ("FR-2", "FR-3", "CN-1")
)
# What is wrong, the list or file, the command that reads it, its status, and where that is, what it
# is and what to do.
BAD = (
    (
        "a role for a session that does not exist",
        HEADINGS + ROW % ("intervenante A9", ""),
        ("import", "bad.csv", "--yes"),
        1,
        ("bad.csv:2", "is no session of the event file", "Write one of: A1"),
    ),
    (
        "a sub-theme that does not exist",
        HEADINGS + ROW % ("A1:speaker:theme7", ""),
        ("import", "bad.csv", "--yes"),
        1,
        ("bad.csv:2", "names a sub-theme that there is not", "Write one of these, or none"),
    ),
    (
        "seven speakers in a list",
        SEVEN,
        ("import", "bad.csv", "--yes"),
        0,
        ("session A5: 7 people on the platform", "bad.csv:2 FR-1", "Take a role from one of them"),
    ),
    (
        "seven speakers in the event file",
        ("speakers = FR-1; FR-2; FR-3; FR-4; FR-5; FR-6; FR-7",),
        ("event", "load", "bad.ini"),
        0,
        ("session A1: 9 people on the platform", "bad.ini:2", "Take a role from one of them"),
    ),
    (
        "a role of nobody's in the event file",
        ("moderators = FR 1",),
        ("event", "load", "bad.ini"),
        1,
        ("bad.ini:2", "[session A1] moderators: “FR 1” is no reference", "like FR-0004"),
    ),
    (
        "a headset code twice",
        "H-1;4006381333931\nH-2;4006381333931\n",
        ("headset", "codes", "--list", "bad.csv", "-o", "labels.pdf"),
        1,
        ("bad.csv:2", "is that of H-1 already", "stick another label on one"),
    ),
    (
        "a headset twice",
        "H-1;4006381333931\nH-1;4006381333948\n",
        ("headset", "codes", "--list", "bad.csv", "-o", "labels.pdf"),
        1,
        ("bad.csv:2", "the headset H-1 stands here for the second time"),
    ),
    (
        "a shuttle fuller than it has places",
        SHUTTLE,
        ("appointments", "import", "bad.csv", "--kind", "shuttle"),
        0,
        ("bad.csv: line 4", "3 people for 2 places", "Take a larger vehicle"),
    ),
    (
        "a rank that nobody has",
        HEADINGS + ROW % ("", "archiduc"),
        ("import", "bad.csv", "--yes"),
        1,
        ("bad.csv:2", "“archiduc”", "is no rank. Write one of"),
    ),
)


def test_bad_input():
    """Each named with file, line and remedy, whether it is refused or only said."""
    with replica() as accueil:
        imported(accueil)
        accueil("key", "new")
        for what, text, words, status, told in BAD:
            good = text if isinstance(text, str) else with_roles(*text)
            (accueil.folder / ("bad.csv" if isinstance(text, str) else "bad.ini")).write_text(good)
            paths = [accueil.folder / word if "." in word else word for word in words]
            said = accueil(*paths, status=status)
            for word in told:
                expect(word in said.out + said.err, what, word, said)


def with_roles(*keys):
    """The demo's event file, in whose first session these roles are given."""
    text = (DEMO / "congress.ini").read_text()
    return text.replace("\nroom = Salle 1", "\n" + "\n".join(keys) + "\nroom = Salle 1", 1)


def test_roles_by_the_event_file():
    """Given before anybody is registered, beside what lists say; and taken back."""
    with replica() as accueil:
        path = accueil.folder / "cast.ini"
        path.write_text(with_roles("chair = FR-3", "moderators = CN-1; FR-3", "speakers = XX-9:2"))
        said = accueil("event", "load", path).err
        expect(
            "A1: not registered, but given a role by the event file: 3 (cast.ini:" in said,
            said,
        )
        said = imported(accueil).err
        expect("given a role by the event file: 1 (XX-9)" in said, said)

        def roles():
            session = json.loads(accueil("session", "A1", "--json").out)[0]
            people = {}
            for row in session["platform"]:
                people.setdefault(row["reference"], []).append(row["role"])
            return people

        given = roles()
        expect(given["CN-1"] == ["animateur"], "by both, once", given)
        expect(
            sorted(given["FR-3"]) == ["animateur", "intervenant", "président de séance"],
            given,
        )
        accueil("key", "new")
        accueil("admit", "FR-3", "--checkpoint", "entree-est", *ZOE, "--reason", "x")
        accueil("rebuild")
        expect(roles() == given, "after a rebuild", roles())
        accueil("event", "load", EVENT)
        expect(roles()["FR-3"] == ["intervenant"], "taken back", roles())
        untrue = run.text_of(accueil.folder / "a.db", "SELECT reference FROM badge_untrue")
        expect(untrue == "FR-3", "her badge says what was taken back", untrue)


def test_text_for_one():
    """A column's text is told at the scan, to nobody else, and never to a guest of protocol."""
    told = "Votre écharpe vous attend au bureau 3"
    lines = ROSTER.splitlines()
    texts = ["Message au scan", "x" * 20, told, "", "", "请到3号台领取席卡", ""]
    roster = "\n".join(line + ";" + text for line, text in zip(lines, texts)) + "\n"
    with replica(roster) as accueil:
        imported(accueil)
        accueil("key", "new")
        sheet = accueil.folder / "tickets.csv"
        accueil("ticket", "issue", "--csv", sheet)
        codes = run.codes_of(sheet)
        for reference, text in (
            ("FR-1", None),
            ("FR-2", told),
            ("FR-3", None),
            ("CN-1", texts[5]),
        ):
            said = scanned(accueil, "entree-est", codes[reference])
            expect(said.get("told_fr") == said.get("told_zh") == text, reference, said)
        (accueil.folder / "roster.csv").write_text(roster.replace(told, "x" * 121))
        said = accueil("import", accueil.folder / "roster.csv", "--yes", status=1)
        expect("roster.csv:3" in said.out + said.err, said)
        expect("longer than 120 characters" in said.out + said.err, said)


def test_bad_rows():
    """What cannot be is named with file, line, column and remedy, and nothing is written."""
    bad = HEADINGS + (
        "FR-1;Mme;Hué;Zoé;Ministre;FR;élu;oui;non;26;intervenante A9;;;;\n"
        "FR-2;M.;Le Goff;Yann;Maire;FR;élu;oui;non;26;A1:speaker:theme7;;;;\n"
        "FR-3;M.;Petit;Luc;Maire;FR;élu;oui;non;26;;archiduc;;;\n"
    )
    with replica(bad) as accueil:
        said = accueil("import", accueil.folder / "roster.csv", "--yes", status=1)
        text = said.out + said.err
        for words in (
            "roster.csv:2",
            "roster.csv:3",
            "roster.csv:4",
            "no session of the event file",
            "names a sub-theme that there is not: session A1 has 3",
            "is no rank. Write one of",
        ):
            expect(words in text, words, text)
        expect(accueil("roster").out.strip() == "", "nothing was imported")


def test_event_file_faults():
    """A rank without words, and a word of two ranks, are named with file and line."""
    text = (DEMO / "congress.ini").read_text()
    cases = (
        (
            "[rank head]",
            "[rank chief]\nfr = Chef\nzh = 首长\n\n[rank head]",
            "chief] words: is missing",
        ),
        (
            "words = directeur;",
            "words = directeur général; directeur;",
            "means the rank “head” already",
        ),
    )
    with replica() as accueil:
        for old, new, words in cases:
            path = accueil.folder / "bad.ini"
            path.write_text(text.replace(old, new, 1))
            said = accueil("event", "load", path, status=1).err
            expect("bad.ini:" in said and words in said, said)


DEADLINES = """
[deadline logos]
fr = Envoyer les logos
zh = 提交标识
due = 2016-11-20
by-fr = Partenaires
by-zh = 合作单位

[deadline bilan]
fr = Publier le rapport
zh = 发布报告
due = 2017-01-31
"""


def test_agenda():
    """What is late and what is due, by the day at the venue; a script sees it by the status."""
    with replica() as accueil:
        text = (DEMO / "congress.ini").read_text() + DEADLINES
        path = accueil.folder / "deadlines.ini"
        path.write_text(text)
        accueil("event", "load", path)
        rows = (
            ("2016-11-05T23:00:00+08:00", 0, "later"),
            ("2016-11-06T01:00:00+08:00", 0, "due"),
            ("2016-11-20T23:59:00+08:00", 0, "due"),
            ("2016-11-20T16:30:00+00:00", 1, "late"),
        )
        for now, status, state in rows:
            said = json.loads(accueil("agenda", "--json", now=now, status=status).out)
            states = {row["id"]: row["state"] for row in said["deadlines"]}
            expect(states["logos"] == state and states["programme"] == "done", now, said)
        late = accueil("agenda", now=rows[-1][0], status=1).out
        for words in ("en retard · 已逾期", "Envoyer les logos · 提交标识", "Partenaires · 合作单位"):
            expect(words in late, words, late)
        expect("Publier" not in late and "Publier" in accueil("agenda", "--all").out, late)
        path.write_text(text.replace("due = 2016-11-20", "due = 2016-11-20\ndone = 2016-11-19"))
        accueil("event", "load", path)
        accueil("agenda", now=rows[-1][0])
        before = accueil("agenda", "--all", "--json").out
        accueil("rebuild")
        expect(accueil("agenda", "--all", "--json").out == before, before)
        path.write_text(text.replace("due = 2016-11-20", "due = 20/11/2016"))
        said = accueil("event", "load", path, status=1).err
        expect("deadlines.ini:" in said and "is not YEAR-MONTH-DAY" in said, said)
        accueil("agenda", "--ahead", "-1", status=2)


def report_text(path):
    return run.done(["pdftotext", "-layout", path, "-"]).out


def test_report():
    """The report says what the other commands say, in both languages, each figure with what it
    means, as of when, and names nobody."""
    with replica() as accueil:
        imported(accueil)
        for reference in ("FR-2", "CN-1"):
            accueil("admit", reference, "--checkpoint", "entree-est", *ZOE, "--reason", "x")
        path = accueil.folder / "report.pdf"
        accueil("report", "-o", path)
        text = report_text(path)
        flat = re.sub(r"[\s\u00a0\u202f]+", " ", text)
        head = accueil("verify").out.split()[-1][:16]
        for words in (
            "Rapport du congrès",
            "大会报告",
            "Inscrits : personnes dont l’inscription est valable",
            "已报名：报名有效者，",
            "À quoi chaque délégation a pris part",
            "各代表团参加情况",
            "2016-10-26 09:12:00",
            head,
        ):
            expect(words in flat, words, flat[:2000])
        counts = json.loads(accueil("counts", "--json").out)
        expect(re.search(rf"{counts['registered']} +{counts['arrived']} ", text), counts, text)
        expect("Goff" not in text and "FR-2" not in text, text)
        again = accueil.folder / "again.pdf"
        accueil("report", "-o", again)
        expect(again.read_bytes() == path.read_bytes(), "the same figures, the same bytes")
        accueil("report", status=2)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">%s</svg>'


def test_logos():
    """Logos stand on letters and reports; bad ones are named with file, line and remedy."""
    with replica() as accueil:
        folder = accueil.folder
        (folder / "logos").mkdir()
        for path in (DEMO / "logos").glob("*.svg"):
            (folder / "logos" / path.name).write_bytes(path.read_bytes())
        text = (DEMO / "congress.ini").read_text()
        good = folder / "good.ini"
        imported(accueil)
        accueil("key", "new")
        plain, with_logos = folder / "plain.pdf", folder / "logos.pdf"
        accueil("report", "-o", plain)
        good.write_text(text + (DEMO / "logos" / "logos.ini").read_text())
        accueil("event", "load", good)
        # Badges: those of who is registered for the event that a logo is of, and of the whole.
        back, mayor = folder / "back.png", ("badge", "render", "FR-2", "--back", "-o")
        accueil(*mayor, back)
        some = back.read_bytes()
        tour = (DEMO / "logos" / "logos.ini").read_text().replace("event = foire\n", "")
        good.write_text(text + tour)
        accueil("event", "load", good)
        accueil(*mayor, back)
        expect(back.read_bytes() != some, "the fair's logo is on no badge of the other event's")
        accueil("event", "load", EVENT)
        accueil(*mayor, back)
        expect(back.read_bytes() != some, "the badge has no logos")
        good.write_text(text + (DEMO / "logos" / "logos.ini").read_text())
        accueil("event", "load", good)
        accueil("report", "-o", with_logos)
        expect(with_logos.stat().st_size > plain.stat().st_size, "the report has no logos")
        accueil("ticket", "issue", "--letters", folder / "letters")
        letters = sorted((folder / "letters").glob("*.pdf"))
        expect(len(letters) == 6, letters)
        expect("Le Goff" in " ".join(report_text(p) for p in letters).title(), letters)
        (folder / "pale.svg").write_text(SVG % '<path d="M0 0h40v40z" fill="#ffe58a"/>')
        (folder / "script.svg").write_text(SVG % "<script>1</script>")
        (folder / "far.svg").write_text(SVG % '<image href="http://example.org/a.png"/>')
        (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
        (folder / "huge.svg").write_text(SVG % ("<g/>" * 20000))
        (folder / "short.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        line = text.count("\n") + 5
        for file, words in (
            ("pale.svg", "can hardly be seen on white paper"),
            ("script.svg", "has a script in it"),
            ("far.svg", "needs another file"),
            ("photo.jpg", "is neither an SVG nor a PNG"),
            ("huge.svg", "is larger than 40 KiB"),
            ("short.png", "is a PNG that is cut off"),
            ("nowhere.svg", "is it beside the event file?"),
            ("../a.svg", "leads out of the event file's folder"),
        ):
            bad = folder / "bad.ini"
            bad.write_text(text + f"\n[logo bad]\nfr = L\nzh = L\nfile = {file}\n")
            said = accueil("event", "load", bad, status=1).err
            expect(f"bad.ini:{line}" in said and words in said, file, said)
        accueil("rebuild")
        again = folder / "again.pdf"
        accueil("report", "-o", again)
        expect(again.read_bytes() == with_logos.read_bytes(), "the same after a rebuild")


DOORS = """
[checkpoint entree-ouest]
kind = entrance
fr = Entrée Ouest
zh = 西入口
event = rencontres
badge = yes
opens = 26 07:30-19:00; 27 08:00-19:00

[checkpoint entree-deux]
kind = entrance
fr = Entrée commune
zh = 共用入口
events-any = rencontres; foire
once = never

[checkpoint pause]
kind = meal
fr = Pause
zh = 茶歇
event = rencontres
entitlement = none
once = day
limit = 2
wait = 30
opens = 26 10:00-17:00
"""


def scanned(accueil, checkpoint, code, status=0, now=MORNING):
    words = ("scan", "--checkpoint", checkpoint, "--json")
    return json.loads(accueil(*words, status=status, now=now, stdin=code + "\n").out)


def test_rules_of_the_door():
    """One right for all doors of an event, entries counted and waited for, hours named, prefixes of
    readers passed over."""
    with replica() as accueil:
        path = accueil.folder / "doors.ini"
        path.write_text((DEMO / "congress.ini").read_text() + DOORS)
        accueil("event", "load", path)
        imported(accueil)
        accueil("key", "new")
        sheet = accueil.folder / "tickets.csv"
        accueil("ticket", "issue", "--csv", sheet)
        codes = run.codes_of(sheet)
        early = scanned(accueil, "entree-est", codes["FR-2"], 1, "2016-10-26T07:00:00+08:00")
        expect(early["verdict"] == "CLOSED" and "07:30" in early["next_fr"], early)
        expect("07:30" in early["next_zh"], early)
        in_east = scanned(accueil, "entree-est", "]Q1\\000026" + codes["FR-2"])
        expect(in_east["verdict"] == "ADMITTED" and in_east["badge_serial"] == 1, in_east)
        # Somebody at the west door holds the badge that is inside by the east door.
        admit = ("admit", "FR-2", *ZOE, "--reason", "x", "--checkpoint")
        again = accueil(*admit, "entree-ouest", "--json", status=1).out
        expect(json.loads(again)["verdict"] == "ALREADY_IN", again)
        expect(scanned(accueil, "entree-deux", codes["FR-3"])["verdict"] == "ADMITTED", "any")
        said = []
        for hour, status in (("10:00", 0), ("10:10", 1), ("10:31", 0), ("11:40", 1)):
            now = f"2016-10-26T{hour}:00+08:00"
            said.append(json.loads(accueil(*admit, "pause", "--json", status=status, now=now).out))
        expect(
            [row["detail"] for row in said] == ["", "wait", "", "limit"],
            said,
        )


TRUSTS = """
[checkpoint entree-sure]
kind = entrance
fr = Entrée Nord
zh = 北入口
event = rencontres
badge = yes
doors = nord
unknown = admit
"""


def test_unlisted():
    """A station that was cut off before somebody registered: to the desk, or in by her ticket's
    signature where the event file says so; the passage is hers once the list has come."""
    with replica() as hub, replica() as west:
        far = ("--db", west.folder / "b.db")
        west("init", "--station", "west", *far)
        path = hub.folder / "doors.ini"
        path.write_text((DEMO / "congress.ini").read_text() + TRUSTS)
        hub("event", "load", path)
        hub("key", "new")
        west("merge", hub.folder / "a.db", *far)
        imported(hub)
        sheet = hub.folder / "tickets.csv"
        hub("ticket", "issue", "--csv", sheet)
        code = run.codes_of(sheet)["FR-3"] + "\n"
        scan = ("scan", "--json", *far, "--checkpoint")
        at_desk = json.loads(west(*scan, "entree-est", status=1, stdin=code).out)
        expect(at_desk["verdict"] == "UNKNOWN" and at_desk["detail"] == "not-here", at_desk)
        let_in = json.loads(west(*scan, "entree-sure", stdin=code).out)
        expect(let_in["verdict"] == "ADMITTED" and let_in["detail"] == "not-here", let_in)
        expect(let_in["badge_serial"] == 0 and "pas encore connue ici" in let_in["fr"], let_in)
        again = json.loads(west(*scan, "entree-sure", status=1, stdin=code).out)
        expect(again["verdict"] == "ALREADY_IN", again)
        before = json.loads(hub("counts", "--json").out)["arrived"]
        hub("merge", west.folder / "b.db")
        after = json.loads(hub("counts", "--json").out)["arrived"]
        expect(after == before + 1, before, after)


def test_ticket_void():
    """One mailed ticket is made void everywhere; the next one is another, and opens."""
    with replica() as accueil:
        imported(accueil)
        accueil("key", "new")
        sheet = accueil.folder / "tickets.csv"

        def codes():
            accueil("ticket", "issue", "--csv", sheet)
            return run.codes_of(sheet)

        first = codes()
        void = ("ticket", "void", "FR-2", "--reason", "transféré", *ZOE)
        accueil(*void)
        second = codes()
        expect(first["FR-3"] == second["FR-3"] and first["FR-2"] != second["FR-2"], "the next one")
        refused = scanned(accueil, "entree-est", first["FR-2"], 1)
        expect(refused["verdict"] == "REVOKED" and refused["detail"] == "ticket", refused)
        expect(scanned(accueil, "entree-est", first["FR-3"])["verdict"] == "ADMITTED", "hers")
        accueil(*void)
        third = codes()
        expect(scanned(accueil, "entree-est", second["FR-2"], 1)["detail"] == "ticket", "twice")
        accueil("rebuild")
        expect(scanned(accueil, "entree-est", second["FR-2"], 1)["detail"] == "ticket", "rebuilt")
        opened = scanned(accueil, "entree-est", third["FR-2"])
        expect(opened["verdict"] == "ADMITTED" and opened["badge_serial"] == 1, opened)
        accueil("ticket", "void", "FR-99", "--reason", "x", *ZOE, status=1)
        accueil("ticket", "void", "FR-2", *ZOE, status=2)


def test_two_doors_apart():
    """Two stations that could not see each other let one person in by two doors of an event: a
    conflict, once both histories are together."""
    with replica() as east, replica() as west:
        west("init", "--station", "west", "--db", west.folder / "b.db")
        path = east.folder / "doors.ini"
        path.write_text((DEMO / "congress.ini").read_text() + DOORS)
        east("event", "load", path)
        imported(east)
        west("merge", east.folder / "a.db", "--db", west.folder / "b.db")
        admit = ("admit", "FR-2", *ZOE, "--reason", "x", "--checkpoint")
        east(*admit, "entree-est")
        west(*admit, "entree-ouest", "--db", west.folder / "b.db")
        east("merge", west.folder / "b.db")
        alerts = east("alerts", "--json").out
        expect("FR-2@event rencontres/2016-10-26" in alerts, alerts)


# Everybody is fed.
FED = "".join(
    line + (";Repas\n" if line.startswith("Référence") else ";oui\n")
    for line in ROSTER.splitlines()
)


def test_taken_back():
    """The same meal at two doors that could not see each other is a conflict until one is taken
    back, with a reason and a name; then it counts once, on every replica, whichever fact came
    first."""
    with replica(FED) as east, replica() as west:
        far = ("--db", west.folder / "b.db")
        west("init", "--station", "west", *far)
        imported(east)
        west("merge", east.folder / "a.db", *far)
        admit = ("admit", "FR-2", *ZOE, "--reason", "x", "--checkpoint", "dejeuner-26")
        noon = "2016-10-26T12:30:00+08:00"

        def at_noon(*words, **more):
            return east(*words, now=noon, **more)

        at_noon(*admit)
        at_noon(*admit, status=1)
        west(*admit, *far, now=noon)
        east("merge", west.folder / "b.db")
        conflict = "FR-2@dejeuner-26/2016-10-26"
        expect(conflict in east("alerts", "--json").out, "no conflict")
        listed = json.loads(at_noon("undo", "FR-2", "--json").out)
        theirs = next(row for row in listed if row["passage"].startswith("west:"))
        at_noon("undo", "FR-2", "--reason", "mistake", status=2)
        at_noon("undo", "FR-2", "--passage", "desk:1", "--reason", "x", *ZOE, status=1)
        taken = ("undo", "FR-2", "--passage", theirs["passage"], "--reason", "mistake", *ZOE)
        said = json.loads(at_noon(*taken, "--json").out)
        expect(said["verdict"] == "undone" and "撤销" in said["zh"], said)
        expect(json.loads(at_noon(*taken, "--json").out)["verdict"] == "already", "twice")
        expect(conflict not in east("alerts", "--json").out, "the conflict stays")
        meal = next(m for m in json.loads(east("meals", "--json").out) if m["id"] == "dejeuner-26")
        expect(meal["served"] == 1, meal)
        counts = json.loads(east("counts", "--json").out)
        expect(counts["passages"] == 1 and counts["refused"] == 1, counts)
        history = east("person", "show", "FR-2").out
        expect("Passage taken back" in history and "taken back since" in history, history)
        # West has its own passage, and hears of the word.
        west("merge", east.folder / "a.db", *far)
        replicas = (east.folder / "a.db", west.folder / "b.db")
        for table in ("presence", "passage_count", "checkpoint_count"):
            both = [run.text_of(path, f"SELECT * FROM {table} ORDER BY 1, 2") for path in replicas]
            expect(both[0] == both[1], table, both)
        # She eats after all.
        at_noon("undo", "FR-2", "--reason", "not-used", *ZOE)
        at_noon(*admit)


QUESTIONS = """
[question repas]
fr = Avez-vous un régime ?
zh = 您有饮食禁忌吗？
kind = diet
diets = vegetarian; halal

[question fete]
fr = Venez-vous à la soirée ?
zh = 您参加晚会吗？
kind = choice
choice1-fr = Oui, seul
choice1-zh = 一人参加
choice2-fr = Oui, à deux
choice2-zh = 两人参加
checkpoints = diner-26

[message info]
fr = Prenez un plan
zh = 请取地图

[message garde]
fr = Prévenir la presse
zh = 通知媒体组
to = team
categories = elu
"""


def test_questions():
    """What people are asked at a door is noted, counted and exported, and feeds the caterer's
    counts; texts stand at a scan, those for the team apart; an erasure takes the answers."""
    with replica(FED) as accueil:
        path = accueil.folder / "asks.ini"
        path.write_text((DEMO / "congress.ini").read_text() + QUESTIONS)
        accueil("event", "load", path)
        imported(accueil)

        def meal():
            rows = json.loads(accueil("meals", "--day", "26", "--json").out)
            return {row["diet"]: row["expected"] for row in rows[0]["diets"]}

        expect(meal() == {"halal": 1, "vegetarian": 1}, meal())
        words = ("scan", "--checkpoint", "entree-est", "--json")
        accueil("key", "new")
        sheet = accueil.folder / "tickets.csv"
        accueil("ticket", "issue", "--csv", sheet)
        code = run.codes_of(sheet)["FR-2"]
        said = json.loads(accueil(*words, stdin=code + "\n").out)
        expect(said["told_fr"] == "Prenez un plan" and said["team_zh"] == "通知媒体组", said)
        for wrong in (("repas", "pizza"), ("rien", "yes"), ("fete", "3")):
            accueil("answer", "FR-2", *wrong, *ZOE, status=1)
        accueil("answer", "FR-2", "repas", "halal", status=2)
        accueil("answer", "FR-2", "repas", "vegetarian", *ZOE)
        accueil("answer", "FR-2", "fete", "2", *ZOE)
        expect(meal() == {"vegetarian": 2}, meal())
        counts = json.loads(accueil("questions", "--json").out)
        given = {(r["question"], r["answer"]): r["people"] for r in counts}
        expect(given[("repas", "vegetarian")] == 1 and given[("fete", "1")] == 0, given)
        expect("两人参加" in accueil("questions").out, counts)
        expect("question,question_fr" in accueil("questions", "--csv").out, counts)
        hers = json.loads(accueil("answer", "FR-2", "--json").out)
        expect({r["answer"] for r in hers} == {"vegetarian", "2"}, hers)
        history = accueil("person", "show", "FR-2").out
        expect("Oui, à deux" in history, history)
        table = accueil.folder / "answers.csv"
        accueil("export", "answers", "--output", table)
        expect("fete" in table.read_text() and "Le Goff" in table.read_text(), table.read_text())
        before = accueil("questions", "--json").out
        accueil("rebuild")
        expect(accueil("questions", "--json").out == before, before)
        accueil("erase", "FR-2", "--reason", "asked")
        expect(json.loads(accueil("answer", "FR-2", "--json").out) == [], "an answer is left")
        left = run.text_of(
            accueil.folder / "a.db",
            "SELECT count (*) FROM fact WHERE kind = 'answer' AND body IS NOT NULL",
        )
        expect(left == "0", left)


def test_services():
    """For the caterer, for the shuttles, and the two events apart; no name of a protocol guest."""
    with replica() as accueil:
        imported(accueil)
        meals = json.loads(accueil("meals", "--day", "26", "--json").out)
        expect([meal["id"] for meal in meals] == ["dejeuner-26", "diner-26"], meals)
        table = accueil("meals", "--csv").out.splitlines()
        expect(table[0] == "meal,fr,zh,diet_fr,diet_zh,expected,served", table)
        hotels = accueil("hotels", "--day", "26", "--csv").out
        expect(hotels.startswith("hotel,reference,name") and "Hué" not in hotels, hotels)
        events = json.loads(accueil("events", "--json").out)
        expect(events["registered"]["only_first"] == 5, events)
        for words in (
            ("meals", "--day", "12"),
            ("hotels",),
            ("events", "x"),
            ("meals", "--json", "--csv"),
        ):
            accueil(*words, status=2)
        expect("Rencontres" not in accueil("events").err, "nothing is wrong")


if __name__ == "__main__":
    tap.main(tap.tests_of(globals()))
