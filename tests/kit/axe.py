"""axe-core, the checker of accessible pages: the version and the digest of tests/axe, fetched once
into build/axe by npm, which proves the digest."""
import os
import shutil
import subprocess

from .run import TOP
from .tap import Skip
from .wait import HANGS_S

FOLDER = TOP / "build" / "axe"
SCRIPT = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
LISTS = ("package.json", "package-lock.json")
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then(
  (found) => done(found.violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.html.slice(0, 200))])),
  (error) => done([["failed", String(error), []]])
);
"""


def is_there():
    """What was fetched is what the lists in the tree say."""
    return SCRIPT.exists() and all(
        (FOLDER / name).exists()
        and (FOLDER / name).read_bytes() == (TOP / "tests" / "axe" / name).read_bytes()
        for name in LISTS
    )


def fetch():
    """The script's text. Without npm or its registry this cannot be tested, which is no reason
    where everything is checked (CI)."""
    if not is_there():
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        for name in LISTS:
            shutil.copy(TOP / "tests" / "axe" / name, FOLDER / name)
        words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            done = subprocess.run(
                words, cwd=FOLDER, capture_output=True, text=True, timeout=HANGS_S
            )
            why = done.stderr if done.returncode != 0 else ""
        except (OSError, subprocess.TimeoutExpired) as error:
            why = str(error)
        if why:
            shutil.rmtree(FOLDER, ignore_errors=True)
            if os.environ.get("CI"):
                raise AssertionError("npm cannot fetch axe-core: " + why)
            raise Skip("npm cannot fetch axe-core: " + " ".join(why.split())[:200])
    return SCRIPT.read_text(encoding="utf-8")


def violations(browser, script):
    """Of the page that @browser shows: (rule, what it says, elements)."""
    browser.execute_script(script)
    return browser.execute_async_script(RUN)
