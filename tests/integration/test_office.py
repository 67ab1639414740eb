#!/usr/bin/env python3
"""The organisers' pages over HTTP: who may see what, cookies, forms, throttling, languages, hostile
names, and that a page says what the command says. TAP."""
import contextlib
import csv
import gzip
import html.parser
import itertools
import json
import os
import re
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import threading
import time
import urllib.parse
import http.client
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit import office as kit
from kit.hub import run
from kit.labels import codes
from kit.office import LOGOS, MORE, NOW_MS, Browser, Congress, Office, code_of
from kit.run import ACCUEIL, EVENT, HUB, TOP, done
from kit.tap import expect, main, tests_of
from kit.wait import HANGS_S, wait_for

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "O'Brien & Fils <SARL>",
    "javascript:alert(1)",
    "{{7*7}} %s %n",
    "=cmd|'/C calc'!A0",
]
ROLES = ("viewer", "organiser", "protocol", "leader", "administrator")
PLACE = {}


def prepare():
    office = Office("office", event=EVENT.read_text(encoding="utf-8") + MORE + LOGOS)
    PLACE["office"] = office
    PLACE["secrets"] = office.roles()
    office.start()
    congress = Congress(office, 400)
    for number, name in enumerate(HOSTILE):
        congress.absent.add(f"FR-9{number:03d}")
        congress.people[f"FR-9{number:03d}"] = {
            "country": "FR",
            "family": name,
            "given": name,
            "organisation_fr": name,
            "organisation_zh": name,
            "function_fr": name,
            "name_zh": name,
            "delegation": name,
            "hotel": name,
            "diet": [name],
            "meals": True,
            "transport": True,
            "headset": True,
            "events": ["rencontres"],
            "days": ["27"],
            "role": "intervenant A4",
        }
    for body in [b for b in congress.people.values() if "27" in b["days"]][20:26]:
        body["protocol"] = True
    congress.register()
    congress.open()
    congress.play()
    PLACE["congress"] = congress
    misuse(congress)


def misuse(congress):
    """What else a stranger, a volunteer or a mail server can write stands in facts."""
    events = []
    for number, name in enumerate(HOSTILE):
        reference, who = f"FR-9{number:03d}", {"volunteer": name}
        correction = {"family": name + " bis", "corrected": ["family"], **who}
        events += [
            (NOW_MS, "registration", reference, correction),
            (NOW_MS, "note", reference, {"text": name, **who}),
            (NOW_MS, "handover", reference, {"to": name, "serial": 0, "reason": name, **who}),
            (NOW_MS, "letter", reference, {"state": "refused", "reply": name}),
            (NOW_MS, "conflict-closed", reference + "@x/y", {"reason": name, **who}),
        ]
    events.append((NOW_MS, "station-name", "est-1", {"fr": HOSTILE[0], "zh": HOSTILE[1]}))
    events.append((NOW_MS, "message", "est-1", {"fr": HOSTILE[0], "zh": HOSTILE[1]}))
    congress.push(congress.desk, events)


def browser(role=None, language="en"):
    """Somebody signed in; each role signs in once, since a one-time code opens once."""
    kept = PLACE.setdefault("browsers", {})
    if role is None:
        return Browser(PLACE["office"], language)
    if role not in kept:
        kept[role] = Browser(PLACE["office"], language)
        answer = kept[role].sign_in(role, secret=PLACE["secrets"][role])
        expect(answer.status == 303, answer)
    return kept[role]


def table():
    """(method, path, roles) of every route, as the source has it: one table."""
    text = (TOP / "src/office/office_table.c").read_text(encoding="utf-8")
    rights = {
        "ALL": set(ROLES),
        "0": None,
        "DESK": {"organiser", "protocol", "administrator"},
        "MACHINES": {"administrator"},
        "NAMED": {"organiser", "protocol", "leader", "administrator"},
        "SEE_MACHINES": {"viewer", "organiser", "protocol", "administrator"},
    }
    rows = re.findall(r'\{ "(GET|POST)", "([^"]+)",\s*(?:0|\w+), (\w+),', text)
    return [(method, path, rights[who]) for method, path, who in rows]


# Who may what, told once more here: a route without a row, or with another right, fails.
EVERYBODY = set(ROLES)
AT_DESK = {"organiser", "protocol", "administrator"}
WANTED = {
    None: "GET /signin, POST /signin, GET /language/{key}, GET /static/{name}, GET /notice, "
    "GET /certificate, GET /logo/{name}",
    "EVERYBODY": "GET /, POST /signout, GET /live, GET /now, GET /wall, GET /delegations, "
    "GET /sessions, GET /services, GET /meals, GET /account, POST /account/password",
    "AT_DESK": "POST /station/{name}/message, GET /people, GET /people/{ref}, "
    "POST /people/{ref}/void, POST /people/{ref}/correct, POST /people/{ref}/note, "
    "POST /people/{ref}/reprint, POST /people/{ref}/undo, GET /exports, GET /exports/{file}, "
    "GET /exports/job/{key}, "
    "GET /exports/job/{key}/{file}, POST /exports/job/{key}/stop, GET /alert, POST /alert",
    "ADMINISTRATOR": "GET /stations/invite, POST /stations/invite, GET /stations/revoke, "
    "POST /stations/revoke, POST /station/{name}/name",
    "WITH_NAMES": "GET /delegation",
    "MACHINES_SEEN": "GET /stations, GET /station/{name}",
}
RIGHTS = {
    None: None,
    "EVERYBODY": EVERYBODY,
    "AT_DESK": AT_DESK,
    "ADMINISTRATOR": {"administrator"},
    "WITH_NAMES": AT_DESK | {"leader"},
    "MACHINES_SEEN": AT_DESK | {"viewer"},
}


def test_every_route_is_known():
    """The table of the source is the one that is wanted here, row by row."""
    text = (TOP / "src/office/office_table.c").read_text(encoding="utf-8")
    found = {(method, path): roles for method, path, roles in table()}
    expect(len(found) == len(re.findall(r'\{ "(?:GET|POST)",', text)), "a row was not read", found)
    wanted = {}
    for who, routes in WANTED.items():
        for route in routes.split(", "):
            wanted[tuple(route.split(" "))] = RIGHTS[who]
    odd = [r for r in {*found, *wanted} if found.get(r, "none") != wanted.get(r, "none")]
    expect(not odd, [(route, found.get(route), wanted.get(route)) for route in odd])


def test_routes_and_roles():
    """Each route, for each role and for nobody: let in, or refused, as its row says."""
    rows = table()
    expect(len(rows) > 10, rows)
    for method, path, roles in rows:
        if path in ("/live", "/signout", "/account/password"):
            continue  # each has a test of its own
        address = path.replace("{key}", "fr").replace("{name}", "office.css")
        address = address.replace("/station/office.css", "/station/est-1")
        address = address.replace("{ref}", "FR-0001").replace("{file}", "counts.csv")
        for role in (None, *ROLES):
            if roles is None and role is not None:
                continue
            who = browser(role)
            if method == "GET":
                answer = who.get(address)
            else:
                answer = who.ask("POST", address, {"form": "0" * 64})
            if roles is None:
                expect(answer.status in (200, 303, 403, 404), method, path, role, answer)
            elif role is None:
                # A reader is led to the sign-in, a form is refused.
                expect(answer.status == (303 if method == "GET" else 401), method, path, answer)
            elif role in roles and method == "GET":
                expect(answer.status in (200, 303, 404), method, path, role, answer)
            elif role in roles:
                expect(
                    answer.status == 403 and "form is not of your session" in answer.text,
                    (method, path, role, answer),
                )
            else:
                expect(
                    answer.status == 403 and "not for your role" in answer.text,
                    (method, path, role, answer),
                )


def test_rights_are_shown():
    """The page shows the same table."""
    text = browser("viewer").get("/account").text
    shown = re.findall(r"<tr><th scope=\"row\">([^<]+)</th>((?:<td>[^<]*</td>)+)", text)
    asked = [roles for _, _, roles in table() if roles]
    expect(len(shown) >= 4, text)
    for what, cells in shown:
        marks = re.findall(r"<td>([^<]*)</td>", cells)
        expect(len(marks) == len(ROLES), what, marks)
        expect({r for r, m in zip(ROLES, marks) if m == "yes"} in asked, what, marks)


def test_notice():
    """What is held about people is told to everybody, in three languages."""
    answer = browser().get("/notice")
    expect(answer.status == 200, answer)
    for part in ("Vos données", "您的数据", "Your data at", 'lang="zh-cn"', "Organisation"):
        expect(part in answer.text, part, answer.text)


def test_policy():
    for path in ("/signin", "/now"):
        answer = browser("viewer").get(path) if path == "/now" else browser().get(path)
        policy = answer.headers["Content-Security-Policy"]
        for part in (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ):
            expect(part in policy, part, policy)
        expect(answer.headers["X-Content-Type-Options"] == "nosniff", answer)
        expect(
            not re.search(r"<script(?! src=)|\son\w+=|\sstyle=|<style", answer.text), answer.text
        )


LOGO = r'<img src="(/logo/[^"]+)" alt="([^"]*)" lang="([^"]*)" width="(\d+)" height="48">'


