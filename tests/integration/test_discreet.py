#!/usr/bin/env python3
"""No guest marked for protocol is named in anything that others see: congresses by chance (SEED=n
repeats one), every page of every role, every export, the API, metrics, logs, what the doors say.
And the one role that may see her does, within a second of her arrival. TAP."""
import http.client
import io
import json
import os
import random
import re
import ssl
import subprocess
import sys
import time
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit import office as kit
from kit.hub import run
from kit.office import NOW_MS, Browser, Congress, Office
from kit.run import ACCUEIL, HUB, codes_of, done
from kit.tap import SEED, expect, main, say, tests_of
from kit.wait import wait_for

OTHERS = ("viewer", "organiser", "leader", "administrator")
PAGES_MOST = 90
LETTERS = "bcdfghjklmnpqrstvwxz"
RARE = "訚翀璟毓骕骉鬯彧旻昶"
PLACE = {}


def word(chance, length=9):
    """A name that no page has by itself."""
    return "".join(chance.choice(LETTERS + "aeiou") for _ in range(length)).capitalize() + "qx"


def disguise(chance, people):
    """Makes some of them guests of protocol, with names by which they are found: reference →
    what may stand nowhere."""
    guests = {}
    for reference in sorted(people):
        if people[reference].pop("protocol", None) or chance.random() < 0.08:
            zh = "".join(chance.sample(RARE, 3))
            names = {"family": word(chance), "given": word(chance), "name_zh": zh}
            function = {"function_fr": word(chance, 14), "email": word(chance).lower() + "@x.org"}
            people[reference].update(names, **function, protocol=True)
            guests[reference] = {**names, **function}
    return guests


def appointments(chance, people, guests):
    """Facts of meetings, motorcades and shuttles in which guests are among others."""
    others = sorted(set(people) - set(guests))
    for number, guest in enumerate(sorted(guests)):
        shared = {"date": kit.DAY, "from": f"{15 + number % 3}:30", "place": f"Table {number}"}
        for reference in (guest, chance.choice(others)):
            for kind in ("meeting", "signature", "motorcade", "arrival"):
                body = {"id": f"{kind} {number}", "kind": kind, **shared}
                if kind == "motorcade":
                    body.update(host=chance.choice(others), seat="A 3", line="Cortège 1")
                yield NOW_MS - 86400000, "appointment", reference, body


def prepare():
    chance = random.Random(SEED)
    say(f"SEED={SEED}")
    office = Office("discreet")
    secrets = office.roles()
    office.more = ["--api", "127.0.0.1:0"]
    words = ("token", "add", "others", "--scope", "figures,passages,tables,metrics")
    PLACE["token"] = done(
        [HUB, "--db", office.db, *words, "--until", "2017-01-01"], env=office.env
    ).out.strip()
    PLACE["key"] = run(ACCUEIL, "key", "new", db=office.db)
    office.start()
    line = office.process.stdout.readline().decode()
    expect(line.startswith("api on https://"), line)
    PLACE["api"] = int(line.rsplit(":", 1)[1])
    congress = Congress(office, 130, SEED)
    guests = disguise(chance, congress.people)
    # One is still to come.
    last = next(r for r in sorted(guests) if "27" in congress.people[r]["days"])
    congress.absent.add(last)
    congress.register()
    congress.push(congress.desk, list(appointments(chance, congress.people, guests)))
    congress.open()
    congress.play()
    PLACE.update(office=office, congress=congress, guests=guests, last=last, browsers={})
    for role, secret in secrets.items():
        who = PLACE["browsers"][role] = Browser(office, chance.choice(("fr", "zh", "en")))
        expect(who.sign_in(role, secret=secret).status == 303, role)


