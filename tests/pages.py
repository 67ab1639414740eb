#!/usr/bin/env python3
"""The pages say the truth (README.md, src/*.md): every file and function that they name exists, the
table of roles is that of the code, and no line of text is over 100 characters. TAP."""
import glob, os, re, subprocess, sys

PAGES = ["README.md", *sorted(glob.glob("src/*.md"))]
LINE_MAX = 100
# Files that a reader makes, and words with a slash that are no files.
NOT_HERE = re.compile(
    r"^(build|tickets|/|~|https?:|v1|GET|POST|text|image)|NAME|FOLDER|xx\.po|[…*<>{}$ ]|^\w+/\w+$"
)


def words_of(page):
    """(line, what stands between two back quotes)."""
    with open(page, encoding="utf-8") as file:
        fenced = False
        for number, line in enumerate(file, 1):
            if line.startswith("```"):
                fenced = not fenced
            if not fenced and not line.startswith("    "):
                for word in re.findall(r"`([^`]+)`", line):
                    yield number, word


def tracked():
    out = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True
    ).stdout
    return set(out.split("\n"))


def is_path(word):
    return re.fullmatch(r"[\w.@-]+(/[\w.@-]+)*/?", word) and (
        word.endswith("/") or re.search(r"\.(c|h|py|md|sql|ini|svg|po|sh|conf|css|service)$", word)
    )


def missing_files(page, files):
    folders = {f.rsplit("/", n)[0] + "/" for f in files for n in range(1, f.count("/") + 1)}
    for number, word in words_of(page):
        if not is_path(word) or NOT_HERE.search(word):
            continue
        known = files | folders
        if not any(place + word in known for place in ("", "src/", "tests/", "assets/")):
            if "/" in word.rstrip("/") or not any(f.endswith("/" + word) for f in known):
                yield "%s:%d names %s" % (page, number, word)


def missing_functions(page, words):
    for number, word in words_of(page):
        for name in re.findall(r"\b([a-z]\w*) ?\(\)", word):
            if name not in words:
                yield "%s:%d names %s()" % (page, number, name)


def missing_rights():
    """Kinds of fact that stand elsewhere than in the row of the least role that writes them."""
    with open("src/trust.md", encoding="utf-8") as file:
        rows = dict(re.findall(r"^\| `?(gate|desk|office|root)`? \| (.*) \|$", file.read(), re.M))
    with open("src/journal/authority.c", encoding="utf-8") as file:
        rights = re.findall(r'\{ "([\w-]+)", ROLE_(\w+),', file.read())
    for kind, role in rights:
        if f"`{kind}`" not in rows["gate" if role == "NONE" else role.lower()]:
            yield f"src/trust.md: {role.lower()} writes {kind}"


def long_lines(page):
    with open(page, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if (
                len(line.rstrip("\n")) > LINE_MAX
                and not line.startswith("|")
                and "<img" not in line
            ):
                yield "%s:%d has %d characters" % (page, number, len(line) - 1)


def main():
    files = tracked()
    words = set()
    for path in glob.glob("src/*/*.[ch]") + glob.glob("tests/**/*.[ch]", recursive=True):
        words.update(re.findall(r"\w+", open(path, encoding="utf-8").read()))
    results = [("src/trust.md has the rights of src/journal/authority.c", missing_rights())]
    for page in PAGES:
        results += [
            ("%s names files that exist" % page, missing_files(page, files)),
            ("%s names functions that exist" % page, missing_functions(page, words)),
            ("%s has no line over %d" % (page, LINE_MAX), long_lines(page)),
        ]
    failed = False
    print("1..%d" % len(results))
    for number, (what, faults) in enumerate(results, 1):
        faults = list(faults)
        failed = failed or bool(faults)
        print("%sok %d %s" % ("not " if faults else "", number, what))
        for fault in faults:
            print("# " + fault)
    return failed


sys.exit(main())