def test_logos():
    """Of organisers and partners, at the foot of every page: told by name, and each a PNG that the
    hub has drawn, whatever the event file had; of one height, where they are equal in size."""
    who = browser("viewer")
    pages = (
        "/now",
        "/wall",
        "/delegations",
        "/sessions",
        "/services",
        "/meals",
        "/stations",
        "/account",
    )
    for language, tag, first in (("fr", "fr", "Les Ponts, organisateur"), ("zh", "zh-CN", "桥，主办方")):
        who.get(f"/language/{language}?next=/now")
        for path in (*pages, "/notice", "/certificate"):
            shown = re.findall(LOGO, who.get(path).text)
            expect(len(shown) == 3 and shown[0][1:3] == (first, tag), path, shown)
        expect(len(re.findall(LOGO, browser(language=language).get("/signin").text)) == 3)
    who.get("/language/en?next=/now")
    for address, _, _, width in shown:
        logo = browser().get(address)
        expect(logo.status == 200 and logo.headers["Content-Type"] == "image/png", address, logo)
        expect(logo.body.startswith(b"\x89PNG"), address)
        pixels = struct.unpack(">II", logo.body[16:24])
        expect(pixels[1] == 192 and pixels[0] * 48 // 192 == int(width), address, pixels, width)
        expect("default-src 'none'" in logo.headers["Content-Security-Policy"], logo.headers)
        expect(logo.headers["X-Content-Type-Options"] == "nosniff", logo.headers)
        again = browser().get(address, If_None_Match=logo.headers["ETag"])
        expect(again.status == 304 and again.body == b"", again)
        expect(browser().get(address, If_None_Match='"other"').body == logo.body, address)
    for path in ("ponts.svg", "nobody", "..%2fponts", "%00", "x" * 3000):
        answer = browser().get("/logo/" + path)
        expect(400 <= answer.status < 500 and b"PNG" not in answer.body, path, answer)


def test_sizes():
    """Style sheet and script are small."""
    who = browser()
    expect(len(who.get("/static/office.css").body) <= 10 * 1024)
    lines = who.get("/static/office.js").text.count("\n")
    expect(lines <= 130, lines)
    expect(who.get("/static/../office.c").status == 404)
    expect(len(who.get("/static/inter.otf").body) > 100000, "Inter of Debian's package")


def test_cookies():
    answer = Browser(PLACE["office"]).sign_in("viewer")
    cookie = answer.headers["Set-Cookie"]
    expect(cookie.startswith("__Host-accueil="), cookie)
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        expect(part in cookie, part, cookie)


def test_refusals_are_alike():
    """A wrong password, a name that is none, a missing code: the same answer."""
    seen = set()
    for name, password, secret in (
        ("viewer", "wrong wrong wrong", ""),
        ("nobody", kit.PASSWORD, ""),
        ("organiser", kit.PASSWORD, ""),
    ):
        answer = Browser(PLACE["office"]).sign_in(name, password, secret)
        expect(answer.status == 403 and "Set-Cookie" not in answer.headers, answer)
        seen.add(re.sub(r'value="[^"]*"|data-etag="[^"]*"', "", answer.text))
    expect(len(seen) == 1, seen)


def test_code_opens_once():
    browser("protocol")
    code = code_of(PLACE["secrets"]["protocol"])
    fields = {"name": "protocol", "password": kit.PASSWORD, "code": code}
    answers = [Browser(PLACE["office"]).ask("POST", "/signin", fields).status for _ in range(2)]
    expect(answers[1] == 403, answers)


def test_throttle():
    """By name: one who guesses is made to wait, and so is the right one."""
    office = PLACE["office"]
    office.user("guessed")
    statuses = [
        Browser(office).sign_in("guessed", "wrong wrong wrong %d" % i).status for i in range(8)
    ]
    expect(429 in statuses, statuses)
    expect(Browser(office).sign_in("guessed").status == 429)
    # What other tests do from this address is not to wait for it.
    wait_for(lambda: Browser(office).sign_in("viewer").status == 303, "the throttle to open")


def test_form_token():
    who = browser("viewer")
    fields = {"old": kit.PASSWORD, "new": "another long password"}
    for form in (None, "", "0" * 64, browser("organiser").get("/account").form()):
        given = dict(fields) if form is None else dict(fields, form=form)
        answer = who.ask("POST", "/account/password", given)
        expect(answer.status == 403, answer)
    expect(who.get("/account").status == 200, "the session goes on")


def addresses(office):
    """Each form's, with something there is."""
    who = browser("organiser")
    reference = [r for r, b in PLACE["congress"].people.items() if not b.get("protocol")][9]
    alert = wait_for(lambda: re.search(r"/alert\?id=[0-9a-f]+", who.get("/now").text), "an alert")[
        0
    ]
    for method, path, roles in table():
        if method == "POST" and path not in ("/signin", "/signout"):
            path = path.replace("{ref}", reference).replace("{name}", "est-1")
            yield alert if path == "/alert" else path.replace("{key}", "0" * 32), roles


def test_forms_attacked():
    """From another site, of another type, too large, broken, without the other fields, or twice:
    each form is refused without a word in the journal, and none brings the hub down."""
    office = PLACE["office"]
    written = "SELECT max (seq) FROM fact WHERE station = 'hub'"
    for address, roles in addresses(office):
        before = office.query(written)
        who = browser("administrator" if roles == {"administrator"} else "organiser")
        form = who.get("/account").form()
        good = f"form={form}".encode()
        for body, headers, wanted in (
            (good, {"Sec-Fetch-Site": "cross-site"}, 403),
            (good, {"Sec-Fetch-Site": "same-site"}, 403),
            (good, {"Content-Type": "text/plain"}, 400),
            (good, {"Content-Type": "application/json"}, 400),
            (good, {"Content-Type": "multipart/form-data; boundary=x"}, 400),
            (b"form=0&" + good, {}, 403),
            (good + b"&x=%FF", {}, 400),
            (good + b"&x=%00", {}, 400),
            (good + b"&x=%z", {}, 400),
            (good + b"&x=1" * 2000, {}, 400),
            (good + b"&x=" + b"y" * 20000, {}, 413),
            (b"", {}, 403),
        ):
            answer = who.ask("POST", address, body, headers)
            expect(answer.status == wanted, address, body[:80], headers, answer)
        expect(office.query(written) == before, address)
        if not address.endswith(("/invite", "/password")):
            answer = who.ask("POST", address, good)
            expect(400 <= answer.status < 500 or answer.status == 303, address, answer)
            expect(office.query(written) == before, "without its fields", address, answer)
    expect(browser("organiser").get("/now").status == 200)
    # A page elsewhere signs nobody in as somebody else.
    office.user("bait")
    fields = {"name": "bait", "password": kit.PASSWORD}
    answer = Browser(office).ask("POST", "/signin", fields, {"Sec-Fetch-Site": "cross-site"})
    expect(answer.status == 403 and "Set-Cookie" not in answer.headers, answer)
    for away in ("//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example"):
        answer = Browser(office).ask("POST", "/signin?next=" + away, fields)
        expect(answer.headers["Location"] == "/now", away, answer.headers["Location"])


def test_forms_of_others():
    """An organiser's form about a guest of the protocol, or with somebody else's passage or
    alert."""
    office, who, congress = PLACE["office"], browser("organiser"), PLACE["congress"]
    guest = next(r for r, b in congress.people.items() if b.get("protocol"))
    other = [r for r, b in congress.people.items() if not b.get("protocol")][10]
    written = "SELECT max (seq) FROM fact WHERE station = 'hub'"
    before = office.query(written)
    for act in ("void", "correct", "note", "undo", "reprint"):
        for about in (guest, "NOBODY", "..", "%00", "x" * 5000):
            answer = who.post(f"/people/{about}/{act}", text="x", reason="lost", family="Y")
            expect(400 <= answer.status < 500, act, about, answer)
    theirs = "SELECT station || '/' || seq FROM fact WHERE kind = 'passage' AND subject = '%s'"
    passage = office.query(theirs % guest)[0][0]
    for name in (passage, passage.replace("/", " "), "x/1", "", "'; --"):
        answer = who.post(f"/people/{other}/undo", passage=name, reason="mistake")
        expect(answer.status == 409, name, answer)
    expect(office.query(written) == before)


def test_sent_twice():
    """A form that is sent twice, by an impatient hand or a browser that is opened again, is done
    once."""
    office, who, congress = PLACE["office"], browser("organiser"), PLACE["congress"]
    reference = [r for r, b in congress.people.items() if not b.get("protocol")][11]
    for act, kind, fields in (
        ("note", "note", {"text": "Fauteuil"}),
        ("correct", "registration", {"family": "Deux-Fois"}),
    ):
        for _ in range(2):
            answer = who.post(f"/people/{reference}/{act}", **fields)
            expect(answer.status in (303, 409), act, answer)
        facts = f"SELECT count (*) FROM fact WHERE kind = '{kind}' AND station = 'hub'"
        expect(office.query(facts + f" AND subject = '{reference}'") == [(1,)], act)


def test_sessions_end():
    """At once: by signing out, another password, a removed account; not with the hub."""
    office = PLACE["office"]
    for name, end in (
        ("one", lambda who: who.post("/signout")),
        ("two", lambda who: run(HUB, "--db", office.db, "user", "remove", "two")),
        ("three", lambda who: run(HUB, "--db", office.db, "user", "password", "three")),
        (
            "four",
            lambda who: who.post("/account/password", old=kit.PASSWORD, new="another long one!"),
        ),
    ):
        office.user(name)
        who = Browser(office)
        expect(who.sign_in(name).status == 303, name)
        kept = dict(who.cookies)
        expect(who.get("/now").status == 200, name)
        end(who)
        who.cookies = kept
        answer = who.get("/now")
        expect(answer.status == 303 and "/signin" in answer.headers["Location"], name, answer)


def test_language():
    """Of the browser, then of the cookie; the page says which."""
    who = Browser(PLACE["office"], "zh-CN,zh;q=0.9")
    who.sign_in("viewer")
    expect('<html lang="zh-CN">' in who.get("/now").text and "目前在场" in who.get("/now").text)
    answer = who.get("/language/fr?next=/wall")
    expect(answer.status == 303 and answer.headers["Location"] == "/wall", answer)
    text = who.get("/now").text
    expect('<html lang="fr">' in text and "Présents en ce moment" in text, text[:2000])
    expect(who.get("/language/xx?next=//evil.example").headers["Location"] == "/now")
    expect(who.get("/language/en?next=/%5Cevil.example").headers["Location"] == "/now")


def figures(text):
    """The big number, and the definition list beside it."""
    digits = lambda shown: int(re.sub(r"[^\d]", "", shown))
    facts = re.findall(r"<dt>[^<]*</dt><dd>([^<]*)</dd>", text)
    return digits(re.search(r'class="huge">([^<]*)', text)[1]), [digits(f) for f in facts]


def test_same_figures():
    """At one head, the page, the wall and the command say the same."""
    office = PLACE["office"]
    said = json.loads(
        done(
            [ACCUEIL, "counts", "--json", "--by", "day"], env=dict(office.env, ACCUEIL_DB=office.db)
        ).out
    )
    day = next(row for row in said["rows"] if row["id"] == kit.DAY)
    shown = lambda: figures(browser("viewer").get("/now").text)
    # A moment after a commit.
    wait_for(lambda: shown()[0] == day["inside"], "the pages to have counted")
    inside, facts = shown()
    wanted = [said["registered"]] + [
        day[k] for k in ("registered", "arrived", "passages", "refused")
    ]
    expect(facts[:5] == wanted, facts, wanted)
    wall, _ = figures(browser("viewer").get("/wall").text)
    expect(wall == inside, wall, inside)


def rows_of(text, start):
    """The rows of the first table after @start: a heading and the numbers beside it."""
    table = text[text.index(start) :]
    table = table[: table.index("</table>")]
    rows = re.findall(r'<tr><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', table, re.S)
    number = lambda cell: int(re.sub(r"<[^>]*>|,", "", cell) or 0)
    return [
        (
            re.sub(r"<[^>]*>", "", name),
            [number(c) for c in re.findall(r"<td[^>]*>(.*?)</td>", cells)],
        )
        for name, cells in rows
    ]


def counted(by):
    """The rows of `accueil counts --by @by`."""
    office = PLACE["office"]
    env = dict(office.env, ACCUEIL_DB=office.db)
    return json.loads(done([ACCUEIL, "counts", "--json", "--by", by], env=env).out)


def test_words_of_the_page():
    """In its own language: the names of tables, the sides of a form, commas."""
    who = browser("organiser")
    titles = re.findall(r"<h2>([^<]*)", who.get("/exports").text)
    expect({"Registered", "Figures", "Rooms", "Meals"} <= {*titles}, titles)
    expect(">French</label>" in who.get("/station/est-1").text)
    reference = next(r for r, b in PLACE["congress"].people.items() if "27" in b["days"])
    expect("<li>Thursday 27 October</li>" in who.get("/people/" + reference).text, reference)
    text = who.get("/services", Accept_Language="zh").text
    expect("27日午餐，11:45" in text and "午餐," not in text, text)


def test_station_page_is_not_live():
    """It does not change by itself, and does not say so; its id stands once."""
    text = browser("organiser").get("/station/nord-1").text
    expect('class="live"' not in text and "data-live" not in text, text)
    expect(" · nord-1" not in text and "<h1>nord-1</h1>" in text, text)


def test_guests_are_told_to_who_receives_them():
    """That a guest of protocol has come, and what is to be done about an alert."""
    arrival = "A guest of protocol has arrived"
    for role in ROLES:
        text = browser(role).get("/now").text
        told = role in AT_DESK
        expect((arrival in text) == told, role, text)
        expect(("Tell the protocol team" in text) == told, role, text)
        # Without a number where nothing is to be done.
        heading = re.search(r"<h2>To be done(?: · ([\d,]+))?</h2>", text)
        count = int((heading[1] or "0").replace(",", ""))
        listed = text.split('id="todo"')[1].split('id="rooms"')[0].count("<li>")
        expect(count == listed or count > 60, role, count, listed)


def test_eve():
    """A day before it begins: figures are of the first day, and say when they were taken."""
    office = Office("eve", now="2016-10-25T20:00:00+08:00")
    office.user("viewer")
    office.start()
    who = Browser(office, "en")
    try:
        expect(who.sign_in("viewer").status == 303)
        text = who.get("/now").text
        expect("on Wednesday 26 October" in text, text)
        expect(
            re.search(r'data-at="on Tuesday 25 October at %s">on Tuesday 25 October at 20:', text)
        )
        wall = who.get("/wall").text
        expect("mercredi 26 octobre" in wall and "10月26日" in wall, wall)
    finally:
        office.stop()


def test_every_table_of_the_pages():
    """Events, rooms, ranks and delegations on the pages, by the command and in the files that are
    taken away, and the names on a sheet to sign: one number each."""
    who = browser("organiser")
    text = who.get("/now").text
    said = counted("event")["rows"]
    # An event that is not open yet says when it opens.
    opened = re.sub(r'<td class="n soft wrap" colspan="2">[^<]*', "<td>0</td><td>0", text)
    shown = [numbers for _, numbers in rows_of(opened, 'id="events-table"')]
    for row, numbers in zip(said, shown):
        wanted = [row[k] for k in ("registered", "arrived", "inside")]
        expect(numbers == wanted or numbers[0] == wanted[0] and wanted[1:] == [0, 0], row, numbers)
    both, either = shown[len(said)], shown[-1]
    expect(sum(r["registered"] for r in said) - both[0] == either[0], said, shown)
    files = json.loads(who.get("/exports/counts.json?by=event").text)
    expect([r["registered"] for r in files[1:]] == [r["registered"] for r in said], files, said)
    places = {row["id"]: row for row in counted("checkpoint")["rows"]}
    rooms = re.findall(r'<b id="room-([^"]+)">([\d,]+)', text)
    expect(len(rooms) >= 2, text)
    for name, inside in rooms:
        expect(int(inside.replace(",", "")) == places[name]["inside"], name, inside, places[name])
    for room in json.loads(who.get(f"/exports/rooms.json?day={kit.DAY}").text):
        if room["session"] == "A3":
            page = who.get("/sessions?session=A3").text
            expect(room["late"] > 0 and f"{room['late']} came late" in page, room, page)
            expect(f"{room['left']} left half-way" in page, room, page)
    day = next(row for row in counted("day")["rows"] if row["id"] == kit.DAY)
    page = who.get("/delegations").text
    for table in ("ranks", "delegations"):
        rows = json.loads(who.get(f"/exports/{table}.json?day={kit.DAY}").text)
        for mine, theirs in (("expected", "registered"), ("arrived", "arrived"), ("inside",) * 2):
            expect(sum(r[mine] for r in rows) == day[theirs], table, mine, day)
    rows = json.loads(who.get(f"/exports/ranks.json?day={kit.DAY}").text)
    for side, at in (("france", (0, 1, 2)), ("china", (-1, -2, -3))):
        first = page[page.index('class="balance"') :]
        cells = [
            [int(c.replace(",", "")) for c in re.findall(r'<td class="n[^>]*>(?:<b>)?([\d,]+)<', r)]
            for r in first[: first.index("</table>")].split("<tr>")[2:]
        ]
        for place, key in zip(at, ("expected", "arrived", "inside")):
            wanted = sum(r[key] for r in rows if r["side"] == side)
            expect(sum(c[place] for c in cells) == wanted, side, key, cells, wanted)
    listed = [
        b
        for b in PLACE["congress"].people.values()
        if "A4" in b.get("workshops", []) or "A4" in b.get("role", "").split()
    ]
    pdf = who.get("/exports/sheet.pdf?session=A4").body
    words = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True).stdout.decode()
    names = int(re.search(r"(\d+) noms", words)[1])
    expect(names == sum(not b.get("protocol") for b in listed), names, len(listed))


