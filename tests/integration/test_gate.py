#!/usr/bin/env python3
"""event, scan and counts as a user meets them: what is printed, exit codes, a day at a door, being
stopped. Prints TAP."""
import csv
import io
import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run as programs
from kit.run import ACCUEIL, EVENT, MORNING, NEXT_DAY, codes_of, json_lines
from kit.tap import main, new_folder, tests_of
from kit.wait import ended

ROSTER = """Référence;Civilité;Nom;Prénom;Fonction;Organisme;Catégorie;Rencontres;Foire;Jours;Ateliers;Rôle;Repas;Transport;Casque;Courriel
FR-0001;Mme;Barthélémy;Joëlle;Maire adjointe;Ville de Marseille;élu;oui;non;26,27;A1;;oui;oui;oui;a@example.org
FR-0002;M.;Le Goff;Aurélien;Urbaniste;Ville de Nice;expert;oui;oui;26,27,29;A2;;oui;non;non;b@example.org
FR-0003;M.;Hué;Mickaël;Urbaniste;Ville de Nice;expert;oui;non;27;A2;;oui;non;non;c@example.org
"""


def environment(now=MORNING):
    return programs.environment(ACCUEIL_DB=os.path.join(FOLDER, "a.db"), ACCUEIL_NOW=now)


def run(*words, stdin="", now=MORNING, status=0):
    answer = programs.accueil(*words, env=environment(now), stdin=stdin, status=status)
    return answer.out if status != 2 and not (status == 1 and not answer.out) else answer.err


def scan(*codes, checkpoint="entree-est", now=MORNING, status=0, words=()):
    lines = run(
        "scan",
        "--checkpoint",
        checkpoint,
        "--json",
        *words,
        stdin="".join(code + "\n" for code in codes),
        now=now,
        status=status,
    )
    return json_lines(lines)


