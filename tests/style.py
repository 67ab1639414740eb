#!/usr/bin/env python3
"""Proves the style of every file (src/README.md, "Style"): lines, comments, words that have no
place, and that the tree is what clang-format and black would write (`make format`). TAP."""
import re, subprocess, sys, tokenize

LINE_MAX = 100
COMMENT_MAX = 90
COMMENTS_OVER_MAX = 0.02

# What has no place in C: a word, and what to write instead.
FORBIDDEN = [
    (r"\b(TODO|FIXME|XXX|HACK)\b", "do it, or file it as an issue"),
    (r"^\s*#\s*if\s+0\b", "delete it: git remembers"),
    (r"\bv?sprintf \(", "g_snprintf() or g_strdup_printf()"),
    (r"\b(strcpy|strcat|strncpy|strtok|gets|alloca|tmpnam|mktemp) \(", "GLib's own"),
    (r"\bsystem \(|\bpopen \(", "GSubprocess, without a shell"),
    (r"\b(strerror|localtime|gmtime|asctime|ctime) \(", "g_strerror(), GDateTime: safe in threads"),
    (r"\bg_assert_true \(\s*(TRUE|1)\s*\)", "a test that cannot fail"),
    (r"\t", "spaces"),
    (r"[ \t]+$", "nothing after the last word"),
    (r"\S == FALSE\b|\S == TRUE\b", "!flag, or flag"),
]
# Without Python's searches for rings it takes two thirds of the time.
BLACK = "import gc; gc.disable(); import black; black.patched_main()"


def tracked(*patterns):
    out = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(name for name in out.split("\0") if name)


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")


def code_of_markdown(path):
    """The lines of a page that are code: fenced, or indented by four."""
    fenced = False
    for number, line in enumerate(lines_of(path), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield number, line


def data_lines(path):
    """Lines of a Python file within a text of several lines that is a value: a table, a page."""
    lines = set()
    before = tokenize.NEWLINE
    with open(path, "rb") as file:
        for token in tokenize.tokenize(file.readline):
            is_value = before not in (tokenize.NEWLINE, tokenize.INDENT, tokenize.ENCODING)
            if token.type == tokenize.STRING and token.end[0] > token.start[0] and is_value:
                lines.update(range(token.start[0], token.end[0] + 1))
            if token.type not in (tokenize.NL, tokenize.COMMENT):
                before = token.type
    return lines


def long_lines(paths):
    for path in paths:
        numbered = code_of_markdown(path) if path.endswith(".md") else enumerate(lines_of(path), 1)
        long = [(number, len(line)) for number, line in numbered if len(line) > LINE_MAX]
        data = data_lines(path) if long and path.endswith(".py") else set()
        for number, length in long:
            if number not in data:
                yield "%s:%d has %d characters" % (path, number, length)


def comment_lines(path):
    """(number, line) of every line of a C file that is all comment."""
    inside = False
    for number, line in enumerate(lines_of(path), 1):
        bare = re.sub(r'"(?:\\.|[^"\\])*"', '""', line)
        if inside or bare.lstrip().startswith("/*"):
            yield number, line
        if inside and "*/" in bare:
            inside = False
            bare = bare[bare.index("*/") + 2 :]
        if not inside and bare.rfind("/*") > bare.rfind("*/"):
            inside = True


def wide_comments(paths):
    found = [(p, n, len(l)) for p in paths for n, l in comment_lines(p)]
    over = ["%s:%d has %d characters" % where for where in found if where[2] > COMMENT_MAX]
    return over if len(over) > COMMENTS_OVER_MAX * len(found) else []


def forbidden(paths):
    for path in paths:
        lines = lines_of(path)
        text = "\n".join(lines)
        # Most files have none, and are not read line by line.
        if not any(re.search(pattern, text, re.M) for pattern, _ in FORBIDDEN):
            continue
        for number, line in enumerate(lines, 1):
            for pattern, instead in FORBIDDEN:
                if re.search(pattern, line):
                    yield "%s:%d: %s (instead: %s)" % (path, number, line.strip(), instead)


def not_clang_format(paths):
    result = subprocess.run(
        ["clang-format", "--dry-run", *paths], capture_output=True, text=True, check=False
    )
    return [l for l in result.stderr.splitlines() if "warning:" in l or "error:" in l]


def not_black(paths):
    result = subprocess.run(
        ["/usr/bin/python3", "-c", BLACK, "-q", "-l", str(LINE_MAX), "--check", "--diff", *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout.splitlines() + (result.stderr.splitlines() if result.returncode else [])


def main():
    c_files = tracked("src/*.c", "src/*.h", "tests/*.c", "tests/*.h")
    python = tracked("*.py")
    others = tracked("*.sql", "Makefile", "*.md", "*.sh")
    results = [
        ("C: no line over %d characters" % LINE_MAX, long_lines(c_files)),
        ("Python: no line over %d characters" % LINE_MAX, long_lines(python)),
        ("SQL, Makefile, pages: no line of code over %d" % LINE_MAX, long_lines(others)),
        ("at most 2 %% of comment lines over %d" % COMMENT_MAX, wide_comments(c_files)),
        ("C: nothing that has no place", forbidden(c_files)),
        ("C is as clang-format writes it: make format", not_clang_format(c_files)),
        ("Python is as black writes it: make format", not_black(python)),
    ]
    failed = False
    print("1..%d" % len(results))
    for number, (what, faults) in enumerate(results, 1):
        faults = list(faults)
        failed = failed or bool(faults)
        print("%sok %d %s" % ("not " if faults else "", number, what))
        for fault in faults[:40]:
            print("# " + fault)
    return failed


sys.exit(main())