def test_missing_is_one_number():
    """Distinct persons: of the day, of the sides, of each delegation, by name, and in the table."""
    people = PLACE["congress"].people
    rows, _ = take("organiser", f"people.csv?state=missing&day={kit.DAY}")
    shown = browser("viewer").get("/now").text
    digits = re.findall(r"<li><b>([\d,]+)</b>([^<]*)", shown)
    missing = next(int(n.replace(",", "")) for n, word in digits if word == "not arrived")
    expect(missing == len(rows) > 0, missing, len(rows))
    text = browser("organiser").get("/delegations").text
    sums = [
        [int(c.replace(",", "")) for c in re.findall(r">([\d,]+)</td>", foot)]
        for foot in re.findall(r"<tfoot>(.*?)</tfoot>", text)
    ]
    expect(sum(s[3] for s in sums) == missing, sums, missing)
    table = json.loads(browser("organiser").get("/exports/delegations.json").text)
    expect(sum(row["missing"] for row in table) == missing, table)
    group = max((r for r in table if r["side"] == "china"), key=lambda row: row["missing"])
    page = browser("organiser").get("/delegation?id=" + group["id"])
    others = [r for r in table if r["id"] == group["id"]]
    expect(page.text.count('<td class="warn b">') == sum(r["missing"] for r in others), group, page)
    absent = {row[0] for row in rows}
    named = set(re.findall(r'<a href="/people/([^"]+)">', page.text.split("<table")[1]))
    of_group = {
        r for r, b in people.items() if b["delegation"] == group["id"] and not b.get("protocol")
    }
    expect(named == of_group, named ^ of_group)
    expect(absent & of_group, "somebody is missing by name")


def test_delegation_pages():
    """A leader sees her own alone; who has whose badge is told."""
    office, congress = PLACE["office"], PLACE["congress"]
    group = next(b["delegation"] for b in congress.people.values() if b["country"] == "CN")
    reference = next(r for r, b in congress.people.items() if b["delegation"] == group)
    body = {"to": "Mme Chef <b>", "serial": 0, "reason": "delegation", "volunteer": "Li Na"}
    congress.push(congress.stations["est-1"], [(NOW_MS, "handover", reference, body)])
    text = browser("organiser").get("/delegation?id=" + group).text
    expect("taken by Mme Chef &lt;b&gt;" in text, text)
    expect(browser("leader").get("/delegation?id=" + group).status == 404)
    expect(browser("viewer").get("/delegation?id=" + group).status == 403)
    expect(browser("organiser").get("/delegation?id=nobody").status == 404)
    expect(browser("organiser").get("/delegation").status == 404)
    expect("<a href" not in browser("viewer").get("/delegations").text.split("<main")[1])


def test_services():
    """Meals, shuttles and headsets add up, as the API's figures have them; one loan is seen."""
    office, congress = PLACE["office"], PLACE["congress"]
    meals = rows_of(browser("viewer").get("/services").text, 'id="meals"')
    counts = json.loads(
        done(
            [ACCUEIL, "counts", "--json", "--by", "checkpoint"],
            env=dict(office.env, ACCUEIL_DB=office.db),
        ).out
    )
    lunch = next(row for row in counts["rows"] if row["id"] == "dejeuner-27")
    entitled, served, left = next(n for name, n in meals if n[1] > 0)
    expect(entitled == lunch["registered"] and served == lunch["arrived"], meals, lunch)
    expect(left == entitled - served, meals)
    page = browser("viewer").get("/meals").text
    sums = re.findall(r"<tfoot><tr>.*?</tfoot>", page)
    expect(len(sums) == len(meals) and f">{served}<" in "".join(sums), sums, meals)
    rows = csv.reader(browser("organiser").get("/exports/meals.csv?day=27").text.splitlines())
    said = {row[0]: row[-2:] for row in rows if len(row) == 8 and row[3] == ""}
    told = done(
        [ACCUEIL, "meals", "--day", "27", "--json"], env=dict(office.env, ACCUEIL_DB=office.db)
    )
    for meal in json.loads(told.out):
        numbers = [str(meal["expected"]), str(meal["served"])]
        expect(said[meal["id"]] == numbers, meal, said)
        expect(all(f">{int(n):,}<" in page for n in numbers), meal, page)
        expect(len(meal["diets"]) > 2, "people with diets", meal)
    for word in ("vegetarian", "allergic to nuts", "Allergie au céleri"):
        expect(f">{word}</th>" in page, word, page)
    who = next(r for r, b in congress.people.items() if b["headset"] and b["country"] == "FR")
    congress.push(
        congress.stations["casques-1"],
        [
            congress.passage(NOW_MS, who, "casques"),
            (NOW_MS, "loan", who, {"item": "headset", "direction": "out"}),
            (NOW_MS - 90000000, "loan", "CN-9999", {"item": "headset", "direction": "out"}),
        ],
    )

    def lent():
        rows = rows_of(page(), 'id="headsets"')
        return next((n for name, n in rows if name == "Together"), None)

    page = lambda: browser("viewer").get("/services").text

    listeners = sum(b["headset"] for b in congress.people.values() if "headset" in b)
    wait_for(lambda: lent() == [listeners, 2, 0, 1], lambda: f"the loans: {lent()}, {listeners}")
    # Of one of them nobody knows the desk: it is said, and desks have lent what is out.
    bars = re.findall(r'<b>([^<]*)</b><b id="service-(casques[^"]*|)">([^<]*)</b>', page())
    expect([(i, n) for _, i, n in bars] == [("casques", "1 of 400"), ("", "1")], bars)
    expect(bars[1][0] == "Headsets of another desk", bars)
    listed = done([ACCUEIL, "headsets"], env=dict(office.env, ACCUEIL_DB=office.db), status=1)
    expect(listed.out.count("CN-9999") == 1 and listed.out.count(who) == 1, listed.out)


