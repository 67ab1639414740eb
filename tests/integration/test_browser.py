#!/usr/bin/env python3
"""The organisers' pages in a real browser: two see a scan by themselves, a hub that was killed
comes back, nothing breaks the policy, nothing scrolls sideways, a page is few sheets on paper;
pictures stay in build/office/. TAP."""
import base64
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit import browser as kit
from kit.browser import quit_all, sign_in, size
from kit.office import LONGEST, MORE, NOW_MS, Congress, Office
from kit.run import EVENT, TOP
from kit.tap import expect, main, say, tests_of
from kit.wait import wait_for

PICTURES = TOP / "build" / "office"
PAGES = (
    "now",
    "delegations",
    "sessions?session=A4",
    "services",
    "meals",
    "stations",
    "station/est-2",
    "people?q=liu",
    "people/CN-9902",
    "delegation?id=" + LONGEST["CN-9902"]["organisation_fr"].replace(" ", "%20"),
    "exports",
    "account",
)
# More sessions at one time than a wall has place for, one in a room of a long name and many seats.
SESSIONS = "".join(
    f"""
[session {name}]
event = rencontres
day = 27
from = {begin}
to = 17:00
room = {room}
fr = Transition écologique, mobilités et coopération sanitaire des collectivités
zh = 生态转型、出行与地方政府卫生合作
capacity = {capacity}
[checkpoint atelier-{name.lower()}]
kind = session
fr = Atelier {name}
zh = 分论坛 {name}
session = {name}
direction = both
"""
    for name, begin, room, capacity in (
        ("B1", "13:30", "Grand auditorium Claude Debussy · 大礼堂", 12000),
        ("B2", "14:00", "Salle 12 · 十二号厅", 60),
    )
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
    event = EVENT.read_text(encoding="utf-8") + MORE + SESSIONS
    office = PLACE["office"] = Office("browser", event=event)
    secret = office.user("organiser", "organiser")
    office.user("viewer")
    office.start()
    congress = PLACE["congress"] = Congress(office, 1200)
    for body in [*congress.people.values()][:1200:40]:
        body["protocol"] = True
    congress.register()
    congress.open()
    congress.play()
    congress.trouble()
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
    for who in (one, two):
        who.execute_script("window.kept = true")
    scan()
    for who in (one, two):
        wait_for(lambda who=who: figure(who) == before + 1, "the scan to be seen")
        expect(who.execute_script("return window.kept === true"), "the page was not loaded anew")


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
        expect(who.execute_script("return window.kept === true"), "the page was not loaded anew")


def test_pictures():
    """Every page at its widths, in three languages: nothing scrolls sideways."""
    one = PLACE["one"]
    for language in ("fr", "zh", "en"):
        one.get(address(f"language/{language}?next=/account"))
        for page in PAGES:
            one.get(address(page))
            for width, height in ((320, 640), (390, 844), (768, 1024), (1024, 768), (1440, 900)):
                size(one, width, height)
                wide = one.execute_script("return document.documentElement.scrollWidth")
                expect(wide <= width, page, language, width, wide)
                name = f"{page.split('?')[0].replace('/', '-')}-{language}-{width}.png"
                if width > 320:
                    one.save_screenshot(str(PICTURES / name))
        size(one, 1920, 1080)
        one.get(address(f"language/{language}?next=/wall"))
        one.save_screenshot(str(PICTURES / f"wall-{language}.png"))


def sheets(who, page):
    """How many of A4, and what stands on them."""
    who.get(address(page))
    words = {"preferCSSPageSize": True, "printBackground": False}
    path = PICTURES / (re.sub(r"\W.*", "", page) + ".pdf")
    path.write_bytes(base64.b64decode(who.execute_cdp_cmd("Page.printToPDF", words)["data"]))
    run = lambda *command: subprocess.run(
        command, check=True, capture_output=True, text=True
    ).stdout
    count = re.search(r"^Pages: +(\d+)$", run("pdfinfo", path), re.M)[1]
    return int(count), run("pdftotext", "-layout", path, "-")


def test_paper():
    """On one sheet or two, with what is not listed counted; nothing to press."""
    one = PLACE["one"]
    one.get(address("language/en?next=/now"))
    more = one.execute_script("return document.querySelector('#more summary').textContent")
    for page, wanted in (
        (
            "now",
            ("Arrivals by quarter", "together", "journal head ", more, "Services", "printed by"),
        ),
        ("delegations", ("The two sides, by rank", "From elsewhere", "journal head ")),
        ("services", ("Meals", "Headsets", "Asked at the door", "printed by organiser")),
        ("sessions?session=A4", ("Arts de vivre", "27 October 2016", "printed by organiser")),
        ("station/est-2", ("Last contact", "printed by organiser")),
        ("people/FR-9901", ("LIANCOURT", "printed by organiser")),
    ):
        count, text = sheets(one, page)
        expect(count <= 2, page, count)
        for words in wanted:
            expect(words in text, page, words, text)
        for words in ("Take tables away", "Close", "Chart", "Message on its screen", "Sign out"):
            expect(words not in text, page, words, text)


# What is wider than its place, of numbers that are set large, and of what a wall has.
LARGE = """
const huge = document.querySelector(".huge"), text = huge.textContent;
huge.textContent = arguments[0];
huge.className = arguments[1];
const range = document.createRange();
range.selectNodeContents(huge);
const free = huge.parentElement.getBoundingClientRect().right - range.getBoundingClientRect().right;
huge.textContent = text;
return free;
"""
WALL = """
const bottom = (e) => e.getBoundingClientRect().bottom;
const right = (e) => e.getBoundingClientRect().right;
const rooms = document.getElementById("wall-rooms");
return {
  rooms: rooms.querySelectorAll(".wr").length,
  below: bottom(rooms) - Math.max(...[...rooms.children].map(bottom)),
  beside: right(rooms) - Math.max(...[...rooms.querySelectorAll("span[id]")].map(right)),
  foot: innerHeight - bottom(document.querySelector("footer")),
  rest: (document.getElementById("wall-rest") || {textContent: ""}).textContent,
};
"""


def test_large_numbers():
    """Of six digits, within its place at every width."""
    one = PLACE["one"]
    one.get(address("language/fr?next=/now"))
    for width, height in ((320, 640), (390, 844), (768, 1024), (1024, 768), (1440, 900)):
        size(one, width, height)
        for text, classes in (("9\u202f999", "huge"), ("100\u202f000", "huge l")):
            free = one.execute_script(LARGE, text, classes)
            expect(free >= 0, width, text, free)


def test_wall_has_place():
    """As many rooms as stand above the foot, with how many are in each; the others are said."""
    one = PLACE["one"]
    one.get(address("wall"))
    for width, height in ((1920, 1080), (1366, 768)):
        size(one, width, height)
        expect(one.execute_script(LARGE, "100\u202f000", "huge l") >= 0, width)
        found = one.execute_script(WALL)
        rest = found.pop("rest")
        expect(rest == "et 2 autres salles 另有 2 个会场 ", width, rest, found)
        expect(found["rooms"] == 2, width, found)
        expect(min(found.values()) >= 0, width, found)
    one.save_screenshot(str(PICTURES / "wall-of-many-rooms.png"))


# Of each chart of a page: what its marks say and how large they are drawn, and the cells of the
# element that it names as having the same numbers.
CHARTS = """
const cells = (element) => [...element.querySelectorAll("tr")].map((row) =>
  [...row.querySelectorAll("th,td")].map((cell) => cell.textContent));
return [...document.querySelectorAll("svg.c")].map((svg) => {
  const named = document.getElementById(svg.getAttribute("aria-details"));
  return {
    table: svg.getAttribute("aria-details"),
    label: svg.getAttribute("aria-label"),
    role: svg.getAttribute("role"),
    bar: svg.classList.contains("bar"),
    width: svg.viewBox.baseVal.width,
    marks: [...svg.querySelectorAll("rect")].filter((rect) => rect.querySelector("title")).map(
      (rect) => [rect.querySelector("title").textContent,
        ...["x", "width", "height"].map((name) => Number(rect.getAttribute(name)))]),
    texts: [...svg.querySelectorAll("text")].map((text) => text.textContent),
    said: named ? named.textContent : null,
    rows: named ? cells(named) : [],
  };
});
"""
TEETH = """
return [...document.querySelectorAll("table.balance tbody tr")].map((row) => ({
  teeth: [...row.querySelectorAll("td svg")].map((svg) =>
    [...svg.querySelectorAll("rect")].map((rect) =>
      ["height", "width"].map((name) => Number(rect.getAttribute(name))))),
  cells: [...row.querySelectorAll("td.n")].map((cell) => cell.textContent),
}));
"""


def number(text):
    return int("".join(c for c in text if c.isdigit()) or 0)


def numbers(text):
    """All whole numbers that a person would read in it, by either language's grouping."""
    return [number(n) for n in re.findall(r"\d+(?:[\u202f,]\d{3})*", text)]


def drawn(part, whole, units):
    """Of how many units a mark must be."""
    return 0 if part <= 0 else max(2, min(units, round(part * units / whole)))


def near(one, other):
    return abs(one - other) <= 1.5


def check_bar(chart, where):
    said, wide = numbers(chart["said"]), chart["width"]
    # Its parts; what is left of the whole is its outline.
    whole = sum(said) if chart["table"] == "presence-table" else max(said)
    for text, _, width, _ in chart["marks"]:
        expect(number(text) in said, where, text, said)
        expect(
            near(width + (1 if len(chart["marks"]) > 1 else 0), drawn(number(text), whole, wide))
            or near(width, drawn(number(text), whole, wide)),
            where,
            text,
            width,
            said,
        )
    expect(
        len(chart["marks"]) == sum(n > 0 for n in said[: 2 if whole != max(said) else 1]),
        where,
        chart,
    )


def check_arrivals(chart, where):
    """A column a quarter: of the first entrance, and of all others."""
    body = [row[1:] for row in chart["rows"] if re.match(r"\d+[:h]\d\d", row[0])]
    columns = []
    for row in body:
        entrances = (len(row) - 1) // 5
        for quarter in range(4):
            cells = [row[5 * e + quarter] for e in range(entrances)]
            if "–" not in cells:
                columns.append([number(c) for c in cells])
        for e in range(entrances):
            expect(number(row[5 * e + 4]) == sum(map(number, row[5 * e : 5 * e + 4])), where, row)
        expect(number(row[-1]) == sum(number(row[5 * e + 4]) for e in range(entrances)), where, row)
    most = max(map(sum, columns))
    wanted = []
    for first, *rest in columns:
        high = drawn(first + sum(rest), most, 168)
        low = min(drawn(first, most, 168), high)
        wanted += [(first, low)] if low else []
        if high - low - (1 if low else 0) > 0:
            wanted.append((sum(rest), high - low - (1 if low else 0)))
    found = [(number(text), height) for text, _, _, height in chart["marks"]]
    expect([n for n, _ in wanted] == [n for n, _ in found], where, wanted, found)
    expect(all(near(a, b) for (_, a), (_, b) in zip(wanted, found)), where, wanted, found)
    totals = {sum(c) for c in columns} | set(range(24))
    expect(all(number(t) in totals for t in chart["texts"] if t.isdigit()), where, chart["texts"])
    foot = chart["rows"][-1]
    expect(number(foot[-1]) == sum(map(sum, columns)), where, foot)


def check_events(chart, where):
    one, two, both, either = (number(row[1]) for row in chart["rows"][1:5])
    expect([number(m[0]) for m in chart["marks"]] == [one - both, both], where, chart)
    for (text, _, width, _), part in zip(chart["marks"], (one - both, both)):
        expect(near(width, drawn(part, either, 360)), where, text, width)
    expect(one + two - both == either, where, chart["rows"])
    said = [numbers(text)[-1] for text in chart["texts"]]
    expect(set(said) <= {one, two, both, one - both, two - both}, where, said)


def check_sides(chart, where):
    expected, arrived, missing, inside = (
        [number(row[0]), number(row[2])] for row in chart["rows"][1:5]
    )
    most = max(a + m for a, m in zip(arrived, missing))
    wanted = [n for side in (0, 1) for n in (inside[side], arrived[side] - inside[side]) if n > 0]
    found = [(number(text), width) for text, _, width, _ in chart["marks"]]
    expect([n for n, _ in found] == wanted, where, wanted, found)
    expect(all(near(width, drawn(n, most, 178)) for n, width in found), where, found)


TOOTH = 4  # pixels to the next
TEETH_MAX = 60


def check_bars(sides, bars, where):
    """The longer of the two fills the place of all teeth, and both have one scale."""
    wide = [sum(width for _, width in bar) for bar in bars]
    expect(max(wide) == TEETH_MAX * TOOTH, where, wide)
    longer = sides[wide.index(max(wide))]
    # Who came and was not expected stands in the bar besides; the cells do not say how many.
    scales = [TEETH_MAX * TOOTH / people for people in range(max(longer[:2]), sum(longer[:2]) + 1)]

    def fits(scale):
        return all(
            near(sum(w for h, w in bar if h == height), count * scale)
            for (_, arrived, inside), bar in zip(sides, bars)
            for height, count in ((20, inside), (10, arrived - inside))
        )

    expect(any(fits(scale) for scale in scales), where, sides, bars)


def check_teeth(rows, where):
    """A tooth a person, or a bar of many: the cells beside it have the same numbers."""
    seen, bars = 0, 0
    for row in rows:
        if not row["teeth"]:
            continue
        # expected, arrived, inside, (teeth) … inside, arrived, expected
        cells = [number(c) for c in row["cells"] if c != ""]
        sides = [cells[:3], cells[-3:][::-1]]
        sides = [side for side in sides if side[0] + side[1] > 0]
        expect(len(sides) == len(row["teeth"]), where, row)
        if all(width == 2 for side in row["teeth"] for _, width in side):
            for (_, arrived, inside), side in zip(sides, row["teeth"]):
                teeth = [height for height, _ in side]
                expect(teeth.count(20) == inside, where, row)
                expect(teeth.count(10) == arrived - inside, where, row)
                seen += len(teeth)
        else:
            check_bars(sides, row["teeth"], where)
            bars += 1
    return seen, bars


def test_charts_have_their_tables():
    """Every chart of every page names an element with the same numbers; each of its marks says one
    of them, and is drawn as large as that one says."""
    one, count = PLACE["one"], 0
    size(one, 1440, 900)
    checks = {
        "arrivals-table": check_arrivals,
        "events-table": check_events,
        "sides-table": check_sides,
    }
    seen = set()
    for language in ("fr", "zh", "en"):
        one.get(address(f"language/{language}?next=/now"))
        for page in (*PAGES, "wall"):
            one.get(address(page))
            for chart in one.execute_script(CHARTS):
                where = (page, language, chart["table"])
                expect(chart["role"] == "img" and chart["label"], where, chart)
                expect(chart["said"] is not None, where, "names no table", chart)
                (check_bar if chart["bar"] else checks[chart["table"]])(chart, where)
                seen.add(chart["table"])
                count += 1
            if page == "delegations":
                teeth, bars = check_teeth(one.execute_script(TEETH), (page, language))
                expect(teeth > 20 and bars > 0, page, language, teeth, bars)
    for table in ("presence-table", *checks):
        expect(table in seen, table, seen)
    expect(any(s.startswith("room-") for s in seen), seen)
    expect(any(s.startswith("service-") for s in seen), seen)
    say(f"{count} charts held against their tables")


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
