#!/usr/bin/env python3
"""The API of a running hub against its description (assets/api/openapi.json), both ways: what is
described is answered so, what is answered is described; who may read what; the figures are those of
the command line; and promtool is content with the metrics. TAP."""
import contextlib
import csv
import hmac
import http.client
import io
import json
import os
import random
import re
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.parse
from datetime import date, timedelta

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from kit.hub import ENVIRONMENT, FOLDER, Raw, run
from kit.run import (
    ACCUEIL,
    ASSETS,
    CHINESE,
    EVENT,
    FRENCH,
    GLOSSARY,
    HUB,
    TOP,
    accueil,
    environment,
)
from kit.tap import SEED, expect, main, tests_of
from kit.wait import HANGS_S, asked_to_end, wait_for
from kit.webhooks import Astray, Endless, events_of, push_guest, receiver

DESCRIPTION = json.loads((ASSETS / "api" / "openapi.json").read_text(encoding="utf-8"))
SOON = (date.today() + timedelta(days=2)).isoformat()
SCOPES = ("figures", "passages", "tables", "metrics")
TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}


class Answer:
    def __init__(self, response):
        self.status, self.type = response.status, response.getheader("Content-Type", "")
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"HTTP {self.status} {self.type} {self.body[:600]!r}"


class ApiHub:
    """A hub that other programs may read, and stations that push to it. As kit.hub.Hub, for Raw."""

    def __init__(self, name):
        self.folder = os.path.join(FOLDER, name)
        os.mkdir(self.folder)
        self.db = os.path.join(self.folder, "hub.db")
        run(ACCUEIL, "init", "--station", "hub", db=self.db)
        accueil("event", "load", EVENT, db=self.db)
        accueil("import", FRENCH, CHINESE, "--glossary", GLOSSARY, "--yes", db=self.db)
        self.tokens = {scope: self.add(scope, scope) for scope in SCOPES}
        self.tokens["protocol"] = self.add("protocol", "passages,tables,protocol")

    def add(self, name, scope, until=SOON, status=0):
        words = ("token", "add", name, "--scope", scope, "--until", until)
        return run(HUB, "--db", self.db, *words, status=status).strip()

    def invite(self, station):
        return run(HUB, "--db", self.db, "invite", station).strip()

    def change(self, sql):
        """What no program does."""
        with contextlib.closing(sqlite3.connect(self.db, timeout=60)) as db, db:
            db.execute(sql)

    def __enter__(self):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [HUB, "--db", self.db, "--listen", "127.0.0.1:0", "--api", "127.0.0.1:0"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=ENVIRONMENT,
        )
        ports = []
        for begins in ("listening on https://127.0.0.1:", "api on https://127.0.0.1:"):
            line = self.process.stdout.readline().decode()
            expect(line.startswith(begins), repr(line), open(self.log.name).read())
            ports.append(int(line.rsplit(":", 1)[1]))
        self.port, self.api = ports
        return self

    def __exit__(self, *_):
        expect(asked_to_end(self.process) == 0, open(self.log.name).read()[-2000:])
        self.process.stdout.close()
        self.log.close()

    def get(self, path, scope=None, token=None, method="GET", **query):
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.api, timeout=HANGS_S, context=context
        )
        token = token or self.tokens.get(scope)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if query:
            path += "?" + urllib.parse.urlencode(query)
        connection.request(method, path, headers=headers)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer


def random_passages(hub, stations=("est", "foire"), count=300):
    rand = random.Random(SEED)
    people = [row["reference"] for row in json.loads(accueil("roster", "--json", db=hub.db).out)]
    people = rand.sample(people, 60)
    places = ["entree-est", "entree-foire", "atelier-a1", "salon-vip"]
    for name in stations:
        station = Raw(hub, name)
        facts = []
        for _ in range(count // len(stations)):
            body = {
                "checkpoint": rand.choice(places),
                "verdict": rand.choice(["ADMITTED", "ADMITTED", "FULL"]),
                "day": rand.choice(["2016-10-26", "2016-10-27"]),
                "period": "",
                "code": "badge",
                "direction": rand.choice(["in", "in", "out"]),
            }
            facts.append(station.fact(subject=rand.choice(people), body=json.dumps(body)))
        answer = station.push(facts)
        expect(answer.status == 200, answer)
        station.close()


# A small reader of JSON Schema: what the description uses of it, and nothing else.
def misfits(value, schema, where="$"):
    """What of @value the schema does not allow."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return misfits(value, DESCRIPTION["components"]["schemas"][name], where)
    known = {"type", "properties", "required", "additionalProperties", "items", "enum", "pattern"}
    known |= {"description", "format", "minimum", "maximum"}
    expect(set(schema) <= known, f"the description uses what this test does not read: {schema}")
    found = []
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(
        value is None if name == "null" else type(value) is TYPES[name] for name in types
    ):
        return [f"{where} is {value!r}, and no {types}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where} is {value!r}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{where} is {value!r}")
    if isinstance(value, dict) and "properties" in schema:
        found += [
            f"{where}.{key} is missing" for key in schema.get("required", []) if key not in value
        ]
        for key, part in value.items():
            if key in schema["properties"]:
                found += misfits(part, schema["properties"][key], f"{where}.{key}")
            elif schema.get("additionalProperties") is False:
                found.append(f"{where}.{key} is not described")
    if isinstance(value, list) and "items" in schema:
        for index, part in enumerate(value):
            found += misfits(part, schema["items"], f"{where}[{index}]")
    return found


def check_described(answer, operation):
    """The status, type and shape of @answer are those of the description."""
    described = operation["responses"].get(str(answer.status))
    expect(described, f"this status is not described: {answer}")
    content = described["content"]
    kind = answer.type.split(";")[0]
    expect(kind in content, f"this type is not described: {answer}")
    if kind == "application/json":
        wrong = misfits(answer.json, content[kind]["schema"])
        expect(not wrong, answer, *wrong[:10])


def scope_of(operation):
    return operation["security"][0]["token"][0] if operation["security"] else None


def examples(name, parameter):
    """Values that are good, and some that are not."""
    schema = parameter["schema"]
    good = {"event": "rencontres", "day": "2016-10-26", "session": "A1", "delegation": "chine"}
    good |= {"category": "elu", "checkpoint": "entree-est", "after": 3, "limit": 2}
    good |= {"columns": None}
    if "enum" in schema:
        return schema["enum"], ["hat"]
    if schema["type"] == "integer":
        return [good[name]], ["-1", "hat"]
    return [good[name]] if good.get(name) else [], []


def test_described():
    """What is described is answered, as it is described, with each parameter; and wrong ones."""
    with ApiHub("described") as hub:
        random_passages(hub)
        for path, methods in DESCRIPTION["paths"].items():
            operation = methods["get"]
            for real in [
                path.replace("{file}", f) for f in ("people.csv", "counts.json", "rooms.xlsx")
            ]:
                check_operation(hub, real, operation)
        answer = hub.get("/v1/tables/hats.csv", "tables")
        expect(answer.status == 404, answer)
        check_described(answer, DESCRIPTION["paths"]["/v1/tables/{file}"]["get"])
        expect(hub.get("/v1/tables/people.csv", "tables", columns="hat").status == 400)
        expect(hub.get("/v1/tables/people.pdf", "tables").status == 404)
        expect(hub.get("/v1/openapi.json").json == DESCRIPTION)


def check_operation(hub, path, operation):
    scope = scope_of(operation)
    answer = hub.get(path, scope)
    expect(answer.status == 200, path, answer)
    check_described(answer, operation)
    for parameter in operation.get("parameters", []):
        name = parameter["name"]
        if parameter["in"] != "query":
            continue
        good, bad = examples(name, parameter)
        for value in good:
            answer = hub.get(path, scope, **{name: value})
            expect(answer.status == 200, path, name, value, answer)
            check_described(answer, operation)
        # A table reads the filters that it has.
        if path.startswith("/v1/tables") and not (path, name) in {
            ("/v1/tables/people.csv", "state"),
            ("/v1/tables/counts.json", "by"),
        }:
            continue
        for value in bad:
            answer = hub.get(path, scope, **{name: value})
            expect(answer.status == 400, path, name, value, answer)
            check_described(answer, operation)


def test_routes():
    """What the hub answers is described: each route, and no method but GET."""
    source = (TOP / "src" / "api" / "api_routes.c").read_text(encoding="utf-8")
    routes = set(re.findall(r'\{ "([A-Z]+)", "([^"]+)"', source))
    described = {
        (method.upper(), path)
        for path, methods in DESCRIPTION["paths"].items()
        for method in methods
    }
    expect(routes == described, routes ^ described)
    with ApiHub("routes") as hub:
        expect(hub.get("/v1/hats", "figures").status == 404)
        for method in ("POST", "PUT", "DELETE"):
            expect(hub.get("/v1/figures", "figures", method=method).status == 405, method)


def test_tokens():
    """Each route asks for its scope; a token ends by being revoked, and by its day."""
    with ApiHub("tokens") as hub:
        for path, methods in DESCRIPTION["paths"].items():
            needed = scope_of(methods["get"])
            path = path.replace("{file}", "counts.csv")
            for scope in SCOPES:
                wanted = 200 if needed in (None, scope) else 403
                expect(hub.get(path, scope).status == wanted, path, scope)
            expect(hub.get(path).status == (401 if needed else 200), path)
        for token in ("x", "figures.x", hub.tokens["figures"] + "x", "é.x", "." * 500):
            token = urllib.parse.quote(token)
            expect(hub.get("/v1/figures", token=token).status == 401, token)
        listed = json.loads(run(HUB, "--db", hub.db, "token", "list", "--json"))
        expect({row["name"] for row in listed} == set(hub.tokens), listed)
        secrets = [token.split(".")[1] for token in hub.tokens.values()]
        expect(not any(secret in json.dumps(listed) for secret in secrets))
        run(HUB, "--db", hub.db, "token", "revoke", "figures")
        expect(hub.get("/v1/figures", "figures").status == 401)
        hub.add("figures", "figures", until="2016-01-01", status=1)
        hub.add("passages", "figures", status=1)
        hub.add("hat", "hat", status=1)
        hub.add("A b", "figures", status=1)
        run(HUB, "--db", hub.db, "token", "add", "x", "--scope", "figures", status=2)
        run(HUB, "--db", hub.db, "token", "revoke", "nobody", status=1)


def test_equal():
    """Figures, counts and tables are those of the command line at the same head."""
    with ApiHub("equal") as hub:
        random_passages(hub)
        counts = json.loads(accueil("counts", "--json", "--by", "event", db=hub.db).out)
        answer = hub.get("/v1/counts", "figures", by="event").json
        expect(answer["counts"] == counts, answer)
        figures = hub.get("/v1/figures", "figures").json
        expect(figures["all"] == {key: counts[key] for key in ("registered", "arrived", "inside")})
        for mine, theirs in zip(figures["events"], counts["rows"]):
            expect(
                all(mine[key] == theirs[key] for key in ("id", "registered", "arrived", "inside"))
            )
        days = json.loads(accueil("counts", "--json", "--by", "day", db=hub.db).out)["rows"]
        for row in days:
            figures = hub.get("/v1/figures", "figures", day=row["id"]).json
            today = figures["today"]
            expect(today["expected"] == row["registered"], row, today)
            expect(today["arrived"] == row["arrived"] and today["inside"] == row["inside"], today)
            expect(sum(q["people"] for q in figures["quarters"]) == row["arrived"], row)
        path = os.path.join(hub.folder, "event.csv")
        accueil("export", "counts", "--output", path, "--separator", ",", db=hub.db)
        with open(path, encoding="utf-8-sig", newline="") as file:
            said = list(csv.reader(file))
        told = hub.get("/v1/tables/counts.csv", "tables").body.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(told)))
        end = said.index([])
        expect(rows[:end] == said[:end], rows, said)
        head = figures["as_of"]["head"]
        expect(answer["as_of"]["head"] == head, answer)
        expect(rows[-1][1] == said[-1][1] == head, rows[-1], said[-1], head)


def test_passages():
    """By cursor all passages come once, in the order of their arrival, and none is missed."""
    with ApiHub("passages") as hub:
        random_passages(hub, ("est",), 120)
        seen, after = [], 0
        while True:
            page = hub.get("/v1/passages", "passages", after=after, limit=50).json
            seen += page["passages"]
            expect(page["next"] >= after)
            after = page["next"]
            if not page["more"]:
                break
        expect(len(seen) == 120 and len({p["number"] for p in seen}) == 120, len(seen))
        random_passages(hub, ("nord",), 30)
        more = hub.get("/v1/passages", "passages", after=after).json["passages"]
        expect(len(more) == 30 and {p["station"] for p in more} == {"nord"}, more[:2])


def test_protocol():
    """Guests marked for protocol are named to tokens with that scope, and to no others."""
    with ApiHub("guests") as hub:
        guest = Raw(hub, "bureau")
        body = {"family": "Secretissime", "given": "Ada", "protocol": True, "country": "FR"}
        body |= {"events": ["rencontres"], "days": ["26"], "email": "ada@secret.example"}
        came = {"checkpoint": "entree-est", "verdict": "ADMITTED", "day": "2016-10-26"}
        came |= {"period": "", "code": "badge", "direction": "in"}
        run(HUB, "--db", hub.db, "role", "bureau", "office")
        facts = [
            guest.fact("registration", "VIP-007", json.dumps(body)),
            guest.fact("passage", "VIP-007", json.dumps(came)),
        ]
        expect(guest.push(facts).status == 200)
        guest.close()
        for path, scope in (
            ("/v1/tables/people.csv", "tables"),
            ("/v1/tables/people.json", "tables"),
            ("/v1/tables/passages.csv", "tables"),
            ("/v1/passages", "passages"),
            ("/v1/figures", "figures"),
            ("/metrics", "metrics"),
        ):
            hidden = hub.get(path, scope)
            expect(hidden.status == 200, path, hidden)
            for word in (b"VIP-007", b"ada@secret"):
                expect(word not in hidden.body, path, word)
            if scope in ("tables", "passages"):
                expect(b"VIP-007" in hub.get(path, "protocol").body, path)


def test_metrics():
    """promtool finds nothing to say; the door's numbers are there, and nobody's name."""
    with ApiHub("metrics") as hub:
        random_passages(hub)
        answer = hub.get("/metrics", "metrics")
        expect(answer.type == "text/plain; version=0.0.4; charset=utf-8", answer)
        said = subprocess.run(
            ["promtool", "check", "metrics"], input=answer.body, capture_output=True, check=False
        )
        expect(said.returncode == 0 and not said.stdout + said.stderr, said)
        text = answer.body.decode()
        counts = json.loads(accueil("counts", "--json", db=hub.db).out)
        admitted = re.search(r'^accueil_scans_total\{verdict="ADMITTED"\} (\d+)$', text, re.M)
        expect(int(admitted[1]) == counts["passages"], text)
        expect(f'accueil_people{{event="*",state="inside"}} {counts["inside"]}\n' in text, text)
        expect("accueil_stations 2\n" in text and "accueil_commits_total" in text, text)
        for family in ("Barthélémy", "example.org"):
            expect(family not in text)


def test_webhooks():
    """Who asked for it is told at once, signed, again where it failed, and once; others are not."""
    with ApiHub("hooks") as hub:
        all_of_it, url = receiver()
        few, few_url = receiver()
        hook = "webhook"
        words = ("add", "all", url, "--scope", "protocol,conflict,station")
        secret = run(HUB, "--db", hub.db, hook, *words).strip()
        run(HUB, "--db", hub.db, hook, "add", "few", few_url, "--scope", "conflict")
        for bad in (
            ("add", "all", url, "--scope", "conflict"),
            ("add", "x", url, "--scope", "hat"),
            ("add", "x", "http://example.org/", "--scope", "conflict"),
            ("add", "x", "file:///etc/passwd", "--scope", "conflict"),
            ("remove", "nobody"),
        ):
            run(HUB, "--db", hub.db, hook, *bad, status=1)
        push_guest(hub)
        wanted = ["conflict", "protocol-arrival"]
        wait_for(lambda: events_of(all_of_it) == wanted, lambda: all_of_it.tries)
        wait_for(lambda: events_of(few) == ["conflict"], lambda: few.tries)
        for _, headers, body in all_of_it.taken:
            check_signature(secret, headers["Accueil-Signature"], body)
            expect(b"Secretissime" not in body, body)
        told = {h["Accueil-Event"]: json.loads(b) for _, h, b in all_of_it.taken}
        expect(told["protocol-arrival"]["delegation"] == "france", told)
        # Its last contacts are still being written meanwhile.
        last_ms = int(time.time() * 1000) - 60000
        quiet = (
            f"UPDATE enrolment SET last_ms = {last_ms}, enrolled_ms = {last_ms} "
            "WHERE station = 'nord'"
        )
        wait_for(
            lambda: hub.change(quiet) or "station-silent" in events_of(all_of_it),
            lambda: all_of_it.tries,
        )
        expect(len(all_of_it.taken) == len({key for key, _, _ in all_of_it.taken}), "told twice")
        expect(events_of(few) == ["conflict"], few.taken)
        run(HUB, "--db", hub.db, hook, "remove", "few")


def test_webhooks_attacked():
    """Receivers that lead elsewhere or never come to an end: nothing goes to where they lead, the
    others are told meanwhile, and no log holds a secret."""
    with ApiHub("hooked") as hub:
        inner, inner_url = receiver()
        astray, astray_url = receiver(Astray)
        astray.leads_to = inner_url + "?stolen"
        endless, endless_url = receiver(Endless)
        good, good_url = receiver()
        secrets = []
        for name, url in (("weg", astray_url), ("ohne", endless_url), ("gut", good_url)):
            words = ("add", name, url + "/geheim?key=verborgen", "--scope", "conflict")
            secrets.append(run(HUB, "--db", hub.db, "webhook", *words).strip())
        for more in ("", "-2", "-3", "-4", "-5", "-6"):
            push_guest(hub, more)
        wait_for(lambda: len(good.taken) == 6, lambda: (good.tries, endless.tries))
        expect(0 < len(endless.tries) < 6, endless.tries)
        wait_for(lambda: astray.tries, "the one that leads astray to be asked")
        expect(not inner.tries, inner.tries)
        endless.ended = True
        with open(hub.log.name, encoding="utf-8") as log:
            said = log.read()
        expect(not [s for s in (*secrets, "geheim", "verborgen") if s in said], said)


def check_signature(secret, header, body):
    then, signature = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", header).groups()
    wanted = hmac.new(secret.encode(), f"{then}.".encode() + body, "sha256").hexdigest()
    expect(hmac.compare_digest(wanted, signature), header, body)
    expect(abs(time.time() - int(then)) < 600, then)


def test_readiness():
    """The hub says that it runs, and that it can write."""
    with ApiHub("ready") as hub:
        for path in ("/healthz", "/readyz"):
            wait_for(lambda: hub.get(path).body == b"ok\n", path)


main(tests_of(vars()))
