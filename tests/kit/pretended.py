"""A language that no source names: the catalogue is made from what `make po` takes from the source,
each text between ‹ and ›, so that whatever stands outside of them was never translated."""
import glob
import os
import re
import shutil
import subprocess

from . import run as programs

LANGUAGE = "qaa"  # ISO 639-2: for local use
OPEN, CLOSE = "‹", "›"


def done(*words):
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout


def make_template(path):
    """What `make po` takes from the source."""
    makefile = open(programs.TOP / "Makefile", encoding="utf-8").read().replace("\\\n", " ")
    keywords = re.search(r"^XGETTEXT_WORDS := (.*)$", makefile, re.M)[1].split()
    sources = sorted(glob.glob(str(programs.TOP / "src/*/*.c")))
    done("xgettext", "--from-code=UTF-8", *keywords, "-o", path, "--no-location", *sources)


def pretend(folder, *names):
    """The programs of those names in @folder, beside all catalogues of the build and this one."""
    place = os.path.join(folder, "locale", LANGUAGE, "LC_MESSAGES")
    template, english, marked = (os.path.join(folder, name) for name in ("pot", "en.po", "qaa.po"))
    shutil.copytree(programs.BUILD / "locale", os.path.join(folder, "locale"))
    os.makedirs(place)
    make_template(template)
    done("msgen", "-o", english, template)
    marking = rf"s/^(\n*)/\1{OPEN}/;s/(\n*)$/{CLOSE}\1/"
    done("msgfilter", "--keep-header", "-i", english, "-o", marked, "sed", "-zE", marking)
    done("msgfmt", "-o", os.path.join(place, "accueil.mo"), marked)
    for name in names:
        shutil.copy(programs.BUILD / name, folder)
    return [os.path.join(folder, name) for name in names]


def left_over(text):
    """The words of @text that come from no catalogue: not names of options."""
    marked, before = rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", None
    while text != before:
        text, before = re.sub(marked, "", text), text
    text = re.sub(r"--?[a-z][\w-]*", "", text)
    return re.findall(r"[^\W\d_]{4,}", text)