def test_words_of_verdicts():
    """Each reader has the language that she reads, also for what the door says."""
    congress = PLACE["congress"]
    reference = next(
        r for r, b in congress.people.items() if "27" in b["days"] and not b.get("protocol")
    )
    refused = congress.passage(NOW_MS, reference, "entree-est", verdict="NOT_TODAY")
    congress.push(congress.stations["est-1"], [refused])
    who = browser("organiser")
    speaker = next(r for r, b in congress.people.items() if b.get("role") == "intervenant A4")
    for language, words, role in (
        ("en", "This registration is for another day", "Speaker"),
        ("fr", "Cette inscription est valable un autre jour", "Intervenant(e)"),
        ("zh", "此报名的日期为其他日期", "发言人"),
    ):
        who.get(f"/language/{language}?next=/now")
        text = who.get("/people/" + reference).text
        expect(words in text, language, text)
        text = who.get("/people/" + speaker).text
        expect(f"<li>{role} A4</li>" in text, language, text)
        text = who.get("/sessions?session=A4").text
        expect(f'<p class="soft">{role} · <bdi>' in text, language, text)
        expect("intervenant" not in text, language, text)
    who.get("/language/en?next=/now")
    expect(">Others<" in who.get("/delegations").text, "a rank, in English")


def test_chart_and_table():
    """The chart's numbers are the table's."""
    text = browser("viewer").get("/now").text
    chart = re.search(r'<div class="wide"><svg.*?</svg>', text, re.S)[0]
    shown = [int(n.replace(",", "")) for n in re.findall(r">([\d,]+)</text>", chart)]
    rows = re.findall(r"<tr><th scope=\"row\">\d\d:00</th>(.*?)</tr>", text)
    quarters = []
    for row in rows:
        cells = [c for c in re.findall(r"<td class=\"n\">(?:<b>)?([^<]*)", row)]
        one, two = cells[0:4], cells[5:9]
        quarters += [
            sum(int(c.replace(",", "")) for c in pair if c != "–") for pair in zip(one, two)
        ]
    expect(sum(shown) == sum(quarters), shown, quarters)
    expect(shown == [q for q in quarters if q], shown, quarters)


def test_names():
    """Who may see names sees them; a guest of protocol is seen by that role alone."""
    # A quarter of an hour before their session, which the hub's clock comes to soon.
    wait_for(lambda: "Brien" in browser("organiser").get("/now").text, "speakers to be missed")
    for role in ROLES:
        text = browser(role).get("/now").text
        expect(("Brien" in text) == (role in ("organiser", "protocol", "administrator")), role)
    guests = [r for r, b in PLACE["congress"].people.items() if b.get("protocol")]
    for role in ROLES:
        text = browser(role).get("/now").text
        seen = [r for r in guests if r in text]
        expect(bool(seen) == (role == "protocol"), role, seen)


def test_people():
    """A badge made void and a name put right, under the account's name; what a desk refuses is
    refused."""
    office, who = PLACE["office"], browser("organiser")
    reference = next(r for r, b in PLACE["congress"].people.items() if not b.get("protocol"))
    family = PLACE["congress"].people[reference]["family"]
    expect(reference in who.get("/people?q=" + family.lower()).text, family)
    sheet = who.get("/people/" + reference)
    expect(sheet.status == 200 and family.upper() in sheet.text, sheet)
    refused = who.post(f"/people/{reference}/void", reason="lost")
    expect(refused.status == 409, re.findall('note">([^<]*)', refused.text), refused)
    done_ = who.post(f"/people/{reference}/correct", family="Lefèvre-Élie", given="Zoé")
    expect(done_.status == 303, done_)
    facts = office.query(
        "SELECT body FROM fact WHERE kind = 'registration' AND station = 'hub' AND subject = "
        f"'{reference}'"
    )
    expect(len(facts) == 1 and '"organiser"' in str(facts), facts)
    expect("LEFÈVRE-ÉLIE" in who.get("/people/" + reference).text)
    expect(who.get("/people/NOBODY").status == 404)


def test_note():
    """What the team is to know of a person, under the account's name; empty, it is taken back."""
    office, who = PLACE["office"], browser("organiser")
    reference = [r for r, b in PLACE["congress"].people.items() if not b.get("protocol")][1]
    for text, verdict in (("Fauteuil <roulant>", 303), ("", 303)):
        expect(who.post(f"/people/{reference}/note", text=text).status == verdict, text)
        shown = "Fauteuil &lt;roulant&gt;" in who.get("/people/" + reference).text
        expect(shown == bool(text), text)
    facts = office.query(f"SELECT body FROM fact WHERE kind = 'note' AND subject = '{reference}'")
    expect(len(facts) == 2 and all('"organiser"' in str(f) for f in facts), facts)


def test_reprint():
    """Only where the hub's own machine prints; then another badge is issued, with a reason."""
    office, who, congress = PLACE["office"], browser("organiser"), PLACE["congress"]
    reference = [r for r, b in congress.people.items() if not b.get("protocol")][2]
    body = {"serial": 1, "reason": "first", "print": False, "volunteer": ""}
    congress.push(congress.stations["est-1"], [(NOW_MS - 1000, "badge-issued", reference, body)])
    page = who.get("/people/" + reference).text
    expect("prints no badges" in page and "/reprint" not in page, page)
    with contextlib.closing(sqlite3.connect(office.db, timeout=60)) as db, db:
        ms = NOW_MS + 86400000  # this agent is heard for as long as this test takes
        db.execute(
            f"INSERT INTO printer_state VALUES ('badges', 1, 'ready', '', '', {ms}, {ms}, '')"
        )
    page = who.get("/people/" + reference).text
    expect(f'action="/people/{reference}/reprint"' in page, page)
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    words = {"reason": "lost", "text": "perdu au dîner", "seen": seen}
    for _ in range(2):  # sent twice, it prints once
        answer = who.post(f"/people/{reference}/reprint", **words)
        expect(answer.status in (303, 409), answer)
    facts = office.query(
        f"SELECT body FROM fact WHERE kind = 'badge-issued' AND subject = '{reference}' "
        "AND station = 'hub'"
    )
    expect(len(facts) == 1 and "perdu au dîner" in str(facts), facts)
    with contextlib.closing(sqlite3.connect(office.db, timeout=60)) as db, db:
        db.execute("DELETE FROM printer_state")


def test_protocol_guests_are_nobody_to_others():
    guest = next(r for r, b in PLACE["congress"].people.items() if b.get("protocol"))
    family = PLACE["congress"].people[guest]["family"]
    for role, seen in (("organiser", False), ("administrator", False), ("protocol", True)):
        who = browser(role)
        for path in ("/people?q=" + guest, "/people/" + guest):
            text = who.get(path).text
            expect((family.upper() in text) == seen, role, path)
        # Nor is it told that there is somebody who may not be seen.
        expect(who.get("/people/" + guest).status == (200 if seen else 404), role)
        expect(("Nobody is found" in who.get("/people?q=" + guest).text) != seen, role)
        answer = who.post(f"/people/{guest}/correct", family="Other")
        expect(answer.status == (303 if seen else 404), role, answer)


def take(role, path):
    """The rows of a CSV above its notes, and the notes."""
    answer = browser(role).get("/exports/" + path)
    expect(answer.status == 200, role, path, answer)
    expect(answer.headers["Content-Type"] == "text/csv; charset=utf-8", answer)
    expect(answer.headers["Content-Disposition"].startswith("attachment; "), answer)
    expect(answer.body.startswith(b"\xef\xbb\xbf"), path, "for Excel")
    above, _, below = answer.body.decode("utf-8-sig").partition("\r\n\r\n")
    return list(csv.reader(above.splitlines()))[1:], below


def test_exports():
    """Every table that the page offers, in both forms; filters narrow it as they say."""
    people, due = PLACE["congress"].people, kit.DAY[-2:]
    page = browser("organiser").get("/exports").text
    tables = re.findall(r'action="/exports/(\w+)\.xlsx"', page)
    expect(len(tables) >= 8 and "people" in tables and "passages" in tables, tables)
    for table in tables:
        expect(f'formaction="/exports/{table}.csv"' in page, table)
        rows, notes = take("organiser", table + ".csv")
        expect(
            (rows or table in ("answers", "badges", "appointments")) and f",{len(rows)}" in notes,
            table,
            len(rows),
            notes,
        )
        book = browser("organiser").get(f"/exports/{table}.xlsx")
        expect(book.status == 200 and book.body.startswith(b"PK"), table, book.status)
    expect(len(take("organiser", "people.csv")[0]) == len(people))
    wanted = [b for b in people.values() if due in b["days"]]
    rows, notes = take("organiser", f"people.csv?day={kit.DAY}&state=&event=")
    expect(len(rows) == len(wanted) and f"day={kit.DAY}" in notes, len(rows), len(wanted), notes)
    session = [b for b in people.values() if "A4" in b.get("workshops", [])]
    rows, _ = take("organiser", "people.csv?session=A4")
    expect(len(rows) >= len(session) > 0, len(rows), len(session))
    for path, status in (("hats.csv", 404), ("people.doc", 404), ("people.csv?session=Z9", 400)):
        expect(browser("organiser").get("/exports/" + path).status == status, path)
    french = Browser(PLACE["office"], "fr")
    french.cookies = dict(browser("organiser").cookies)
    french.get("/language/fr?next=/exports")
    answer = french.get("/exports/counts.csv")
    expect(answer.text.splitlines()[0].count(";") >= 5, answer)
    expect("selected" in french.get("/exports?day=" + kit.DAY).text)