def texts_of(name, body):
    """What stands in an answer: of a workbook and a PDF too."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(part).decode("utf-8", "replace") for part in book.namelist())
    if body[:4] == b"%PDF":
        return subprocess.run(
            ["pdftotext", "-", "-"], input=body, capture_output=True, check=True
        ).stdout.decode("utf-8", "replace")
    return body.decode("utf-8", "replace")


def check(where, text):
    """No word of any guest stands in @text, however it is written."""
    folded = text.lower()
    for reference, words in PLACE["guests"].items():
        for field, value in words.items():
            expect(value.lower() not in folded, f"SEED={SEED}", where, reference, field, value)


def crawl(role):
    """Every page that can be reached by links, and those of every guest."""
    who, seen = PLACE["browsers"][role], {}
    waiting = ["/now", "/services", "/delegations", "/sessions", "/wall", "/stations", "/exports"]
    waiting += ["/account", "/people?q=qx", "/notice"]
    waiting += [f"/people/{reference}" for reference in list(PLACE["guests"])[:6]]
    while waiting and len(seen) < PAGES_MOST:
        path = waiting.pop(0)
        if path in seen:
            continue
        page = who.get(path)
        seen[path] = texts_of(path, page.body)
        for link in re.findall(r'(?:href|action)="(/[^"#]*)"', page.text):
            link = link.replace("&amp;", "&")
            if not re.match(r"/(static|language|signout|live|account/|people/[^?]*/)", link):
                waiting.append(link)
    return seen


def test_pages():
    """Every page and export of every other role; the role of protocol sees who they are."""
    for role in OTHERS:
        pages = crawl(role)
        expect(len(pages) > 10, role, sorted(pages))
        for path, text in pages.items():
            check(f"{role} {path}", text)
    seen = "".join(crawl("protocol").values()).lower()
    guests = PLACE["guests"].values()
    expect(any(words["family"].lower() in seen for words in guests), "protocol sees them")


def test_exports():
    """Every table in every form, all columns of people."""
    page = PLACE["browsers"]["organiser"].get("/exports").text
    tables = sorted(set(re.findall(r'action="/exports/(\w+)\.xlsx"', page)))
    expect("appointments" in tables and "people" in tables, tables)
    for role in ("organiser", "administrator"):
        for table in tables:
            for form in ("csv", "xlsx"):
                answer = PLACE["browsers"][role].get(f"/exports/{table}.{form}")
                expect(answer.status == 200, role, table, answer)
                check(f"{role} {table}.{form}", texts_of(table, answer.body))
    PLACE["tables"] = tables


def test_api_and_metrics():
    """Without its scope the API names them nowhere."""
    context = ssl._create_unverified_context()
    paths = ["/v1/figures", "/v1/passages", "/metrics"]
    paths += [f"/v1/tables/{table}.{form}" for table in PLACE["tables"] for form in ("csv", "json")]
    for path in paths:
        connection = http.client.HTTPSConnection("127.0.0.1", PLACE["api"], context=context)
        connection.request("GET", path, headers={"Authorization": "Bearer " + PLACE["token"]})
        answer = connection.getresponse()
        body = answer.read()
        expect(answer.status == 200, path, answer.status, body[:200])
        check(path, texts_of(path, body))
        connection.close()


def test_protocol_is_alerted():
    """Wherever she is signed in, the page of protocol has her, her host and her seat."""
    office, last = PLACE["office"], PLACE["last"]
    congress, words = PLACE["congress"], PLACE["guests"][last]
    who = PLACE["browsers"]["protocol"]
    expect(f"<b>{words['family']}" not in who.get("/now").text, "not yet")
    station = congress.stations["nord-1"]
    congress.push(station, [congress.passage(office.now_ms(), last, "entree-nord")])
    began = time.monotonic()

    def told():
        page = who.get("/now").text
        return words["family"].lower() in page.lower() and page

    page = wait_for(told, "the guest on protocol's page")
    took = time.monotonic() - began
    say(f"on the page of protocol after {took:.2f} s")
    expect("A 3" in page and "Cortège 1" in page, page[:3000])
    for role in OTHERS:
        check(role, PLACE["browsers"][role].get("/now").text)


def test_doors_and_commands():
    """What a door says of a guest, and of whoever has to do with her; lists of the services."""
    office, guests = PLACE["office"], PLACE["guests"]
    env = dict(office.env, ACCUEIL_DB=office.db)
    sheet = os.path.join(office.folder, "tickets.csv")
    done([ACCUEIL, "ticket", "issue", "--csv", sheet], env=env)
    codes = codes_of(sheet)
    people = PLACE["congress"].people
    met = [r for r in people if r not in guests and "27" in people[r]["days"]][:40]
    shown = "".join(codes[r] + "\n" for r in [*guests, *met])
    for options in ((), ("--json",)):
        said = done(
            [ACCUEIL, "scan", "--checkpoint", "entree-est", *options],
            stdin=shown,
            env=env,
            status=None,
        )
        expect("ADMITTED" in said.out or options, said)
        check("scan", said.out + said.err)
    for words in (
        ("appointments",),
        ("appointments", "--json"),
        ("appointments", "--csv"),
        ("hotels", "--day", "27", "--csv"),
        ("meals",),
        ("balance", "--json"),
        ("session", "A4", "--json"),
        ("headsets", "--json"),
        ("alerts", "--json"),
        ("counts", "--by", "event"),
    ):
        said = done([ACCUEIL, *words], env=env, status=None)
        check(" ".join(words), said.out + said.err)
    sheet = os.path.join(office.folder, "a.pdf")
    done([ACCUEIL, "appointments", "-o", sheet], env=env)
    check("sheet", texts_of("pdf", open(sheet, "rb").read()))
    done([ACCUEIL, "export", "sheet", "--session", "A4", "-o", sheet], env=env)
    check("door list", texts_of("pdf", open(sheet, "rb").read()))


def test_logs():
    """Nothing of them in what the hub has written down for its administrator."""
    PLACE["office"].log.flush()
    check("log", open(PLACE["office"].log.name, encoding="utf-8", errors="replace").read())


if __name__ == "__main__":
    try:
        prepare()
        main(tests_of(globals()))
    finally:
        if "office" in PLACE:
            PLACE["office"].stop()
