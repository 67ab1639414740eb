#!/usr/bin/env python3
"""`accueil import` and `accueil roster`: the demo's lists as an organiser imports them, changes
shown and asked for, bad lists refused, people found. Prints TAP."""
import contextlib
import json
import os
import pty
import select
import subprocess
import sys
import tempfile

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run
from kit.run import ACCUEIL, CHINESE, EVENT, FRENCH, GLOSSARY, environment
from kit.tap import expect, main, tests_of
from kit.wait import Patience, ended

HEADINGS = "Référence;Nom;Prénom;Catégorie;Rencontres;Jours;Repas\n"


def accueil(db, *words):
    return run.accueil(*words, "--db", db, status=None)


def done(answer):
    expect(answer.code == 0, "expected exit 0, not", answer)
    return answer


def refused(answer, *texts):
    expect(answer.code == 1, "expected exit 1, not", answer)
    for text in texts:
        expect(text in answer.err, f"“{text}” is not said", answer)


def replica(name, *, event=True):
    path = os.path.join(FOLDER, name + ".db")
    done(accueil(path, "init", "--station", "hub"))
    if event:
        done(accueil(path, "event", "load", EVENT))
    return path


def write(name, text, encoding="utf-8"):
    path = os.path.join(FOLDER, name)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def roster(db, *words):
    return json.loads(done(accueil(db, "roster", "--json", *words)).out)


def test_expected():
    db = replica("expected")
    answer = done(accueil(db, "import", FRENCH, CHINESE))
    expect("Windows-1252, semicolons" in answer.err and "GB18030, commas" in answer.err, answer)
    expect("320 rows: 320 added" in answer.out, answer)
    with open("tests/unit/roster/data/expected.json", encoding="utf-8") as file:
        expected = {one["reference"]: one for one in json.load(file)}
    found = {one["reference"]: one for one in roster(db)}
    expect(set(found) == set(expected) and len(found) == 320, len(found))
    for reference, wanted in expected.items():
        for key, value in wanted.items():
            expect(found[reference][key] == value, reference, key, found[reference][key], value)


def test_again_and_glossary():
    db = replica("again")
    done(accueil(db, "import", FRENCH, CHINESE, "--glossary", GLOSSARY))
    answer = done(accueil(db, "import", FRENCH, CHINESE, "--glossary", GLOSSARY))
    expect("0 added (+), 0 changed (~), 320 as before" in answer.out, answer)
    one = roster(db, "--search", "FR-0001")[0]
    expect(
        one["organisation_zh"] == "南特大学"
        and one["function_zh"] == "副教授"
        and one["category_zh"] == "高校代表",
        one,
    )


def test_changes_without_a_terminal():
    db = replica("changes")
    done(
        accueil(
            db,
            "import",
            write(
                "a.csv",
                HEADINGS + "FR-1;Martin;Zoë;élu;oui;26;oui\nFR-2;Durand;Émile;élu;oui;26;oui\n",
            ),
        )
    )
    changed = write(
        "a.csv", HEADINGS + "FR-1;Martin;Zoé;élu;oui;26,27;non\nFR-3;Petit;Léa;expert;oui;28;oui\n"
    )
    dry = done(accueil(db, "import", "--dry-run", changed))
    for text in (
        "~ FR-1 Zoé Martin: given: Zoë → Zoé; days: 26 → 26, 27; meals: yes → no",
        "+ FR-3 Léa Petit",
        "? FR-2 Émile Durand",
    ):
        expect(text in dry.out, text, dry)
    expect(
        roster(db, "--search", "FR-1")[0]["given"] == "Zoë" and len(roster(db)) == 2,
        "a dry run wrote",
    )
    done(accueil(db, "import", changed))
    expect(
        roster(db, "--search", "FR-1")[0]["days"] == ["26", "27"] and len(roster(db)) == 3,
        roster(db),
    )