def test_columns():
    """Each table offers all of its columns, the usual ones ticked; what is ticked is written."""
    page = browser("organiser").get("/exports").text
    form = page[page.index('action="/exports/people.xlsx"') :]
    boxes = re.findall(r'name="columns" value="(\w+)"( checked)?', form[: form.index("</form>")])
    expect(("hotel", "") in boxes and ("family", " checked") in boxes, boxes)
    path = "/exports/people.csv?columns=family&columns=hotel&columns=reference"
    head = browser("organiser").get(path).body.decode("utf-8-sig").splitlines()[0]
    expect(len(head.split(",")) == 3 and head.startswith("Nom"), head)
    expect(browser("organiser").get("/exports/people.csv?columns=hats").status == 400)
    usual = browser("organiser").get("/exports/people.csv").body.decode("utf-8-sig")
    expect(len(usual.splitlines()[0].split(",")) == sum(bool(c) for _, c in boxes), boxes)
    again = browser("organiser").get("/exports?columns=hotel").text
    expect('value="hotel" checked' in again and 'value="family" checked' not in again)


def test_sheet():
    """Those who are registered sign it: of a session, and of a half-day, as PDF."""
    who = browser("organiser")
    expect('action="/exports/sheet.pdf"' in who.get("/exports").text)
    for query, words in (("session=A4", ["A4", "Signature"]), (f"day={kit.DAY}&half=morning", [])):
        answer = who.get("/exports/sheet.pdf?" + query)
        expect(answer.status == 200 and answer.body.startswith(b"%PDF"), query, answer)
        expect(answer.headers["Content-Type"] == "application/pdf", answer.headers)
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=answer.body, capture_output=True, check=True
        ).stdout.decode()
        for word in words + ["签到表"]:
            expect(word in text, word, text[:1500])
    for query in ("session=Z9", "", "day=2031-01-01", "session=--help"):
        expect(who.get("/exports/sheet.pdf?" + query).status == 400, query)
    expect(browser("viewer").get("/exports/sheet.pdf?session=A4").status == 403)


def test_report():
    """The report of the congress is the command's, from the page of exports."""
    who = browser("organiser")
    expect('action="/exports/report.pdf"' in who.get("/exports").text)
    answer = who.get("/exports/report.pdf")
    expect(answer.status == 200 and answer.body.startswith(b"%PDF"), answer)
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=answer.body, capture_output=True, check=True
    ).stdout.decode()
    for word in ("Rapport du congrès", "大会报告", "À quoi chaque délégation a pris part"):
        expect(word in text, word, text[:1500])
    expect(browser("viewer").get("/exports/report.pdf").status == 403)


def test_exports_hide_protocol_guests():
    """Their rows are there, so that sums hold; their names for protocol alone."""
    people = PLACE["congress"].people
    guests = [r for r, b in people.items() if b.get("protocol")]
    for role, seen in (("organiser", False), ("administrator", False), ("protocol", True)):
        rows, _ = take(role, "people.csv")
        expect(len(rows) == len(people), role, len(rows))
        told = [cell for row in rows for cell in row]
        for reference in guests:
            expect((reference in told) == seen, role, reference)


def test_exports_defused():
    """What a spreadsheet would take for a formula is led by an apostrophe."""
    rows, _ = take("organiser", "people.csv")
    cells = [cell for row in rows for cell in row]
    expect(any(cell.startswith("'=cmd") for cell in cells), "the hostile name is there")
    expect(not any(cell[:1] in ("=", "@") for cell in cells))


def test_alert_closed():
    """With a reason, as a fact that names the account."""
    office, who = PLACE["office"], browser("protocol")
    key = re.search(r"/alert\?id=([0-9a-f]+)", who.get("/now").text)[1]
    expect(who.get("/alert?id=" + key).status == 200)
    expect(who.post("/alert?id=" + key, reason=" ", seen="1").status == 409)
    expect(who.post("/alert?id=" + key, reason="accompagné", seen="1").status == 303)
    facts = office.query("SELECT body FROM fact WHERE kind = 'alert-closed'")
    expect("accompagné" in str(facts) and '"protocol"' in str(facts), facts)
    wait_for(lambda: key not in who.get("/now").text, "the alert to go")


def test_two_who_correct():
    """Each writes what she has changed; what both have changed is not written over."""
    who = browser("organiser")
    reference = [r for r, b in PLACE["congress"].people.items() if not b.get("protocol")][7]
    page = who.get("/people/" + reference).text
    was = dict(re.findall(r'name="(was-\w+)" value="([^"]*)"', page))
    was = {name: html.unescape(value) for name, value in was.items()}
    mine = {name.removeprefix("was-"): value for name, value in was.items()}
    expect(len(was) == 7, was)
    path = f"/people/{reference}/correct"
    expect(who.post(path, **was, **dict(mine, function_fr="Maire de Brest")).status == 303)
    # Her page is older than that.
    expect(who.post(path, **was, **dict(mine, given="Zoé-Marie")).status == 303)
    text = who.get("/people/" + reference).text
    expect("Maire de Brest" in text and "Zoé-Marie" in text, text)
    answer = who.post(path, **was, **dict(mine, function_fr="Maire de Nantes"))
    expect(answer.status == 409 and "Somebody else has just changed" in answer.text, answer)
    expect("Maire de Brest" in who.get("/people/" + reference).text)


def test_session_ends_in_mid_form():
    """What was being written is not lost: the page says how to send it again, and that works."""
    office = PLACE["office"]
    office.user("late")
    who = Browser(office, "en")
    expect(who.sign_in("late").status == 303)
    form = who.get("/account").form()
    expect(who.post("/signout").status == 303)
    fields = {"old": kit.PASSWORD, "new": "another long password", "form": form}
    answer = who.ask("POST", "/account/password", fields)
    expect(answer.status == 401 and "not lost" in answer.text, answer)
    expect('href="/signin" target="_blank"' in answer.text, answer)
    expect(who.sign_in("late").status == 303)
    answer = who.ask("POST", "/account/password", fields)
    expect(answer.status in (200, 303), answer)
    expect(Browser(office).sign_in("late", "another long password").status == 303)


def test_long_exports():
    """Of a file that takes long: how far it is, without a script; then the file; one is stopped."""
    who = browser("organiser")
    direct = who.get("/exports/people.csv").body

    def begin():
        """Behind others, so that it has to wait."""
        others = [threading.Thread(target=who.get, args=("/exports/report.pdf",)) for _ in range(4)]
        for other in others:
            other.start()
        answer = who.get("/exports/people.csv?watched=yes")
        return others, answer

    def waiting():
        others, answer = begin()
        while answer.status == 200:  # it was the first
            for other in others:
                other.join()
            others, answer = begin()
        expect(answer.status == 303, answer)
        return others, answer.headers["Location"]

    others, job = waiting()
    expect(re.fullmatch(r"/exports/job/[\w-]+", job), job)
    page = who.get(job)
    expect(page.status == 200 and "people.csv" in page.text, page)
    if "Stop it" in page.text:
        expect('<noscript><meta http-equiv="refresh" content="1">' in page.text, page)
    wait_for(lambda: "It is ready" in who.get(job).text, lambda: who.get(job).text)
    page = who.get(job).text
    expect(f'content="0; url={job}/people.csv"' in page, page)
    taken = who.get(job + "/people.csv")
    expect(taken.headers["Content-Disposition"] == 'attachment; filename="people.csv"', taken)
    expect(taken.body.split(b"\r\n\r\n")[0] == direct.split(b"\r\n\r\n")[0], "the same table")
    expect(who.get(job + "/other.csv").status == 404)
    expect(browser("administrator").get(job).status == 404, "another's")
    for other in others:
        other.join()
    others, job = waiting()
    expect(who.post(job + "/stop").status == 303)
    wait_for(lambda: "Stop it" not in who.get(job).text, lambda: who.get(job).text)
    page = who.get(job).text
    expect("It was stopped" in page or "It is ready" in page, page)
    expect(who.get(job + "/people.csv").status == (404 if "stopped" in page else 200))
    for other in others:
        other.join()


def test_today():
    """At the top of her page: inside since when, what she has, what she ate."""
    congress, who = PLACE["congress"], browser("organiser")
    reference = [r for r, b in congress.people.items() if not b.get("protocol") and b.get("meals")][
        9
    ]
    line = lambda: html.unescape(
        re.search(r'id="today">(.*?)</p>', who.get("/people/" + reference).text)[1]
    )
    at = lambda hour, minute: NOW_MS - ((13 - hour) * 60 + 44 - minute) * 60000 - 52000
    door, meal = congress.stations["est-1"], congress.stations["repas-1"]
    congress.push(door, [congress.passage(at(13, 40), reference, "entree-est", "out")])
    wait_for(lambda: "Went out at 13:40" in line(), line)
    congress.push(door, [congress.passage(at(13, 42), reference, "entree-est")])
    congress.push(meal, [congress.passage(at(13, 43), reference, "dejeuner-27")])
    wait_for(lambda: "Inside since 13:42" in line() and "meals today: " in line(), line)
    congress.push(door, [(NOW_MS, "loan", reference, {"item": "headset", "direction": "out"})])
    wait_for(lambda: "a headset lent" in line(), line)


def test_stations():
    """Invited and revoked by an administrator."""
    who = browser("administrator")
    answer = who.post("/stations/invite", station="nouveau-1")
    expect(answer.status == 200 and "ACCUEIL1:" in answer.text and "<svg" in answer.text, answer)
    expect(who.post("/stations/invite", station="Bad Name!").status == 400)
    expect(who.post("/stations/revoke?station=casques-1").status == 303)
    expect(
        PLACE["office"].query(
            "SELECT 1 FROM enrolment WHERE station = 'casques-1' AND revoked_ms > 0"
        )
    )


