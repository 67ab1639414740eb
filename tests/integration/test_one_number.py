#!/usr/bin/python3
"""A number is the same everywhere: congresses of chance (SEED repeats one), played by several
stations, counted here from their facts and held against all that tells figures at that head of the
journal: the command, pages, API, CSV, workbooks and PDF. TAP."""
import csv
import html.parser
import http.client
import io
import json
import os
import random
import re
import ssl
import subprocess
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone

import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit.hub import Raw, read_code, run
from kit.office import Browser, Office
from kit.run import ACCUEIL, HUB, done
from kit.tap import SEED, expect, main, say, tests_of
from kit.wait import HANGS_S, wait_for

CONGRESSES = 2
PEOPLE, PASSAGES = 90, 420
ZONE = timezone(timedelta(hours=8))
DAYS = {"26": "2016-10-26", "27": "2016-10-27", "28": "2016-10-28", "29": "2016-10-29"}
# Where people pass: its kind and event.
PLACES = {
    "entree-est": ("entrance", "rencontres"),
    "entree-nord": ("entrance", "rencontres"),
    "entree-foire": ("entrance", "foire"),
    "atelier-a3": ("session", "rencontres"),
    "atelier-a4": ("session", "rencontres"),
    "salon-vip": ("zone", "rencontres"),
    "dejeuner-27": ("meal", "rencontres"),
    "porte-inconnue": ("", ""),  # that no event file names
}
BY = ("event", "day", "checkpoint", "category", "delegation", "country")
KEYS = ("registered", "arrived", "inside", "passages", "refused")
SIDES = {"FR": "france", "CN": "china", "HK": "china"}


