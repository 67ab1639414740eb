#!/usr/bin/env python3
"""Lists as people send them, one kind of trouble a test: what happens to a person's corrections, to
unknown headings, spoiled text, doubles, names that no badge can show, and to badges printed before
a list changed its mind. Prints TAP."""
import contextlib
import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run
from kit.run import EVENT
from kit.tap import expect, main, tests_of
from kit.wait import Patience, ended

HEADINGS = "Référence;Nom;Prénom;Catégorie;Rencontres;Jours\n"


def accueil(*words, status=0):
    answer = run.accueil(*words, "--db", DB, status=None, cwd=FOLDER)
    expect(answer.code == status, f"expected exit {status}, not", answer)
    return answer


def said(answer, *texts):
    for text in texts:
        expect(text in answer.out + answer.err, f"“{text}” is not said", answer)


def not_said(answer, *texts):
    for text in texts:
        expect(text not in answer.out + answer.err, f"“{text}” is said", answer)


def write(name, text, encoding="utf-8"):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode(encoding))
    return name


def take(name, text, *words, status=0, encoding="utf-8"):
    return accueil("import", write(name, text, encoding), "--yes", *words, status=status)


def people(*words):
    found = json.loads(accueil("roster", "--json", *words).out)
    return {one["reference"]: one for one in found}


def alerts():
    return [one["kind"] for one in json.loads(accueil("alerts", "--json").out)]


# What persons and lists say of each other


def test_corrections_stand():
    """A cell that says what its list said before undoes nothing; one that says something new is
    shown beside the correction, and taken only if somebody says so."""
    rows = "C1;Lefevre;Helene;élu;oui;26\nC2;Roy;Max;élu;oui;26\n"
    take("liste.csv", HEADINGS + rows)
    accueil("correct", "C1", "--family", "Lefèvre", "--given", "Hélène", "-v", "Li Na")
    accueil("correct", "C2", "--name-zh", "马克斯", "-v", "Li Na")
    said(take("liste.csv", HEADINGS + rows), "0 changed", "2 as before")
    expect(people()["C1"]["family"] == "Lefèvre", people()["C1"])
    expect(people()["C2"]["name_zh"] == "马克斯", people()["C2"])
    # The list says something new of what was corrected, and of what was not.
    rows = rows.replace("Lefevre", "Lefebvre").replace("Max;élu", "Max;expert")
    answer = take("liste.csv", HEADINGS + rows)
    said(answer, "Lefebvre", "Lefèvre", "Li Na", "1 corrections made by people were kept")
    expect(people()["C1"]["family"] == "Lefèvre", people()["C1"])
    expect(people()["C2"]["category_id"] == "expert", people()["C2"])
    answer = take("liste.csv", HEADINGS + rows, "--corrections", "keep")
    said(answer, "Lefebvre", "1 corrections made by people were kept, and are decided")
    not_said(take("liste.csv", HEADINGS + rows), "Lefebvre")
    rows = rows.replace("Lefebvre", "Lefeuvre")
    said(take("liste.csv", HEADINGS + rows, "--corrections", "list"), "gave way to the lists")
    expect(people()["C1"]["family"] == "Lefeuvre", people()["C1"])
    expect(people()["C1"]["given"] == "Hélène", people()["C1"])