def test_stations_say_how_they_are():
    """Clock, version, what is to be sent, printers and paper; who needs somebody comes first."""
    congress, who = PLACE["congress"], browser("administrator")
    text = who.get("/stations").text
    expect(text.count("unknown") >= 3 * 8, "nothing is guessed", text.count("unknown"))
    congress.trouble()
    listed = lambda page: re.findall(r'<a href="/station/([^"]+)">.*?</tr>', page, re.S)
    wanted = ["est-2", "repas-1", "nord-1", "bureau-1"]
    now = lambda: listed(who.get("/stations").text)
    wait_for(lambda: now()[:4] == wanted, now)
    page = who.get("/stations").text
    rows = listed(page)
    row = {name: page.split(f'/station/{name}"')[1].split("</tr>")[0] for name in rows}
    expect("Out of paper: add blank badges." in row["est-2"], row["est-2"])
    expect("Soon out of paper" in row["nord-1"] and "ribbon" in row["nord-1"], row["nord-1"])
    expect(re.search(r"−4\.\d<", row["repas-1"]) and "1,312" in row["repas-1"], row["repas-1"])
    expect("ready" in row["est-1"], row["est-1"])
    expect("3 in need of attention" in page, page)
    sheet = who.get("/station/est-2").text
    for part in ("0.9.0", "Out of paper", "badges:", "reserve:", "Scans, by volunteer"):
        expect(part in sheet, part, sheet)
    numbers = rows_of(sheet, 'id="work"')
    counts = office_passages("est-2")
    expect(sum(n[0] for _, n in numbers[:-1]) == counts == numbers[-1][1][0], numbers, counts)
    expect(browser("leader").get("/station/est-2").status == 403)
    expect(who.get("/station/nobody").status == 404)
    bad = congress.stations["est-1"]
    bad.close()
    for body in (b"", b"[]", b"{}", b"x" * 9000):
        answer = bad.request("POST", "/v1/state", body)
        expect(answer.status in (400, 413), answer)
        bad.close()


def test_server_clock():
    """Where this server's own clock is wrong, the page says so and blames no station."""
    congress, who = PLACE["congress"], browser("administrator")
    to_be_set = "It is this server’s that is to be set."
    for ahead_ms, said in (
        (330_000, "5\u00a0min ahead of"),
        (-330_000, "5\u00a0min behind"),
        (0, None),
    ):
        for station in (congress.desk, *congress.stations.values()):
            congress.report(station, ahead_ms=ahead_ms)

        def shown():
            page = who.get("/stations").text
            there = (to_be_set in page, (said or "") in page, "clock is wrong" in page)
            return there == (bool(said), True, False)

        wait_for(shown, lambda: who.get("/stations").text)


def office_passages(station):
    return PLACE["office"].query(
        f"SELECT count(*) FROM passage WHERE station = '{station}' AND day = '{kit.DAY}'"
    )[0][0]


def test_message_and_name():
    """What the team writes on a screen, and how people call a station: facts of the account."""
    office, who = PLACE["office"], browser("administrator")
    answer = who.post("/station/est-1/message", fr="Porte <fermée>", zh="此门关闭")
    expect(answer.status == 303, answer)
    expect(who.get("/station/est-1").text.count("Porte &lt;fermée&gt;") == 1)
    expect(who.post("/station/est-1/name", fr="Grande porte", zh="大门").status == 303)
    wait_for(lambda: "Grande porte" in who.get("/stations").text, "the name")
    facts = dict(
        office.query(
            "SELECT kind, body FROM fact WHERE subject = 'est-1' AND kind IN "
            "('message', 'station-name')"
        )
    )
    expect(len(facts) == 2 and all('"administrator"' in str(b) for b in facts.values()), facts)
    expect(who.post("/station/est-1/message", fr="", zh="").status == 303)
    expect("Porte &lt;" not in who.get("/station/est-1").text)
    expect(who.post("/station/nobody/message", fr="x", zh="").status == 404)
    expect(browser("organiser").post("/station/est-1/name", fr="x", zh="").status == 403)
    expect(browser("organiser").post("/station/est-1/message", fr="Bonjour", zh="").status == 303)


def closable(who):
    """What can be closed on Now: title → address of its form."""
    items = re.findall(
        r"<li>(.*?)</li>", who.get("/now").text.partition('class="card todo"')[2], re.S
    )
    found = [
        (re.search(r"<h3>(.*?)</h3>", i)[1], re.search(r"/alert\?id=[0-9a-f]+", i)) for i in items
    ]
    return {title: address[0] for title, address in found if address}


def missing_lines(who):
    page = who.get("/now").text.split('class="card todo"', 1)[1]
    return [line for line in re.findall(r"<li>(.*?)</li>", page, re.S) if "is missing for" in line]


def test_every_kind_is_closed():
    """A copied badge, a badge that did not come out, a call, a printer, a silent station, a speaker
    who is due: each goes with a reason, which is a fact of the account; and what happens again is
    there again."""
    office, congress, who = PLACE["office"], PLACE["congress"], browser("organiser")
    reference = [r for r, b in congress.people.items() if not b.get("protocol")][5]
    badge = {"serial": 1, "reason": "first", "print": True, "volunteer": ""}
    est, north = congress.stations["est-1"], congress.stations["nord-1"]
    congress.push(
        est,
        [
            (NOW_MS, "badge-issued", reference, badge),
            (
                NOW_MS,
                "print",
                "est-1-job-1",
                {"state": "failed", "reference": reference, "serial": 1, "issuer": "est-1"},
            ),
            (NOW_MS, "call", "call:est-1", {"checkpoint": "entree-est"}),
        ],
    )
    shown = dict(code="badge", serial=1, issuer="est-1")
    for station, place in ((est, "entree-est"), (north, "entree-nord")):
        passage = congress.passage(NOW_MS, reference, place)
        passage[3].update(shown)
        congress.push(station, [passage])
    congress.trouble()
    ago = office.now_ms() - 300000
    quiet = f"UPDATE enrolment SET last_ms = {ago}, enrolled_ms = {ago} WHERE station = 'salle2-1'"
    wanted = {
        "A badge was shown where it cannot be": "double",
        "A badge was not printed": "failed",
        "Somebody asks for help": "call",
        "est-2 cannot print": "printer",
        "salle2-1 is silent": "silent",
        "Somebody is missing for": "speaker",
    }

    def open_ones(trouble="media-empty"):
        """What is told of stations grows old."""
        printer = {"queue": "badges", "state": "trouble", "troubles": trouble, "notes": ""}
        congress.report(congress.stations["est-2"], printers=[printer])
        office.change(quiet)
        return {w: a for w in wanted for title, a in closable(who).items() if w in title}

    wait_for(lambda: len(open_ones()) == len(wanted), lambda: (open_ones(), closable(who)))
    # Its silence taints what it feeds: all, and rooms; not the arrivals at entrances.
    stamps = re.findall(r'<p class="stamp">(.*?)</p>', who.get("/now").text, re.S)
    amber = [re.search(r'<b class="warn">salle2-1 silent for [^<]+</b>', s) for s in stamps]
    expect(amber[0] and re.search(r"(\d+) of (\d+) stations", stamps[0]), stamps)
    expect(any(amber[1:]) and not all(amber[1:]), stamps)
    arrivals = who.get("/now").text.split('id="arrivals-', 1)[1].split('<p class="stamp">', 1)[1]
    expect("silent" not in arrivals.split("</p>", 1)[0], arrivals[:300])
    # Who reads no names reads a line once, with how many it is about.
    alike = missing_lines(browser("viewer"))
    expect(len(set(alike)) == len(alike), alike)
    persons = [int((re.search(r"(\d+) persons", line) or [0, 1])[1]) for line in alike]
    expect(max(persons) > 1, alike)
    expect(sum(persons) == len(missing_lines(who)), alike, missing_lines(who))
    for words, kind in wanted.items():
        address = wait_for(lambda: open_ones().get(words), lambda: (words, closable(who)))
        form = who.get(address)
        expect(form.status == 200 and 'name="reason"' in form.text, words, form)
        seen = re.search(r'name="seen" value="(\d+)"', form.text)[1]
        expect(who.post(address, reason="", seen=seen).status == 409, words)
        answer = who.post(address, reason="vu par " + kind, seen=seen)
        expect(answer.status == 303, words, answer)
        body = office.query(
            f"SELECT body FROM fact WHERE kind = 'alert-closed' AND subject LIKE '{kind}:%'"
        )
        expect("vu par " + kind in str(body) and '"organiser"' in str(body), words, body)
        wait_for(lambda: address not in str(closable(who)), words)
        expect("done already" in who.get(address).text, words)
    # The same printer with another trouble; another call.
    congress.push(est, [(NOW_MS, "call", "call:est-1", {"checkpoint": "entree-est"})])
    wait_for(
        lambda: {"est-2 cannot print", "Somebody asks for help"} <= set(open_ones("media-jam")),
        lambda: closable(who),
    )


def test_conflict_is_decided():
    """One right that two stations saw used: listed until somebody decides, with a reason."""
    office, congress, who = PLACE["office"], PLACE["congress"], browser("organiser")
    reference = [
        r for r, b in congress.people.items() if not b.get("protocol") and "27" in b["days"]
    ][11]
    for name in ("est-1", "est-2"):
        passage = congress.passage(NOW_MS, reference, "entree-est")
        congress.push(congress.stations[name], [passage])

    def listed():
        for item in re.findall(r"<li>(.*?)</li>", who.get("/now").text, re.S):
            if "One right was used twice" in item and reference in item:
                return re.search(r"/alert\?id=[0-9a-f]+", item)[0]

    address = wait_for(listed, lambda: closable(who))
    page = who.get(address).text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    fields = {"seen": seen[1]} if seen else {}
    expect(who.post(address, reason="", **fields).status == 409)
    expect(who.post(address, reason="la même personne, deux fois", **fields).status == 303)
    facts = office.query(
        "SELECT body FROM fact WHERE kind = 'conflict-closed' AND station = 'hub' AND subject "
        f"LIKE '{reference}@%'"
    )
    expect(len(facts) == 1 and "deux fois" in str(facts) and "organiser" in str(facts), facts)
    wait_for(lambda: not listed(), lambda: closable(who))