class Congress:
    """What happens, and what it comes to: counted from the facts alone, by what counts.h and
    figures.h say that the words mean."""

    def __init__(self, seed):
        self.chance = chance = random.Random(seed)
        self.day = chance.choice(("2016-10-27", "2016-10-29"))
        hour = chance.choice((11, 15, 18))
        self.now = datetime.fromisoformat(f"{self.day}T{hour}:44:52").replace(tzinfo=ZONE)
        self.now_ms = int(self.now.timestamp()) * 1000
        self.people, self.facts, self.passages = {}, defaultdict(list), []
        self.badges, self.void, self.printed, self.lent = set(), set(), set(), set()
        for number in range(PEOPLE):
            self.register(number)
        for _ in range(PASSAGES):
            self.pass_by()
        for reference in chance.sample(sorted(self.people), PEOPLE // 2):
            self.badge(reference)
        for reference in chance.sample(sorted(self.people), PEOPLE // 6):
            self.loan(reference)
        for reference in chance.sample(sorted(self.people), PEOPLE // 4):
            self.change(reference)
        for events in self.facts.values():
            events.sort(key=lambda event: event[0])

    def earlier_ms(self):
        return self.now_ms - self.chance.randrange(1, 26 * 24 * 3600) * 1000

    def register(self, number):
        chance = self.chance
        country = chance.choice(("FR", "FR", "CN", "CN", "BE", "HK", ""))
        events = chance.choice((["rencontres"], ["foire"], ["rencontres", "foire"]))
        body = {
            "family": f"Nom{number}",
            "given": f"Prénom{number}",
            "country": country,
            "category": chance.choice(("elu", "technicien", "entreprise", "presse", "")),
            "delegation": chance.choice(("france", "chine", "Ville d’Angers", "成都市", "")),
            "events": events,
            "days": sorted(chance.sample(sorted(DAYS), chance.randrange(1, 4))),
            "workshops": chance.choice(([], ["A3"], ["A4"], ["A3", "A4"])),
            "rank": chance.choice(("", "", "mayor", "minister")),
            "meals": chance.random() < 0.7,
            "protocol": chance.random() < 0.06,
        }
        reference = f"{country or 'XX'}-{number:04d}"
        self.people[reference] = body
        ms = self.now_ms - 40 * 86400000 + number
        self.facts["bureau"].append((ms, "registration", reference, dict(body)))

    def change(self, reference):
        """Withdrawn, corrected by the desk, or said otherwise by a list."""
        chance, body = self.chance, self.people[reference]
        how, ms = chance.choice(("withdrawn", "corrected", "list")), self.earlier_ms()
        if how == "withdrawn":
            body["revoked"] = True
        elif how == "corrected":
            key = chance.choice(("category", "delegation", "days", "country"))
            body[key] = {
                "category": "expert",
                "delegation": "france",
                "days": ["27", "29"],
                "country": "CN",
            }[key]
        else:
            body["events"], body["days"] = ["rencontres", "foire"], ["27", "28", "29"]
        said = dict(body)
        if how == "corrected":
            said = {key: body[key], "corrected": [key], "volunteer": "Li Na"}
        self.facts["bureau"].append((ms, "registration", reference, said))

    def pass_by(self):
        chance = self.chance
        back = chance.choice((0, 0, 0, 1, 2)) * 86400000
        midnight = self.now.replace(hour=0, minute=0, second=0)
        start = int(midnight.timestamp()) * 1000 + 7 * 3600000
        ms = chance.randrange(start, self.now_ms) - back
        day = datetime.fromtimestamp(ms / 1000, ZONE).date().isoformat()
        place = chance.choice(sorted(PLACES))
        station = {"entree-est": chance.choice(("est-1", "est-2"))}.get(place, "p-" + place)
        if place.startswith("entree") and chance.random() < 0.1:
            station = "nord-9"  # a machine that is carried from door to door
        reference = chance.choice([*self.people, "ZZ-0404"])
        verdict = chance.choice(("ADMITTED",) * 4 + ("NOT_ENTITLED", "FULL", "BADGE_VOID"))
        if verdict != "ADMITTED" and chance.random() < 0.2:
            reference, verdict = "", "UNKNOWN"
        body = {
            "checkpoint": place,
            "verdict": verdict,
            "day": day,
            "period": "",
            "code": "badge",
            "direction": chance.choice(("in", "in", "in", "out")),
        }
        self.facts[station].append((ms, "passage", reference, body))
        self.passages.append((ms, station, reference, body))

    def badge(self, reference):
        chance, ms, station = self.chance, self.earlier_ms(), "est-1"
        body = {"serial": 1, "reason": "first", "print": True, "volunteer": ""}
        self.facts[station].append((ms, "badge-issued", reference, body))
        self.badges.add(reference)
        job = f"accueil-{reference}-1"
        for state, chances in (("queued", 0.9), ("printed", 0.7)):
            if chance.random() > chances:
                break
            said = {"state": state, "printer": "badges", "reference": reference, "serial": 1}
            self.facts[station].append((ms + 1000, "print", job, dict(said, issuer=station)))
            if state == "printed":
                self.printed.add(reference)
            ms += 1000
        if chance.random() < 0.2:
            said = {"serial": 1, "issuer": station, "reason": "lost", "volunteer": "Zoé"}
            self.facts[station].append((ms + 2000, "badge-void", reference, said))
            self.void.add(reference)

    def loan(self, reference):
        """A headset, of a desk of any day or of none that is known; given back, or not."""
        chance, ms, station = self.chance, self.earlier_ms(), "est-1"
        body = {"item": "headset", "direction": "out"}
        desk = chance.choice(("casques", "casques", "casques-foire", "gone", ""))
        if desk:
            body.update(checkpoint=desk, event="foire" if "foire" in desk else "rencontres")
        self.facts[station].append((ms, "loan", reference, body))
        self.lent.add(reference)
        if chance.random() < 0.3:
            back = {"item": "headset", "direction": "in"}
            self.facts[station].append((ms + 1000, "loan", reference, back))
            self.lent.discard(reference)

    # What it comes to ---------------------------------------------------------------------------

    def standing(self):
        return {r: b for r, b in self.people.items() if not b.get("revoked")}

    def admitted(self, places, day=None):
        """Passages there, in their order."""
        found = [
            p
            for p in self.passages
            if p[3]["verdict"] == "ADMITTED"
            and p[3]["checkpoint"] in places
            and day in (None, p[3]["day"])
        ]
        return sorted(found, key=lambda p: p[0])

    @staticmethod
    def entrances(event=None):
        return [
            name
            for name, (kind, of) in PLACES.items()
            if kind == "entrance" and event in (None, of)
        ]

    def came(self, places, day=None):
        return {p[2] for p in self.admitted(places, day)}

    def inside(self, places, day):
        last = {p[2]: p[3]["direction"] for p in self.admitted(places, day)}
        return {reference for reference, direction in last.items() if direction == "in"}

    def inside_day(self):
        return max(p[3]["day"] for p in self.admitted([p for p in PLACES if PLACES[p][0]]))

    def scans(self, wanted):
        """(admitted, refused) of those that @wanted (reference, body) lets through."""
        found = [p[3]["verdict"] == "ADMITTED" for p in self.passages if wanted(p[2], p[3])]
        return sum(found), len(found) - sum(found)

    def figures(self, people, places, day, wanted, of=lambda reference: True):
        admitted, refused = self.scans(wanted)
        return {
            "registered": len(people),
            "arrived": len([r for r in self.came(places) if of(r)]),
            "inside": len([r for r in self.inside(places, day) if of(r)]),
            "passages": admitted,
            "refused": refused,
        }

    def counted(self, by):
        """Id → figures; "total" for all."""
        standing, day, all_of = self.standing(), self.inside_day(), self.entrances()
        rows = {"total": self.figures(standing, all_of, day, lambda r, b: True)}
        if by == "event":
            for event in ("rencontres", "foire"):
                rows[event] = self.figures(
                    [r for r, b in standing.items() if event in b["events"]],
                    self.entrances(event),
                    day,
                    lambda r, b, event=event: PLACES[b["checkpoint"]][1] == event,
                )
        elif by == "day":
            for label, date in DAYS.items():
                rows[date] = self.figures(
                    [r for r, b in standing.items() if label in b["days"]],
                    all_of,
                    date,
                    lambda r, b, date=date: b["day"] == date,
                )
                rows[date]["arrived"] = len(self.came(all_of, date))
        elif by == "checkpoint":
            for place in [p for p in PLACES if PLACES[p][0]]:
                rows[place] = self.figures(
                    [], [place], day, lambda r, b, place=place: b["checkpoint"] == place
                )
                del rows[place]["registered"]  # by rights: access/decision.h
        else:
            for word in {b[by] for b in self.people.values()}:
                of = lambda r, word=word: r in self.people and self.people[r][by] == word
                rows[word] = self.figures(
                    [r for r in standing if of(r)], all_of, day, lambda r, b, of=of: of(r), of
                )
        return rows

    def side(self, reference):
        """Who is not registered is from elsewhere."""
        if reference not in self.people:
            return "other"
        country = self.people[reference]["country"]
        if not country:
            named = {"france": "FR", "chine": "CN"}
            country = named.get(self.people[reference]["delegation"], "")
        return SIDES.get(country, "other")

    def of_day(self, day, of=lambda reference: True):
        label = next(word for word, date in DAYS.items() if date == day)
        expected = {r for r, b in self.standing().items() if label in b["days"] and of(r)}
        came = {r for r in self.came(self.entrances(), day) if of(r)}
        inside = {r for r in self.inside(self.entrances(), day) if of(r)}
        return {
            "expected": len(expected),
            "arrived": len(came),
            "inside": len(inside),
            "missing": len(expected - came),
        }

    def quarters(self):
        """(quarter of an hour, entrance) → people whose first admission of the day it was."""
        first, found = {}, defaultdict(int)
        for ms, _, reference, body in self.admitted(self.entrances(), self.day):
            first.setdefault(reference, (ms - ms % 900000, body["checkpoint"]))
        for place in first.values():
            found[place] += 1
        return dict(found)

    def badges_waiting(self):
        return len(self.badges - self.void - self.printed)


# The hub that shows it ---------------------------------------------------------------------------


class Shown(Office):
    """A hub with its pages and its API, to which a congress has been sent."""

    def __init__(self, name, congress):
        super().__init__(name, congress.now.isoformat())
        self.congress, self.more = congress, ["--api", "127.0.0.1:0"]
        self.secret = self.user("organiser", "organiser")
        self.user("viewer")
        words = ("token", "add", "reader", "--scope", "figures,tables,passages")
        until = (datetime.now() + timedelta(days=2)).date().isoformat()
        self.token = run(HUB, "--db", self.db, *words, "--until", until).strip()
        self.start()
        self.api = int(self.process.stdout.readline().rsplit(b":", 1)[1])
        self.play()
        self.browser = Browser(self)
        expect(self.browser.sign_in("organiser", secret=self.secret).status == 303)

    def play(self):
        for name, events in sorted(self.congress.facts.items()):
            if name == "bureau":
                code = run(HUB, "--db", self.db, "invite", name, "--role", "office").strip()
                station = Raw(self, name, enrol=False)
                station.token = station.enrol(read_code(code)["secret"]).json["token"]
            else:
                station = Raw(self, name)
            facts = []
            for number, (ms, kind, subject, body) in enumerate(events):
                station.clock = (ms << 16) + number
                facts.append(station.fact(kind, subject, json.dumps(body, ensure_ascii=False)))
            for start in range(0, len(facts), 500):
                answer = station.push(facts[start : start + 500])
                expect(answer.status == 200, answer)
            station.close()

    def command(self, *words):
        return done([ACCUEIL, *words], env=dict(self.env, ACCUEIL_DB=self.db)).out

    def head(self):
        return re.search(r"[0-9a-f]{64}", self.command("verify"))[0]

    def ask(self, path):
        """Of the API."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.api, timeout=HANGS_S, context=context
        )
        connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        expect(response.status == 200, path, response.status, body[:500])
        return body

    def file(self, name):
        """Of the pages' exports."""
        answer = self.browser.get("/exports/" + name)
        expect(answer.status == 200, name, answer)
        return answer.body

    def page(self, path, language):
        """Its tables, and its text, once it shows all that has happened."""
        self.browser.get(f"/language/{language}?next=/now")
        wanted = self.congress.counted("day")[self.congress.day]["passages"]

        def shown():
            answer = self.browser.get(path)
            expect(answer.status == 200, path, answer)
            tables = Tables(answer.text)
            return tables if path != "/now" or tables.facts[3] == wanted else None

        # The pages count anew a moment after a commit.
        return wait_for(shown, f"{path} to show {wanted} passages")


def number(text):
    """A whole number as any of the three languages writes it."""
    return int("".join(c for c in text if c.isdigit()) or 0)


class Tables(html.parser.HTMLParser):
    """The tables of a page: by id, or in their order; the one large number; the facts beside it."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.named, self.row, self.cell = [], {}, None, None
        self.huge, self.facts, self.rooms, self.text, self.into = None, [], {}, text, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "table":
            self.tables.append([])
            self.named[given.get("id", f"table-{len(self.tables)}")] = self.tables[-1]
        elif tag == "tr" and self.tables:
            self.row = []
            self.tables[-1].append(self.row)
        elif tag in ("td", "th") and self.row is not None:
            self.cell = [""]
            self.row.append(self.cell)
        if tag == "p" and given.get("class") == "huge":
            self.into = "huge"
        elif tag == "dd":
            self.into = "fact"
        elif tag == "b" and given.get("id", "").startswith("room-"):
            self.into = given["id"][5:]

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None
        elif tag == "tr":
            self.row = None
        if tag in ("p", "dd", "b"):
            self.into = None

    def handle_data(self, text):
        if self.cell is not None:
            self.cell[0] += text
        if self.into == "huge":
            self.huge = number(text)
        elif self.into == "fact" and len(self.facts) < 6:
            self.facts.append(number(text))
        elif self.into:
            self.rooms.setdefault(self.into, number(re.split("[^\\d\u202f,]", text.strip())[0]))

    def rows(self, name):
        return [[cell[0] for cell in row] for row in self.named[name]]


# Files ----------------------------------------------------------------------------------------


def of_csv(body):
    """(rows as lists without their headings, notes)"""
    text = body.decode("utf-8-sig")
    lines = list(
        csv.reader(io.StringIO(text), delimiter=";" if ";" in text.split("\r\n")[0] else ",")
    )
    end = lines.index([])
    return lines[1:end], [line[1] for line in lines[end + 1 :]]


def of_xlsx(body):
    book = openpyxl.load_workbook(io.BytesIO(body))
    first, about = book.worksheets
    rows = [list(row) for row in first.iter_rows(min_row=2, values_only=True)]
    return rows, [row[1] for row in about.iter_rows(values_only=True)]


def of_pdf(body):
    said = subprocess.run(["pdftotext", "-layout", "-", "-"], input=body, capture_output=True)
    return said.stdout.decode()


def prepare(name, seed):
    congress = Congress(seed)
    say(f"{name}: seed {seed}, {congress.now.isoformat()}, {len(congress.passages)} passages")
    return Shown(name, congress)


def check_counts(shown, head):
    """`accueil counts`, its CSV, the API and the files of both, by each of what is counted by."""
    for by in BY:
        wanted = shown.congress.counted(by)
        said = json.loads(shown.command("counts", "--json", "--by", by))
        heard = json.loads(shown.ask(f"/v1/counts?by={by}"))
        expect(heard["counts"] == said, by, heard, said)
        expect(heard["as_of"]["head"] == head, heard["as_of"], head)
        total = dict(said, id="total")
        ways = {"command": {row["id"]: row for row in [total, *said["rows"]]}}
        plain = list(csv.reader(io.StringIO(shown.command("counts", "--csv", "--by", by))))
        ways["command's CSV"] = {r[0]: dict(zip(KEYS, map(int, r[3:8]))) for r in plain[1:] if r}
        for way, take in (("page", shown.file), ("API", lambda f: shown.ask("/v1/tables/" + f))):
            for kind, parse in (("csv", of_csv), ("xlsx", of_xlsx)):
                rows, notes = parse(take(f"counts.{kind}?by={by}"))
                expect(notes[-1] == head, by, way, kind, notes, head)
                expect(int(notes[-2]) == len(rows), by, way, kind, notes)
                ways[f"{way}'s {kind}"] = {
                    row[0] or "": dict(zip(KEYS, map(int, row[3:8]))) for row in rows
                }
        for way, rows in ways.items():
            for name, figures in wanted.items():
                expect(name in rows, way, by, name, sorted(rows))
                found = {key: rows[name][key] for key in figures}
                expect(found == figures, way, by, name, found, figures)
            expect(len(rows) == len(ways["command"]), way, by)


def check_days(shown, head):
    """Of each day: the API's figures, and all tables of it that are taken away."""
    congress = shown.congress
    for day in DAYS.values():
        wanted = congress.of_day(day)
        heard = json.loads(shown.ask(f"/v1/figures?day={day}"))
        expect(heard["today"] == wanted, day, heard["today"], wanted)
        expect(heard["as_of"]["head"] == head, heard["as_of"], head)
        lent = sum(s["served"] for s in heard["services"] if s["kind"] == "headset")
        expect(lent == len(congress.lent), day, heard["services"], sorted(congress.lent))
        expect(sum(c["out"] for c in heard["headsets"]) == lent, day, heard["headsets"])
        scans = congress.scans(lambda r, b, day=day: b["day"] == day)
        expect((heard["passages_of_day"], heard["refused_of_day"]) == scans, day, heard, scans)
        for side in ("france", "china", "other"):
            mine = congress.of_day(day, lambda r, side=side: congress.side(r) == side)
            expect(heard["sides"][side] == mine, day, side, heard["sides"], mine)
        for table, key in (("delegations", "delegation"), ("ranks", "rank")):
            for parse, kind in ((of_csv, "csv"), (of_xlsx, "xlsx")):
                rows, notes = parse(shown.file(f"{table}.{kind}?day={day}"))
                expect(notes[-1] == head, table, notes)
                check_groups(congress, day, key, rows, (table, kind, day))
        for state in ("missing", "arrived", "inside"):
            filters = f"state={state}&day={day}"
            rows, _ = of_csv(shown.file(f"people.csv?{filters}"))
            book, _ = of_xlsx(shown.file(f"people.xlsx?{filters}"))
            # The table is of people who are registered.
            mine = congress.of_day(day, lambda r: r in congress.people)[state]
            expect(len(rows) == len(book) == mine, day, state, len(rows), len(book), mine)


def check_groups(congress, day, key, rows, where):
    found = {}
    for row in rows:
        found[(row[0] or "", row[3])] = dict(
            zip(("expected", "arrived", "inside", "missing"), map(int, row[4:8]))
        )
    word_of = lambda r: congress.people[r][key] if r in congress.people else ""
    for word, side in {(word_of(r), congress.side(r)) for r in congress.people}:
        wanted = congress.of_day(
            day, lambda r, word=word, side=side: (word_of(r), congress.side(r)) == (word, side)
        )
        if key == "rank" and word == "":
            continue  # by the words of a function: congress/rank.h
        if not any(wanted.values()) and (word, side) not in found:
            continue  # a delegation of another day
        expect(found.get((word, side)) == wanted, where, word, side, found, wanted)
    sums = congress.of_day(day)
    for name, value in sums.items():
        expect(sum(row[name] for row in found.values()) == value, where, name, found, sums)


def check_pages(shown):
    """Now, the wall, delegations and sessions, in each language."""
    congress, day = shown.congress, shown.congress.day
    today, total = congress.of_day(day), congress.counted("day")
    sides = {
        side: congress.of_day(day, lambda r, side=side: congress.side(r) == side)
        for side in ("france", "china")
    }
    for language in ("fr", "zh", "en"):
        now = shown.page("/now", language)
        expect(now.huge == today["inside"], language, now.huge, today)
        wanted = [total["total"]["registered"], today["expected"], today["arrived"]]
        wanted += [total[day]["passages"], total[day]["refused"], congress.badges_waiting()]
        expect(now.facts == wanted, language, now.facts, wanted)
        rows = [[number(cell) for cell in row] for row in now.rows("sides-table")[1:]]
        for row, key in zip(rows, ("expected", "arrived", "missing", "inside")):
            expect([row[0], row[2]] == [sides[s][key] for s in ("france", "china")], key, row)
        check_events(congress, now, language)
        check_arrivals(congress, now, language)
        places = congress.counted("checkpoint")
        for name, inside in now.rooms.items():
            if name in places and congress.inside_day() == day:
                expect(inside == places[name]["inside"], language, name, inside, places[name])
        expect(shown.page("/wall", language).huge == today["inside"], language)
        check_delegations(congress, shown.page("/delegations", language), sides, language)


def check_events(congress, now, language):
    counted = congress.counted("event")
    for row, event in zip(now.rows("events-table")[1:], ("rencontres", "foire")):
        wanted = [counted[event][key] for key in ("registered", "arrived", "inside")]
        # One that is not open yet says when it opens.
        expect(number(row[1]) == wanted[0], language, event, row, wanted)
        if len(row) == 4:
            expect([number(cell) for cell in row[1:]] == wanted, language, event, row, wanted)
        else:
            expect(wanted[1] == 0, language, event, row, wanted)


def check_arrivals(congress, now, language):
    quarters = congress.quarters()
    if "arrivals-table" not in now.named:
        expect(not quarters, language, quarters)
        return
    rows, found = now.rows("arrivals-table"), {}
    entrances = sorted(
        congress.entrances(),
        key=lambda name: -sum(n for (_, place), n in quarters.items() if place == name),
    )
    midnight = int(congress.now.replace(hour=0, minute=0, second=0).timestamp()) * 1000
    sums = defaultdict(int)
    for row in rows:
        if not re.match(r"\d\d[:h]\d\d", row[0]):
            continue
        hour = midnight + int(row[0][:2]) * 3600000
        expect(
            number(row[-1])
            == sum(n for (at, _), n in quarters.items() if hour <= at < hour + 3600000),
            language,
            row,
            quarters,
        )
        for index in range((len(row) - 2) // 5):
            for quarter in range(4):
                count = number(row[1 + index * 5 + quarter])
                sums[index] += count
                found[hour + quarter * 900000] = found.get(hour + quarter * 900000, 0) + count
    by_quarter = defaultdict(int)
    for (at, _), people in quarters.items():
        by_quarter[at] += people
    expect({k: v for k, v in found.items() if v} == dict(by_quarter), language, found, by_quarter)
    wanted = sorted(
        sum(n for (_, place), n in quarters.items() if place == name) for name in entrances
    )
    expect(sorted(sums.values())[-len(wanted) :] == wanted, language, sums, wanted)


def check_delegations(congress, page, sides, language):
    feet = [rows for rows in page.tables if rows and len(rows[-1]) == 5]
    for rows, side in zip(feet, ("france", "china")):
        found = [number(cell[0]) for cell in rows[-1][1:]]
        wanted = [sides[side][key] for key in ("expected", "arrived", "inside", "missing")]
        expect(found == wanted, language, side, found, wanted)
        for index in range(4):
            total = sum(number(row[1 + index][0]) for row in rows[1:-1])
            expect(total == found[index], language, side, index, total, found)


def check_tables(shown, head):
    """Arrivals, people, passages and badges as tables: counted again from their rows."""
    congress, quarters = shown.congress, shown.congress.quarters()
    for parse, kind in ((of_csv, "csv"), (of_xlsx, "xlsx")):
        rows, notes = parse(shown.file(f"arrivals.{kind}?day={congress.day}"))
        expect(notes[-1] == head, notes)
        found = {}
        for at, entrance, _, _, people in rows:
            at = datetime.fromisoformat(str(at)).replace(tzinfo=ZONE)
            found[(int(at.timestamp()) * 1000, entrance)] = int(people)
        expect({k: v for k, v in found.items() if v} == quarters, kind, found, quarters)
        people, _ = parse(shown.file(f"people.{kind}?columns=reference&columns=status"))
        expect(len(people) == len(congress.people), kind, len(people))
        inside, _ = parse(shown.file(f"people.{kind}?state=inside"))
        wanted = congress.inside(congress.entrances(), congress.inside_day())
        expect(len(inside) == len(wanted & set(congress.people)), kind, len(inside), wanted)
        passages, _ = parse(shown.file(f"passages.{kind}"))
        expect(len(passages) == len(congress.passages), kind, len(passages))
        badges, _ = parse(shown.file(f"badges.{kind}"))
        expect(len(badges) == len(congress.badges), kind, len(badges))
    cursor, heard = 0, 0
    while True:
        page = json.loads(shown.ask(f"/v1/passages?after={cursor}&limit=100"))
        heard, cursor = heard + len(page["passages"]), page["next"]
        if not page["more"]:
            break
    expect(heard == len(congress.passages), heard)


def check_papers(shown, head):
    """Sheets to sign, and the list for an evacuation: on each PDF as many as there are."""
    congress = shown.congress
    for label, date in DAYS.items():
        text = of_pdf(shown.file(f"sheet.pdf?day={date}"))
        wanted = [b for b in congress.standing().values() if label in b["days"]]
        wanted = sum(not b["protocol"] for b in wanted)
        expect(int(re.search(r"(\d+) noms?", text)[1]) == wanted, date, text[:400], wanted)
        expect(head[:12] in text, head, text[-600:])
        names = set(re.findall(r"\bNOM\d+\b", text.upper()))
        expect(len(names) == wanted, date, len(names), wanted)
    path = os.path.join(shown.folder, "emergency.pdf")
    listed = list(csv.reader(io.StringIO(shown.command("emergency", "--csv", "--output", path))))
    with open(path, "rb") as file:
        text = of_pdf(file.read())
    listed = listed[1 : listed.index([])]
    expect(int(re.search(r"(\d+) noms?", text)[1]) == len(listed), text[:400], len(listed))
    expect(head[:12] in text, head, text[-600:])
    inside = congress.inside(congress.entrances(), congress.day)
    expect(inside <= {row[0] for row in listed}, inside - {row[0] for row in listed})


def check(number_of):
    seed = SEED + number_of
    shown = prepare(f"same-{number_of}", seed)
    try:
        head = shown.head()
        check_counts(shown, head)
        check_days(shown, head)
        check_pages(shown)
        check_tables(shown, head)
        check_papers(shown, head)
        expect(shown.head() == head, "nothing has happened meanwhile")
    finally:
        shown.stop()


def test_same_figures():
    """The command, pages, API, CSV, workbooks and PDF say one number at one head."""
    for number_of in range(CONGRESSES):
        check(number_of)


if __name__ == "__main__":
    main(tests_of(vars()))
