#!/usr/bin/env python3
"""The demo's lists agree with themselves: a person's function with how she is addressed, her
organisation with her function, and every word with the glossary. TAP."""
import csv
import io
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit.run import CHINESE, FRENCH, GLOSSARY
from kit.tap import expect, main, tests_of

WOMAN = re.compile(
    r"^(?:Chargée|Cheffe|Consultante|Conseillère|Coordinatrice|Directrice|Déléguée|Députée|"
    r"Maire adjointe|Maîtresse|Professeure|Présidente|Vice-présidente|Ambassadrice)\b"
)
EITHER = re.compile(r"^(?:Journaliste|Responsable export|Urbaniste|Maire)$")
# Who can hold an office, by the first word of what it is called.
PLACES = {
    r"Maître|Maîtresse|Professeur": r"Universit|École",
    r"Maire": r"Ville|Municipalité",
    r"Conseill": r"Région",
    r"Député": r"Municipalité",
    r"Président(?:e)? de région": r"Région",
    r"Ambassad": r"Ministère",
    r"Journaliste": r"Agence",
    r"Coordinat": r"Comité|Cités Unies|Consulat",
}


def rows_of(path, encoding, delimiter):
    with open(path, "rb") as file:
        text = file.read().decode(encoding)
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def people():
    """(reference, is a woman, function, organisation) of both lists."""
    for row in rows_of(FRENCH, "cp1252", ";"):
        yield row["Référence"], row["Civilité"] == "Mme", row["Fonction"], row["Organisme"]
    for row in rows_of(CHINESE, "gb18030", ","):
        yield row["编号"], row["称谓"] == "女士", row["职务（法文）"], row["单位（法文）"]


def test_gender():
    wrong = [
        f"{reference}: {function}"
        for reference, woman, function, _ in people()
        if not EITHER.match(function) and bool(WOMAN.match(function)) != woman
    ]
    expect(not wrong, "\n".join(wrong))


def test_organisation():
    wrong = [
        f"{reference}: {function}, {organisation}"
        for reference, _, function, organisation in people()
        for office, place in PLACES.items()
        if re.match(office, function) and not re.match(place, organisation)
    ]
    expect(not wrong, "\n".join(wrong))


def test_glossary():
    known = {(row["genre"], row["fr"]) for row in rows_of(GLOSSARY, "utf-8-sig", ",")}
    wrong = [
        text
        for _, _, function, organisation in people()
        for text in (("fonction", function), ("organisme", organisation))
        if text not in known
    ]
    expect(not wrong, sorted(set(wrong)))


if __name__ == "__main__":
    main(tests_of(globals()))
