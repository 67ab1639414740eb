"""Tests that speak TAP: what is expected, which tests there are, and what they say when they
fail."""
import atexit
import contextlib
import os
import random
import shutil
import sys
import tempfile
import traceback

# Repeats a run's random choices (not its moments).
SEED = int(os.environ.get("SEED") or random.randrange(1 << 30))


def new_folder(name):
    """A folder that is removed when the program ends."""
    folder = tempfile.mkdtemp(prefix=f"accueil-{name}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Skip(Exception):
    """What cannot be tested on this machine, and why."""


def expect(condition, *what):
    if not condition:
        raise AssertionError("\n".join(str(part) for part in what) or "condition does not hold")


def say(text):
    """A remark, which no line of can be taken for a result."""
    print("".join(f"# {line}\n" for line in str(text).splitlines()), end="", flush=True)


def name_of(test):
    return test.__name__.removeprefix("test_")


def title(test):
    """Its name, by which it is called for alone, and what it holds."""
    about = " ".join((test.__doc__ or "").split())
    return f"{name_of(test)}: {about}" if about else name_of(test)


def tests_of(module):
    """The functions test_…() of a module (its vars ()), in the order in which they stand."""
    return [test for name, test in module.items() if name.startswith("test_") and callable(test)]


def attempt(number, name, test, *given):
    """One test, one line; TRUE unless it fails."""
    try:
        test(*given)
        print(f"ok {number} - {name}", flush=True)
    except Skip as reason:
        print(f"ok {number} - {name} # SKIP {reason}", flush=True)
    except Exception:
        print(f"not ok {number} - {name}", flush=True)
        say(traceback.format_exc()[-6000:])
        return False
    return True


def is_wanted(test):
    """Words of the command line are parts of names."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    return not words or any(word in name_of(test) for word in words)


def run(tests, prepare=None, first=1):
    """Runs @tests, or of them those that are wanted; each with what @prepare (test), a context,
    gives,
    if there is one. TRUE if all went well."""
    good = True
    for number, test in enumerate(tests, first):
        if not is_wanted(test):
            print(f"ok {number} - {title(test)} # SKIP not asked for", flush=True)
            continue

        def prepared():
            with prepare(test) as given:
                test(*([] if given is None else [given]))

        good = attempt(number, title(test), prepared if prepare else test) and good
    return good


def main(tests, prepare=None):
    """The whole of a test program."""
    print(f"1..{len(tests)}\n# SEED={SEED}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(0 if run(tests, prepare) else 1)
    sys.exit(130)
