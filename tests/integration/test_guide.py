#!/usr/bin/env python3
"""`accueil guide`: one A4 page in each language, whose pictures are those of today's screens and
whose quoted words are written on them. TAP."""
import glob
import gettext
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit.run import ACCUEIL, ASSETS, BUILD, environment
from kit.tap import expect, main, new_folder

FOLDER = new_folder("guide")
SOURCE = "src/cli/guide_command.c"
GOLDEN = "tests/kiosk/golden"
LANGUAGES = {"fr": ("fr",), "zh": ("zh_CN",), "en": ("fr", "zh_CN")}  # whose words it quotes


def run(*words, **options):
    return subprocess.run(words, capture_output=True, check=True, **options).stdout


def guide(language):
    path = os.path.join(FOLDER, f"guide-{language}.pdf")
    if not os.path.exists(path):
        run(ACCUEIL, "guide", "-o", path, "--language", language, env=environment(LC_ALL="C"))
    return path


def words_of(path):
    """Its text without any space: lines are broken where there is room."""
    return re.sub(r"\s", "", run("pdftotext", path, "-").decode())


def touches():
    """What the source quotes of the screens, in English."""
    table = re.search(r"touches\[\]\s*= \{(.*?)\n\};", open(SOURCE, encoding="utf-8").read(), re.S)
    found = re.findall(r'N_ \("([^"]+)"\)', table[1])
    expect(len(found) >= 8, found)
    return found


def pictures():
    """The names of its pictures."""
    found = re.findall(r'\{ "([a-z-]+)", GUIDE_', open(SOURCE, encoding="utf-8").read())
    expect(len(found) == 6, found)
    return found


def translation(locale):
    with open(os.path.join(BUILD, "locale", locale, "LC_MESSAGES", "accueil.mo"), "rb") as file:
        return gettext.GNUTranslations(file)


def one_page():
    """of A4, with its fonts, the same bytes each time"""
    for language in LANGUAGES:
        path = guide(language)
        said = run("pdfinfo", path).decode()
        expect(re.search(r"^Pages:\s+1$", said, re.M) and "(A4)" in said, said)
        again = os.path.join(FOLDER, "again.pdf")
        run(ACCUEIL, "guide", "-o", again, "--language", language, env=environment(LC_ALL="C"))
        expect(open(path, "rb").read() == open(again, "rb").read(), language)


def own_language():
    """without --language it is the organiser's own"""
    path = os.path.join(FOLDER, "own.pdf")
    run(ACCUEIL, "guide", "-o", path, env=environment(LC_ALL="fr_FR.UTF-8"))
    expect(open(path, "rb").read() == open(guide("fr"), "rb").read())


def quoted_words():
    """each stands on the page, in the catalogue's words, and in the source of a screen"""
    screens = "".join(open(path, encoding="utf-8").read() for path in glob.glob("src/kiosk/*.c"))
    for text in touches():
        expect(f'"{text}"' in screens, f"no screen says “{text}” any more: see {SOURCE}")
        for language, locales in LANGUAGES.items():
            page = words_of(guide(language))
            for locale in locales:
                said = re.sub(r"\s", "", translation(locale).gettext(text))
                expect(said in page, f"{language}: “{said}” is not quoted")
    for language in LANGUAGES:
        expect("{" not in words_of(guide(language)), "a place was not filled in")


def todays_screens():
    """its pictures are the very files that the screens are compared with, and are in the PDF"""
    tested = open("tests/kiosk/test_screens.py", encoding="utf-8").read()
    embedded = run("pdfimages", "-list", guide("fr")).decode()
    expect(len(re.findall(r"^\s+1\s+\d+ image", embedded, re.M)) == len(pictures()), embedded)
    for name in pictures():
        path, golden = f"{ASSETS}/guide/{name}-portrait.png", f"{GOLDEN}/{name}-portrait.png"
        expect(f'looks("{name}"' in tested, f"no test paints {name}")
        expect(os.path.realpath(path) == os.path.realpath(golden), f"{path} is a copy of its own")
        expect(os.path.exists(golden), golden)
    unused = set(os.listdir(f"{ASSETS}/guide")) - {f"{name}-portrait.png" for name in pictures()}
    expect(not unused, unused)


def wrong_usage():
    for words in ((), ("-o", "x.pdf", "more"), ("-o", "x.pdf", "--language", "xx")):
        done = subprocess.run(
            [ACCUEIL, "guide", *words], capture_output=True, env=environment(LC_ALL="C"), cwd=FOLDER
        )
        expect(done.returncode == 2, words, done)


if __name__ == "__main__":
    main([one_page, own_language, quoted_words, todays_screens, wrong_usage])
