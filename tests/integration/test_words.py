#!/usr/bin/env python3
"""All that a person reads comes from the catalogues (core/words.h): none of its entries is missing,
each language keeps its typography, no sentence stands in C in another language than English, and
the help of every command is there in a language that no source names. TAP."""
import gettext
import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit.pretended import LANGUAGE, OPEN, left_over, make_template, pretend
from kit.tap import expect, main, new_folder, tests_of

BUILD = os.environ.get("BUILD", "build/debug")
FOLDER = new_folder("words")
TEMPLATE = os.path.join(FOLDER, "accueil.pot")
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")

# Where Chinese (or French) in C is data, and why.
DATA = {
    "badge/check_people.c": "the specimens that a template is tried with",
    "badge/phrase.c": "characters by which lines break",
    "badge/signature_sheet.c": "the mark of a character that no font has",
    "cli/import_command.c": "a typed yes",
    "congress/programme.c": "how lists write days",
    "core/han_name.c": "syllables of names of other languages",
    "core/pinyin.c": "readings of surnames",
    "core/readings.c": "readings of hanzi",
    "core/simplified.c": "traditional characters and their simplified ones",
    "core/tokens.c": "characters that search folds",
    "core/rank_words.c": "functions, as lists write them",
    "core/surnames.c": "surnames",
    "issuance/personal_schedule.c": "titles as lists write them",
    "vocabulary/gender.c": "forms of address, as lists write them",
    "kiosk/on_screen_keyboard.c": "what keys for Chinese say",
    "kiosk/window.c": "what ends a sentence for a voice",
}
# A whole folder that reads lists: words that they are written with.
DATA_FOLDERS = ("roster/",)


# Texts of the French catalogue that hold code, whose spaces are not French.
CODE = ("gst-launch-1.0", "Authorization: Bearer")


def run(*words, **options):
    return subprocess.run(words, capture_output=True, check=True, text=True, **options).stdout


