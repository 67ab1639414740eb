#!/usr/bin/env python3
"""Three days of the congress in a minute: hub, two stations, a real CUPS with a virtual IPP
printer, two countries' lists, tickets, scans, badges, a workshop's platform, meals, headsets,
counts, and the organisers' pages, which can be looked at in a browser of this machine while it
runs. `make demo` runs it; in a terminal the pages stay until Enter is pressed.

Everything that is shown is what the programs answered; a step that does not come out as it must
ends the demonstration with status 1. What it made stays in build/demo/."""
import json, os, re, shutil, signal, subprocess, sys, time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
from kit import venue, wait  # noqa: E402
from kit.run import codes_of  # noqa: E402
import office_pages as pages  # noqa: E402

BUILD = (TOP / os.environ.get("BUILD", "build/debug")).resolve()
OUT = TOP / "build" / "demo"
ASSETS = TOP / "assets" / "demo"
ENTRANCE, MEAL, ROOM, HEADSETS = "entree-est", "dejeuner-26", "atelier-a1", "casques"
BY = ("-v", "Li Na", "-r", "convocation oubliée")  # who lets somebody in by hand, and why
STATIONS = {"est-1": ("Entrée Est, poste 1", "东入口1号站"), "est-2": ("Entrée Est, poste 2", "东入口2号站")}
ONE, TWO = STATIONS
NAME, PASSWORD = "visiteur", "chengdu-marseille-2016"  # a viewer: figures, no names
PEOPLE = 6  # of each country, at each entrance: half

BOLD, DIM, GREEN, RED, PLAIN = (
    ("\033[1m", "\033[2m", "\033[32m", "\033[31m", "\033[0m") if sys.stdout.isatty() else ("",) * 5
)


class Failure(Exception):
    pass


def title(fr, zh):
    print("\n%s%s · %s%s" % (BOLD, fr, zh, PLAIN), flush=True)


def say(text):
    print("  " + text, flush=True)


def check(good, what):
    if not good:
        raise Failure(what)
    say("%s✓%s %s" % (GREEN, PLAIN, what))


def at(now):
    """ "09:12" of the first day, "27 09:12" of another, as the programs' clock takes it."""
    day, _, time_of_day = now.rpartition(" ")
    return "2016-10-%sT%s:00+08:00" % (day or "26", time_of_day)


def accueil(db, *arguments, now=None, status=0, stdin=None, both=False):
    """Runs the command on the replica of @db and answers its standard output; with @both, what it
    said on standard error before that."""
    env = dict(os.environ, ACCUEIL_DB=str(OUT / (db + ".db")))
    if now:
        env["ACCUEIL_NOW"] = at(now)
    result = subprocess.run(
        [BUILD / "accueil", *map(str, arguments)],
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
    )
    if status is not None and result.returncode != status:
        raise Failure(
            "accueil %s ended with %d, not %d:\n%s%s"
            % (
                " ".join(map(str, arguments)),
                result.returncode,
                status,
                result.stdout,
                result.stderr,
            )
        )
    return (result.stderr if both else "") + result.stdout


def wait_for(condition, what):
    try:
        return wait.wait_for(condition, what)
    except TimeoutError as error:
        raise Failure(str(error)) from None


