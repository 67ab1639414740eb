#!/usr/bin/env python3
"""Every header compiles alone, with a comment that is its manual in front; and the sanitizer
build really stops on an overflow. A source that includes its own header first has shown it by being
built; only the other headers are compiled here. TAP."""
import concurrent.futures, glob, os, re, shlex, subprocess, sys, tempfile

CC = shlex.split(os.environ.get("CC", "gcc"))
OVERFLOW = """#include <stdlib.h>
int main (int argc, char **argv)
{
  volatile char *room = malloc (8);
  room[7 + argc] = 'x';
  free ((void *) room);
  return 0;
}
"""


def cflags():
    packages = re.findall(r"^PKGS_\w+\s*:=(.*)$", open("Makefile", encoding="utf-8").read(), re.M)
    flags = subprocess.run(
        ["pkg-config", "--cflags", *" ".join(packages).split()],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return ["-std=c17", "-D_GNU_SOURCE", "-Isrc", *flags]


def built_first(header):
    """Does its source begin with it?"""
    source = header[:-2] + ".c"
    if not os.path.exists(source):
        return False
    with open(source, encoding="utf-8") as file:
        include = re.search(r"^#include (.*)$", file.read(), re.M)
    return include is not None and include[1] == '"%s"' % header[4:]


def complaint_of(header, flags):
    text = open(header, encoding="utf-8").read()
    complaint = "" if built_first(header) else compile_header(header, flags)
    if not text.startswith("/* %s: " % os.path.basename(header)):
        complaint += "%s does not begin with what it is for\n" % header
    return complaint


def compile_header(header, flags):
    return subprocess.run(
        [
            *CC,
            *flags,
            "-Wall",
            "-Wextra",
            "-Wno-unused-parameter",
            "-Wno-unused-function",
            "-Werror",
            "-fsyntax-only",
            "-x",
            "c",
            "-include",
            header[4:],
            "/dev/null",
        ],
        capture_output=True,
        text=True,
    ).stderr


def overflow():
    """What is wrong with the asan build's stopping, or ''."""
    makefile = open("Makefile", encoding="utf-8").read()
    line = " ".join(re.findall(r"^FLAGS_asan\s*[:+]=\s*(.*)$", makefile, re.M)).split()
    with tempfile.TemporaryDirectory() as folder:
        source, program = os.path.join(folder, "overflow.c"), os.path.join(folder, "overflow")
        open(source, "w").write(OVERFLOW)
        subprocess.run([*CC, "-std=c17", *line, "-o", program, source], check=True)
        result = subprocess.run([program], capture_output=True, text=True)
        if result.returncode == 0 or not re.search(
            "heap-buffer-overflow|insufficient space", result.stderr
        ):
            return "a write past the end went unseen (exit %d)\n%s" % (
                result.returncode,
                result.stderr,
            )
        return ""


def main():
    flags = cflags()
    headers = sorted(glob.glob("src/*/*.h"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(zip(headers, pool.map(lambda h: complaint_of(h, flags), headers)))
    results.append(("MODE=asan stops on an overflow", overflow()))
    print("1..%d" % len(results))
    for number, (what, complaint) in enumerate(results, 1):
        print("%sok %d %s" % ("not " if complaint else "", number, what))
        for line in complaint.splitlines()[:20]:
            print("# " + line)
    return any(c for _, c in results)


sys.exit(main())