def test_report():
    """All that an import changes or notices, for machines and for Excel."""
    take("liste.csv", HEADINGS + "D1;Dupont;Zoé;élu;oui;26\nD2;Roy;Max;élu;oui;26\n")
    rows = "D1;Dupond;Zoé;élu;oui;26\nD3;Bo 🦆;Al;élu;oui;26\nD4;Dupond;Zoé;élu;oui;26\n"
    take("liste.csv", HEADINGS + rows, "--dry-run", "--report", "report.json")
    with open(os.path.join(FOLDER, "report.json"), encoding="utf-8") as file:
        report = json.load(file)
    text = json.dumps(report, ensure_ascii=False)
    for word in ("D1", "Dupont", "Dupond", "D2", "D3", "D4", "unprintable"):
        expect(word in text, f"{word} is not in the report", text)
    take("liste.csv", HEADINGS + rows, "--dry-run", "--report", "report.csv")
    with open(os.path.join(FOLDER, "report.csv"), encoding="utf-8-sig") as file:
        text = file.read()
    expect("Dupond" in text and "unprintable" in text, text)
    take("liste.csv", HEADINGS + rows, "--dry-run", "--report", "report.xlsx")
    expect(zipfile.is_zipfile(os.path.join(FOLDER, "report.xlsx")), "no workbook")
    take("liste.csv", HEADINGS + rows, "--dry-run", "--report", "report.txt", status=1)
    expect(set(people()) == {"D1", "D2"}, people())


def test_status():
    """A word of status decides; who is to be confirmed is sent to the desk, which can."""
    head = HEADINGS.replace("\n", ";状态\n")
    rows = "E1;A;Zoé;élu;oui;26;已取消\nE2;Bo;Max;élu;oui;26;en attente\n"
    rows += "E3;Roy;Al;élu;oui;26;\n"
    said(take("liste.csv", head + rows), "3 added")
    found = people()
    expect(found["E1"]["revoked"] and found["E2"]["status"] == "pending", found)
    expect(found["E3"]["status"] == "registered", found)
    rows += "E4;Li;Na;élu;oui;26;perhaps\n"
    said(take("liste.csv", head + rows, status=1), "perhaps", "liste.csv:5")
    said(take("liste.csv", head + rows, "--status", "perhaps=pending"), "1 added")
    pending = {one["reference"] for one in people().values() if one["status"] == "pending"}
    expect(pending == {"E2", "E4"}, pending)
    accueil("correct", "E2", "--confirm", "-v", "Li Na")
    expect(people()["E2"]["status"] == "registered", people()["E2"])
    not_said(take("liste.csv", head + rows, "--status", "perhaps=pending"), "~ E2")
    expect(people()["E2"]["status"] == "registered", "undone by the list")


