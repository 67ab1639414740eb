#!/usr/bin/env python3
"""Stations that know several hubs with one log, as the programs are: they go to another by
themselves when theirs is killed, come back, and let people in all the while; what is made at one
hub is good at the other at once. Prints TAP."""
import contextlib
import http.client
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.hub import ENVIRONMENT, Raw, read_code, run
from kit.office import PASSWORD, Browser
from kit.postgres import Postgres
from kit.run import ACCUEIL, HUB, codes_of, done, rows
from kit.tap import expect, main, say, tests_of
from kit.wait import HANGS_S, wait_for
from kit.webhooks import events_of, push_guest, receiver
from test_shared_log import SharedHub, moved, same
from test_sync_programs import Station


def congress(server, name):
    """Two hubs of one log with the demo's congress, both known to each other, and tickets."""
    one, address = moved(server, name)
    run(ACCUEIL, "key", "new", db=one.db)
    roster, sheet = (os.path.join(one.folder, file) for file in ("liste.csv", "tickets.csv"))
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Prénom;Organisation;Catégorie;Événements;Jours\n")
        for number in range(20):
            file.write(f"FR-{number};Nom{number};Anne;Région Bretagne;élu;Rencontres;26\n")
    run(ACCUEIL, "import", roster, "--yes", db=one.db)
    run(ACCUEIL, "ticket", "issue", "--csv", sheet, db=one.db)
    other = SharedHub(name + "_other", address)
    return one, other, list(codes_of(sheet).values())


class KnownStation(Station):
    def query(self, sql):
        return rows(self.db, sql)


class FullHub(SharedHub):
    """With pages, and what other programs read."""

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        places = ("--listen", "--web", "--api")
        self.process = subprocess.Popen(
            [HUB, "--db", self.db, "--log", self.address]
            + [word for place in places for word in (place, "127.0.0.1:0")],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=ENVIRONMENT,
        )
        for name, pattern in (("web", "pages on "), ("port", "listening on "), ("api", "api on ")):
            line = self.process.stdout.readline().decode()
            expect(line.startswith(pattern), line, open(self.log.name).read())
            setattr(self, name, int(line.rsplit(":", 1)[1]))
        return self


def speaks_to(station, hub):
    """Both its threads have a connection to @hub and to no other."""
    said = subprocess.run(
        ["ss", "-Htnp", "state", "established"], capture_output=True, text=True, check=True
    ).stdout
    ports = {
        line.split()[3].rsplit(":", 1)[1]
        for line in said.splitlines()
        if f"pid={station.agent.pid}," in line
    }
    return ports == {str(hub.port)}


def held_by(hub, station):
    return hub.query(f"SELECT ifnull (max (seq), 0) FROM fact WHERE station = '{station.name}'")[0][
        0
    ]


def own(station):
    return held_by(station, station)


def arrives(hub, station, began, what):
    """Everything that @station wrote is at @hub; how long that took."""
    wanted = own(station)
    wait_for(lambda: held_by(hub, station) == wanted, what)
    say(f"{what}: {time.monotonic() - began:.2f} s")


def test_another_hub(server):
    """A station goes to the other hub when its own is killed, lets people in without any, and
    comes back to its own"""
    one, other, codes = congress(server, "another_hub")
    codes = iter(codes)
    with one, other, contextlib.ExitStack() as ends:
        wait_for(lambda: len(addresses(one)) == 2, "each hub knows both")
        station = KnownStation(one, "est-1")
        code = one.invite("est-1")
        expect(f":{other.port}" in read_code(code)["others"], read_code(code))
        station.enrol(one, code=code)
        ends.callback(station.stop)
        station.start()
        wait_for(lambda: speaks_to(station, one), "the station is with its own hub")
        late, spare = KnownStation(one, "est-2"), one.invite("est-2")
        one.stop(signal.SIGKILL)
        began = time.monotonic()
        expect(station.scan(next(codes)) == "ADMITTED", "decided while its hub is dead")
        arrives(other, station, began, "own hub killed, taken by the other after")
        late.enrol(other, code=spare)
        one.start()
        wait_for(lambda: speaks_to(station, one), "it comes back")
        same(one, other)
        other.stop(signal.SIGKILL)
        one.stop(signal.SIGKILL)
        expect(station.scan(next(codes)) == "ADMITTED", "decided without any hub")
        other.start()
        began = time.monotonic()
        wait_for(lambda: held_by(other, station) == own(station), "the first that is back takes it")
        say(f"both killed, one back, taken after {time.monotonic() - began:.2f} s")
        one.start()
        same(one, other)


