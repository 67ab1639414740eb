"""For the tests of the organisers' pages: a congress in the middle of its second day, played by
stations that are made here, and a hub that shows it."""
import csv
import http.client
import json
import os
import random
import re
import shutil
import ssl
import subprocess
import time
import urllib.parse

from . import hub as hub_kit
from .run import CHINESE, DEMO, EVENT, FRENCH, HUB, ACCUEIL, done, environment
from .wait import HANGS_S
from .tap import expect

NOW = "2016-10-27T13:44:52+08:00"
NOW_MS = 1477547092000
DAY = "2016-10-27"
PASSWORD = "correct horse battery"
PEOPLE = 2140
# (station, checkpoint, its kind)
STATIONS = (
    ("est-1", "entree-est"),
    ("est-2", "entree-est"),
    ("nord-1", "entree-nord"),
    ("repas-1", "dejeuner-27"),
    ("casques-1", "casques"),
    ("salle1-1", "atelier-a3"),
    ("salle1-2", "atelier-a4"),
    ("salle2-1", "atelier-a5"),
)
# A second entrance of the first event, beside those of the demo.
MORE = """
[checkpoint entree-nord]
kind = entrance
fr = Entrée Nord
zh = 北入口
event = rencontres
opens = 26 07:30-19:00; 27 08:00-19:00; 28 08:00-25:30
"""
# The demo's logos, for the end of an event file.
LOGOS = (DEMO / "logos" / "logos.ini").read_text(encoding="utf-8")
# Arrivals of a quarter of an hour from 8:00 on, in parts of a thousand.
CURVE = (49, 82, 124, 157, 182, 133, 70, 33, 17, 11, 8, 6, 5, 3, 2, 4, 4, 7, 11, 16, 22, 30, 24)


class Office(hub_kit.Hub):
    """A hub with its pages."""

    def __init__(self, name, now=NOW, event=None):
        """@event: the text of an event file, or '' for none: else that of the demo."""
        super().__init__(name)
        self.env = environment(hub_kit.ENVIRONMENT, (), ACCUEIL_NOW=now)
        self.web = 0
        self.listen = None  # "unix:PATH" for a proxy
        self.more = []
        if event != "":
            self.load(EVENT.read_text(encoding="utf-8") + MORE if event is None else event)

    def load(self, text):
        event = os.path.join(self.folder, "congress.ini")
        with open(event, "w", encoding="utf-8") as file:
            file.write(text)
        shutil.copytree(DEMO / "logos", os.path.join(self.folder, "logos"), dirs_exist_ok=True)
        early = dict(self.env, ACCUEIL_DB=self.db, ACCUEIL_NOW="2016-09-01T09:00:00+08:00")
        done([ACCUEIL, "event", "load", event], env=early)

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [HUB, "--db", self.db, "--listen", f"127.0.0.1:{self.port}"]
            + ["--web", self.listen or f"127.0.0.1:{self.web}", *self.more],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=self.env,
        )
        self.began = time.monotonic()
        pages = b"pages on " + (self.listen.encode() if self.listen else b"https://127.0.0.1:")
        for name, pattern in (("web", pages), ("port", b"listening on ")):
            line = self.process.stdout.readline()
            expect(line.startswith(pattern), f"the hub says: {line!r}", open(self.log.name).read())
            if not pattern.startswith(b"pages on unix:"):
                setattr(self, name, int(line.rsplit(b":", 1)[1]))
        return self

    def now_ms(self):
        """The hub's clock: it goes on from when it was started (ACCUEIL_NOW)."""
        return NOW_MS + int((time.monotonic() - self.began) * 1000)

    def user(self, name, role="viewer", password=PASSWORD, **options):
        """Adds an account; answers the secret of its one-time codes, or ''."""
        words = [HUB, "--db", self.db, "user", "add", name, "--role", role, "--password-stdin"]
        for option, value in options.items():
            words += ["--" + option, value]
        said = done(words, stdin=password + "\n", env=self.env).out
        found = re.search(r"secret=([A-Z2-7]+)", said)
        return found[1] if found else ""

    def roles(self):
        """An account of each role: name → secret."""
        made = {}
        for role in ("viewer", "organiser", "protocol", "administrator"):
            made[role] = self.user(role, role)
        made["leader"] = self.user("leader", "leader", delegation="france")
        return made