def on_terminal(db, answer, *words):
    """Runs accueil on a terminal, types `answer` once it asks; exit code and all it said."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [ACCUEIL, *words, "--db", db],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment(),
        close_fds=True,
    )
    os.close(slave)
    said, typed, patience = b"", False, Patience()
    while not patience.over():
        if select.select([master], [], [], 0.1)[0]:
            try:
                part = os.read(master, 4096)
            except OSError:  # the terminal is gone with the process
                break
            if not part:
                break
            said += part
        if not typed and b"[y/N]" in said:
            os.write(master, answer.encode() + b"\n")
            typed = True
    os.close(master)
    return ended(process), typed, said.decode(errors="replace")


def test_asks_on_a_terminal():
    db = replica("asks")
    first, second = (
        HEADINGS + "FR-1;Martin;Zoë;élu;oui;26;oui\n",
        HEADINGS + "FR-1;Martin;Zoé;élu;oui;26;oui\n",
    )
    path = write("t.csv", first)
    code, asked, said = on_terminal(db, "", "import", path)
    expect(code == 0 and not asked, "only added, and yet asked", said)
    write("t.csv", second)
    for answer in ("", "n", "non"):
        code, asked, said = on_terminal(db, answer, "import", path)
        expect(code == 1 and asked, answer, said)
        expect(roster(db)[0]["given"] == "Zoë", said)
    code, asked, said = on_terminal(db, "", "import", "--yes", path)
    expect(code == 0 and not asked, said)
    write("t.csv", first)
    code, asked, said = on_terminal(db, "oui", "import", path)
    expect(code == 0 and asked and roster(db)[0]["given"] == "Zoë", said)


def test_bad_rows():
    db = replica("bad")
    path = write(
        "bad.csv",
        HEADINGS + "FR-1;Martin;Zoë;clown;oui;26;oui\nFR-2;Durand;Émile;élu;oui;31;oui\n"
        "FR-2;Petit;Léa;élu;peut-être;26;oui\nFR-4;Roux;Inès;élu;oui;26;oui\n",
    )
    before = done(accueil(db, "verify")).out
    refused(
        accueil(db, "import", path),
        f"{path}:2: Catégorie: “clown” is no category",
        f"{path}:3: Jours: “31” is no day",
        f"{path}:4: Référence: “FR-2” stands already in line 3",
        f"{path}:4: Rencontres: “peut-être” is neither yes nor no",
        "3 rows are bad",
    )
    expect(
        roster(db) == [] and done(accueil(db, "verify")).out == before,
        "a bad list left something behind",
    )
    answer = done(accueil(db, "import", "--skip-bad", path))
    expect("4 rows: 1 added" in answer.out and "3 bad" in answer.out, answer)
    expect([one["reference"] for one in roster(db)] == ["FR-4"], roster(db))


def test_bad_files():
    db = replica("files")
    huge = os.path.join(FOLDER, "huge.csv")
    with open(huge, "wb") as file:
        file.truncate(2 << 30)
    for path, text in (
        (FOLDER, "folder"),
        (os.path.join(FOLDER, "none.csv"), "No such file"),
        (write("empty.csv", ""), "empty"),
        (huge, "2048 MiB"),
        (write("workbook.xlsx", b"PK\x03\x04" + bytes(100)), "workbook"),
        (write("words.csv", "hello\nworld\n"), "no headings that are known"),
        (write("twice.csv", "Référence;Nom;reference\n"), "mean the same"),
        (write("quote.csv", HEADINGS + 'FR-1;"Martin\n'), "line 2: the quote"),
        (write("wide.csv", HEADINGS + "FR-1;" + "x" * 70000 + "\n"), "longer than 64 KiB"),
        (
            write("columns.csv", "Référence;Nom" + ";x" * 300 + "\n"),
            "line 1 has more than 200 columns",
        ),
        (
            write(
                "mixed.csv",
                (HEADINGS + "FR-1;Hervé;Léa;élu;oui;26;oui\nFR-2;Noël;Zoé;élu;oui;26;oui\n").encode(
                    "cp1252"
                )
                + "FR-3;欧阳;思远;élu;oui;26;oui\n".encode("gb18030"),
            ),
            "line 4, byte 6",
        ),
        (
            write(
                "utf8.csv",
                (HEADINGS + "FR-1;Hervé;Léa;élu;oui;26;oui\n").encode()
                + "FR-2;Hervé;;;;;\n".encode("cp1252"),
            ),
            "line 3, byte 10 (0xE9)",
        ),
    ):
        refused(accueil(db, "import", path), path, text)
    refused(accueil(db, "import", FRENCH, "--glossary", FRENCH), "no headings that are known")
    expect(roster(db) == [], "a refused list left something behind")


CASES = os.path.abspath("tests/unit/roster/data/cases")


def test_spoiled_and_platforms():
    """Lists as they really came: read rightly, or each spoiled cell named."""
    db = replica("cases")
    for name, encoding, who in (
        ("d4-msdos", "CP850", "André Lefèvre"),
        ("d4-mac", "MACINTOSH", "René Bénard"),
        ("d4-twice", "UTF-8 written twice", "François Lefèvre"),
        ("d5-advice", "UTF-8", "Guy Roux"),
        ("d5-bilingual", "UTF-8", "Guy Roux"),
        ("platform-fr-msforms", "UTF-8", "+ 1 Inès LENOIR"),
        ("platform-fr-weezevent", "UTF-8", "+ W1 Inès LENOIR"),
        ("platform-zh-huodong", "“签到码” serves as the reference", "+ 10000001 陈思源"),
    ):
        answer = done(accueil(db, "import", "--dry-run", os.path.join(CASES, name + ".csv")))
        expect(encoding in answer.err and who in answer.out, name, answer)
    refused(
        accueil(db, "import", os.path.join(CASES, "d4-question.csv")),
        "d4-question.csv:2: Nom chinois: “??” has lost characters",
    )
    total = write("total.csv", HEADINGS + "FR-1;Martin;Zoë;élu;oui;26-28;oui\nTOTAL;;;;;;1\n")
    answer = done(accueil(db, "import", "--dry-run", total))
    expect("row 3 is a sum" in answer.err and "1 rows: 1 added" in answer.out, answer)


def test_found_as_spoken():
    """Whoever comes to the desk is found by what she says, and by her address and number."""
    db = replica("spoken")
    done(accueil(db, "import", os.path.join(CASES, "d3.csv")))
    for typed, wanted in (
        ("villeneuve d'ascq", "A1"),
        ("cotes d'armor", "A2"),
        ("jeanne d'arc", "A2"),
        ("d'armor", "A2"),
        ("l'hostis", "A3"),
        ("wang changjiang", "A4"),
        ("eve@example.org", "A1"),
    ):
        found = [one["reference"] for one in roster(db, "--search", typed)]
        expect(found[:1] == [wanted], typed, found)


def test_names_in_one_cell():
    """Two columns win over one, titles are taken off, both scripts are parted."""
    db = replica("names")
    for name in ("d6-parts", "d6-pinyin", "d6-title", "d6-zh"):
        path = os.path.join(CASES, name + ".csv")
        done(accueil(db, "import", path, "--skip-bad", "--list", name))
    found = {
        one["reference"]: (one["family"].upper(), one["given"], one["name_zh"])
        for one in roster(db)
    }
    for reference, wanted in (
        ("V1", ("ZHANG", "Wei", "张伟")),
        ("V2", ("ZHANG", "Wei", "张伟")),
        ("V3", ("ROUSSEAU", "Camille", "")),
        ("V4", ("VALJEAN", "Jean", "")),
        ("V6", ("DUPONT", "Jean", "让·杜邦")),
    ):
        expect(found.get(reference) == wanted, reference, found)


def test_without_event_file():
    db = replica("bare", event=False)
    answer = done(
        accueil(
            db,
            "import",
            write("bare.csv", "Référence;Nom;Catégorie;Jours\nFR-1;Martin;clown;J1,J2\n"),
        )
    )
    expect("no event file is loaded" in answer.err, answer)
    one = roster(db)[0]
    expect(one["category"] == "clown" and one["days"] == ["J1", "J2"], one)


def test_roster():
    db = replica("roster")
    done(accueil(db, "import", FRENCH, CHINESE))
    for typed, wanted in (
        ("欧阳芳", "CN-0063"),
        ("oyf", "CN-0063"),
        ("ouyang fang", "CN-0063"),
        ("etchegaray heloise", "FR-0027"),
        ("laennec gaetan", "FR-0008"),
    ):
        found = roster(db, "--search", typed)
        expect(
            found and found[0]["reference"] == wanted, typed, [one["reference"] for one in found]
        )
    table = done(accueil(db, "roster", "--search", "yuchi"))
    lines = table.out.splitlines()
    expect(lines[0].startswith("référence · 编号") and all("尉迟" in line for line in lines[1:]), table)
    expect("2 delegates" in table.err, table)
    none = done(accueil(db, "roster", "--search", "nobody"))
    expect(none.out == "" and roster(db, "--search", "nobody") == [], none)
    expect(
        len(done(accueil(db, "roster")).out.splitlines()) == 321,
        "the table has not every delegate",
    )


@contextlib.contextmanager
def folder(_test):
    global FOLDER
    with tempfile.TemporaryDirectory(prefix="accueil-import-") as FOLDER:
        yield


if __name__ == "__main__":
    main(tests_of(globals()), folder)
