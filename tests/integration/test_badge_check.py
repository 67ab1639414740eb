#!/usr/bin/env python3
"""`accueil badge check`: the shipped templates pass, a broken one fails with every fault, its
element and the remedy, and so does its back. Prints TAP."""
import contextlib
import glob
import os
import sys
import tempfile

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.run import accueil
from kit.tap import expect, main, tests_of

TEMPLATES = sorted(
    path for path in glob.glob("assets/badge/*.svg") if not path.endswith(".back.svg")
)


def check(*words):
    return accueil("badge", "check", *words, status=None)


def write(name, content):
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="100mm" viewBox="0 0 '
            '100 100">%s</svg>' % content
        )
    return path


GOOD = (
    '<rect id="name" x="5" y="5" width="90" height="30"/>'
    '<rect id="category" x="45" y="45" width="50" height="14"/>'
    '<rect id="qr" x="8" y="60" width="30" height="30"/>'
)


def test_shipped_templates_pass():
    expect(TEMPLATES, "there are none")
    for path in TEMPLATES:
        for words in ((path,), (path, "--dpi", "300"), (path, "--dpi", "203", "--bw")):
            answer = check(*words)
            expect(answer.code == 0 and answer.err == "", words, answer)
            expect(
                (path[:-4] + ".back.svg" in answer.out) == os.path.exists(path[:-4] + ".back.svg"),
                answer,
            )


def test_every_fault_is_named():
    path = write(
        "broken.svg",
        GOOD.replace('"category"', '"catgory"') + '<text id="meal" x="50" y="80" '
        'style="font-family:Arial;font-size:6px">\U0001f374</text><path id="rule" d="M45 '
        '70H95" stroke="#000" stroke-width="0.1"/>',
    )
    answer = check(path, "--bw")
    expect(answer.code == 1 and answer.err == "", answer)
    for text in (
        "“category” is missing",
        "“catgory” is no slot",
        "→ Did you mean “category”?",
        "“meal” is set in the font “Arial”",
        "“meal” has a character, U+1F374",
        "“rule” has a line of 0.10 mm",
        "Faults: ",
    ):
        expect(text in answer.out, f"“{text}” is not said", answer.out)


def test_the_back_is_checked_too():
    path = write("two.svg", GOOD)
    expect(check(path).code == 0, check(path))
    back = write("two.back.svg", '<rect id="programe" x="5" y="5" width="90" height="90"/>')
    answer = check(path)
    expect(
        answer.code == 1
        and "%s: “programe” is no slot" % back in answer.out
        and "“programme”" in answer.out,
        answer,
    )


def test_what_is_too_heavy_is_refused_at_once():
    path = write(
        "heavy.svg",
        GOOD + '<defs><filter id="f"><feTurbulence id="noise" baseFrequency="0.5" '
        'numOctaves="100000"/></filter></defs><rect x="60" y="70" width="20" height="20" '
        'filter="url(#f)"/>',
    )
    answer = check(path)
    expect(
        answer.code == 1
        and "“noise”" in answer.out
        and "feTurbulence" in answer.out
        and "→ Take it out" in answer.out
        and answer.err == "",
        answer,
    )


def test_what_is_no_template():
    answer = check(os.path.join(FOLDER, "none.svg"))
    expect(answer.code == 1 and "the file cannot be read" in answer.out, answer)


def test_wrong_usage():
    for words in (
        (),
        ("a.svg", "b.svg"),
        ("a.svg", "--dpi", "1"),
        ("a.svg", "--dpi", "x"),
        ("a.svg", "--colour"),
    ):
        answer = check(*words)
        expect(answer.code == 2 and answer.err != "", words, answer)


@contextlib.contextmanager
def folder(_test):
    global FOLDER
    with tempfile.TemporaryDirectory(prefix="accueil-badge-check-") as FOLDER:
        yield


if __name__ == "__main__":
    main(tests_of(globals()), folder)