class Demo:
    def __init__(self, cups, way):
        self.cups, self.way = cups, way
        self.processes = {}
        self.port = self.web = 0

    # Programs that run in the background ----------------------------------------------------------

    def start(self, name, *command, env=None):
        log = open(OUT / "logs" / (name + ".log"), "ab")
        self.processes[name] = subprocess.Popen(
            list(map(str, command)),
            env=env or os.environ,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )

    def stop(self, name, number=signal.SIGTERM):
        process = self.processes.pop(name)
        process.send_signal(number)
        wait.ended(process)

    def stop_all(self):
        for name in list(self.processes):
            self.stop(name)

    def log(self, name):
        return (OUT / "logs" / (name + ".log")).read_text(encoding="utf-8", errors="replace")

    def start_hub(self, now):
        """At the same ports each time, so that stations and browsers find it again."""
        (OUT / "logs" / "hub.log").unlink(missing_ok=True)
        self.start(
            "hub",
            BUILD / "accueil-hub",
            "--db",
            OUT / "hub.db",
            "--listen",
            "127.0.0.1:%d" % self.port,
            "--web",
            "127.0.0.1:%d" % self.web,
            env=dict(os.environ, ACCUEIL_NOW=at(now)),
        )

        def listening():
            if self.processes["hub"].poll() is not None:
                raise Failure("the hub has ended:\n" + self.log("hub"))
            said = self.log("hub")
            found = [
                re.search(what + r" on https://127\.0\.0\.1:(\d+)", said)
                for what in ("pages", "listening")
            ]
            return [int(f[1]) for f in found] if all(found) else None

        self.web, self.port = wait_for(listening, "the hub to listen")

    def move_on(self, now, *stations):
        """The clock of the hub, whose pages come back by themselves, and of @stations."""
        for station in stations:
            self.stop("agent-" + station)
        self.stop("hub")
        self.start_hub(now)
        for station in stations:
            self.start_agent(station, now)

    def start_agent(self, station, now="08:45"):
        env = dict(
            self.cups.env,
            ACCUEIL_DB=str(OUT / (station + ".db")),
            ACCUEIL_NOW=at(now),
        )
        self.start("agent-" + station, BUILD / "accueil", "agent", "--printer", station, env=env)

    # Questions ------------------------------------------------------------------------------------

    def heads(self):
        return {db: accueil(db, "verify").split()[-1] for db in ("hub", *STATIONS)}

    def in_step(self):
        return len(set(self.heads().values())) == 1

    def counts(self, db):
        return json.loads(accueil(db, "counts", "--json"))

    def scan(self, station, checkpoint, *images, now, lines=None, status=None):
        """Scans images of codes, or @lines of text; prints what the station says and answers its
        JSON."""
        arguments = ["scan", "--checkpoint", checkpoint]
        for image in images:
            arguments += ["--image", image]
        answers = [
            json.loads(l)
            for l in accueil(
                station,
                *arguments,
                "--json",
                now=now,
                status=status,
                stdin=lines if lines is not None else "",
            ).splitlines()
        ]
        for a in answers:
            say(
                "%s%-12s%s %s · %s  %s"
                % (
                    GREEN if a["verdict"] == "ADMITTED" else RED,
                    a["verdict"],
                    PLAIN,
                    a["fr"],
                    a["zh"],
                    a.get("name") or "",
                )
            )
        return answers

    # The day --------------------------------------------------------------------------------------

    def prepare(self):
        title(
            "Le serveur central : le congrès, les deux listes, les convocations",
            "中央服务器：活动、两份名单、参会凭证",
        )
        accueil("hub", "init", "--station", "hub", now="08:00")
        shutil.copytree(ASSETS / "logos", OUT / "logos")
        event = OUT / "congress.ini"  # as the organisers have it: with their logos beside it
        texts = [(ASSETS / name).read_text() for name in ("congress.ini", "logos/logos.ini")]
        event.write_text("".join(texts))
        accueil("hub", "event", "load", event, now="08:00")
        accueil("hub", "key", "new", now="08:00")
        imported = accueil(
            "hub",
            "import",
            ASSETS / "inscriptions-cuf.csv",
            ASSETS / "报名表.csv",
            "--glossary",
            ASSETS / "glossaire-术语表.csv",
            "--yes",
            now="08:00",
            both=True,
        )
        for line in imported.splitlines():
            if not line.startswith(("+ ", "~ ")):
                say(DIM + line + PLAIN)
        accueil(
            "hub",
            "ticket",
            "issue",
            "--csv",
            OUT / "convocations.csv",
            "--png",
            OUT / "tickets",
            now="08:00",
        )
        self.roster = json.loads(accueil("hub", "roster", "--json"))
        check(len(self.roster) == 320, "320 délégués · 320位代表")
        check(
            len(list((OUT / "tickets").glob("*.png"))) == 320,
            "320 convocations à code QR · 320张二维码参会凭证 → build/demo/tickets/",
        )

    def lists(self):
        title(
            "Rendez-vous d'affaires, signatures, aéroport, navettes, cortège, groupes de travail",
            "商务洽谈、签约、接机、班车、车队、工作组",
        )
        for name, kind in (
            ("rendez-vous-商务洽谈.csv", "meeting"),
            ("签约-signatures.csv", "signature"),
            ("vols-航班.csv", "arrival"),
            ("班车-navettes.csv", "shuttle"),
            ("cortege-车队.csv", "motorcade"),
            ("groupes-工作组.csv", "group"),
        ):
            words = ("appointments", "import", ASSETS / name, "--kind", kind)
            for line in accueil("hub", *words, now="08:00", both=True).splitlines():
                say(line)
        sheet = OUT / "navettes-班车.pdf"
        words = ("--kind", "shuttle", "--day", "27", "-o", sheet)
        accueil("hub", "appointments", *words, now="08:00")
        crowded = accueil("hub", "appointments", "--kind", "shuttle", now="08:00")
        check(
            "17/16 !" in crowded,
            "une navette a plus de passagers que de places, et on le dit · 一趟班车超员，已提示",
        )

    def signatures(self):
        title(
            "Le 27, 9 h 30 : les deux parties de chaque signature sont-elles là ?",
            "27日9:30：签约双方都到了吗？",
        )
        wait_for(self.in_step, "the hub to have heard both stations")
        words = ("appointments", "--kind", "signature", "--day", "27")
        for line in accueil("hub", *words, now="27 09:30").splitlines():
            say(line)
        words = ("appointments", "--kind", "arrival", "--missing")
        flights = accueil("hub", *words, now="27 09:30", status=None)
        check(
            "–" in flights or "✓" in flights,
            "et qui reste à accueillir à l'aéroport · 以及机场尚待迎接的人",
        )

    def open_pages(self):
        title("Les pages des organisateurs", "组织者页面")
        added = subprocess.run(
            [BUILD / "accueil-hub", "--db", OUT / "hub.db"]
            + ["user", "add", NAME, "--role", "viewer", "--password-stdin"],
            input=PASSWORD + "\n",
            capture_output=True,
            text=True,
        )
        if added.returncode != 0:
            raise Failure("no account: " + added.stdout + added.stderr)
        self.start_hub("08:40")
        self.way.open(self.web)
        say("%shttps://127.0.0.1:%d%s   %s   %s" % (BOLD, self.way.port, PLAIN, NAME, PASSWORD))
        say(
            DIM
            + "le navigateur avertit : le certificat est celui du serveur lui-même · "
            + "浏览器会提示：证书由服务器自己签发"
            + PLAIN
        )

    def enrol(self):
        title("Deux postes rejoignent le serveur", "两个站点接入服务器")
        for station in STATIONS:
            accueil(station, "init", "--station", station, now="08:40")
            invitation = subprocess.run(
                [
                    BUILD / "accueil-hub",
                    "--db",
                    OUT / "hub.db",
                    "invite",
                    station,
                    "--url",
                    "https://127.0.0.1:%d" % self.port,
                ],
                capture_output=True,
                text=True,
                env=dict(os.environ, ACCUEIL_NOW="2016-10-26T08:40:00+08:00"),
            )
            code = re.search(r"ACCUEIL1:[\w-]+", invitation.stdout)
            if not code:
                raise Failure("no invitation: %s%s" % (invitation.stdout, invitation.stderr))
            accueil(station, "enrol", code[0], now="08:40")
            self.start_agent(station)
        wait_for(self.in_step, "equal heads after enrolment")
        check(True, "trois répliques, mêmes faits · 数据一致  %s…" % self.heads()["hub"][:16])

    def pick(self, country, **wanted):
        return [
            d
            for d in self.roster
            if d["country"] == country
            and "26" in d["days"]
            and all(d[k] == v for k, v in wanted.items())
        ]

    def open_doors(self):
        title("09 h 12, les portes s'ouvrent : code QR → décision → badge", "9:12 开门：二维码 → 判定 → 胸卡")
        self.move_on("09:12")
        self.guests = {
            ONE: self.pick("FR")[: PEOPLE // 2] + self.pick("CN")[: PEOPLE // 2],
            TWO: self.pick("FR")[PEOPLE // 2 : PEOPLE] + self.pick("CN")[PEOPLE // 2 : PEOPLE],
        }
        for station, guests in self.guests.items():
            answers = self.scan(
                station,
                ENTRANCE,
                *[self.ticket(g["reference"]) for g in guests],
                now="09:12",
                status=0,
            )
            check(
                len(answers) == len(guests) and all(a["badge_serial"] == 1 for a in answers),
                "%s · %s : %d badges" % (*STATIONS[station], len(answers)),
            )

    def ticket(self, reference):
        return OUT / "tickets" / (reference + ".png")

    def refuse(self):
        title("Ce qui est refusé, avec des mots simples", "礼貌地拒绝")
        admitted = self.guests[ONE][0]["reference"]
        check(
            self.scan(ONE, ENTRANCE, self.ticket(admitted), now="09:20", status=1)[0]["verdict"]
            == "TICKET_USED",
            "deux fois la même convocation · 参会凭证不能用两次",
        )
        code = codes_of(OUT / "convocations.csv")[self.guests[TWO][1]["reference"]]
        forged = (
            code[:63] + code[66:69] + code[63:66] + code[69:]
        )  # two groups of the signature change places
        check(
            self.scan(ONE, ENTRANCE, now="09:21", lines=forged + "\n", status=1)[0]["verdict"]
            == "FORGED",
            "un code falsifié · 伪造的二维码",
        )
        other_day = next(d for d in self.roster if "26" not in d["days"])
        check(
            self.scan(ONE, ENTRANCE, self.ticket(other_day["reference"]), now="09:22", status=1)[0][
                "verdict"
            ]
            == "NOT_TODAY",
            "inscrit pour un autre jour · 登记的是其他日期",
        )

    def cut_off(self):
        title("Un poste est coupé du réseau, et travaille", "一个站点断网，照常工作")
        self.stop("agent-" + TWO, signal.SIGKILL)
        late = self.pick("FR")[PEOPLE]
        for station in STATIONS:
            self.scan(station, ENTRANCE, self.ticket(late["reference"]), now="09:40", status=0)
        check(
            not self.in_step(),
            "les deux postes ont admis %s sans se voir · 两个站点互不知情" % late["reference"],
        )
        self.start_agent(TWO)
        wait_for(self.in_step, "equal heads after the cut")
        check(
            self.counts("hub")["conflicts"] == 1,
            "réseau revenu : mêmes faits partout, un conflit à régler · 网络恢复，数据一致，一项冲突待处理",
        )

    def badges(self):
        title("Les badges sont imprimés", "胸卡已打印")
        wait_for(lambda: self.counts("hub")["badges_waiting"] == 0, "all badges to be printed")
        issued = sum(map(len, self.guests.values())) + 1
        printed = self.counts("hub")["badges_printed"]
        documents = [
            self.cups.received(station) / name
            for station in STATIONS
            for name in self.cups.printed(station)
        ]
        # Of the two badges of the person admitted twice, one is void; it is left out unless it was
        # on its way already.
        check(
            printed in (issued, issued + 1) and len(documents) == printed,
            "%d badges sortis des imprimantes IPP, aucun deux fois · 打印机输出%d张，无重复"
            % (printed, printed),
        )
        for number, document in enumerate(documents, 1):
            shutil.copy(document, OUT / "badges" / ("badge-%02d.pdf" % number))
            subprocess.run(
                [
                    "pdftoppm",
                    "-r",
                    "300",
                    "-png",
                    "-singlefile",
                    document,
                    OUT / "badges" / ("badge-%02d" % number),
                ],
                check=True,
            )

    def worn(self):
        """Pictures of the badges that have been printed so far."""
        return sorted((OUT / "badges").glob("*.png"))

    def noon(self):
        title("12 h 10, le repas de midi", "12:10 午餐")
        self.move_on("12:10", *STATIONS)
        worn = self.worn()[:3]
        self.scan(TWO, MEAL, *worn, now="12:10")
        again = self.scan(ONE, MEAL, worn[0], now="12:11")
        check(
            again[0]["verdict"] != "ADMITTED",
            "un repas n'est servi qu'une fois, à n'importe quel poste · 一餐只用一次",
        )

    def platform(self, now, *, missed):
        """Who speaks in A1, and who of them has been seen; the command fails while somebody is
        missed so shortly before."""
        wait_for(self.in_step, "the hub to have heard both stations")
        table = accueil("hub", "session", "A1", now=now, status=1 if missed else 0)
        for line in table.splitlines():
            say(line)
        return table

    def workshop(self):
        title("13 h 50, l'atelier A1 : qui est à la tribune ?", "13:50 分论坛A1：台上嘉宾到了吗？")
        self.move_on("13:50", *STATIONS)
        cast = [d for d in self.roster if "A1" in d["role"]]
        check(len(cast) > 1, "%d personnes à la tribune · 台上%d人" % (len(cast), len(cast)))
        self.platform("13:50", missed=True)
        away = [d for d in cast if "26" not in d["days"]]
        for person in (d for d in cast if "26" in d["days"]):
            accueil(
                ONE, "admit", person["reference"], "-c", ENTRANCE, *BY, now="13:51", status=None
            )
            accueil(TWO, "admit", person["reference"], "-c", ROOM, *BY, now="13:56")
        table = self.platform("13:57", missed=bool(away))
        check(
            all(d["family"] in table for d in cast) and table.count("○") == len(away),
            "%d à la tribune ; %d attendu(e), inscrit(e) pour un autre jour · "
            "台上%d人，尚缺%d人（登记的是其他日期）" % ((len(cast) - len(away), len(away)) * 2),
        )

    def second_day(self):
        title(
            "Le 27, 9 h : on revient avec son badge, et l'on prend un casque",
            "27日9:00：凭胸卡再次入场，领取同传耳机",
        )
        labels = OUT / "headsets.pdf"
        words = ("--count", 20, "--label", "60x30", "-o", labels)
        accueil("hub", "headset", "codes", *words, now="27 08:00")
        subprocess.run(
            ["pdftoppm", "-r", "200", "-png", "-l", "9", labels, OUT / "headsets" / "h"], check=True
        )
        self.headsets = sorted((OUT / "headsets").glob("*.png"))
        self.move_on("27 09:00", *STATIONS)
        wait_for(self.in_step, "the stations to know the headsets")
        answers = self.scan(ONE, ENTRANCE, *self.worn()[:6], now="27 09:00")
        back = [a for a in answers if a["verdict"] == "ADMITTED"]
        check(len(back) > 1, "%d badges d'hier ouvrent aujourd'hui · 昨天的胸卡今天有效" % len(back))
        self.lent = []
        for badge, headset in zip(self.worn()[:6], self.headsets):
            answers = self.scan(TWO, HEADSETS, badge, headset, now="27 09:05")
            if answers[-1]["verdict"] == "ADMITTED" and not answers[-1]["awaits"]:
                self.lent.append(headset)
        check(
            len(self.lent) > 1,
            "%d casques prêtés, en deux lectures chacun · 借出%d副耳机，各扫两次" % ((len(self.lent),) * 2),
        )

    def third_day(self):
        title("Le 28, 17 h : les casques reviennent, sauf un", "28日17:00：耳机归还，尚缺一副")
        self.move_on("28 17:00", *STATIONS)
        wait_for(self.in_step, "the first station to know what the second has lent")
        answers = self.scan(ONE, HEADSETS, *self.lent[1:], now="28 17:00")
        wait_for(self.in_step, "the hub to know what came back")
        missing = accueil("hub", "headsets", now="28 17:05", status=1)
        for line in missing.splitlines():
            say(line)
        check(
            all(a["direction"] == "out" for a in answers) and len(answers) == len(self.lent) - 1,
            "un casque manque, et l'on sait chez qui · 还缺一副，知道在谁手上",
        )

    def look(self):
        title("Ce que voient les organisateurs", "组织者所见")
        wait_for(self.in_step, "the hub to have heard both stations")
        # Debian's python3-selenium belongs to Debian's Python.
        done = subprocess.run(
            ["/usr/bin/python3", ASSETS / "office_pages.py", "https://127.0.0.1:%d" % self.web]
            + [NAME, PASSWORD, OUT / "pages"],
            capture_output=True,
            text=True,
        )
        if done.returncode == pages.NO_BROWSER:
            return say("pas de Chromium (make deps), pas d'images · 没有Chromium，未截图")
        wanted = len(pages.PAGES) * len(pages.LANGUAGES)
        if done.returncode != 0:
            raise Failure("no pictures of the pages: " + done.stderr)
        check(
            len(list((OUT / "pages").glob("*.png"))) == wanted,
            "%d images des pages, en français et en chinois · %d张页面截图 → build/demo/pages/"
            % (wanted, wanted),
        )

    def finish(self):
        wait_for(self.in_step, "equal heads at the end")
        title("Les comptes", "统计")
        for by in ("event", "country", "checkpoint"):
            table, _, summary = accueil("hub", "counts", "--by", by, now="28 17:05").partition(
                "\n\n"
            )
            for line in (table + "\n").splitlines():
                say(line)
            say("")
        for line in summary.splitlines():
            say(line)
        for db in ("hub", *STATIONS):
            accueil(db, "verify")
        heads = self.heads()
        check(
            len(set(heads.values())) == 1,
            "mêmes têtes sur les trois répliques, chaînes vérifiées · 三个副本一致，链已校验  %s"
            % heads["hub"][:32],
        )

    def sum_up(self):
        """The congress as the steering committee wants to see it, and its report on paper."""
        for heading, words in (
            (("L'équilibre des deux pays", "两国代表构成"), ("balance",)),
            (("La tribune de l'atelier A1", "分论坛A1台上嘉宾"), ("session", "A1")),
            (("Les repas par régime", "各餐饮食统计"), ("meals",)),
            (("Les casques qui manquent", "未归还的同传耳机"), ("headsets",)),
        ):
            title(*heading)
            # What lacks its equal, or is not back, is said by the status too.
            for line in accueil("hub", *words, now="28 17:05", status=None).splitlines():
                say(line)
        title("Le rapport du congrès", "大会报告")
        report = OUT / "rapport.pdf"
        accueil("hub", "report", "-o", report, now="28 17:05")
        subprocess.run(["pdftoppm", "-r", "100", "-png", report, OUT / "rapport"], check=True)
        pictures = sorted(OUT.glob("rapport-*.png"))
        check(
            len(pictures) > 3,
            "%d pages, chaque chiffre avec sa définition · 共%d页，每项数据均附定义 → build/demo/rapport.pdf"
            % ((len(pictures),) * 2),
        )
        if sys.stdin.isatty() and sys.stdout.isatty():
            input("\n  https://127.0.0.1:%d   Entrée pour finir · 按回车键结束 " % self.way.port)
        self.stop_all()


def main(way):
    start = time.monotonic()
    shutil.rmtree(OUT, ignore_errors=True)
    for folder in ("logs", "badges", "tickets", "headsets", "pages"):
        (OUT / folder).mkdir(parents=True)
    with venue.Venue(OUT / "printers", printers=tuple(STATIONS)) as cups:
        demo = Demo(cups, way)
        try:
            for step in (
                demo.prepare,
                demo.lists,
                demo.open_pages,
                demo.enrol,
                demo.open_doors,
                demo.refuse,
                demo.cut_off,
                demo.badges,
                demo.noon,
                demo.workshop,
                demo.look,
                demo.second_day,
                demo.signatures,
                demo.third_day,
                demo.finish,
                demo.sum_up,
            ):
                step()
        finally:
            demo.stop_all()
    title("À regarder", "请看")
    say(
        "build/demo/badges/*.pdf, *.png     les badges tels que l'imprimante les a reçus · 打印机收到的胸卡"
    )
    say("build/demo/rapport.pdf     le rapport du congrès · 大会报告")
    say("build/demo/pages/*.png     les pages des organisateurs · 组织者页面")
    say("build/demo/headsets.pdf     les étiquettes des casques · 耳机标签")
    say("build/demo/tickets/, convocations.csv   les convocations · 参会凭证")
    say(
        "build/demo/hub.db, est-1.db, est-2.db    les trois répliques : accueil roster --db "
        "build/demo/hub.db --search ouyang"
    )
    say("%.1f s" % (time.monotonic() - start))


if __name__ == "__main__":
    way = pages.Way()
    venue.enter()
    try:
        main(way)
    except (Failure, venue.Unavailable) as failure:
        print("%s✗ %s%s\n  build/demo/logs/" % (RED, failure, PLAIN), file=sys.stderr)
        sys.exit(1)
