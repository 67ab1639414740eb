#!/usr/bin/env python3
"""badge render, proof and batch as an organiser meets them: the whole demo roster tried and printed
ahead, what those badges do at the door, being stopped in the middle. Prints TAP."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run as programs
from kit.run import ACCUEIL, CHINESE, EVENT, FRENCH, GLOSSARY, MORNING, done
from kit.tap import expect, main, new_folder, tests_of
from kit.wait import answer, wait_for

TEMPLATES = os.path.abspath("assets/badge")
PEOPLE = 320


def environment():
    return programs.environment(ACCUEIL_DB=os.path.join(FOLDER, "a.db"), ACCUEIL_NOW=MORNING)


def run(*words, status=0):
    said = programs.accueil(*words, env=environment(), cwd=FOLDER, status=status)
    return said.out + said.err


def begin():
    """A fresh replica with the demo's congress and both lists."""
    global FOLDER
    FOLDER = new_folder("badge")
    run("init", "--station", "hub")
    run("event", "load", EVENT)
    run("import", FRENCH, CHINESE, "--glossary", GLOSSARY, "--yes")


def add(reference, family, given):
    path = os.path.join(FOLDER, "more.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            "Référence;Nom;Prénom;Catégorie;Rencontres;Jours\n"
            f"{reference};{family};{given};élu;oui;26\n"
        )
    run("import", path, "--yes")


def pages(pdf):
    text = done(["pdfinfo", os.path.join(FOLDER, pdf)]).out
    return int(re.search(r"Pages:\s*(\d+)", text)[1])


def text_of(pdf, first=1, last=1):
    words = ["pdftotext", "-f", str(first), "-l", str(last), os.path.join(FOLDER, pdf), "-"]
    return done(words).out


def picture(pdf, page):
    stem = os.path.join(FOLDER, f"page-{page}")
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            "300",
            "-png",
            "-singlefile",
            "-f",
            str(page),
            "-l",
            str(page),
            os.path.join(FOLDER, pdf),
            stem,
        ],
        check=True,
    )
    return stem + ".png"


def scan(image, status=0):
    line = run("scan", "--checkpoint", "entree-est", "--json", "--image", image, status=status)
    return json.loads(line.splitlines()[0])


def badges():
    return json.loads(run("counts", "--json"))


def left():
    return sorted(name for name in os.listdir(FOLDER) if not name.startswith("a.db"))


def test_check():
    begin()
    for name in sorted(os.listdir(TEMPLATES)):
        if not name.endswith(".back.svg"):
            said = run("badge", "check", os.path.join(TEMPLATES, name))
            assert said.count("good for a printer") == 2, said


def test_render():
    begin()
    run("badge", "render", "FR-0001", "-o", "both.pdf")
    assert pages("both.pdf") == 2
    front, back = text_of("both.pdf"), text_of("both.pdf", 2, 2)
    assert "BARTHÉLÉMY" in front and "Épreuve" in front and "Intervenante · A1" in front, front
    assert (
        "jeudi 27 octobre" in back
        and "10月27日 星期四" in back
        and "A3 · Ville durable" in back
        and "可持续城市" in back
        and "09:30" in back
        and "Salle 1" in back
    ), back
    run("badge", "render", "FR-0001", "-o", "back.pdf", "--back")
    assert pages("back.pdf") == 1 and "jeudi 27 octobre" in text_of("back.pdf")
    for name in ("card-86x54", "label-4x6in", "roll-62mm"):
        run(
            "badge",
            "render",
            "CN-0001",
            "-o",
            "front.png",
            "--template",
            os.path.join(TEMPLATES, name + ".svg"),
        )
        assert (
            scan(os.path.join(FOLDER, "front.png"), status=1)["verdict"] == "UNKNOWN"
        ), "a proof opens nothing"