def begin():
    """A fresh replica with three delegates; their tickets."""
    global FOLDER
    FOLDER = new_folder("gate")
    run("init", "--station", "desk")
    run("event", "load", EVENT)
    roster, tickets = os.path.join(FOLDER, "roster.csv"), os.path.join(FOLDER, "tickets.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write(ROSTER)
    run("import", roster, "--yes")
    run("key", "new")
    run("ticket", "issue", "--csv", tickets, "--png", os.path.join(FOLDER, "png"))
    return codes_of(tickets)


def test_event():
    begin()
    again = run("event", "load", EVENT)
    assert "Nothing has changed" in again, again
    shown = run("event", "show")
    for text in ("第五届中法地方政府合作论坛", "Entrée Est · 东入口", "2016-10-29", "Ville durable · 可持续城市"):
        assert text in shown, text
    bad = os.path.join(FOLDER, "bad.ini")
    with open(EVENT, encoding="utf-8") as source, open(bad, "w", encoding="utf-8") as file:
        file.write(source.read().replace("kind = entrance", "kind = gate"))
    faults = run("event", "load", bad, status=1)
    assert (
        faults.count("“gate” is not one of entrance, zone") == 2
        and "bad.ini:" in faults
        and "[checkpoint entree-foire] kind" in faults
    ), faults
    run("event", "load", status=2)
    run("event", "load", FOLDER, status=1)


def test_lines():
    tickets = begin()
    text = run("scan", "--checkpoint", "entree-est", stdin=tickets["FR-0001"] + "\n")
    assert text == "✓ ADMITTED  Bienvenue · 欢迎光临  Joëlle BARTHÉLÉMY  FR-0001  badge 1\n", text
    text = run("scan", "--checkpoint", "entree-est", stdin="hello\x1b[31m\n", status=1)
    assert (
        text.startswith("✗ UNKNOWN  Ce code n’est pas reconnu ici · 此处无法识别该二维码")
        and "\x1b" not in text
        and text.count("\n") == 1
    ), text


def test_day():
    tickets = begin()
    first = scan(tickets["FR-0001"])[0]
    assert (first["verdict"], first["badge_serial"], first["fr"], first["zh"]) == (
        "ADMITTED",
        1,
        "Bienvenue",
        "欢迎光临",
    ), first
    assert isinstance(first["latency_ms"], float) and first["name"] == "Joëlle BARTHÉLÉMY"
    assert [a["verdict"] for a in scan(tickets["FR-0001"], tickets["FR-0003"], status=1)] == [
        "TICKET_USED",
        "NOT_TODAY",
    ]
    forged = (
        tickets["FR-0002"][:-6]
        + ("0" if tickets["FR-0002"][-6] != "0" else "1")
        + tickets["FR-0002"][-5:]
    )
    assert scan(forged, status=1)[0]["verdict"] in ("FORGED", "UNKNOWN")
    assert scan(tickets["FR-0003"], now=NEXT_DAY)[0]["badge_serial"] == 1
    lent = scan(tickets["FR-0002"], checkpoint="casques", status=1)[0]
    assert (lent["verdict"], lent["detail"]) == ("NOT_ENTITLED", "headset")
    out = scan(tickets["FR-0002"], words=["--exit"])[0]
    assert (out["verdict"], out["direction"], out["fr"]) == ("ADMITTED", "out", "À bientôt"), out


def test_images():
    begin()
    png = os.path.join(FOLDER, "png")
    images = sorted(os.path.join(png, name) for name in os.listdir(png))
    assert len(images) == 3
    answers = [
        json.loads(line)
        for line in run(
            "scan", "--checkpoint", "entree-est", "--json", "--image", *images, now=NEXT_DAY
        ).splitlines()
    ]
    assert [a["reference"] for a in answers] == ["FR-0001", "FR-0002", "FR-0003"] and all(
        a["verdict"] == "ADMITTED" for a in answers
    )
    mixed = run(
        "scan",
        "--checkpoint",
        "entree-est",
        "--json",
        "--image",
        EVENT,
        images[0],
        now=NEXT_DAY,
        status=1,
    )
    assert json.loads(mixed)["verdict"] == "TICKET_USED"


def test_usage():
    begin()
    run("scan", status=2)
    run("scan", "--checkpoint", "entree-est", "file.png", status=2)
    assert "is not a time" in run(
        "scan", "--checkpoint", "entree-est", "--now", "yesterday", status=2
    )
    unknown = run("scan", "--checkpoint", "nowhere", status=1)
    assert "nowhere" in unknown and "entree-est" in unknown, unknown
    run("counts", "--by", "hat", status=2)
    run("counts", "--json", "--csv", status=2)
    run("counts", "hat", status=2)


def test_many():
    """Thousands of lines, every one answered, a line each."""
    tickets = begin()
    codes = (
        [tickets["FR-0001"]]
        + [f"nothing {i}" for i in range(3000)]
        + ["x" * 100000, tickets["FR-0002"]]
    )
    answers = scan(*codes, status=1)
    assert len(answers) == len(codes)
    assert answers[0]["verdict"] == answers[-1]["verdict"] == "ADMITTED"
    assert {a["verdict"] for a in answers[1:-1]} == {"UNKNOWN"}


def test_stop():
    """Stopped while it waits: what was decided was printed, and is kept; the status says whether
    all were admitted."""
    tickets = begin()
    for codes, status in (
        ((tickets["FR-0001"],), 0),
        ((tickets["FR-0001"], tickets["FR-0002"]), 1),
    ):
        process = subprocess.Popen(
            [ACCUEIL, "scan", "--checkpoint", "entree-est", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        for code in codes:
            process.stdin.write(code.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["reference"].startswith("FR-")
        process.send_signal(signal.SIGTERM)
        assert ended(process) == status, process.returncode
        assert process.stdout.read() == b""
        process.stdin.close()
        process.stdout.close()
    run("verify")
    counts = json.loads(run("counts", "--json"))
    assert (counts["arrived"], counts["passages"], counts["refused"]) == (2, 2, 1), counts


def test_counts():
    tickets = begin()
    scan(tickets["FR-0001"], tickets["FR-0002"])
    scan(tickets["FR-0003"], now=NEXT_DAY)
    table = run("counts", "--by", "category")
    assert "inscrits" in table and "已报名" in table and "expert · 专家" in table, table
    total = json.loads(run("counts", "--json"))
    assert (total["registered"], total["arrived"], total["inside"], total["inside_day"]) == (
        3,
        3,
        1,
        "2016-10-27",
    ), total
    assert (total["both_events"], total["only_first"], total["badges_waiting"]) == (0, 3, 3), total
    for by in ("event", "day", "checkpoint", "category", "delegation", "country"):
        counts = json.loads(run("counts", "--by", by, "--json"))
        assert counts["by"] == by and counts["rows"] and counts["registered"] == 3, counts
        text = run("counts", "--by", by, "--csv")
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
        assert (
            text.startswith("\ufeff")
            and rows[1][0] == "total"
            and len(rows) == len(counts["rows"]) + 2
        )
        assert all(len(row) == 8 for row in rows)
    days = {
        row["id"]: row["arrived"]
        for row in json.loads(run("counts", "--by", "day", "--json"))["rows"]
    }
    assert days == {"2016-10-26": 2, "2016-10-27": 1, "2016-10-28": 0, "2016-10-29": 0}, days


FOLDER = ""

if __name__ == "__main__":
    main(tests_of(globals()))
