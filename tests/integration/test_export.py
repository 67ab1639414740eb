#!/usr/bin/env python3
"""`accueil export`: one congress in every table and format; the figures are everywhere those of
`accueil counts`, whatever happened; and what is taken away says what it is. TAP."""
import contextlib
import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as Xml
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from kit.hub import Hub, Raw
from kit.run import CHINESE, EVENT, FRENCH, GLOSSARY, MORNING, NOON, accueil, environment
from kit.tap import SEED, expect, main, new_folder, tests_of

FOLDER = new_folder("export")
BY = ("event", "day", "checkpoint", "category", "delegation", "country")
PEOPLE = 40
PASSAGES = 400


def path_of(name):
    return os.path.join(FOLDER, name)


def export(db, table, name, *words, **more):
    """Its path."""
    path = path_of(name)
    accueil("export", table, "--output", path, *words, db=db, **more)
    return path


def read_csv(path, separator=","):
    """(rows as dictionaries by the French heading, notes)"""
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    expect(text.startswith("\ufeff"), "no byte order mark")
    lines = list(csv.reader(io.StringIO(text[1:]), delimiter=separator))
    end = lines.index([]) if [] in lines else len(lines)
    names = [heading.split(" · ")[0] for heading in lines[0]]
    rows = [dict(zip(names, line)) for line in lines[1:end]]
    return rows, {line[0].split(" · ")[0]: line[1] for line in lines[end + 1 :]}


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_xlsx(path):
    """The first sheet's rows, as Excel reads them: numbers are numbers."""
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            root = Xml.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in si.iter(SHEET + "t")) for si in root]
        root = Xml.fromstring(book.read("xl/worksheets/sheet1.xml"))
    expect(not list(root.iter(SHEET + "f")), "a formula")
    rows = []
    for row in root.iter(SHEET + "row"):
        cells = {}
        for cell in row.iter(SHEET + "c"):
            column = re.match("[A-Z]+", cell.get("r"))[0]
            value = cell.find(SHEET + "v")
            if cell.get("t") == "s":
                cells[column] = shared[int(value.text)]
            elif cell.get("t") == "inlineStr":
                cells[column] = "".join(t.text or "" for t in cell.iter(SHEET + "t"))
            elif value is not None:
                cells[column] = float(value.text)
        rows.append(cells)
    headings = {column: text.split(" · ")[0] for column, text in rows[0].items()}
    return [{headings[c]: v for c, v in row.items()} for row in rows[1:]]


FIGURES = {
    "registered": "Inscrits",
    "arrived": "Arrivés",
    "inside": "Présents",
    "passages": "Passages",
    "refused": "Refusés",
}


def figures_of(row):
    return {key: int(float(row[name])) for key, name in FIGURES.items()}


