#!/usr/bin/env python3
"""The Debian packages: built from the install rules, without a word from lintian, and installed,
used, upgraded, removed and purged in a clean Debian of their own. TAP."""
import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit import tap  # noqa: E402
from kit.tap import Skip, expect, say  # noqa: E402

MODE = os.path.basename(os.environ.get("BUILD", "build/debug"))
FOLDER = "build/package-test"
NAMES = ("accueil-common", "accueil-hub", "accueil-kiosk")
# Higher than any version of ours: the same files, to be upgraded to.
NEXT = "99.0.0"
# What lintian may say of a build that is not one for release.
OF_DEBUGGING = ("unstripped-binary-or-object",) if MODE != "release" else ()

# What is done in the clean Debian, a line a step (more lines: indented): a name, and a command that
# must succeed. The packages lie in /debs, those of the next version in /next.
STEPS = r"""
install       apt-get -qq -y install /debs/*.deb
no questions  test -z "$(dpkg --audit)"
users         id -u accueil && (for u in hub agent kiosk; do
              id -nG accueil-$u | grep -qw accueil || exit 1; done)
queues        for u in accueil accueil-hub accueil-agent accueil-kiosk; do
              id -nG $u | grep -qw lpadmin && echo $u; done | grep -x accueil-agent
              && test "$(getent group lpadmin | cut -d: -f4)" = accueil-agent
unit users    test "$(sed -n s/^User=//p /lib/systemd/system/accueil-[ahk]*.service | tr '\n' ' ')"
              = "accueil-agent accueil-hub accueil-kiosk "
folder        test "$(stat -c %U:%G:%a /var/lib/accueil)" = accueil:accueil:2770
version       accueil --version && accueil-hub --version && command -v accueil-kiosk
french        LC_ALL=fr_FR.UTF-8 accueil --help | grep -q "^Utilisation"
manual        test -s /usr/share/man/man1/accueil.1.gz -a -s /usr/share/man/fr/man1/accueil.1.gz
completion    bash -c '. /usr/share/bash-completion/bash_completion;
              . /usr/share/bash-completion/completions/accueil; complete -p accueil'
units         systemd-analyze verify /lib/systemd/system/accueil-*.service
rules         test -s /usr/lib/udev/rules.d/60-accueil-scanners.rules
replica       as accueil init --db $db --station desk
congress      as accueil event load --db $db $demo/congress.ini
list          as accueil import --db $db $demo/inscriptions-cuf.csv
badge         as accueil badge render --db $db --output $pdf
              $(as accueil roster --db $db --csv --columns reference | sed -n 2p | tr -d '\r"')
              && grep -aq ^%PDF- $pdf
verify        as accueil verify --db $db
shared        test "$(stat -c %G:%a $db)" = accueil:660 && (for u in hub agent kiosk; do
              as_user accueil-$u accueil volunteer add "Li $u" --db $db || exit 1; done)
              && as accueil volunteer list --db $db | grep -c "Li " | grep -x 3
strangers     ! as_user nobody accueil counts --db $db
upgrade       apt-get -qq -y install /next/*.deb && dpkg -s accueil-common | grep -q "^Version: 99"
kept          as accueil verify --db $db
remove        apt-get -qq -y remove accueil-hub accueil-kiosk accueil-common
              && test ! -e /usr/bin/accueil-hub -a ! -e /usr/bin/accueil -a -s $db
purge         apt-get -qq -y purge accueil-hub accueil-kiosk accueil-common 2>&1
              | tee /purge | grep -q "the replica $db is kept" && test -s $db
again         apt-get -qq -y install /next/accueil-common*.deb && rm -f $db* $pdf
              && apt-get -qq -y purge accueil-common && test ! -e /var/lib/accueil
nothing left  test -z "$(find / -xdev -iname '*accueil*' | grep -vE '^/(proc|debs|next|var/log)/'
              | grep -vE '^/var/(lib|cache)/apt/' | tee /left)" || { cat /left; false; }
"""


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def packages(folder):
    return sorted(glob.glob(f"{folder}/*.deb"))


def test_build():
    """three packages come from the install rules"""
    made = run(
        "make",
        "--no-print-directory",
        "deb",
        f"PACKAGE_MODE={MODE}",
        f"PACKAGE_FOLDER={FOLDER}",
        env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MODE")},
    )
    expect(made.returncode == 0, made.stdout[-4000:], made.stderr[-4000:])
    found = [os.path.basename(path).split("_")[0] for path in packages(FOLDER)]
    expect(found == list(NAMES), found)


