"""A station at a venue: the demo's congress, people who come to its door, and its agent, which
prints."""
import contextlib
import functools
import json
import subprocess
from pathlib import Path

from . import run
from .run import ACCUEIL, FRENCH, GLOSSARY, demo_congress
from .tap import expect
from .wait import ended, wait_for

EARLY = "2016-10-26T08:45:00+08:00"
# In idle seconds: CUPS gives a backend that is to end half a minute (JobKillDelay).
PRINTERS_S = 90
# A column of the badge that a delegate got first.
JOB = "SELECT {} FROM print_job WHERE reference = '{}'"


class Desk:
    """One station. @place: the venue; @queues: where it prints."""

    def __init__(self, folder, place, name, queues, now=EARLY):
        self.folder, self.place, self.name, self.queues = Path(folder), place, name, list(queues)
        self.queue = self.queues[0]
        self.folder.mkdir(exist_ok=True)
        self.db = self.folder / "desk.db"
        self.env = dict(place.env, ACCUEIL_DB=str(self.db), ACCUEIL_NOW=now, LC_ALL="C.UTF-8")
        self.agents, self.door = [], None
        codes = demo_congress(self.run, self.folder, name, [FRENCH, "--glossary", GLOSSARY])
        self.coming = [
            (person["reference"], codes[person["reference"]])
            for person in json.loads(self.run("roster", "--json").out)
            if person["meals"] and "rencontres" in person["events"] and "26" in person["days"]
        ]

    def run(self, *words, **more):
        return run.accueil(*words, env=self.env, **more)

    # People

    def arrive(self):
        """The next delegate shows the ticket at the entrance; answers the reference. A badge is
        owed."""
        reference, code = self.coming.pop()
        words = ("scan", "--checkpoint", "entree-est", "--json")
        answer = json.loads(self.run(*words, stdin=code + "\n").out)
        expect(answer["verdict"] == "ADMITTED" and answer["badge_serial"] == 1, reference, answer)
        return reference

    def open_door(self):
        """From now on pass() serves people by one `accueil scan`, as a door does."""
        self.door = subprocess.Popen(
            [ACCUEIL, "scan", "--checkpoint", "entree-est", "--json"],
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def show(self):
        """The next delegate's ticket, at the door."""
        self.door.stdin.write(self.coming.pop()[1] + "\n")
        self.door.stdin.flush()

    def decided(self):
        return json.loads(self.door.stdout.readline())

    def close_door(self):
        self.door.stdin.close()
        ended(self.door)

    # What the journal says

    @functools.cached_property
    def reader(self):
        """It is asked fifty times a second; to open one takes as long as fifty questions."""
        return run.reader_of(self.db)

    def ask(self, sql):
        return run.as_text(self.reader.execute(sql).fetchall())

    def name_of(self, reference):
        return self.ask(f"SELECT family FROM delegate WHERE reference = '{reference}'")

    def state(self, reference):
        return self.ask(JOB.format("state", reference))

    def reason(self, reference):
        return self.ask(JOB.format("reason", reference))

    def gave_reason(self, reference, reason):
        """Whether it was ever a reason why that badge waited: it stands only until that ends."""
        return self.ask(
            f"SELECT count (*) FROM fact WHERE kind = 'print' AND body ->> 'reference' = "
            f"'{reference}' AND body ->> 'reason' = '{reason}'"
        ).strip() not in ("", "0")

    def printer(self, reference):
        return self.ask(JOB.format("printer", reference))

    def stands(self, queue=None):
        """What a printer's state is said to be, with its troubles."""
        queue = queue or self.queue
        return self.ask(
            f"SELECT state || ' ' || troubles FROM printer_state WHERE queue = '{queue}'"
        ).strip()

    def moves(self):
        """What is another whenever the agent has done something."""
        return self.ask("SELECT max (number) FROM fact"), self.log()

    def wait_for(self, condition, what, limit_s=PRINTERS_S):
        """As wait.wait_for(); as long as the agent moves, it is waited for."""

        def said():
            return f"{what() if callable(what) else what}\n{self.log()}"

        return wait_for(condition, said, limit_s, self.moves)

    def wait_state(self, reference, *wanted):
        return self.wait_for(
            lambda: (state := self.state(reference)) in wanted and state,
            lambda: f"{reference} to be {' or '.join(wanted)}; it is {self.state(reference)}",
        )

    def sheets(self, reference, queue=None):
        """How many badges of this delegate have come out of the printer."""
        printed = self.place.printed(queue or self.queue)
        return sum(f"-{reference.lower()}-1_" in name for name in printed)

    # The agent

    def start_agent(self, *more, queue=""):
        with open(self.folder / "agent.log", "ab") as log:
            words = [] if "--settings" in more else ["--printer", queue or self.queue]
            agent = subprocess.Popen(
                [ACCUEIL, "agent", *words, "--no-sync", *map(str, more)],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.agents.append(agent)
        return agent

    def log(self):
        log = self.folder / "agent.log"
        return log.read_text() if log.exists() else ""

    def kill_agents(self):
        for agent in self.agents:
            if agent.poll() is None:
                agent.kill()
            agent.wait()
        self.agents.clear()


@contextlib.contextmanager
def serving(desk, *more, queue=""):
    agent = desk.start_agent(*more, queue=queue)
    try:
        yield agent
    finally:
        desk.kill_agents()


def label_template(folder, name, width, height):
    """A badge of that size: a name, a code, and nothing within 4 mm of the edge."""
    path = Path(folder) / f"{name}.svg"
    path.write_text(
        f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"><title>{name}</title>
<g id="art"><rect x="0" y="0" width="{width}" height="{height}" fill="#ffffff"/></g>
<g id="slots"><rect id="name" x="5" y="5" width="{width - 10}" height="{height - 45 if height > 70 else 10}" data-max-pt="30" data-max-zh-pt="30" data-min-pt="5"/>
<rect id="qr" x="7" y="{height - 34}" width="25" height="25"/>
<rect id="category" x="38" y="{height - 33}" width="{width - 43}" height="12" data-max-pt="12" data-min-pt="6"/></g></svg>
""",
        encoding="utf-8",
    )
    return path