def random_congress(name):
    """A hub with people, and two stations that say who passed where; its replica's path."""
    rand = random.Random(SEED)
    hub = Hub(name)
    accueil("event", "load", EVENT, db=hub.db)
    accueil("import", FRENCH, CHINESE, "--glossary", GLOSSARY, "--yes", db=hub.db)
    people = [row["reference"] for row in json.loads(accueil("roster", "--json", db=hub.db).out)]
    people = rand.sample(people, PEOPLE) + ["ZZ-UNKNOWN"]
    places = ["entree-est", "entree-foire", "atelier-a1", "salon-vip", "dejeuner-26"]
    with hub:
        for station in (Raw(hub, "est"), Raw(hub, "foire")):
            facts = []
            for _ in range(PASSAGES // 2):
                body = {
                    "checkpoint": rand.choice(places),
                    "verdict": rand.choice(["ADMITTED", "ADMITTED", "NOT_ENTITLED"]),
                    "day": rand.choice(["2016-10-26", "2016-10-27", "2016-10-29"]),
                    "period": "",
                    "code": "badge",
                    "direction": rand.choice(["in", "in", "out"]),
                }
                facts.append(station.fact(subject=rand.choice(people), body=json.dumps(body)))
            answer = station.push(facts)
            expect(answer.status == 200, answer)
            station.close()
    return hub.db


def test_equal():
    """Counts, CSV, workbook and JSON say the same of a random congress."""
    db = random_congress("equal")
    for by in BY:
        said = json.loads(accueil("counts", "--json", "--by", by, db=db).out)
        wanted = [dict(said, id="total"), *said["rows"]]
        comma, _ = read_csv(export(db, "counts", f"{by}.csv", "--by", by, "--separator", ","))
        book = read_xlsx(export(db, "counts", f"{by}.xlsx", "--by", by))
        with open(export(db, "counts", f"{by}.json", "--by", by), encoding="utf-8") as file:
            plain = json.load(file)
        for index, row in enumerate(wanted):
            figures = {key: row[key] for key in FIGURES}
            expect(figures_of(comma[index]) == figures, by, row, comma[index])
            expect(figures_of(book[index]) == figures, by, row, book[index])
            expect({key: plain[index][key] for key in FIGURES} == figures, by, row, plain[index])
        expect(len(comma) == len(book) == len(plain) == len(wanted), by)
    total = json.loads(accueil("counts", "--json", db=db).out)
    check_rows(db, total)
    check_days(db)


def check_rows(db, total):
    """Who and what is counted can be counted again in the tables of people and of passages."""
    people, notes = read_csv(export(db, "people", "people.csv", "--separator", ","))
    expect(sum(row["Statut"] != "annulé" for row in people) == total["registered"])
    strangers = {row["Référence"] for row in people}
    passages, _ = read_csv(export(db, "passages", "passages.csv", "--separator", ","))
    admitted = [row for row in passages if row["Décision"] == "ADMITTED"]
    expect(len(admitted) == total["passages"], len(admitted), total)
    expect(len(passages) - len(admitted) == total["refused"])
    entered = [row for row in admitted if row["Point de contrôle"].startswith("entree")]
    came = {row["Référence"] for row in entered}
    expect(len(came) == total["arrived"], came, total)
    listed = {row["Référence"] for row in people if row["Arrivé"] == "oui"}
    expect(listed == came & strangers, listed ^ came)
    expect(notes["Lignes"] == str(len(people)), notes)
    expect(notes["Tête du journal"] == digest(db), notes)


def digest(db):
    return re.search(r"[0-9a-f]{64}", accueil("verify", db=db).out)[0]


def check_days(db):
    """Of each day: delegations, ranks and quarters of an hour have the sums that counts says."""
    said = json.loads(accueil("counts", "--json", "--by", "day", db=db).out)
    for row in said["rows"]:
        day = row["id"]
        words = ("--day", day, "--separator", ",")
        arrivals, _ = read_csv(export(db, "arrivals", "arrivals.csv", *words))
        ranks, notes = read_csv(export(db, "ranks", "ranks.csv", *words))
        expect(notes["Filtre"] == f"day={day}", notes)
        expect(sum(int(r["Arrivées"]) for r in arrivals) == row["arrived"], day, arrivals, row)
        expect(sum(int(r["Arrivés"]) for r in ranks) == row["arrived"], day, ranks, row)
        expect(sum(int(r["Présents"]) for r in ranks) == row["inside"], day, ranks, row)
        expect(sum(int(r["Attendus"]) for r in ranks) == row["registered"], day, ranks, row)
        missing, _ = read_csv(export(db, "people", "missing.csv", "--state", "missing", *words))
        expect(sum(int(r["Manquants"]) for r in ranks) == len(missing), day, len(missing))


def demo(name):
    db = path_of(name)
    accueil("init", "--station", "hub", db=db)
    accueil("event", "load", EVENT, db=db)
    accueil("import", FRENCH, CHINESE, "--glossary", GLOSSARY, "--yes", db=db)
    return db


def test_languages():
    """A CSV has the separator that Excel wants where its reader is, and opens with both scripts."""
    db = demo("languages.db")
    for language, separator in (("fr_FR.UTF-8", ";"), ("zh_CN.UTF-8", ","), ("C.UTF-8", ",")):
        env = environment(LC_ALL=language)
        path = export(db, "people", "people.csv", env=env)
        rows, notes = read_csv(path, separator)
        expect(len(rows) == 320 and notes["Lignes"] == "320", language, notes)
        expect(any(row["Nom chinois"] for row in rows), language)


def test_workbook():
    """Times are times, headings are frozen, in both languages; a second sheet says what it is."""
    db = demo("workbook.db")
    accueil("key", "new", db=db)
    accueil("admit", "FR-0004", "--checkpoint", "entree-est", db=db, now=MORNING, status=None)
    path = export(db, "people", "people.xlsx", now=MORNING)
    with zipfile.ZipFile(path) as book:
        first = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.read("xl/workbook.xml").decode()
        second = book.read("xl/worksheets/sheet2.xml").decode()
    expect('state="frozen"' in first and "<autoFilter" in first)
    expect("Inscrits · 报名名单" in names and "À propos · 说明" in names, names)
    expect("2016-10-26 09:12:" in second, second)
    expect("<f>" not in first + second)


def test_sheet():
    """A sheet to sign, as PDF; of a session, and of a half-day."""
    db = demo("sheet.db")
    for words in (("--session", "A1"), ("--day", "26", "--half", "afternoon")):
        path = export(db, "sheet", "sheet.pdf", *words, now=MORNING)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True)
        expect("签到表" in text.stdout and "2016-10-26 09:12" in text.stdout, text.stdout[:800])