def texts_of(language):
    """(English, translation) of a catalogue; of plurals each form."""
    path = os.path.join(BUILD, "locale", language, "LC_MESSAGES", "accueil.mo")
    with open(path, "rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    for key, text in catalogue.items():
        key = key[0] if isinstance(key, tuple) else key
        if key:
            yield key.split("\x04")[-1], text


def find(language, pattern, but=lambda text: False):
    return [text for _, text in texts_of(language) if re.search(pattern, text) and not but(text)]


def test_complete():
    """No entry is missing, untranslated or fuzzy; formats agree."""
    for language in ("fr", "zh_CN"):
        path = f"assets/po/{language}.po"
        run("msgfmt", "--check", "-o", "/dev/null", path)
        found = subprocess.run(["msgcmp", path, TEMPLATE], capture_output=True, text=True)
        expect(found.returncode == 0, f"{path}: run `make po` and translate:", found.stderr)


def test_no_machine_formats():
    """core/catalogue.h does not read texts whose form depends on the machine."""
    template = open(TEMPLATE, encoding="utf-8").read()
    expect("%<PRI" not in template, re.findall(r".*%<PRI.*", template))


def test_french():
    """No-break spaces before ; : ! ? and inside « », and curved apostrophes."""
    wrong = find("fr", r" [;:!?»](?=\s|$)|« ")
    wrong += find("fr", r"[a-zà-ÿ][;!?](?=\s|$)|[a-zà-ÿ]: ")
    wrong = [text for text in wrong if not any(code in text for code in CODE)]
    wrong += find("fr", r"\b(?:[ldnscjmt]|qu|aujourd)'[a-zà-ÿA-ZÀ-Ý]")
    expect(not wrong, "\n".join(repr(text) for text in wrong))


def test_chinese():
    """Full-width punctuation behind a hanzi."""
    wrong = find("zh_CN", r"[\u4e00-\u9fff](?:[,;!?](?=\s|$|[\u4e00-\u9fff])|[.:](?=\s|$))")
    expect(not wrong, "\n".join(repr(text) for text in wrong))


# One word for one thing: what stands in no text of a language, and what is said instead.
TERMS = {
    "fr": {
        r"maigre": "normal",
        r"\bborne\b|\bkiosque\b": "poste",
        r"\bguichet\b": "bureau d’accueil",
        r"\baccréditation\b": "badge",
        r"\bPublics\b": "participants",
        r"\b(?:[Uu]ne|[Cc]ette|[Ll]a|[Dd]e la) station\b": "poste",
        r"\b[Nn]ouvelle personne\b": "inscription sur place",
    },
    "zh_CN": {
        r"本站|[本此该]工作站|此站点": "本机",
        r"工作站": "站点",
        r"接待台": "接待处",
        r"读码器": "扫描器",
        r"胸牌": "胸卡",
        r"签署方(?!, )|奖项候选": "签约代表、候选代表",
        r"当选代表": "民选代表",
        r"摄影记者": "摄像记者",
        r"现场报名|新来宾": "现场登记",
        r"制卡": "打印胸卡",
        r"观众": "参会人员",
        r"权益": "权利",
    },
}
# Texts of a catalogue that name the words of lists, which people may write otherwise.
LISTED = ("is no ribbon.",)


def test_terms():
    """One term for one thing, on screens, on badges and in the help."""
    wrong = []
    for language, terms in TERMS.items():
        for english, text in texts_of(language):
            if english.startswith(LISTED):
                continue
            wrong += [
                f"{language}: {text!r}: say {instead}"
                for pattern, instead in terms.items()
                if re.search(pattern, text)
            ]
    expect(not wrong, "\n".join(wrong))


def test_own_machine():
    """The machine that speaks is 本机 in Chinese, on its screen too; others are 站点."""
    wrong = [
        f"{english!r}: {text!r}"
        for english, text in texts_of("zh_CN")
        if re.search(r"\b[Tt]his station\b(?! “)", english) and "本机" not in text
    ]
    expect(not wrong, "\n".join(wrong))
    expect(("Station", "本机") in texts_of("zh_CN"), "the desk's touch “Station”")


def test_spaces():
    """In French a thin space stands before ; ! ? and a whole one before the colon, neither of which
    a line breaks at; the same on the art of badges."""
    texts = [text for _, text in texts_of("fr") if not any(code in text for code in CODE)]
    for path in glob.glob("assets/badge/*.svg"):
        with open(path, encoding="utf-8") as file:
            texts += re.findall(r"<text [^>]*Inter[^>]*>([^<]+)</text>", file.read())
    pattern = r"[\u00a0 ][;!?](?=[\s.,…]|$)|[\u202f ]:(?=\s|$)|« |[^\u00a0\u202f]»"
    wrong = [text for text in texts if re.search(pattern, text)]
    expect(not wrong, "\n".join(repr(text) for text in wrong))


def strings_of(path):
    """The string literals of a source, without comments, each with its line."""
    text = open(path, encoding="utf-8").read()
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
    for number, line in enumerate(text.split("\n"), 1):
        for literal in re.findall(r'"(?:[^"\\]|\\.)*"', line):
            yield number, literal


def test_source():
    """No Han character and no French sentence in C, but in tables of data."""
    wrong = []
    french = re.compile(
        r"«|\b(?:[ldnsjmc]|qu)’[a-zà-ÿ]|\b(?:le|la|les|des|une|est|pas|sur) [a-zà-ÿ]{3,} "
    )
    for path in sorted(glob.glob("src/*/*.c")):
        name = path.removeprefix("src/")
        if name in DATA or name.startswith(DATA_FOLDERS):
            continue
        for number, literal in strings_of(path):
            if HAN.search(literal) or french.search(literal):
                wrong.append(f"{path}:{number}: {literal}")
    expect(not wrong, "\n".join(wrong))


def test_third_language():
    """The help of every command, in a language that only has a catalogue."""
    (program,) = pretend(os.path.join(FOLDER, "bin"), "accueil")
    environment = {**os.environ, "LC_ALL": LANGUAGE, "LANGUAGE": ""}
    listed = run(program, "--help", env=environment)
    commands = re.findall(r"^  ([a-z-]+(?: [a-z]+)?) +‹", listed, re.M)
    expect(len(commands) >= 37, listed)
    names = {word for command in commands for word in re.split(r"[ -]", command)} | {"accueil"}
    names |= {"Usage", "Options"}  # GLib's own, in the languages that GLib has
    wrong = [f"--help: {word}" for word in left_over(listed) if word not in names]
    for command in commands:
        help_text = run(program, *command.split(), "--help", env=environment)
        expect(OPEN in help_text, command, help_text)
        wrong += [f"{command}: {word}" for word in left_over(help_text) if word not in names]
    expect(not wrong, "\n".join(wrong))


if __name__ == "__main__":
    make_template(TEMPLATE)
    main(tests_of(globals()))
