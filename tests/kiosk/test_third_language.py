#!/usr/bin/python3
"""A congress in French and a language that only has a catalogue (kit/pretended.py): nothing that a
person reads in it is left in another language. Messages of the commands on bad input, the pages of
the kiosk, a badge, the sheet for scanners. TAP."""
import gettext
import os
import re
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import kit.kiosk
from kit import run as programs
from kit.kiosk import Kiosk, dial
from kit.pretended import CLOSE, LANGUAGE, OPEN, left_over, pretend
from kit.run import ASSETS, BUILD, EVENT, MORNING, codes_of, done, pin_of
from kit.tap import expect, main, new_folder, tests_of

FOLDER = new_folder("third")
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
HEADINGS = (
    "Référence;Nom;Prénom;function_fr;function_zh;organisation_fr;organisation_zh;Catégorie;"
    "Rencontres;Jours;Langue;Repas;Rubans"
)
OF_LYON = f"Ville de Lyon;{OPEN}Urbo{CLOSE};élu;oui;26"
PEOPLE = f"""{HEADINGS}
QA-1;Zamenhof;Ludwik;Médecin;{OPEN}Kuracisto{CLOSE};{OF_LYON};qaa;oui;candidat
FR-1;Berthelot;Anne;Maire;{OPEN}Urbestro{CLOSE};{OF_LYON};fr;oui;
"""


class Replica:
    """For kit/kiosk.py."""

    def __init__(self):
        self.db = os.path.join(FOLDER, "congress.db")
        self.codes, self.pin = {}, ""


REPLICA = Replica()


def event_file():
    """The demo's, its Chinese words in that language."""
    lines = []
    for line in open(EVENT, encoding="utf-8"):
        if line.startswith("#"):
            continue
        theirs = rf"\1{LANGUAGE} = {OPEN}\2{CLOSE}"
        line = re.sub(r"^(|place-|reach-|by-|theme\d-)zh = (.*)$", theirs, line)
        if line.startswith("words ="):  # the same few letters cannot mean several ranks
            line = "; ".join(w for w in line.strip().split("; ") if not HAN.search(w)) + "\n"
        line = HAN.sub("o", line)
        lines.append(line.replace("[congress]\n", f"[congress]\nlanguages = fr; {LANGUAGE}\n"))
    path = os.path.join(FOLDER, "congress.ini")
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(lines)
    return path


def accueil(*words, status=0, **more):
    env = programs.environment(
        ACCUEIL_DB=REPLICA.db, ACCUEIL_NOW=MORNING, ACCUEIL_ASSETS=str(ASSETS), **more
    )
    return done([PROGRAM, *words], env=env, cwd=FOLDER, status=status)


def begin():
    global PROGRAM
    PROGRAM, kit.kiosk.KIOSK = pretend(os.path.join(FOLDER, "bin"), "accueil", "accueil-kiosk")
    with open(os.path.join(FOLDER, "people.csv"), "w", encoding="utf-8") as out:
        out.write(PEOPLE)
    accueil("init", "--station", "entree-est")
    accueil("event", "load", event_file())
    accueil("key", "new")
    accueil("import", "people.csv", "--yes")
    accueil("ticket", "issue", "--csv", "tickets.csv")
    REPLICA.codes = codes_of(os.path.join(FOLDER, "tickets.csv"))
    REPLICA.pin = pin_of(accueil("volunteer", "add", "Li Na").out)


def known_words():
    """What may stand outside of the marks: data, and what the French catalogue says."""
    with open(os.path.join(BUILD, "locale", "fr", "LC_MESSAGES", "accueil.mo"), "rb") as file:
        french = " ".join(gettext.GNUTranslations(file)._catalog.values())
    data = open(os.path.join(FOLDER, "congress.ini"), encoding="utf-8").read() + PEOPLE
    return {word.lower() for word in re.findall(r"[^\W\d_]{4,}", french + data + " Li Na")}


def check(where, text, *more):
    """Nothing of @text is untranslated."""
    known = known_words() | {word.lower() for word in more}
    wrong = [word for word in left_over(text) if word.lower() not in known]
    expect(OPEN in text, where, "nothing is in that language:", text)
    expect(not wrong, text, where, f"untranslated: {wrong}")
    expect(not HAN.search(text), where, "Chinese:", text)


