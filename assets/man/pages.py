#!/usr/bin/env python3
"""Makes the manual pages of all programs and commands from what they say with --help.

Usage: pages.py --programs DIR --version VERSION --output DIR

One page for accueil, one for each of its commands (accueil-badge-render.1), accueil-hub and
accueil-kiosk, in English (man1/) and French (fr/man1/). What --help does not say stands in
ENDINGS below, once for all pages."""
import argparse, os, re, subprocess, sys

LANGUAGES = {"en": "", "fr": "fr"}

HEADINGS = {
    "en": ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"],
    "fr": [
        "NOM",
        "SYNOPSIS",
        "DESCRIPTION",
        "CODE DE RETOUR",
        "ENVIRONNEMENT",
        "FICHIERS",
        "VOIR AUSSI",
    ],
}

ENDINGS = {
    "en": {
        "EXIT STATUS": [
            ("0", "Success."),
            ("1", "A refusal or a failure; standard error says what, where and what to do."),
            ("2", "Wrong usage."),
        ],
        "ENVIRONMENT": [
            ("ACCUEIL_DB", "The replica, where --db names none."),
            ("ACCUEIL_NOW", "Another time to go by, for a rehearsal: 2016-10-26T09:12:00+08:00."),
            ("ACCUEIL_ASSETS", "The folder of templates, fonts and pictures."),
            ("LC_ALL, LC_MESSAGES, LANG, LANGUAGE", "French, Chinese or English."),
        ],
        "FILES": [
            ("/var/lib/accueil/accueil.db", "The replica: all facts and the tables made of them."),
            ("/etc/accueil/station.ini", "The settings of a venue machine."),
        ],
    },
    "fr": {
        "CODE DE RETOUR": [
            ("0", "Réussite."),
            ("1", "Refus ou échec ; l'erreur standard dit quoi, où, et que faire."),
            ("2", "Mauvais usage."),
        ],
        "ENVIRONNEMENT": [
            ("ACCUEIL_DB", "La réplique, quand --db n'en nomme pas."),
            ("ACCUEIL_NOW", "Une autre heure, pour répéter : 2016-10-26T09:12:00+08:00."),
            ("ACCUEIL_ASSETS", "Le dossier des modèles, polices et images."),
            ("LC_ALL, LC_MESSAGES, LANG, LANGUAGE", "Français, chinois ou anglais."),
        ],
        "FICHIERS": [
            ("/var/lib/accueil/accueil.db", "La réplique : tous les faits et leurs tables."),
            ("/etc/accueil/station.ini", "Les réglages d'un poste."),
        ],
    },
}

KIOSK = {
    "en": "the touch screen of a venue machine",
    "fr": "l'écran tactile d'un poste",
}


def say_help(program, words, language):
    """What the program says with --help, in that language."""
    locale = {"en": "C", "fr": "fr_FR.UTF-8"}[language]
    environment = dict(os.environ, LC_ALL=locale, LANGUAGE=language, COLUMNS="200")
    if language == "en":
        environment["LANGUAGE"] = ""
    result = subprocess.run(
        [program, *words, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    if result.returncode:
        sys.exit("%s %s --help: %s" % (program, " ".join(words), result.stderr))
    return result.stdout


def roff(text):
    """A line of text as roff takes it: no escapes, no requests."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in ".'" else text


def commands_of(help_text):
    """(name, summary) of every command in the list of `accueil --help`."""
    for line in help_text.splitlines():
        if match := re.match(r"  ([a-z][a-z-]*(?: [a-z-]+)?) {2,}(\S.*)$", line):
            if not match[1].startswith("accueil-"):
                yield match[1], match[2]


def body_of(help_text):
    """The help as roff: titles, lists of two columns, paragraphs."""
    out = []
    for line in help_text.splitlines():
        if not line.strip():
            out.append(".PP")
        elif not line.startswith(" ") and line.endswith((":", "：")):
            out.append(".SS " + roff(line.rstrip(" :：\u00a0")))
        elif match := re.match(r" {2,}(\S.*?)(?: {2,}(\S.*))?$", line):
            if match[2] is None and out and out[-1].startswith(" "):
                out[-1] += " " + roff(match[1])
            elif match[2] is None and line.startswith("         "):
                out.append(roff(match[1]))
            else:
                out += [".TP", ".B " + roff(match[1])]
                if match[2]:
                    out.append(roff(match[2]))
        else:
            out.append(roff(line))
    return [l for n, l in enumerate(out) if l != ".PP" or (n and out[n - 1] != ".PP")]


def page(name, summary, help_text, others, language, version):
    headings = HEADINGS[language]
    first, _, rest = help_text.partition("\n\n")
    usage = first if re.match(r"\S+ ?:", first) else ""
    if not usage:
        usage, _, rest = rest.partition("\n\n")
        rest = first + "\n\n" + rest
    out = [
        '.TH "%s" 1 "" "accueil %s" "accueil · 迎宾"' % (name.upper().replace(" ", "-"), version),
        ".SH " + headings[0],
        "%s \\- %s" % (roff(name.replace(" ", "-")), roff(summary)),
        ".SH " + headings[1],
    ]
    for line in usage.splitlines():
        line = re.sub(r"^[^:]*: *", "", line).strip() if ":" in line[:16] else line.strip()
        if line:
            out += [".B " + roff(line), ".br"]
    out += [".SH " + headings[2], *body_of(rest)]
    for heading in headings[3:6]:
        out.append(".SH " + heading)
        for term, meaning in ENDINGS[language][heading]:
            out += [".TP", ".B " + roff(term), roff(meaning)]
    names = ["\\fB%s\\fR(1)" % roff(o.replace(" ", "-")) for o in others]
    out += [".SH " + headings[6], ", ".join(names)]
    return "\n".join(out) + "\n"


def pages(programs, version, language):
    """(file name, text) of every page."""
    accueil = os.path.join(programs, "accueil")
    top = say_help(accueil, [], language)
    commands = list(commands_of(top))
    names = ["accueil " + name for name, _ in commands]
    title = top.splitlines()[0].split(":", 1)[1].strip(" .\u00a0")
    yield "accueil.1", page(
        "accueil", title, top, names + ["accueil-hub", "accueil-kiosk"], language, version
    )
    for name, summary in commands:
        group = [n for n in names if n.split()[1] == name.split()[0] and n != "accueil " + name]
        text = say_help(accueil, name.split(), language)
        yield "accueil-%s.1" % name.replace(" ", "-"), page(
            "accueil " + name, summary, text, ["accueil"] + group, language, version
        )
    hub = say_help(os.path.join(programs, "accueil-hub"), [], language)
    summary = hub.splitlines()[0].split(":", 1)[1].strip(" .\u00a0")
    yield "accueil-hub.1", page("accueil-hub", summary, hub, ["accueil"], language, version)
    kiosk = say_help(os.path.join(programs, "accueil-kiosk"), [], language)
    yield "accueil-kiosk.1", page(
        "accueil-kiosk", KIOSK[language], kiosk, ["accueil"], language, version
    )


def main():
    parser = argparse.ArgumentParser()
    for option in ("--programs", "--version", "--output"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()
    for language, folder in LANGUAGES.items():
        target = os.path.join(options.output, folder, "man1")
        os.makedirs(target, exist_ok=True)
        for name, text in pages(options.programs, options.version, language):
            with open(os.path.join(target, name), "w", encoding="utf-8") as file:
                file.write(text)


if __name__ == "__main__":
    main()
