#!/usr/bin/env python3
"""The organisers' pages for people who read otherwise: axe-core finds nothing in three languages
at four widths. TAP."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit import axe
from kit.browser import address, quit_all, sign_in, size, start
from kit.office import LOGOS, MORE, Congress, Office
from kit.run import EVENT
from kit.tap import expect, main, say, tests_of

LANGUAGES = ("fr", "zh", "en")
WIDTHS = ((320, 640), (390, 844), (1440, 900), (1920, 1080))
PLACE = {}


def prepare():
    office = PLACE["office"] = Office(
        "accessibility", event=EVENT.read_text(encoding="utf-8") + MORE + LOGOS
    )
    secret = office.user("administrator", "administrator")
    office.start()
    congress = PLACE["congress"] = Congress(office, 200)
    congress.register()
    congress.open()
    congress.play()
    PLACE["who"] = sign_in(office, "administrator", secret)


def pages():
    """Every page, with a person, a delegation and a session open."""
    people = PLACE["congress"].people
    person = next(r for r, b in people.items() if not b.get("protocol"))
    group = people[person]["delegation"].replace(" ", "%20")
    return (
        "now",
        "delegations",
        f"delegation?id={group}",
        "sessions?session=A4",
        "services",
        "meals",
        "people?q=liu",
        f"people/{person}",
        "stations",
        "stations/invite",
        "exports",
        "account",
        "wall",
    )


def check(who, script, what):
    found = axe.violations(who, script)
    expect(not found, what, *found)


def test_axe():
    """No violation: every page, three languages, four widths; and the sign-in."""
    script, office, who = axe.fetch(), PLACE["office"], PLACE["who"]
    count = 0
    stranger = start()
    for width, height in WIDTHS:
        size(stranger, width, height)
        stranger.get(address(office, "signin"))
        check(stranger, script, ("signin", width))
    for language in LANGUAGES:
        who.get(address(office, f"language/{language}?next=/now"))
        for page in pages():
            who.get(address(office, page))
            for width, height in WIDTHS:
                size(who, width, height)
                check(who, script, (page, language, width))
                count += 1
    say(f"{count} pages looked at")


if __name__ == "__main__":
    try:
        prepare()
        main(tests_of(vars()))
    finally:
        quit_all()
        if "office" in PLACE:
            PLACE["office"].stop()