def test_emergency():
    """Who is inside, on paper and as CSV; at a queue that is not there it says why not."""
    db = demo("emergency.db")
    accueil("key", "new", db=db)
    for reference in ("FR-0004", "FR-0005"):
        words = ("--checkpoint", "entree-est", "--volunteer", "Zoé", "--reason", "test")
        accueil("admit", reference, *words, db=db, now=MORNING)
    pdf = path_of("emergency.pdf")
    said = accueil("emergency", "--output", pdf, "--csv", db=db, now=NOON)
    heading, *lines = list(csv.reader(io.StringIO(said.out.lstrip("\ufeff"))))
    people = lines[: lines.index([])]
    expect({row[0] for row in people} == {"FR-0004", "FR-0005"}, people)
    expect("Sortie scannée · 离场已扫码" in heading, heading)
    expect("12:30:00" in said.out.split("\r\n\r\n")[1], said.out)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout
    for word in ("Liste d’urgence", "应急名单", "2 noms", "12:30:00", "selon ce seul poste"):
        expect(word in text, word, text)
    expect("sortie possible" in text and "À l’intérieur" not in text, text)
    for row in people:
        expect(row[6] in text and row[4].upper() in text.upper(), row, text)
    accueil("emergency", db=db, status=2)
    accueil("emergency", "--csv", "more", db=db, status=2)
    accueil("emergency", "--print", "none", db=db, status=1)


def test_refused():
    """What cannot be is said, and leaves no file."""
    db = demo("refused.db")
    for words, status in (
        (("hats", "-o", path_of("x.csv")), 1),
        (("people", "-o", path_of("x.pdf")), 2),
        (("sheet", "-o", path_of("x.csv")), 2),
        (("sheet", "-o", path_of("x.pdf")), 1),
        (("people",), 2),
        (("people", "-o", path_of("x.csv"), "--separator", "|"), 2),
        (("people", "-o", path_of("x.csv"), "--columns", "hat"), 1),
        (("people", "-o", path_of("none/x.csv")), 1),
    ):
        accueil("export", *words, db=db, status=status)
        expect(not os.path.exists(path_of("x.csv")) and not os.path.exists(path_of("x.pdf")))


main(tests_of(vars()))