def test_who_is_here():
    """The roster as rows to take away: who has arrived, and of whom; columns to choose."""
    head = "Référence;Nom;Prénom;Catégorie;Délégation;Rencontres;Jours\n"
    rows = "G1;Roy;Max;élu;France;oui;26\nG2;Bo;Al;presse;France;oui;27\nG3;Li;Na;élu;;non;\n"
    take("liste.csv", head + rows)
    words = ["G1", "-c", "entree-est", "-v", "Li Na", "-r", "no phone", "--db", DB]
    run.accueil("admit", *words, env=run.environment(ACCUEIL_NOW=run.MORNING))
    expect(set(people("--arrived")) == {"G1"} == set(people("--inside")), people("--arrived"))
    expect(set(people("--missing")) == {"G2", "G3"}, people("--missing"))
    for words, wanted in (
        (["--day", "27"], {"G2"}),
        (["--event", "rencontres"], {"G1", "G2"}),
        (["--category", "presse"], {"G2"}),
        (["--category", "élu", "--missing"], {"G3"}),
    ):
        expect(set(people(*words)) == wanted, words, people(*words))
    accueil("roster", "--csv", "--columns", "reference,family,arrived", "--output", "r.csv")
    with open(os.path.join(FOLDER, "r.csv"), encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    expect(len(lines) == 4 and all(len(line.split(",")) == 3 for line in lines), lines)
    accueil("roster", "--xlsx", "--output", "r.xlsx")
    expect(zipfile.is_zipfile(os.path.join(FOLDER, "r.xlsx")), "no workbook")


# References, doubles, names


def test_spoiled_references_and_doubles():
    """A reference without its zeros is the same person's; one person twice is noticed."""
    take("liste.csv", HEADINGS + "0042;Roux;Guy;élu;oui;26\nCN-7;Petit;Ève;élu;oui;26\n")
    answer = take("liste.csv", HEADINGS + "42;Roux;Guy;élu;oui;26\ncn-07;Petit;Ève;élu;oui;26\n")
    said(answer, "0042", "taken for the same person", "0 added", "2 as before")
    expect(set(people()) == {"0042", "CN-7"}, people())
    other = HEADINGS + "042;Autre;Li;élu;oui;26\n"
    said(take("liste.csv", other, status=1), "not the same person")
    rows = "X1;Roy;Anne-Marie;élu;oui;26\nX01;Bo;Al;élu;oui;26\n"
    said(take("new.csv", HEADINGS + rows, status=1), "differs only in capitals or zeros from X1")
    rows = "Y1;Roy;Anne-Marie;élu;oui;26\nY2;ROY;Anne Marie;élu;oui;26\n"
    said(take("new.csv", HEADINGS + rows), "Y1", "Y2", "may be registered twice")


def test_names():
    """Titles, particles, single names, both scripts in one cell; the doubtful is refused."""
    head = "Référence;Participant;Rencontres;Jours\n"
    for number, (cell, family, given, hanzi) in enumerate(
        (
            ("Mme LEROY Anne", "LEROY", "Anne", ""),
            ("de VILLIERS Jean", "de VILLIERS", "Jean", ""),
            ("Dr Sophie MARCEAU", "MARCEAU", "Sophie", ""),
            ("Nguyen, Thi Mai", "Nguyen", "Thi Mai", ""),
            ("李娜 LI Na", "LI", "Na", "李娜"),
            ("皮埃尔·居里 Pierre CURIE", "CURIE", "Pierre", "皮埃尔·居里"),
            ("Suharto", "Suharto", "", ""),
        )
    ):
        take(f"l{number}.csv", head + f"N{number};{cell};oui;26\n")
        one = people()[f"N{number}"]
        found = (one["family"].upper(), one["given"], one["name_zh"])
        expect(found == (family.upper(), given, hanzi), cell, one)
    said(take("d.csv", head + "Z1;Paul Simon;oui;26\n", status=1), "d.csv:2", "Paul Simon")


def test_names_of_other_languages():
    """扎西次仁, 阿卜杜热合曼: no Latin name is invented; who has none is named, to be asked; the list's
    own wins, and so does a person's."""
    head = "编号,姓名,姓名拼音,日期\n"
    rows = "CN-T1,扎西次仁,,26\nCN-T2,阿卜杜热合曼,Abdurahman,26\nCN-T3,乌云其其格,,26\n"
    rows += "CN-T4,王明,,26\nCN-T5,白玛央金,Baima Yangjin,26\nCN-T6,阿依古丽·买买提,,26\n"
    answer = take("zh.csv", head + rows, "--event", "rencontres", "--report", "report.json")
    said(answer, "a CN-T1 扎西次仁: no Latin name", "Zhaxiciren", "a CN-T6", "3 have no Latin name")
    not_said(answer, "a CN-T2", "a CN-T4", "a CN-T5")
    found = {reference: (one["family"], one["given"]) for reference, one in people().items()}
    expect(found["CN-T1"] == found["CN-T3"] == found["CN-T6"] == ("", ""), found)
    expect(found["CN-T2"] == ("Abdurahman", "") and found["CN-T4"] == ("Wang", "Ming"), found)
    expect(found["CN-T5"] == ("Baima Yangjin", ""), found)
    with open(os.path.join(FOLDER, "report.json"), encoding="utf-8") as file:
        text = file.read()
    expect(text.count("no-latin") == 3, text)
    expect("CN-T1" in people("--search", "zhaxi ciren"), "not found by its reading")
    accueil("correct", "CN-T1", "--family", "Tashi", "--given", "Tsering", "-v", "Li Na")
    answer = take("zh.csv", head + rows, "--event", "rencontres")
    said(answer, "0 changed", "2 have no Latin name")
    answer = accueil("badge", "proof", "CN-T1", "CN-T3", "CN-T4", "CN-T5", "--dpi", "200")
    said(answer, "CN-T3: only the person knows", "CN-T5: only the person", "Ask these 2 people")
    not_said(answer, "CN-T1:", "CN-T4:")


def test_spoiled_text():
    """What a program has spoiled is named by its cell, not imported."""
    for number, cell in enumerate(("H?lène", "#N/A", "#REF!", "NULL", "Ren�", "=A1&B1")):
        answer = take(f"s{number}.csv", HEADINGS + f"S1;Roy;{cell};élu;oui;26\n", status=1)
        said(answer, f"s{number}.csv:2: Prénom")
    text = "Référence;Nom;Prénom\nS1;LEFÈVRE;LÉA\nS2;FRANÇOIS;Zoé\n"
    said(take("dos.csv", text, encoding="cp850"), "CP850")
    expect(people()["S1"]["family"] == "LEFÈVRE", people())
    expect(people()["S2"]["family"] == "FRANÇOIS", people())
    text = "Reference;Nom;Prenom\nT1;LEFÈVRE;Paul\n"
    said(take("dos2.csv", text, status=1, encoding="cp850"), "LEFÔVRE", "LEFÈVRE")


def test_nothing_and_not_yet():
    """Signs for nothing are no names; names to come, and what Excel made of a reference, are
    refused; headings once more and sums are nobody's."""
    rows = "F1;Roy;-;élu;oui;26\nF2;Li;Na;N/A;oui;26\n" + HEADINGS + "合计;2人;;;;\n"
    said(take("liste.csv", HEADINGS + rows), "2 added", "repeats the headings", "is a sum")
    expect(people()["F1"]["given"] == "" and people()["F2"]["given"] == "Na", people())
    expect(people()["F2"]["category_id"] == "", people())
    head = "Référence;Nom;Prénom;Nom chinois\n"
    take("zh.csv", head + "F3;Petit;Ève;无\n")
    expect(people()["F3"]["name_zh"] == "", people())
    said(take("tbc.csv", head + "F4;À confirmer;;待定\n", status=1), "still to come")
    answer = take("e.csv", head + "1,23E+05;Roy;Al;\n2-Mar;Bo;Al;\n", status=1)
    said(answer, "power of ten", "is a date", "e.csv:3")
    not_said(answer, "there is no reference")
    said(take("w.csv", "编号，姓名\nA1，王小明\n", status=1), "separated by “，”")
    said(take("bars.csv", "编号|姓名\nA1|王小明\n"), "1 added", "vertical bars")


def test_what_stands_around():
    """Titles of sections, footers and headings in the other language are nobody's; what programs
    put around a reference is no part of it; a whole list is given days."""
    rows = "编号;姓;名;类别;论坛;日期\nDélégation de Lyon;;;;;\nA1;Roy;Max;élu;oui;26\n"
    rows += 'Sous-total Lyon;1;;;;\nDélégation de Lille\n="0012";Bo;Al;élu;oui;26\n'
    rows += "'0013;Li;Na;élu;oui;26\n1 234;Wu;Di;élu;oui;26\nTotal : 4;;;;;\nFait à Lyon le 3\n"
    answer = take("liste.csv", HEADINGS + rows)
    said(answer, "4 rows: 4 added", "“Délégation de Lille”", "“Fait à Lyon le 3”", "is a sum")
    expect(set(people()) == {"A1", "0012", "0013", "1234"}, people())
    said(take("liste.csv", HEADINGS + "A1;;;;;\nA2;Roy;Max;élu;oui;26\n", status=1), "no name")
    head = "Référence;Nom;Prénom\n"
    said(take("w.csv", head + "W1;Roy;Al\n", "--event", "rencontres"), "--days DAYS")
    answer = run.accueil("doctor", "--db", DB, status=None, cwd=FOLDER)
    said(answer, "1 registered for no event or no day, such as W1: no entrance admits them")
    answer = take("w.csv", head + "W1;Roy;Al\n", "--event", "rencontres", "--days", "26-27")
    not_said(answer, "admitted nowhere", "no column for the days")
    expect(people()["W1"]["days"] == ["26", "27"], people()["W1"])
    said(take("w.csv", head + "W1;Roy;Al\n", "--days", "31", status=1), "“31” is no day")


def test_search():
    """People are found as they are spoken of."""
    head = "Référence;Nom;Prénom;Nom chinois;Organisme;Courriel;Rencontres;Jours\n"
    take(
        "liste.csv",
        head
        + "FR-0007;O’Brien;Siân;;Mairie de L’Haÿ-les-Roses;sian@x.org;oui;26\n"
        + "FR-0008;Roy;Al;;Saint-Étienne Métropole;;oui;26\n"
        + "CN-0102;;;曾国强;;;oui;26\nCN-0103;;;葉問;;;oui;26\nCN-0104;;;单雄信;;;oui;26\n",
    )
    for typed, wanted in (
        ("obrien", "FR-0007"),
        ("o brien", "FR-0007"),
        ("l'hay les roses", "FR-0007"),
        ("lhaylesroses", "FR-0007"),
        ("sian@x.org", "FR-0007"),
        ("7", "FR-0007"),
        ("zeng guoqiang", "CN-0102"),
        ("叶问", "CN-0103"),
        ("shan xiongxin", "CN-0104"),
        ("dan xiong", "CN-0104"),
        ("102", "CN-0102"),
        ("st-etienne", "FR-0008"),
        ("Monsieur Roy", "FR-0008"),
        ("曾国强先生", "CN-0102"),
        ("zeng1 guo2 qiang2", "CN-0102"),
    ):
        expect(wanted in people("--search", typed), typed, people("--search", typed))
    near = people("--search", "obrian")
    expect(near["FR-0007"]["near"], near)


def test_days_and_events():
    """Days as people write them; nobody is registered for nothing without a word."""
    head = "Référence;Nom;Prénom;Rencontres;Jours\n"
    for number, (cell, days) in enumerate(
        (
            ("26-28", ["26", "27", "28"]),
            ("26 et 27", ["26", "27"]),
            ("26/27", ["26", "27"]),
            ("mercredi 26", ["26"]),
            ("2016-10-27 00:00:00", ["27"]),
        )
    ):
        take(f"d{number}.csv", head + f"D{number};Roy;Max;oui;{cell}\n")
        expect(people()[f"D{number}"]["days"] == days, cell, people()[f"D{number}"])
    said(take("bad.csv", head + "B1;Roy;Al;oui;31\n", status=1), "bad.csv:2: Jours", "31")
    answer = take("no.csv", "Référence;Nom;Prénom\nF1;Roy;Al\n")
    said(answer, "admitted nowhere", "--event")
    take("no.csv", "Référence;Nom;Prénom\nF1;Roy;Al\n", "--event", "rencontres")
    expect(people()["F1"]["events"] == ["rencontres"], people()["F1"])


# Files


def test_old_excel():
    """A table of HTML that calls itself .xls keeps its zeros; so do others of its kind."""
    page = (
        "<html><meta charset=utf-8><table><tr><th>Référence<th>Nom<th>Prénom</tr>"
        "<tr><td>0007<td>Lef&egrave;vre<td>Zoé</tr></table></html>"
    )
    said(take("inscrits.xls", page), "HTML", "1 added")
    expect(people()["0007"]["family"] == "Lefèvre", people())
    said(take("login.xls", "<html><form>Mot de passe</form></html>", status=1), "without a table")
    said(take("feuille.xls", "<?xml version='1.0'?><Workbook/>", status=1), "XML")
    said(take("liste.csv", "\0" * (64 * 1024 * 1024 + 1), status=1), "65 MiB", "may have 64")


# Headings


def on_terminal(*words, answers):
    """Runs accueil on a terminal and types an answer whenever it waits for one; exit code and all
    that was said."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [run.ACCUEIL, *words, "--db", DB],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=FOLDER,
        env=run.environment(),
    ) as process:
        os.close(slave)
        text, left, patience = "", list(answers), Patience()
        while not patience.over():
            if select.select([master], [], [], 0.1)[0]:
                try:
                    part = os.read(master, 4096)
                except OSError:  # the terminal is gone with the process
                    break
                text += part.decode(errors="replace")
            if left and text.count("?") > 0 and text.endswith((": ", "? ", "] ")):
                os.write(master, (left.pop(0) + "\n").encode())
                text += "\0"
        os.close(master)
        return ended(process), text, left


ODD = "Dossier n°;Patronyme;Prénom usuel;Rubrique;Rencontres;Jours\n"


def test_headings_mapped():
    """What a heading means is said once, and remembered for lists of that name."""
    rows = ODD + "A-17;Dupont;Zoé;élu;oui;26\n"
    maps = ["--map", "Dossier N°=référence", "--map", "Patronyme=nom"]
    maps += ["--map", "rubrique=类别"]
    said(take("odd.csv", rows, status=1), "--map HEADING=MEANING")
    said(take("odd.csv", rows, "--dry-run", *maps), "1 added")
    take("odd.csv", rows, status=1)  # a dry run remembers nothing
    said(take("odd.csv", rows, *maps), "“Dossier n°” is taken for “référence”")
    one = people()["A-17"]
    expect(one["family"] == "Dupont" and one["category_id"] == "elu", one)
    said(take("odd (2).csv", rows.replace("A-17", "A-18"), *[]), "1 added")
    take("other.csv", rows, status=1)
    said(take("other.csv", rows, "--list", "odd", "--dry-run"), "1 as before")
    # Passed over, and said anew.
    said(take("odd.csv", rows.replace("Dupont", "Durand"), "--map", "Rubrique="), "Durand")
    not_said(take("odd.csv", rows), "columns not known")


def test_headings_mapped_wrongly():
    rows = ODD + "A-17;Dupont;Zoé;élu;oui;26\n"
    said(take("odd.csv", rows, "--map", "Dossier n°", status=1), "HEADING=MEANING")
    said(take("odd.csv", rows, "--map", "Dossier n°=licorne", status=1), "licorne", "référence")
    maps = ["--map", "Dossier n°=référence", "--map", "Patronyme=nom"]
    said(take("odd.csv", rows, *maps, "--map", "Téléfax=email", status=1), "Téléfax")
    said(take("odd.csv", rows, *maps, "--map", "Rubrique=nom", status=1), "mean the same")
    expect(people() == {}, people())


def test_headings_asked_for():
    """On a terminal each heading that is not known is asked for, once for ever."""
    write("odd.csv", ODD + "A-17;Dupont;Zoé;élu;oui;26\n")
    answers = ["référence", "licorne", "nom", ""]
    code, text, left = on_terminal("import", "odd.csv", answers=answers)
    expect(code == 0 and left == [], code, text)
    expect("below it stands “A-17”" in text, text)
    expect("“licorne” is not known either" in text, text)
    expect(people()["A-17"]["family"] == "Dupont", text)
    write("odd-v2.csv", ODD + "A-17;Dupont;Zoé;élu;oui;26\nA-18;Roy;Max;élu;oui;26\n")
    code, text, left = on_terminal("import", "odd-v2.csv", answers=["never"])
    expect(code == 0 and left == ["never"] and "is not known" not in text, code, text)
    expect(len(people()) == 2, text)


def test_corrections_asked_for():
    """On a terminal each correction that a list speaks against is shown and asked for: hers, the
    list's, or next time."""
    rows = "C1;Lefevre;Zoé;élu;oui;26\nC2;Roy;Max;élu;oui;26\nC3;Bo;Al;élu;oui;26\n"
    take("liste.csv", HEADINGS + rows)
    for reference, family in (("C1", "Lefèvre"), ("C2", "Leroy"), ("C3", "Beau")):
        accueil("correct", reference, "--family", family, "-v", "Li Na")
    for old, new in (("Lefevre", "Lefebvre"), ("Roy", "Royer"), ("Bo;", "Bot;")):
        rows = rows.replace(old, new)
    write("liste.csv", HEADINGS + rows)
    ask = ("import", "liste.csv", "--corrections", "ask")
    for answers, families in (
        (["k", "l", "n"], ["Lefèvre", "Royer", "Beau"]),
        (["l"], ["Lefèvre", "Royer", "Bot"]),
        ([], ["Lefèvre", "Royer", "Bot"]),
    ):
        code, text, left = on_terminal(*ask, answers=answers)
        expect(code == 0 and left == [], code, text)
        expect(text.count("decide [n]ext time?") == len(answers), text)
        found = people()
        expect([found[r]["family"] for r in ("C1", "C2", "C3")] == families, answers, found)


def test_column_without_heading():
    """Values below no heading are not dropped without a word."""
    rows = "Référence;Nom;;Prénom;\nA1;Dupont;Mme;Zoé;\nA2;Roy;;Léa;\nA3;Bo;M.;Max;\n"
    answer = take("liste.csv", rows)
    said(answer, "column 3 has no heading", "its 2 values", "row 2")
    not_said(answer, "column 5")


# Printed ahead


def test_batch_prints_the_rest():
    """One badge that cannot be drawn keeps nobody else's from being printed."""
    answer = take(
        "liste.csv",
        HEADINGS
        + "A1;Dupont;Zoé;élu;oui;26\nA2;Roy;Léa 🦆;élu;oui;26\n"
        + "A3;Weiß;Jörg;élu;oui;26\n",
    )
    said(answer, "U+1F986")
    answer = accueil("badge", "batch", "-o", "all.pdf", status=1)
    said(answer, "2 badges issued", "A2 Léa 🦆 Roy", "1 badges could not be drawn")
    shown = run.done(["pdftotext", os.path.join(FOLDER, "all.pdf"), "-"]).out
    expect("Dupont" in shown or "DUPONT" in shown, shown)
    said(accueil("badge", "batch", "-o", "x.pdf", "--only-without-badge", status=1), "A2")
    accueil("correct", "A2", "--given", "Léa", "--volunteer", "Li Na")
    said(accueil("badge", "batch", "-o", "rest.pdf", "--only-without-badge"), "1 badges issued")


def test_printed_again_where_no_longer_true():
    """A list or a person changes what a badge says: an alert, and a new badge for those alone."""
    rows = ["B1;Dupond;Zoé;élu;oui;26\n", "B2;Roy;Léa;élu;oui;26\n", "B3;Bo;Max;élu;oui;26\n"]
    take("liste.csv", HEADINGS + "".join(rows))
    accueil("badge", "batch", "-o", "all.pdf")
    said(accueil("badge", "batch", "-o", "x.pdf", "--changed", status=1), "still true")
    rows[0] = rows[0].replace("Dupond", "Dupont")
    answer = take("liste.csv", HEADINGS + "".join(rows))
    said(answer, "1 badges that were printed", "badge batch --changed")
    accueil("correct", "B3", "--family", "Beau", "--volunteer", "Li Na")
    expect(alerts() == ["untrue", "untrue"], alerts())
    said(accueil("badge", "batch", "-o", "new.pdf", "--changed"), "2 badges issued", "2 of them")
    expect(alerts() == [], alerts())
    shown = run.done(["pdftotext", os.path.join(FOLDER, "new.pdf"), "-"]).out.upper()
    expect("DUPONT" in shown and "BEAU" in shown and "ROY" not in shown, shown)
    expect("B1 · 2" in shown, "a second badge", shown)
    accueil("badge", "batch", "-o", "more.pdf", "--changed", "--replace", status=2)


@contextlib.contextmanager
def folder(_test):
    """A replica with the demo's congress."""
    global FOLDER, DB
    with tempfile.TemporaryDirectory(prefix="accueil-lists-") as FOLDER:
        DB = os.path.join(FOLDER, "a.db")
        accueil("init", "--station", "hub")
        accueil("event", "load", EVENT)
        yield


if __name__ == "__main__":
    main(tests_of(globals()), folder)