def test_lintian():
    """lintian has nothing to say that is not explained"""
    said = run("lintian", "--allow-root", "--tag-display-limit", "0", *packages(FOLDER))
    lines = [
        line
        for line in said.stdout.splitlines()
        if re.match(r"[EW]: ", line) and not any(tag in line for tag in OF_DEBUGGING)
    ]
    expect(not lines, *lines)


def next_version():
    """The same packages with a higher number."""
    folder = f"{FOLDER}/next"
    os.makedirs(folder, exist_ok=True)
    for path in packages(FOLDER):
        tree = f"{FOLDER}/tree"
        subprocess.run(["rm", "-rf", tree], check=True)
        subprocess.run(["dpkg-deb", "-R", path, tree], check=True)
        control = f"{tree}/DEBIAN/control"
        with open(control, encoding="utf-8") as file:
            text = file.read()
        version = re.search(r"^Version: (.*)$", text, re.M)[1]
        with open(control, "w", encoding="utf-8") as file:
            file.write(text.replace(version, NEXT))
        name = os.path.basename(path).replace(version, NEXT)
        command = ["dpkg-deb", "--root-owner-group", "-Znone", "-b", tree, f"{folder}/{name}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def steps():
    """(name, command) of each of STEPS."""
    lines = re.sub(r"\n +", " ", STEPS.strip()).splitlines()
    return [re.split(r" {2,}", line, maxsplit=1) for line in lines]


def script():
    """STEPS as a shell script that goes on after a step that failed, and says which did."""
    lines = [
        "export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 db=/var/lib/accueil/accueil.db",
        "demo=/usr/share/accueil/demo pdf=/var/lib/accueil/badge.pdf",
        'as_user () { u=$1; shift; g=$(id -g "$u")',
        'setpriv --reuid "$u" --regid "$g" --init-groups -- "$@"; }',
        'as () { as_user accueil "$@"; }',
    ]
    for name, command in steps():
        lines += [
            f"if {{ {command}; }} >/step 2>&1; then echo 'step ok: {name}';",
            f"else echo 'step failed: {name}'; tail -n 30 /step; fi",
        ]
    return "\n".join(lines) + "\n"


def sources():
    """This machine's package sources, as mmdebstrap takes them."""
    paths = glob.glob("/etc/apt/sources.list.d/*.sources") + glob.glob(
        "/etc/apt/sources.list.d/*.list"
    )
    if os.path.exists("/etc/apt/sources.list"):
        paths.append("/etc/apt/sources.list")
    return [path for path in paths if "debian" in open(path, encoding="utf-8").read()]


def own_options():
    """How this machine's apt reaches its sources: a proxy, where there is one."""
    said = run("apt-config", "dump", "Acquire").stdout
    lines = [line for line in said.splitlines() if re.search(r"::Proxy|Retries", line)]
    return [f"--aptopt={line}" for line in lines if not line.endswith('"";')]


def test_clean_root():
    """in a clean Debian: installed, used, upgraded, removed, purged"""
    if os.geteuid() and run("unshare", "-Ur", "true").returncode:
        raise Skip("neither root nor user namespaces")
    if os.geteuid() == 0 and run("unshare", "-m", "true").returncode:
        raise Skip("root may not mount anything here")
    folder, following = os.path.abspath(FOLDER), os.path.abspath(next_version())
    with open(f"{folder}/try.sh", "w", encoding="utf-8") as file:
        file.write(script())
    made = run(
        "mmdebstrap",
        "--variant=apt",
        "--format=null",
        "--include=bash-completion,systemd,man-db",
        "--dpkgopt=force-unsafe-io",
        '--aptopt=APT::Install-Recommends "false"',
        *own_options(),
        f'--customize-hook=mkdir "$1/debs" "$1/next" && cp {folder}/*.deb "$1/debs" '
        f'&& cp {following}/*.deb "$1/next" && cp {folder}/try.sh "$1/try.sh"',
        '--customize-hook=chroot "$1" sh /try.sh',
        "bookworm",
        "-",
        *sources(),
    )
    said = made.stdout + made.stderr
    done = re.findall(r"^step (ok|failed): (.*)$", said, re.M)
    for result, name in done:
        say(f"{name}: {result}")
    expect(len(done) == len(steps()), f"{len(done)} of {len(steps())} steps", said[-4000:])
    failed = said[said.index("step failed") :] if "step failed" in said else ""
    expect(not failed, failed[:6000])


if __name__ == "__main__":
    tap.main(tap.tests_of(globals()))
