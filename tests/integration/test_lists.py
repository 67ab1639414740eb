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