def test_all_hubs_new(server):
    """A station whose hubs are all gone, and others of the same log stand elsewhere, goes on; one
    code brings it there, with all that it has decided meanwhile"""
    one, other, codes = congress(server, "all_new")
    with contextlib.ExitStack() as ends:
        ends.enter_context(one), ends.enter_context(other)
        station = KnownStation(one, "est-1")
        station.enrol(one)
        ends.callback(station.stop)
        station.start()
        wait_for(lambda: held_by(other, station) == own(station) > 0, "in step")
        one.stop(signal.SIGKILL), other.stop(signal.SIGKILL)
        expect(station.scan(codes[0]) == "ADMITTED", "decided without any hub")
        third = ends.enter_context(SharedHub("all_new_third", other.address))
        run(HUB, "--db", third.db, "log", "forget", f"https://127.0.0.1:{one.port}")
        station.stop()
        station.enrol(third)
        station.start()
        wait_for(lambda: held_by(third, station) == own(station), "what was decided meanwhile")
        expect(station.scan(codes[1]) == "ADMITTED", "and it goes on")


def addresses(hub):
    return hub.query("SELECT value FROM local WHERE name GLOB 'hub-at:*'")


def test_group(server):
    """Ten machines join by one code, at either hub and all at once; an eleventh does not, nor
    anybody once it is over; who asks twice is counted once"""
    one, other, _ = congress(server, "one_code")
    with one, other:
        words = ["invite", "--group", "entree-est", "--count", "10", "--role", "gate"]
        code = run(HUB, "--db", one.db, *words).strip()
        secret = read_code(code)["secret"]
        expect("station" not in read_code(code), read_code(code))
        stations = [KnownStation(one, f"gate-{number}") for number in range(3)]
        threads = [
            threading.Thread(target=s.enrol, args=(one,), kwargs={"code": code}) for s in stations
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        stations[0].enrol(other, code=code)
        raws = [Raw((one, other)[n % 2], f"raw-{n}", enrol=False) for n in range(8)]
        states = [raw.enrol(secret, group="entree-est").status for raw in raws]
        expect(states == [200] * 7 + [403], states)
        expect(raws[6].enrol(secret, group="entree-est").status == 403, "none is left")
        expect(raws[7].enrol(secret, group="nobody").status == 403, "no such group")
        roles = one.query("SELECT DISTINCT role FROM enrolment_role")
        expect(roles == [("gate",)], roles)
        run(HUB, "--db", one.db, "revoke", "raw-0")
        words[4] = "2"
        again = read_code(run(HUB, "--db", other.db, *words).strip())["secret"]
        expect(raws[0].enrol(again, group="entree-est").status == 403, "revoked, by name")
        expect(raws[7].enrol(again, group="entree-est").status == 200, "a new code")
        words += ["--until", "2016-01-01T00:00:00"]
        expect("later than now" in run(HUB, "--db", one.db, *words, status=1), "over already")


def reads(hub, token):
    """The status with which @hub's figures are given to who shows @token."""
    place = http.client.HTTPSConnection(
        "127.0.0.1", hub.api, timeout=HANGS_S, context=ssl._create_unverified_context()
    )
    place.request("GET", "/v1/figures", headers={"Authorization": f"Bearer {token}"})
    status = place.getresponse().status
    place.close()
    return status


def look_at_pages(one, other):
    """Whoever is registered at a station of one hub is on the other's pages, too."""
    words = ["user", "add", "c.chateau", "--role", "organiser", "--password-stdin"]
    said = done([HUB, "--db", one.db, *words], stdin=PASSWORD + "\n", env=ENVIRONMENT).out
    raw, browser, longest = Raw(one, "bureau-pages"), Browser(one), 0.0
    browser.sign_in("c.chateau", secret=re.search(r"secret=([A-Z2-7]+)", said)[1])
    run(HUB, "--db", one.db, "role", raw.name, "office")
    for number, (here, browser.office) in enumerate(((one, other), (other, one)) * 2):
        body = json.dumps({"family": f"Pagier{number}"})
        raw.hub, began = here, time.monotonic()
        raw.close()
        expect(raw.push([raw.fact("registration", f"PG-{number}", body)]).status == 200)
        path = f"/people?q=pagier{number}"
        wait_for(lambda: f"PG-{number}" in browser.get(path).text, path)
        longest = max(longest, time.monotonic() - began)
    say(f"on the other hub's pages after {longest:.2f} s at most")


def test_what_hubs_share(server):
    """Who signs in at one hub is known at the other at once, and out of both when out of one; so
    are tokens, codes and what pages show; of webhooks one hub tells, and the other once that one
    is dead"""
    first, address = moved(server, "what_hubs_share")
    one, other = FullHub("share_one", address), FullHub("share_other", address)
    told, url = receiver()
    hook = ("webhook", "add", "all", url, "--scope", "protocol,conflict")
    run(HUB, "--db", first.db, *hook)
    words = ["user", "add", "li.na", "--role", "viewer", "--password-stdin"]
    done([HUB, "--db", first.db, *words], stdin=PASSWORD + "\n", env=ENVIRONMENT)
    with one, contextlib.ExitStack() as ends:
        tells = "SELECT value FROM local WHERE name = 'webhooks-sender'"
        wait_for(lambda: one.query(tells), "the first takes it upon itself to tell")
        ends.enter_context(other)
        for _ in range(4):  # who is slow enough finds it by chance
            browser = Browser(one)
            signed_in = browser.sign_in("li.na")
            expect(signed_in.status == 303, "signed in at one", signed_in)
            browser.office = other
            expect(browser.get("/account").status == 200, "and known at the other")
        look_at_pages(one, other)
        kept = dict(browser.cookies)
        browser.post("/signout")
        browser.office, browser.cookies = one, kept
        wait_for(lambda: browser.get("/account").status != 200, "signed out at both")
        for number, (here, there) in enumerate(((one, other), (other, one)) * 2):
            add = ("token", "add", f"t-{number}", "--scope", "figures", "--until", "2030-01-01")
            token = run(HUB, "--db", here.db, *add).strip()
            expect(reads(there, token) == 200, "a token, at once")
            raw = Raw(here, f"raw-{number}")
            raw.hub = there
            raw.close()
            expect(raw.pull(0).status == 200, "a station's, at once")
        push_guest(other)
        wanted = ["conflict", "protocol-arrival"]
        wait_for(lambda: events_of(told) == wanted, lambda: told.tries)
        noted = "SELECT json_array_length (value) FROM local WHERE name = 'webhooks-told'"
        wait_for(lambda: other.query(noted) == [(2,)], "what was told is noted for all")
        one.stop(signal.SIGKILL)
        began = time.monotonic()
        push_guest(other, "2")
        wanted = sorted(wanted + wanted)
        wait_for(lambda: events_of(told) == wanted, lambda: told.tries)
        say(f"who told was killed, the other tells after {time.monotonic() - began:.1f} s")
    ids = [told_id for told_id, _, _ in told.taken]
    expect(len(ids) == len(set(ids)), "each once", told.tries)


if __name__ == "__main__":
    with Postgres("failover") as SERVER:
        main(tests_of(globals()), lambda test: contextlib.nullcontext(SERVER))