def test_proof():
    begin()
    said = run("badge", "proof", "--all", "-o", "sheet.pdf")
    assert f"All {PEOPLE} badges can be printed" in said and "sheet.pdf" in said, said
    assert oct(os.stat(os.path.join(FOLDER, "sheet.pdf")).st_mode & 0o777) == "0o600"
    everything = text_of("sheet.pdf", 1, pages("sheet.pdf"))
    assert (
        len(set(re.findall(r"(?:FR|CN)-\d{4}", everything))) == PEOPLE
    ), "everybody is on the sheet"
    add("XX-1", "\U00012000\U00012001", "")
    said = run(
        "badge",
        "proof",
        "--all",
        "-o",
        "sheet.pdf",
        "--template",
        os.path.join(TEMPLATES, "roll-62mm.svg"),
        "--one-bit",
        "--dpi",
        "203",
        status=1,
    )
    assert (
        "XX-1: " in said
        and "“name”" in said
        and f"1 of {PEOPLE + 1} badges cannot be printed" in said
    ), said
    assert "XX-1" in text_of("sheet.pdf"), "the refused one stands on the first page"
    said = run("badge", "proof", "XX-1", status=1)
    assert "XX-1: " in said, said
    assert "nobody is registered as NO-1" in run("badge", "proof", "NO-1", status=1)
    for words in ([], ["--all", "FR-0001"], ["--all", "-o", "x.png"], ["--all", "--dpi", "1"]):
        run("badge", "proof", *words, status=2)


def test_batch():
    begin()
    run("key", "new")
    run("ticket", "issue", "--png", "tickets")
    said = run("badge", "batch", "-o", "all.pdf", "--sort", "surname-fr")
    assert f"{PEOPLE} badges issued" in said and "hand the badges out" in said, said
    assert pages("all.pdf") == 2 * PEOPLE
    labels = re.findall(r"((?:FR|CN)-\d{4}) · 1", text_of("all.pdf", 1, 2 * PEOPLE))
    assert (
        labels[0::2] == labels[1::2] and len(set(labels)) == PEOPLE
    ), "front and back in turn, everybody once"
    page = labels.index("FR-0002") + 1
    answer = scan(picture("all.pdf", page))
    assert answer["verdict"] == "ADMITTED" and answer["reference"] == "FR-0002", answer
    answer = scan(os.path.join(FOLDER, "tickets", "FR-0004.png"), status=1)
    assert answer["verdict"] == "TICKET_USED", answer
    # Nobody's agent has anything to print.
    assert badges()["badges_waiting"] == 0, badges()
    # Who has a badge must be spoken of; a new one makes the old one void.
    assert "--only-without-badge" in run("badge", "batch", "-o", "again.pdf", status=1)
    add("XX-2", "Neuf", "Anne")
    said = run("badge", "batch", "-o", "again.pdf", "--only-without-badge")
    assert "1 badges issued" in said and f"{PEOPLE} people have a badge already" in said, said
    run("badge", "batch", "-o", "new/", "--replace", "--sort", "reference")
    assert len(os.listdir(os.path.join(FOLDER, "new"))) == PEOPLE + 1
    assert scan(picture("all.pdf", page), status=1)["verdict"] == "BADGE_VOID"
    run("badge", "batch", "-o", "new/", "--replace", status=1)
    for words in (
        ["-o", "x.txt"],
        [],
        ["-o", "x.pdf", "--sort", "size"],
        ["-o", "x.pdf", "--replace", "--only-without-badge"],
        ["-o", "x.pdf", "more"],
    ):
        run("badge", "batch", *words, status=2)
    run("verify")


def interrupted(output, number):
    """Sends @number to a batch in the middle of its work; its status."""
    with subprocess.Popen(
        [ACCUEIL, "badge", "batch", "-o", output],
        env=environment(),
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:

        def writes():
            expect(process.poll() is None, "it was over before it could be stopped")
            return any(name.endswith(".part") for name in os.listdir(FOLDER))

        wait_for(writes, "something to be written")
        process.send_signal(number)
        _, err = answer(process)
    return process.returncode, err.decode()


def test_stopped():
    begin()
    for output in ("all.pdf", "all/"):
        for number in (signal.SIGINT, signal.SIGTERM):
            status, said = interrupted(output, number)
            assert status == 1 and "nothing was issued" in said, (status, said)
            assert left() == [], left()
        status, _ = interrupted(output, signal.SIGKILL)
        assert status == -signal.SIGKILL
        assert not os.path.exists(os.path.join(FOLDER, output.rstrip("/"))), left()
        for path in (os.path.join(FOLDER, name) for name in left()):
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    said = run("badge", "batch", "-o", "all.pdf")
    assert f"{PEOPLE} badges issued" in said, said  # so none was before


FOLDER = ""

if __name__ == "__main__":
    main(tests_of(globals()))
