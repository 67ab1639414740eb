#!/usr/bin/env python3
"""page_pictures.py [PAGE…]: every page of the organisers in French, Chinese and English, on a
telephone, a laptop and a wall, and on paper, to be looked at: into build/pictures/pages/. A full
congress with the longest names, one that has not begun, no right, and a hub that was just killed.
`make pictures` runs it; it is no test."""
import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit import browser as kit
from kit.browser import quit_all, sign_in, size
from kit.office import LOGOS, LONGEST, MORE, NOW_MS, Congress, Office
from kit.run import EVENT, TOP
from kit.wait import wait_for

# Written from right to left, beside numbers and names that are not.
RIGHT_TO_LEFT = {
    "IL-9903": ("כהן", "שרה", "עיריית חיפה"),
    "MA-9904": ("الأمين", "محمد", "بلدية الدار البيضاء"),
}
OUT = TOP / "build" / "pictures" / "pages"
LANGUAGES = ("fr", "zh", "en")
WIDTHS = {"phone": (390, 844), "laptop": (1366, 768), "wall": (1920, 1080)}
PAGES = {
    "now": "now",
    "delegations": "delegations",
    "delegation": "delegation?id=" + LONGEST["CN-9902"]["organisation_fr"].replace(" ", "%20"),
    "sessions": "sessions?session=A4",
    "services": "services",
    "meals": "meals",
    "stations": "stations",
    "station": "station/est-2",
    "people": "people?q=liu",
    "person": "people/FR-9901?q=la+roche",
    "nobody": "people?q=zzzz",
    "exports": "exports",
    "invite": "stations/invite",
    "account": "account",
    "notice": "notice",
    "alert": "alert?id=x",
    "missing": "people/NOBODY",
    "right-to-left": "people/MA-9904?q=%D9%85%D8%AD%D9%85%D8%AF",
}


def save(who, name, whole=True):
    """What is seen; @whole: the page to its end."""
    if not whole:
        who.save_screenshot(str(OUT / (name + ".png")))
        return
    data = who.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    (OUT / (name + ".png")).write_bytes(base64.b64decode(data["data"]))


def on_paper(who, name):
    words = {"preferCSSPageSize": True, "printBackground": False}
    data = who.execute_cdp_cmd("Page.printToPDF", words)["data"]
    (OUT / (name + ".pdf")).write_bytes(base64.b64decode(data))


def each_page(office, who, pages, prefix=""):
    for language in LANGUAGES:
        who.get(kit.address(office, f"language/{language}?next=/account"))
        for name, path in pages.items():
            who.get(kit.address(office, path))
            for where, (width, height) in WIDTHS.items():
                size(who, width, height)
                save(who, f"{prefix}{name}-{language}-{where}")
            size(who, 1366, 768)
            on_paper(who, f"{prefix}{name}-{language}")
        size(who, *WIDTHS["wall"])
        who.get(kit.address(office, "wall"))
        save(who, f"{prefix}wall-{language}", False)


def full(wanted):
    """A congress in its middle, with all that can be long; then its hub is killed."""
    office = Office("pictures", event=EVENT.read_text(encoding="utf-8") + MORE + LOGOS)
    secret = office.user("administrateur.general.du-congres", "administrator")
    office.user("viewer")
    office.start()
    congress = Congress(office, 2140)
    for number, body in enumerate(congress.people.values()):
        if number % 40 == 0:
            body["protocol"] = True
    for reference, (family, given, place) in RIGHT_TO_LEFT.items():
        congress.people[reference] = {
            **{"family": family, "given": given, "organisation_fr": place, "delegation": place},
            **{"country": reference[:2], "category": "elu", "function_fr": "Maire 12"},
            **{"events": ["rencontres"], "days": ["27"], "role": "intervenant A4"},
        }
    congress.register()
    congress.open()
    congress.play()
    congress.trouble()
    reference = "FR-9901"
    badge = {"serial": 1, "reason": "first", "print": True, "volunteer": "Marie-Thérèse"}
    congress.push(
        congress.stations["est-1"],
        [
            congress.passage(NOW_MS - 9000000, reference, "entree-est"),
            (NOW_MS - 8990000, "badge-issued", reference, badge),
            (
                NOW_MS - 8000000,
                "note",
                reference,
                {
                    "text": "Fauteuil roulant ; accès par la " "porte nord, ascenseur B",
                    "volunteer": "Marie-Thérèse",
                },
            ),
            congress.passage(NOW_MS - 7000000, reference, "dejeuner-27", verdict="CLOSED"),
            (NOW_MS - 6000000, "loan", reference, {"item": "headset", "direction": "out"}),
            congress.passage(NOW_MS - 100000, reference, "dejeuner-27"),
        ],
    )
    who = sign_in(office, "administrateur.general.du-congres", secret)
    pages = {n: p for n, p in PAGES.items() if not wanted or n in wanted}
    each_page(office, who, pages)
    stranger = kit.start()
    for language in LANGUAGES:
        stranger.get(kit.address(office, f"language/{language}?next=/signin"))
        for where, (width, height) in WIDTHS.items():
            size(stranger, width, height)
            save(stranger, f"signin-{language}-{where}")
    small = sign_in(office, "viewer")
    for language in LANGUAGES:
        small.get(kit.address(office, f"language/{language}?next=/people"))
        for where, (width, height) in WIDTHS.items():
            size(small, width, height)
            save(small, f"no-right-{language}-{where}")
    who.get(kit.address(office, "wall"))
    size(who, *WIDTHS["wall"])
    office.stop(9)
    frozen = "return document.body.classList.contains('frozen')"
    wait_for(lambda: who.execute_script(frozen), "the wall to say that it stands still")
    save(who, "killed-wall", False)


def before(wanted):
    """A congress of which only the programme is known yet."""
    office = Office("before", now="2016-10-25T20:00:00+08:00")
    secret = office.user("organiser", "organiser")
    office.start()
    who = sign_in(office, "organiser", secret)
    pages = {n: PAGES[n] for n in ("now", "delegations", "sessions", "services", "stations")}
    pages["people"] = "people"
    each_page(office, who, {n: p for n, p in pages.items() if not wanted or n in wanted}, "empty-")
    office.stop()


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    try:
        before(sys.argv[1:])
        full(sys.argv[1:])
        print("%d pictures in %s" % (len(list(OUT.iterdir())), OUT))
    finally:
        quit_all()
