#!/usr/bin/env python3
"""The organisers' pages in a real browser: two see a scan by themselves, a hub that was killed
comes back, nothing breaks the policy, nothing scrolls sideways; pictures
stay in build/office/. TAP."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit import browser as kit
from kit.browser import quit_all, sign_in, size
from kit.office import NOW_MS, Congress, Office
from kit.run import TOP
from kit.tap import expect, main, tests_of
from kit.wait import wait_for

PICTURES = TOP / "build" / "office"
PAGES = (
    "now",
    "delegations",
    "sessions?session=A4",
    "services",
    "stations",
    "people?q=liu",
    "exports",
    "account",
)
PLACE = {}


def address(path):
    return kit.address(PLACE["office"], path)


def figure(who):
    text = who.execute_script("return document.querySelector('.huge')?.textContent ?? ''")
    return int("".join(c for c in text if c.isdigit()) or -1)


def is_frozen(who):
    return who.execute_script("return document.body.classList.contains('frozen')")


def prepare():
    office = PLACE["office"] = Office("browser")
    secret = office.user("organiser", "organiser")
    office.user("viewer")
    office.start()
    congress = PLACE["congress"] = Congress(office, 400)
    congress.register()
    congress.open()
    congress.play()
    PICTURES.mkdir(parents=True, exist_ok=True)
    PLACE["one"], PLACE["two"] = sign_in(office, "organiser", secret), sign_in(office, "viewer")


def coming():
    """Somebody who is expected and was not seen yet."""
    for reference, body in PLACE["congress"].people.items():
        seen = PLACE["office"].query(f"SELECT 1 FROM passage WHERE reference = '{reference}'")
        if "27" in body["days"] and not seen:
            return reference


def scan():
    congress = PLACE["congress"]
    passage = congress.passage(NOW_MS, coming(), "entree-est")
    congress.push(congress.stations["est-1"], [passage])


def test_two_see_a_scan():
    one, two = PLACE["one"], PLACE["two"]
    for who, page in ((one, "now"), (two, "wall")):
        who.get(address(page))
    before = figure(one)
    expect(figure(two) == before, "both show one number")
    scan()
    for who in (one, two):
        wait_for(lambda who=who: figure(who) == before + 1, "the scan to be seen")


def test_hub_killed_and_back():
    """Pages say that they stand still, and recover by themselves."""
    one, two, office = PLACE["one"], PLACE["two"], PLACE["office"]
    before = figure(one)
    office.stop(9)
    for who in (one, two):
        wait_for(lambda who=who: is_frozen(who), "the page to say so")
    two.save_screenshot(str(PICTURES / "wall-frozen.png"))
    office.start()
    for station in PLACE["congress"].stations.values():
        station.close()
    scan()
    for who in (one, two):
        wait_for(lambda who=who: figure(who) == before + 1, "the page to recover")
        wait_for(lambda who=who: not is_frozen(who), "it to be live")


def test_pictures():
    """Every page at its widths, in French and Chinese: nothing scrolls sideways."""
    one = PLACE["one"]
    for language in ("fr", "zh"):
        for width, height in ((320, 640), (390, 844), (1440, 900)):
            size(one, width, height)
            for page in PAGES:
                one.get(address(f"language/{language}?next=/{page.replace('?', '%3F')}"))
                wide = one.execute_script("return document.documentElement.scrollWidth")
                expect(wide <= width, page, language, width, wide)
                name = f"{page.split('?')[0]}-{language}-{width}.png"
                one.save_screenshot(str(PICTURES / name))
        size(one, 1920, 1080)
        one.get(address(f"language/{language}?next=/wall"))
        one.save_screenshot(str(PICTURES / f"wall-{language}.png"))


def test_policy_is_kept():
    """No page breaks its own policy, and the script throws nothing."""
    PLACE["one"].get_log("browser")
    for page in (*PAGES, "wall"):
        PLACE["one"].get(address(page))
        said = [e for e in PLACE["one"].get_log("browser") if e["level"] == "SEVERE"]
        expect(not said, page, said)


if __name__ == "__main__":
    try:
        prepare()
        main(tests_of(vars()))
    finally:
        quit_all()
        if "office" in PLACE:
            PLACE["office"].stop()
