#!/usr/bin/env python3
"""`accueil badge check`: the shipped templates pass, a broken one fails with every fault, its element and the remedy, and so does its back. Prints TAP."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

BUILD = os.environ.get("BUILD", "build/debug")
ACCUEIL = os.path.abspath(os.path.join(BUILD, "accueil"))
TEMPLATES = sorted(
    path for path in glob.glob("assets/badge/*.svg") if not path.endswith(".back.svg")
)
ENVIRONMENT = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("LC_", "LANG", "ACCUEIL"))
}


def check(*words):
    return subprocess.run(
        [ACCUEIL, "badge", "check", *words],
        capture_output=True,
        env=ENVIRONMENT,
        timeout=120,
        text=True,
    )


def expect(condition, *what):
    if not condition:
        raise AssertionError("\n".join(str(part) for part in what) or "condition does not hold")


def write(name, content):
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="100mm" viewBox="0 0 100 100">%s</svg>'
            % content
        )
    return path


GOOD = '<rect id="name" x="5" y="5" width="90" height="30"/><rect id="category" x="45" y="45" width="50" height="14"/><rect id="qr" x="8" y="60" width="30" height="30"/>'


def test_shipped_templates_pass():
    expect(TEMPLATES, "there are none")
    for path in TEMPLATES:
        for words in ((path,), (path, "--dpi", "300"), (path, "--dpi", "203", "--bw")):
            answer = check(*words)
            expect(answer.returncode == 0 and answer.stderr == "", words, answer)
            expect(
                (path[:-4] + ".back.svg" in answer.stdout)
                == os.path.exists(path[:-4] + ".back.svg"),
                answer,
            )


def test_every_fault_is_named():
    path = write(
        "broken.svg",
        GOOD.replace('"category"', '"catgory"')
        + '<text id="meal" x="50" y="80" style="font-family:Arial;font-size:6px">\U0001f374</text><path id="rule" d="M45 70H95" stroke="#000" stroke-width="0.1"/>',
    )
    answer = check(path, "--bw")
    expect(answer.returncode == 1 and answer.stderr == "", answer)
    for text in (
        "“category” is missing",
        "“catgory” is no slot",
        "→ Did you mean “category”?",
        "“meal” is set in the font “Arial”",
        "“meal” has a character, U+1F374",
        "“rule” has a line of 0.10 mm",
        "Faults: ",
    ):
        expect(text in answer.stdout, f"“{text}” is not said", answer.stdout)


def test_the_back_is_checked_too():
    path = write("two.svg", GOOD)
    expect(check(path).returncode == 0, check(path))
    back = write("two.back.svg", '<rect id="programe" x="5" y="5" width="90" height="90"/>')
    answer = check(path)
    expect(
        answer.returncode == 1
        and "%s: “programe” is no slot" % back in answer.stdout
        and "“programme”" in answer.stdout,
        answer,
    )


def test_what_is_too_heavy_is_refused_at_once():
    path = write(
        "heavy.svg",
        GOOD
        + '<defs><filter id="f"><feTurbulence id="noise" baseFrequency="0.5" numOctaves="100000"/></filter></defs><rect x="60" y="70" width="20" height="20" filter="url(#f)"/>',
    )
    answer = check(path)
    expect(
        answer.returncode == 1
        and "“noise”" in answer.stdout
        and "feTurbulence" in answer.stdout
        and "→ Take it out" in answer.stdout
        and answer.stderr == "",
        answer,
    )


def test_what_is_no_template():
    answer = check(os.path.join(FOLDER, "none.svg"))
    expect(answer.returncode == 1 and "the file cannot be read" in answer.stdout, answer)


def test_wrong_usage():
    for words in (
        (),
        ("a.svg", "b.svg"),
        ("a.svg", "--dpi", "1"),
        ("a.svg", "--dpi", "x"),
        ("a.svg", "--colour"),
    ):
        answer = check(*words)
        expect(answer.returncode == 2 and answer.stderr != "", words, answer)


TESTS = [value for name, value in sorted(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    FOLDER = tempfile.mkdtemp(prefix="accueil-badge-check-")
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        try:
            test()
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} {test.__name__}")
            print(
                "".join("# " + line + "\n" for line in traceback.format_exc().splitlines()),
                end="",
                flush=True,
            )
    shutil.rmtree(FOLDER)
    sys.exit(1 if failed else 0)