def test_bad_input():
    """What commands say to an organiser of that language who has typed something wrong."""
    bad = [
        ["zzzz"],
        ["event", "load", "zzzz"],
        ["event", "load", "bad.ini"],
        ["import", "zzzz"],
        ["import"],
        ["roster", "zzzz", "zzzz"],
        ["roster", "--columns", "zzzz"],
        ["ticket", "show", "zzzz"],
        ["badge", "render", "zzzz"],
        ["badge", "void", "zzzz"],
        ["badge", "reprint", "zzzz"],
        ["badge", "check", "zzzz"],
        ["badge", "batch"],
        ["badge", "batch", "--order", "zzzz"],
        ["scan"],
        ["scan", "--checkpoint", "zzzz"],
        ["counts", "--by", "zzzz"],
        ["jobs", "answer"],
        ["jobs", "answer", "zzzz", "zzzz", "--volunteer", "zzzz"],
        ["correct", "zzzz"],
        ["walk-in"],
        ["alerts", "zzzz"],
        ["volunteer", "add"],
        ["enrol", "zzzz"],
        ["admit", "zzzz"],
        ["merge", "zzzz"],
        ["scanner", "sheet"],
        ["printers", "zzzz"],
        ["agent", "zzzz"],
        ["init", "--station", "zz zz"],
        ["key", "zzzz"],
        ["doctor", "zzzz"],
    ]
    with open(os.path.join(FOLDER, "bad.ini"), "w", encoding="utf-8") as out:
        out.write("[congress]\nlanguages = zz; qaa\n[zzzz]\nzzzz = zzzz\n")
    names = {"zzzz", "accueil"}
    wrong = []
    for words in bad:
        said = accueil(*words, status=None, LC_ALL=LANGUAGE, LANGUAGE="")
        text = (said.out if said.code else "") + said.err
        allowed = names | {part for word in words for part in re.split(r"[^a-z]+", word)}
        left = [word for word in left_over(text) if word not in allowed]
        if said.code == 0 or OPEN not in text or left:
            wrong.append(f"{' '.join(words)}: {left} of: {text}")
    expect(not wrong, "\n".join(wrong))
    for words in (["jobs", "retry", "zzzz"], ["badge", "void", "QA-1", "--reason", "lost"]):
        said = accueil(*words, "--volunteer", "zzzz", status=None, LC_ALL=LANGUAGE, LANGUAGE="")
        check(" ".join(words), said.out + said.err, "accueil", "zzzz", *words)


SIDES = ("a6-portrait.svg", "a6-portrait.back.svg")


def template_of_the_language():
    """The usual one, with words of its own in that language instead of Chinese."""
    for name in SIDES:
        art = open(ASSETS / "badge" / name, encoding="utf-8").read()
        art = re.sub(rf"{HAN.pattern}[^<>\n\"]*", f"{OPEN}Vortoj{CLOSE}", art)
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as out:
            out.write(art)
    return "a6-portrait.svg"


def words_of_template():
    """What the badge's two sides say in French by themselves."""
    sides = [open(ASSETS / "badge" / name, encoding="utf-8").read() for name in SIDES]
    return re.findall(r"[^\W\d_]{4,}", " ".join(re.findall(r">([^<>]+)<", " ".join(sides))))


def test_badge():
    """Both languages, and the person's own first."""
    template = template_of_the_language()
    people = ("QA-1", "Kuracisto", "Médecin"), ("FR-1", "Maire", "Urbestro")
    for reference, first, second in people:
        accueil("badge", "render", reference, "--template", template, "-o", "badge.pdf")
        text = done(["pdftotext", os.path.join(FOLDER, "badge.pdf"), "-"]).out
        check(f"the badge of {reference}", text, *words_of_template())
        expect(-1 < text.find(first) < text.find(second), f"{first}, then {second}:", text)


def test_sheet():
    """The sheet that lies beside a scanner."""
    accueil("scanner", "sheet", "-o", "sheet.pdf")
    text = done(["pdftotext", os.path.join(FOLDER, "sheet.pdf"), "-"]).out
    makers = open("src/usb/setup.c", encoding="utf-8").read()  # their names and manuals are data
    makers = re.sub(r"/\*.*?\*/|N_ \((\s*\"[^\"]*\")+\)", "", makers, flags=re.S)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # what a scanner is to type
    check("the sheet", text, "accueil", letters, *re.findall(r"[^\W\d_]{4,}", makers))


def test_kiosk():
    """The pages, as assistive technology reads them."""
    with Kiosk(REPLICA, env={"ACCUEIL_ASSETS": str(ASSETS)}) as kiosk:

        def look(what):
            texts = [text for text in kiosk.texts() if not text.startswith("Gtk")]
            check(f"the screen “{what}”", "\n".join(texts), "entree", "QWERTY")

        kiosk.wait("Présentez")
        look("start")
        kiosk.scan("nonsense")
        kiosk.wait("Appeler l’équipe")
        look("refused")
        kiosk.scan("QA-1")
        kiosk.wait("Ludwik", "Terminé")
        look("welcome")
        kiosk.touch("Terminé")
        kiosk.touch("Sans code")
        look("no code")
        kiosk.touch("Bureau d’accueil")
        look("number and PIN")
        dial(kiosk, REPLICA.pin)
        kiosk.wait("Li Na")
        kiosk.write("Rechercher", "Ludwik")
        kiosk.wait("QA-1")
        look("search")
        kiosk.touch("QA-1")
        kiosk.wait("Réimprimer le badge")
        look("person")
        kiosk.touch("Réimprimer le badge")
        kiosk.wait("Perdu")
        look("reason")
        kiosk.touch("Retour")
        kiosk.touch("Corriger")
        kiosk.wait("Enregistrer")
        look("correct")
        kiosk.touch("Retour")
        kiosk.touch("Rechercher")
        kiosk.touch("Inscription sur place")
        kiosk.wait("Catégorie")
        look("walk-in")
        kiosk.touch("Retour")
        kiosk.touch("Poste")
        kiosk.wait("Imprimantes")
        look("station")


if __name__ == "__main__":
    begin()
    main(tests_of(globals()))