def code_of(secret, moment=None):
    """The one-time code of RFC 6238, made anew here."""
    import base64
    import hashlib
    import hmac

    step = int((time.time() if moment is None else moment) // 30)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1000000:06d}"


class Page:
    """An answer of the pages."""

    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body
        self.text = body.decode("utf-8", "replace")

    def form(self):
        found = re.search(r'name="form" value="([0-9a-f]+)"', self.text)
        return found[1] if found else ""

    def __repr__(self):
        return f"HTTP {self.status} {dict(self.headers)} {self.text[:800]}"


class Browser:
    """Somebody who looks, with her cookies; no script runs."""

    def __init__(self, office, language="fr"):
        self.office, self.cookies, self.language = office, {}, language

    def ask(self, method, path, fields=None, headers=None):
        """@fields: of a form, or bytes as they are."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.office.web, timeout=HANGS_S, context=context
        )
        headers = {"Accept-Language": self.language, **(headers or {})}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        body = None
        if fields is not None:
            body = fields if isinstance(fields, bytes) else urllib.parse.urlencode(fields)
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection.request(method, urllib.parse.quote(path, safe="/?=&%#:"), body, headers)
        response = connection.getresponse()
        page = Page(response, response.read())
        for text in response.headers.get_all("Set-Cookie") or ():
            name, value = text.split(";")[0].split("=", 1)
            if "Max-Age=0" in text:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        connection.close()
        return page

    def get(self, path, **headers):
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path, **fields):
        """With the token of this session, as its pages have it."""
        fields.setdefault("form", self.get("/account").form())
        return self.ask("POST", path, fields)

    def sign_in(self, name, password=PASSWORD, secret=""):
        fields = {"name": name, "password": password}
        if secret:
            fields["code"] = code_of(secret)
        return self.ask("POST", "/signin", fields)


# The congress -----------------------------------------------------------------------------------


def names():
    """Family and given names of the demo's lists, by country."""
    with open(FRENCH, encoding="utf-8-sig") as file:
        rows = list(csv.reader(file, delimiter=";"))
    french = [(row[2], row[3]) for row in rows[1:] if len(row) > 3]
    return french


def people(count=PEOPLE, seed=1):
    """Registrations: reference → body."""
    chance = random.Random(seed)
    french_family = "Aubépart Barthélémy Château Jégou Kerdoncuff Naïm Sévigné".split()
    french_given = "Cécile Hervé Joëlle Raphaël Chloé Étienne Geneviève Yaël".split()
    chinese = [
        ("Ouyang", "欧阳"),
        ("Sima", "司马"),
        ("Ma", "马"),
        ("Liu", "刘"),
        ("Guo", "郭"),
        ("Yang", "杨"),
        ("Lin", "林"),
    ]
    chinese_given = [
        ("Siyuan", "思远"),
        ("Zhe", "喆"),
        ("Jiayi", "嘉怡"),
        ("Zihan", "子涵"),
        ("Jing", "静"),
        ("Kun", "堃"),
        ("Yutong", "雨桐"),
    ]
    places = {
        "FR": [
            ("Région Occitanie", "奥克西塔尼大区"),
            ("Région Bretagne", "布列塔尼大区"),
            ("Ville de Marseille", "马赛市"),
            ("Toulouse Métropole", "图卢兹都市区"),
            ("Ville du Havre", "勒阿弗尔市"),
            ("Département de l’Essonne", "埃松省"),
            ("Bordeaux Métropole", "波尔多都市区"),
            ("Rennes Métropole", "雷恩都市区"),
            ("Ville de Montpellier", "蒙彼利埃市"),
            ("Région Île-de-France", "法兰西岛大区"),
            ("Ville d’Angers", "昂热市"),
            ("Région Pays de la Loire", "卢瓦尔河地区"),
        ],
        "CN": [
            ("Municipalité de Chengdu", "成都市"),
            ("Municipalité de Chongqing", "重庆市"),
            ("Municipalité de Wuhan", "武汉市"),
            ("Municipalité de Qingdao", "青岛市"),
            ("Municipalité de Dalian", "大连市"),
            ("Municipalité de Hangzhou", "杭州市"),
            ("Municipalité de Canton", "广州市"),
            ("Affaires étrangères du Jiangsu", "江苏省外办"),
            ("APCAE du Sichuan", "四川省外办"),
            ("Municipalité de Luoyang", "洛阳市"),
        ],
    }
    categories = (
        ["elu"] * 4
        + ["technicien"] * 5
        + ["entreprise"] * 6
        + ["universitaire"] * 3
        + ["expert", "association", "presse"]
    )
    made = {}
    for number in range(1, count + 1):
        country = chance.choices(("FR", "CN", "BE"), (468, 520, 12))[0]
        place = chance.choice(places.get(country, places["FR"]))
        both = chance.random() < 0.21
        first = both or chance.random() < 0.614
        days = [d for d in ("26", "27", "28") if first and chance.random() < 0.95]
        days += ["29"] if both or not first else []
        body = {
            "category": chance.choice(categories),
            "country": country,
            "organisation_fr": place[0],
            "organisation_zh": place[1],
            "delegation": place[0],
            "events": (["rencontres"] if first else []) + (["foire"] if both or not first else []),
            "days": days or ["27"],
            "workshops": chance.sample(["A1", "A2", "A3", "A4", "A5", "A6"], 1)
            if chance.random() < 0.4
            else [],
            "meals": chance.random() < 0.8,
            "headset": chance.random() < 0.4,
            "language": "zh" if country == "FR" else "fr",
        }
        if country == "CN":
            family, given = chance.choice(chinese), chance.choice(chinese_given)
            body.update(family=family[0], given=given[0], name_zh=family[1] + given[1])
        else:
            body.update(family=chance.choice(french_family), given=chance.choice(french_given))
        if number % 150 == 0:
            body["protocol"] = True
        if number % 7 == 0:
            body["diet"] = ["vegetarian"] if number % 3 else ["halal", "nuts", "Allergie au céleri"]
        made[f"{country}-{number:04d}"] = body
    # Three of each side speak in each session, and one leads.
    for index, session in enumerate(("A3", "A4", "A5")):
        for country in ("FR", "CN"):
            here = [r for r, b in made.items() if b["country"] == country and "27" in b["days"]]
            for place, reference in enumerate(here[index * 4 : index * 4 + 4]):
                made[reference]["role"] = ("intervenant " if place < 3 else "animateur ") + session
                made[reference]["workshops"] = [session]
    return made


# What is longest of each: whoever draws a page for Lin draws it for these too.
LONGEST = {
    "FR-9901": {
        "family": "de La Rochefoucauld-Liancourt d’Estissac",
        "given": "Marie-Antoinette Emmanuelle",
        "country": "FR",
        "category": "elu",
        "function_fr": "Vice-présidente chargée de la coopération décentralisée et des jumelages",
        "organisation_fr": "Communauté d’agglomération Saint-Quentin-en-Yvelines–Rambouillet",
        "organisation_zh": "伊夫林省圣康坦昂伊夫林与朗布依埃城镇共同体",
        "rank": "president",
    },
    "CN-9902": {
        "family": "Abdurahmanjan-Memetimin",
        "given": "Gulbahar Ainiwaer",
        "name_zh": "古丽巴哈尔·艾尼瓦尔·阿卜杜热合曼",
        "country": "CN",
        "category": "entreprise",
        "organisation_fr": "Comité permanent de l’Assemblée populaire du district de Yanbian",
        "organisation_zh": "延边朝鲜族自治州人民代表大会常务委员会外事侨务办公室",
        "rank": "president",
    },
}


class Congress:
    """Stations that play two days of it."""

    def __init__(self, office, count=PEOPLE, seed=1):
        self.office, self.people = office, people(count, seed)
        for reference, body in LONGEST.items():
            shared = {"events": ["rencontres"], "days": ["27"], "meals": True, "headset": True}
            self.people[reference] = {
                **shared,
                **body,
                "delegation": body["organisation_fr"],
                "role": "intervenant A4",
                "workshops": ["A4"],
                "hotel": "Grand Hôtel International du Lac de l’Ouest et des Congrès",
            }
        self.chance = random.Random(seed)
        self.stations = {}
        self.absent = set()

    def register(self):
        office = hub_kit.run(HUB, "--db", self.office.db, "invite", "bureau-1", "--role", "office")
        self.desk = hub_kit.Raw(self.office, "bureau-1", enrol=False)
        answer = self.desk.enrol(hub_kit.read_code(office.strip())["secret"])
        expect(answer.status == 200, answer)
        self.desk.token = answer.json["token"]
        self.push(
            self.desk,
            [
                (NOW_MS - 10 * 86400000 + i, "registration", r, b)
                for i, (r, b) in enumerate(self.people.items())
            ],
        )

    def push(self, station, events):
        """Facts (ms, kind, subject, body) of a station, in order."""
        station.close()  # the hub may have closed a connection that was silent
        facts = []
        for number, (ms, kind, subject, body) in enumerate(events):
            station.clock = (ms << 16) + number % 65536
            facts.append(station.fact(kind, subject, json.dumps(body, ensure_ascii=False)))
        for start in range(0, len(facts), 500):
            answer = station.push(facts[start : start + 500])
            expect(answer.status == 200, answer)

    def open(self):
        for name, _ in STATIONS:
            self.stations[name] = hub_kit.Raw(self.office, name)

    def report(self, station, **state):
        """A station says how it is, as its agent does."""
        station.close()
        body = {"version": "0.9.0", "clock_ms": self.office.now_ms(), "waiting": 0, "printers": []}
        body["clock_ms"] += state.pop("ahead_ms", 0)
        answer = station.request("POST", "/v1/state", json.dumps({**body, **state}).encode())
        # A station that was revoked is told so, and is not heard.
        expect(answer.status in (200, 401), answer)

    def trouble(self):
        """Stations of every kind of need, and things for a person to do."""
        printer = lambda queue, state="ready", troubles="", notes="": {
            "queue": queue,
            "state": state,
            "troubles": troubles,
            "notes": notes,
        }
        said = {
            "est-1": {"printers": [printer("badges")]},
            "est-2": {
                "printers": [printer("badges", "trouble", "media-empty"), printer("reserve")]
            },
            "nord-1": {"printers": [printer("badges", notes="media-low,marker-supply-low")]},
            "repas-1": {"waiting": 1312, "ahead_ms": -4200},
        }
        for station in (self.desk, *self.stations.values()):
            self.report(station, **said.get(station.name, {}))
        self.push(
            self.stations["est-2"], [(NOW_MS, "call", "call:est-2", {"checkpoint": "entree-est"})]
        )

    def passage(
        self, ms, reference, checkpoint, direction="in", verdict="ADMITTED", day=DAY, **more
    ):
        body = {"checkpoint": checkpoint, "verdict": verdict, "day": day, "direction": direction}
        body.update(
            period=day if verdict == "ADMITTED" and direction == "in" else "", code="ticket", **more
        )
        return (ms, "passage", reference, body)

    def play(self):
        """The morning of the second day, up to NOW."""
        chance, eight = self.chance, NOW_MS - (5 * 3600 + 44 * 60 + 52) * 1000
        due = [r for r, b in self.people.items() if "27" in b["days"]]
        came = [r for r in due if chance.random() < 0.85 and r not in self.absent]
        events = {name: [] for name, _ in STATIONS}
        inside = []
        for reference in came:
            quarter = chance.choices(range(len(CURVE)), CURVE)[0]
            width = 900000 if quarter < 22 else (14 * 60 + 52) * 1000
            ms = eight + quarter * 900000 + chance.randrange(width)
            station = chance.choices(("est-1", "est-2", "nord-1"), (4, 3, 3))[0]
            checkpoint = dict(STATIONS)[station]
            events[station].append(self.passage(ms, reference, checkpoint))
            out = chance.random() < 0.13
            if out:
                later = chance.randrange(ms, NOW_MS)
                events[station].append(self.passage(later, reference, checkpoint, "out"))
            else:
                inside.append((ms, reference))
        for _ in range(38):
            ms = chance.randrange(eight, NOW_MS)
            station = chance.choice(("est-1", "nord-1"))
            events[station].append(
                self.passage(ms, chance.choice(due), dict(STATIONS)[station], verdict="NOT_TODAY")
            )
        self.sessions(events, inside, eight)
        for name, station in self.stations.items():
            self.push(station, sorted(events[name], key=lambda event: event[0]))

    def sessions(self, events, inside, eight):
        chance = self.chance
        early = [r for ms, r in inside if ms < eight + 90 * 60000][:117]
        for reference in early:
            ms = eight + chance.randrange(85, 160) * 60000
            events["salle1-1"].append(self.passage(ms, reference, "atelier-a3"))
            events["salle1-1"].append(
                self.passage(
                    eight + 238 * 60000 + chance.randrange(60000), reference, "atelier-a3", "out"
                )
            )
        speakers = {b["role"].split()[1]: [] for b in self.people.values() if b.get("role")}
        for reference, body in self.people.items():
            if body.get("role"):
                speakers[body["role"].split()[1]].append(reference)
        here = {r for _, r in inside}
        for session, station, count in (("A4", "salle1-2", 103), ("A5", "salle2-1", 80)):
            first = [r for r in speakers[session] if r in here][:-1]
            rest = [r for _, r in inside if r not in first]
            for reference in (first + chance.sample(rest, min(count, len(rest))))[:count]:
                ms = NOW_MS - chance.randrange(20, 1200) * 1000
                events[station].append(self.passage(ms, reference, "atelier-" + session.lower()))
        for ms, reference in inside:
            if self.people[reference].get("meals") and chance.random() < 0.8:
                at = max(ms, eight + chance.randrange(225, 340) * 60000)
                if at < NOW_MS:
                    events["repas-1"].append(self.passage(at, reference, "dejeuner-27"))