def test_compressed():
    """What is drawn from the moment alone, and files; nothing that holds a word of the address
    beside a secret, and no stream."""
    who = browser("organiser")
    for path in ("/now", "/wall", "/delegations", "/services", "/stations"):
        plain, small = who.get(path), who.get(path, Accept_Encoding="gzip")
        expect(plain.headers["Content-Encoding"] is None, path)
        expect(small.headers["Content-Encoding"] == "gzip", path, small.headers)
        expect("Accept-Encoding" in small.headers["Vary"], path)
        same = lambda text: re.sub(r"\d", "0", text)
        unpacked = gzip.decompress(small.body).decode()
        expect(same(unpacked)[:400] == same(plain.text)[:400], path)
        expect(len(small.body) < 30 * 1024, path, len(small.body))
    for name in ("office.css", "office.js", "inter.otf"):
        small = who.get("/static/" + name, Accept_Encoding="gzip, br")
        expect(gzip.decompress(small.body) == who.get("/static/" + name).body, name)
    for path in (
        "/people?q=liu",
        "/people/FR-9001",
        "/sessions?session=A4",
        "/exports?day=x",
        "/account",
        "/alert?id=x",
        "/station/est-1",
        "/signin?next=/now",
    ):
        expect(who.get(path, Accept_Encoding="gzip").headers["Content-Encoding"] is None, path)
    connection, response = stream(who, headers={"Accept-Encoding": "gzip"})
    expect(response.getheader("Content-Encoding") is None, "a stream")
    connection.close()


class Tags(html.parser.HTMLParser):
    """What a browser makes of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            if name in ("href", "src", "action"):
                good = value.startswith("/logo/" if tag == "img" else ("/", "#", "data:,"))
                expect(good, "an address that leads elsewhere:", tag, name, value)


def test_hostile_names():
    """Every page, in each language, with every field and every text of others hostile."""
    who = browser("organiser")
    people = [f"/people/FR-9{number:03d}" for number in range(len(HOSTILE))]
    groups = ["/delegation?id=" + urllib.parse.quote(name) for name in HOSTILE]
    pages = ("/now", "/wall", "/account", "/delegations", "/sessions?session=A4", "/services")
    pages += ("/people?q=brien", "/stations", "/station/est-1", "/exports", *people, *groups)
    for language in ("fr", "zh", "en"):
        who.get(f"/language/{language}?next=/now")
        for path in (*pages, "/signin?next=" + "%22%3E%3Cscript%3E"):
            tags, answer = Tags(), who.get(path)
            expect(answer.status in (200, 303), path, answer)
            tags.feed(answer.text)
            expect(not tags.tags & {"iframe", "object", "embed", "style"}, path, tags.tags)
            expect("alert(1)</script>" not in answer.text, path)
            expect(not [a for a in tags.attributes if a.startswith("on")], path, tags.attributes)
    for path, name in zip(people, HOSTILE):
        told = html.unescape(who.get(path).text.split("<h3", 1)[1])
        expect(told.count(name) >= 8, "not all of it is told", path, told.count(name), told)


# What no page has written into an address. "a=b" are two parameters.
HOSTILE_VALUES = (
    "",
    "-1",
    "0",
    "99999999999999999999",
    "1e309",
    "2016-13-45",
    "2016-10-27T99:99",
    "%00",
    "x%00y",
    "%ff%fe",
    "%c0%af",
    "%ed%a0%80",
    "%",
    "%zz",
    "%E2%80%AE%D8%B9",
    "..%2f..%2fetc%2fpasswd",
    "';DROP TABLE fact;--",
    "%25s%25n",
    "%0d%0aSet-Cookie:%20a=b",
    "%F0%9F%92%A9" * 300,
    "x" * 3000,
    "x" * 40000,
)
HOSTILE_KEYS = "q id session day event delegation category state columns by half next station c"
HOSTILE_KEYS += " page seen watched form limit offset"


def test_hostile_questions():
    """Every address with parameters that are too long, of another kind, no text, or repeated: an
    answer that says so, or the page as if they were not there; never a fault, nor their echo in a
    header, and the hub goes on."""
    who, keys = browser("administrator"), HOSTILE_KEYS.split(" ")
    rows = [path for method, path, roles in table() if method == "GET"]
    seen = set()
    for path in rows:
        heavy = path in ("/live", "/exports/{file}")
        address = path.replace("{file}", "counts.csv").replace("/station/{name}", "/station/est-1")
        for number, value in enumerate(HOSTILE_VALUES):
            known = {"{ref}": "FR-0001", "{key}": "fr", "{name}": "office.css"}
            for name, good in known.items():
                address = address.replace(name, good)
            words = "&".join(f"{key}={value}" for key in keys)
            if len(value) > 1000:
                words = f"{keys[0]}={value}&{keys[1]}={value}"
            if number % 2 and not heavy:
                words += "&" + words
            if path == "/live":
                words = words.replace("page=", "live=")  # one that is known would go on
            try:
                answer = who.get(f"{address}?{words}")
            except OSError:  # cut off before all of it was sent
                expect(len(value) > 30000, path, value[:60])
                continue
            seen.add(answer.status)
            good = answer.status in (200, 303, 400, 404, 409, 413, 414, 431)
            expect(good, path, value[:60], answer.status, answer)
            expect("\n" not in str(answer.headers.get("Location", "")), answer.headers)
            expect(not answer.headers.get("Set-Cookie", "").startswith("a="), answer.headers)
    for value in HOSTILE_VALUES[1:-1]:
        if value in ("0", "-1") or "." in value:
            continue
        for path in ("/people/", "/station/", "/exports/", "/exports/job/", "/static/"):
            answer = who.get(path + value)
            expect(answer.status in (303, 400, 404, 414, 431), path, value[:60], answer.status)
    expect({200, 400, 404} <= seen, seen)
    expect(who.get("/now").status == 200)


ONE_EVENT = """
[congress]
fr = Assises de l’eau
zh = 水务论坛
place-fr = Brest
place-zh = 布雷斯特
timezone = Europe/Paris
days = 30:2016-10-30

[event assises]
days = 30
fr = Assises
zh = 论坛

[category elu]
colour = #1f3a93
fr = élu
zh = 民选代表

[session S1]
event = assises
day = 30
from = 14:00
to = 17:00
room = Salle 1
fr = Eau
zh = 水
capacity = 40

[checkpoint porte]
kind = entrance
fr = Porte
zh = 大门
event = assises
direction = both
opens = 30 00:00-23:00

[checkpoint salle]
kind = session
fr = Salle
zh = 会场
session = S1
"""
RIGHT_TO_LEFT = {
    "IL-1": ("כהן", "שרה", "עיריית חיפה"),
    "MA-1": ("الأمين", "محمد", "بلدية الدار البيضاء"),
}
CIRCLES = 250  # delegations, more than a page lists


def test_one_event_when_the_clock_goes_back():
    """A congress with one event, on a day with 25 hours, of people whose names are written from
    right to left, each of a delegation of her own."""
    office = Office("one-event", now="2016-10-30T10:00:00+01:00", event=ONE_EVENT)
    secret = office.user("organiser", "organiser")
    office.start()
    congress = Congress(office, 0)
    congress.people = {
        r: {"family": f, "given": g, "organisation_fr": o, "country": r[:2], "category": "elu"}
        for r, (f, g, o) in RIGHT_TO_LEFT.items()
    }
    for number in range(CIRCLES):
        body = {"family": f"Nom{number}", "given": "Zoé", "country": "FR"}
        congress.people[f"FR-{number:04d}"] = {**body, "delegation": f"Cercle {number}"}
    for body in congress.people.values():
        body.update(events=["assises"], days=["30"], workshops=["S1"])
        body.setdefault("delegation", body.get("organisation_fr"))
    congress.register()
    gate = kit.hub_kit.Raw(office, "porte-1")
    utc = 1477785600000  # midnight at Greenwich, two here; an hour later it is two again
    came = ((50, "FR-0001"), (70, "FR-0002"), (71, "IL-1"), (450, "MA-1"))
    passage = lambda minute, who: congress.passage(
        utc + minute * 60000, who, "porte", day="2016-10-30"
    )
    congress.push(gate, [passage(*event) for event in came])
    who = Browser(office, "en")
    expect(who.sign_in("organiser", secret=secret).status == 303)
    try:
        wait_for(lambda: figures(who.get("/now").text)[0] == len(came), "the passages")
        text = who.get("/now").text
        expect("The event" in text and "Two events" not in text and "Both" not in text, text)
        hours = [(hour, sum(n)) for hour, n in rows_of(text.replace("–", "0"), 'id="arrivals-')]
        night = [row for row in hours if row[0] == "02:00"]
        expect([n for _, n in night] == [3, 6], hours)  # each, the hour's sum, and of all doors
        expect("14:00–17:00" in text, "a session keeps its hours", text)
        for path in (
            "/now",
            "/wall",
            "/delegations",
            "/sessions?session=S1",
            "/services",
            "/meals",
        ):
            for language in ("fr", "zh", "en"):
                who.get(f"/language/{language}?next=/now")
                expect(who.get(path).status == 200, path, language)
        text = who.get("/delegations").text
        expect(text.count('<th scope="row" class="wrap"><a ') < 210, "all of them are listed")
        expect("The 200 largest are listed" in text and f"{CIRCLES} delegations" in text, text)
        expect(len(who.get("/delegations", Accept_Encoding="gzip").body) < 30 * 1024)
        for reference, (family, given, _) in RIGHT_TO_LEFT.items():
            shown = who.get("/people/" + reference).text
            expect(f"<bdi>{given} <b>{family}</b></bdi>" in shown, reference, shown)
        pdf = who.get("/exports/sheet.pdf?session=S1").body
        words = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True).stdout
        expect(f"{CIRCLES + 2} noms" in words.decode(), words.decode()[:300])
        for family, given, place in RIGHT_TO_LEFT.values():  # and no sign in place of a letter
            for part in (family, given, place):
                # poppler gives the letters of a ligature from left to right
                part = part.replace("\u0644\u0623", "\u0623\u0644")
                expect(part in words.decode(), part, words.decode()[:3000])
        expect("〓" not in words.decode())
    finally:
        gate.close()
        office.stop()


def symbol_of(pdf):
    """The text of the QR symbol on a PDF's first page."""
    words = ["pdftoppm", "-r", "200", "-gray", "-singlefile", pdf, pdf.with_suffix("")]
    subprocess.run(words, check=True)
    data = pdf.with_suffix(".pgm").read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(head[1]), int(head[2])
    grey = data[head.end() :]
    found = codes([[g < 128 for g in grey[y * width :][:width]] for y in range(height)])
    expect(len(found) == 1, found)
    return found[0]


def test_certificates_of_attendance():
    """a certificate says who came when, with the year; its symbol leads to the page that says the
    same to whoever asks; one sign altered, and nobody confirms it; a guest of the protocol is named
    on paper only; who never came gets none"""
    office, congress = PLACE["office"], PLACE["congress"]
    folder = Path(office.folder) / "certificates"
    env = dict(office.env, ACCUEIL_DB=office.db)
    words = [ACCUEIL, "certificate", "--all", "--url", "https://hub.example/", "-o", folder]
    done([ACCUEIL, "key", "new"], env=env)
    said = done(words, env=env).err
    written, absent = map(int, re.search(r"Certificates: (\d+)\. Never came: (\d+)", said).groups())
    papers = {pdf.stem: pdf for pdf in folder.glob("*.pdf")}
    expect(written == len(papers) > 10 and absent >= len(congress.absent), said)
    expect(not set(papers) & congress.absent, "one for somebody who never came")
    guests = {r for r, body in congress.people.items() if body.get("protocol")}
    for reference in [
        next(r for r in papers if r not in guests),
        next(r for r in papers if r in guests),
    ]:
        # As it stands now: others have corrected some.
        question = (
            "SELECT coalesce (nullif (name_zh, ''), family) FROM delegate WHERE reference = ?"
        )
        with contextlib.closing(sqlite3.connect(office.db)) as db:
            name = db.execute(question, [reference]).fetchone()[0].lower()
        text = done(["pdftotext", "-layout", papers[reference], "-"]).out
        for part in ("Attestation de présence", "参会证明", "2016", name):
            expect(part.lower() in text.lower(), part, text)
        url = symbol_of(papers[reference])
        expect(url.startswith("https://hub.example/certificate?c="), url)
        path = url.removeprefix("https://hub.example")
        for language, genuine in (("fr", "authentique"), ("zh", "属实"), ("en", "is genuine")):
            page = Browser(office, language).get(path)
            shown = name in page.text.lower()
            expect(page.status == 200 and genuine in page.text, language, page)
            expect(reference in page.text and shown == (reference not in guests), language, page)
        for at in (len(path) - 3, path.index("c=") + 6):
            other = path[:at] + ("a" if path[at] != "a" else "b") + path[at + 1 :]
            page = Browser(office).get(other)
            expect(page.status == 404 and name not in page.text.lower(), other, page)
    for words in (
        ["--all"],
        ["FR-0001", "-o", folder],
        ["FR-0001", "--url", "http://x", "-o", folder],
    ):
        done([ACCUEIL, "certificate", *words], env=env, status=2)
    said = done([ACCUEIL, "certificate", "FR-X", *words[1:3], "-o", folder], env=env, status=None)
    expect(said.code != 0, said)


def test_nothing_is_known_yet():
    """A hub that has no event file and knows nobody: every page says so, in each language."""
    office = Office("nothing", event="")
    secret = office.user("administrator", "administrator")
    office.start()
    who = Browser(office, "en")
    expect(who.sign_in("administrator", secret=secret).status == 303)
    try:
        for language in ("fr", "zh", "en"):
            who.get(f"/language/{language}?next=/now")
            for path in (
                "/now",
                "/wall",
                "/delegations",
                "/sessions",
                "/services",
                "/meals",
                "/people?q=li",
            ):
                expect(who.get(path).status == 200, path, language)
            for path in ("/stations", "/exports", "/account", "/stations/invite", "/notice"):
                expect(who.get(path).status == 200, path, language)
        expect("Nobody is expected." in who.get("/now").text)
        expect("<img" not in who.get("/now").text, "a logo of nobody")
        for name in ("people.csv", "people.xlsx", "counts.csv", "passages.csv", "rooms.csv"):
            expect(who.get("/exports/" + name).status == 200, name)
        for name in ("sheet.pdf", "sheet.pdf?session=A4", "report.pdf"):
            answer = who.get("/exports/" + name)
            expect(answer.status in (200, 400) and len(answer.text) > 100, name, answer)
        # Logos come and go with the event file, whatever their names.
        plain = evil = EVENT.read_text(encoding="utf-8")
        for number, name in enumerate(HOSTILE):
            evil += f"\n[logo evil{number}]\nfr = {name}\nzh = {name}\nfile = logos/tour.svg\n"
        office.load(evil)
        wait_for(lambda: re.findall(LOGO, who.get("/now").text), "the logos")
        for path in ("/now", "/wall"):
            tags, text = Tags(), who.get(path).text
            tags.feed(text)
            expect(not [a for a in tags.attributes if a.startswith("on")], path, tags.attributes)
            expect([html.unescape(row[1]) for row in re.findall(LOGO, text)] == HOSTILE, path, text)
        office.load(plain)
        wait_for(lambda: "<img" not in who.get("/now").text, "no logo")
        expect(who.get("/logo/ponts").status == 404)
    finally:
        office.stop()


def test_etag():
    who = browser("viewer")
    page = who.get("/now")
    same = who.get("/now", If_None_Match=page.headers["ETag"])
    expect(same.status in (200, 304), same)
    expect(who.get("/now", If_None_Match='"other"').status == 200)
    expect(browser("organiser").get("/now").headers["ETag"] != page.headers["ETag"])
    expect("no-cache" in page.headers["Cache-Control"], page)


def stream(who, path="/live?page=now", headers=None):
    """An open stream of events."""
    connection = http.client.HTTPSConnection(
        "127.0.0.1", PLACE["office"].web, timeout=HANGS_S, context=ssl._create_unverified_context()
    )
    cookies = "; ".join(f"{n}={v}" for n, v in who.cookies.items())
    connection.request("GET", path, headers={"Cookie": cookies, **(headers or {})})
    response = connection.getresponse()
    return connection, response


def events(response):
    """(name, id, data) as they come."""
    name = ident = ""
    data = []
    while line := response.readline():
        line = line.decode().rstrip("\n")
        if line == "" and data:
            yield name, ident, "\n".join(data)
            name, data = "", []
        elif line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("id:"):
            ident = line[3:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))


def test_live():
    """A scan comes by itself; who comes back with the last id gets only what is new."""
    office, congress = PLACE["office"], PLACE["congress"]
    who = browser("viewer")
    inside, _ = figures(who.get("/now").text)
    connection, response = stream(who)
    expect(
        response.status == 200 and response.headers["Content-Type"].startswith("text/event-stream")
    )
    coming = next(
        r
        for r, b in congress.people.items()
        if "27" in b["days"] and not office.query(f"SELECT 1 FROM passage WHERE reference = '{r}'")
    )
    station = congress.stations["est-1"]
    congress.push(station, [congress.passage(NOW_MS, coming, "entree-est")])
    last = ""
    for name, ident, data in events(response):
        last = ident or last
        if name == "part" and data.startswith("figure\n"):
            now, _ = figures(data)
            if now == inside + 1:
                break
    connection.close()
    connection, response = stream(who, headers={"Last-Event-ID": last})
    first = next(events(response))
    expect(first[0] in ("time", "part"), first)
    connection.close()
    expect(stream(browser(), "/live?page=now")[1].status == 401)
    expect(stream(who, "/live?page=none")[1].status == 404)


def test_one_recount_for_all():
    """Two hundred look, in whatever role and at whatever page: a change is counted once, and all
    get that count; whoever loads pages has nothing counted. An event's id ends with the count's
    number. The more look, the less often they are told: at two hundred twenty times a second."""
    office, congress, began = PLACE["office"], PLACE["congress"], time.monotonic()
    looking, counts = [], set()
    roles = ("viewer", "organiser", "leader", "administrator")
    pages = ("now", "wall", "delegations", "services")
    for role, page in itertools.islice(itertools.cycle(itertools.product(roles, pages)), 200):
        connection, response = stream(browser(role), "/live?page=" + page)
        looking.append((connection, events(response)))

    def shown(each, above):
        """The first count above @above that changes something of this reader's page."""
        for name, ident, _ in each:
            if ident:
                number = int(ident.rsplit("-", 1)[1])
                counts.add(number)
                if name == "part" and number > above:
                    return number

    last = max(shown(each, 0) for _, each in looking)
    for _ in range(40):
        expect(browser("viewer").get("/now").status == 200)
    coming = [
        r
        for r, b in congress.people.items()
        if "27" in b["days"] and not office.query(f"SELECT 1 FROM passage WHERE reference = '{r}'")
    ][:23]
    come_in = lambda r: congress.push(
        congress.stations["est-1"], [congress.passage(NOW_MS, r, "entree-est")]
    )
    for reference in coming[:3]:
        come_in(reference)
        last = max([shown(each, last) for _, each in looking])
    # One a passage, and what is counted by the clock: once in five seconds.
    most = 3 + (time.monotonic() - began) / 5 + 2
    expect(len(counts) <= most < len(looking), counts, most)
    inside, _ = figures(browser("viewer").get("/now").text)
    connection, response = stream(browser("viewer"))  # who has nothing left to read
    looking.append((connection, events(response)))
    next(looking[-1][1])
    began, told = time.monotonic(), set()
    for reference in coming[3:]:
        come_in(reference)
    for name, ident, data in looking[-1][1]:
        told.update([ident] if ident else [])
        if data.startswith("figure\n") and figures(data)[0] == inside + len(coming[3:]):
            break
    expect(len(told) <= (time.monotonic() - began) / 0.05 + 3, told, time.monotonic() - began)
    for connection, _ in looking:
        connection.close()


def test_stream_ends_with_its_account():
    office = PLACE["office"]
    office.user("gone")
    who = Browser(office)
    who.sign_in("gone")
    connection, response = stream(who)
    run(HUB, "--db", office.db, "user", "remove", "gone")
    names = [name for name, _, _ in events(response)]
    expect(names[-1] == "end", names)
    connection.close()


def test_stop_and_back():
    """A hub that was killed comes back, and knows who looks."""
    office, who = PLACE["office"], browser("viewer")
    office.stop(9)
    office.start()
    expect(who.get("/now").status == 200)


def test_user_command():
    office = PLACE["office"]
    text = run(HUB, "--db", office.db, "user", "list")
    expect("viewer" in text and "administrator" in text, text)
    listed = json.loads(run(HUB, "--db", office.db, "user", "list", "--json"))
    expect(next(a for a in listed if a["name"] == "leader")["delegation"] == "france", listed)
    expect(not any("hash" in a for a in listed), listed)
    for words, status in (
        (("add", "viewer"), 1),
        (("add", "x"), 1),
        (("add", "new", "--role", "king"), 2),
        (("add", "new", "--role", "leader"), 2),
        (("remove", "nobody"), 1),
        (("fly",), 2),
    ):
        run(HUB, "--db", office.db, "user", *words, status=status)
    # Not in any fact, nor in what stations get.
    expect(not office.query("SELECT 1 FROM fact WHERE body LIKE '%argon2id%'"))


if __name__ == "__main__":
    try:
        prepare()
        main(tests_of(vars()))
    finally:
        if "office" in PLACE:
            PLACE["office"].stop()
