#!/usr/bin/env python3
"""The command line: help in three languages, exit codes, and what bad input gets. Prints TAP."""
import contextlib
import csv
import hashlib
import os
import re
import shutil
import sqlite3
import sys
import tempfile

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run
from kit.run import ACCUEIL, done
from kit.tap import Skip, expect, main, tests_of

ENVIRONMENT = run.environment()
LANGUAGES = {"en": {}, "fr": {"LANG": "fr_FR.UTF-8"}, "zh": {"LANG": "zh_CN.UTF-8"}}


def accueil(*words, stdin=b"", env=None, db=None, before=()):
    env = dict(ENVIRONMENT, ACCUEIL_DB=db or os.path.join(FOLDER, "none", "x.db"), **(env or {}))
    return done([*before, ACCUEIL, *words], stdin=stdin, env=env, status=None)


def expect_refused(answer, *texts):
    """Exit 1 and a message that holds all of texts; a sanitizer's finding is no refusal."""
    expect(answer.code == 1, "expected exit 1", answer)
    expect("Sanitizer" not in answer.err and "runtime error" not in answer.err, answer)
    for text in texts:
        expect(text in answer.err + answer.out, f"“{text}” is not said", answer)


def expect_done(answer):
    expect(answer.code == 0, "expected exit 0", answer)
    return answer


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def new_replica(name, station=None):
    path = os.path.join(FOLDER, name + ".db")
    expect_done(accueil("init", "--station", station or name, db=path))
    return path


def run_sql(path, *statements):
    """The rows of the last statement; the file is closed behind it."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            rows = db.execute(statement).fetchall()
        return rows
    finally:
        db.close()


def facts(path):
    return run_sql(path, "SELECT count(*) FROM fact")[0][0]


def tamper(path, *statements):
    """Changes a closed replica behind its back."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA trusted_schema = ON")
    db.create_function("search_tokens", -1, lambda *texts: " ".join(t or "" for t in texts))
    for (trigger,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'fact'"
    ).fetchall():
        db.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


LIST = """Référence;Nom;Prénom;Fonction;Fonction (chinois);Organisme;Organisme (chinois);Catégorie;Rencontres;Foire;Jours;Repas;Transport;Casque;Courriel;Pays
FR-0001;D'Estienne;Œnone;Maire;市长;Ville de L'Haÿ-les-Roses;拉伊莱罗斯市;élu;oui;non;26,27;oui;oui;oui;oe@example.org;FR
2016/0002;Müller;Zoë;"Chef; « projet »";项目负责人;Ville de Nantes;南特市;expert;oui;oui;26,29;oui;non;non;zoe@example.org;FR
FR-0003;Nord;＝Jean;@Adjoint;副市长;Ville de Lille;里尔市;élu;oui;non;26;non;non;non;;FR
"""


def new_congress(name):
    """A replica with the demo's event file, three delegates and a key."""
    path = new_replica(name)
    roster = os.path.join(FOLDER, name + ".csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write(LIST)
    expect_done(accueil("event", "load", "assets/demo/congress.ini", db=path))
    expect_done(accueil("import", roster, db=path))
    expect_done(accueil("key", "new", db=path))
    return path


# Help and usage -----------------------------------------------------------------------------------


def commands():
    """Names of all commands and their summaries, from the help."""
    text = expect_done(accueil("--help")).out
    return dict(re.findall(r"^  ([a-z]+(?: [a-z]+)?)  +(\S.*)$", text, re.M))


def test_help_lists_every_command():
    names = commands()
    for name in (
        "init",
        "event load",
        "event show",
        "import",
        "roster",
        "key new",
        "ticket issue",
        "ticket show",
        "scan",
        "badge render",
        "counts",
        "agent",
        "enrol",
        "verify",
        "rebuild",
        "merge",
        "doctor",
    ):
        expect(name in names, f"{name} is not in the help", names)


def test_help_in_three_languages():
    english = commands()
    for language, word in (("fr", "Sur un poste"), ("zh", "在现场站点")):
        answer = expect_done(accueil("--help", env=LANGUAGES[language]))
        expect(word in answer.out, language, answer)
        for name, summary in english.items():
            expect(
                re.search(rf"^  {name}  +\S", answer.out, re.M), f"{name} is missing in {language}"
            )
            expect(
                summary not in answer.out,
                f"the summary of {name} is not translated to {language}: {summary}",
            )


def test_help_of_each_command():
    options = {"en": "Usage: accueil ", "fr": "Utilisation", "zh": "用法"}
    for name in commands():
        texts = set()
        for language, environment in LANGUAGES.items():
            answer = expect_done(accueil(*name.split(), "--help", env=environment))
            expect(
                answer.out.startswith(options[language]) and f"accueil {name}" in answer.out,
                name,
                language,
                answer,
            )
            expect(
                "--db" in answer.out and "--help" in answer.out and answer.err == "", name, answer
            )
            texts.add(answer.out)
        expect(len(texts) == 3, f"{name}: the help does not differ by language")
        expect(
            accueil("help", *name.split()).out == accueil(*name.split(), "-h").out, f"help {name}"
        )


def test_every_description_is_translated():
    """No option of any command is described alike in English and in another language."""
    for name in commands():
        lines = {}
        for language, environment in LANGUAGES.items():
            text = accueil(*name.split(), "--help", env=environment).out
            lines[language] = {
                match[0]: match[1]
                for match in re.findall(r"^  (?:-\w, )?--([a-z-]+)\b.*?  +(\S.*)$", text, re.M)
            }
        for option, description in lines["en"].items():
            for language in ("fr", "zh"):
                expect(
                    lines[language].get(option) not in (None, description),
                    f"{name} --{option} is not translated to {language}: {description}",
                )


def test_language_of_messages():
    for language, word in (("en", "unknown command"), ("fr", "commande inconnue"), ("zh", "未知命令")):
        answer = accueil("foo", env=LANGUAGES[language])
        expect(word in answer.err, language, answer)
    expect(
        "unknown command" in accueil("foo", env={"LC_ALL": "C", "LANGUAGE": "fr"}).err,
        "plain C asks for English",
    )


def test_version():
    expect(
        re.fullmatch(r"accueil \d+\.\d+.*\n", expect_done(accueil("--version")).out), "no version"
    )


def test_wrong_usage():
    rows = [
        [],
        ["foo"],
        ["--bogus"],
        ["-x"],
        ["key"],
        ["key", "foo"],
        ["event"],
        ["ticket", "--bogus"],
        [""],
        ["é"],
        ["x" * 5000],
        ["verify", "--db"],
        ["init"],
        ["init", "--station"],
        ["init", "--station", ""],
        ["init", "--station", "Not Valid"],
        ["init", "--station", "x" * 25],
        ["init", "--station", "../a"],
        ["init", "--station", "-a"],
        ["init", "--station", "a", "surplus"],
        ["verify", "surplus"],
        ["rebuild", "surplus"],
        ["merge"],
        ["merge", "a", "b"],
        ["key", "new", "surplus"],
        ["ticket", "issue", "surplus"],
        ["ticket", "issue", "--csv"],
        ["ticket", "show"],
        ["ticket", "show", "a", "b"],
        ["doctor", "surplus"],
        ["badge", "render"],
        ["badge", "render", "FR-1"],
        ["badge", "render", "FR-1", "-o", "x.gif"],
        ["badge", "render", "FR 1", "-o", "x.pdf"],
        ["badge", "render", "FR-1", "-o", "x.pdf", "--dpi", "5"],
        ["badge", "render", "FR-1", "-o", "x.pdf", "--dpi", "many"],
        ["badge", "render", "FR-1", "-o", "x.pdf", "--serial", "-1"],
        ["badge", "render", "FR-1", "-o", "x.pdf", "--serial", "65536"],
        ["badge", "render", "FR-1", "FR-2", "-o", "x.pdf"],
        ["import"],
        ["scan"],
        ["enrol"],
        ["event", "load"],
        ["counts", "--by", "nonsense"],
    ]
    rows += [[*name.split(), "--no-such-option"] for name in commands()]
    for row in rows:
        answer = accueil(*row)
        expect(answer.code == 2, row, "expected exit 2", answer)
        expect(answer.out == "" and "--help" in answer.err, row, answer)
    for name in commands():
        expect("--no-such-option" in accueil(*name.split(), "--no-such-option").err, name)


def test_hint():
    for typed, hint in (
        (["verfy"], "verify"),
        (["ky", "new"], "key new"),
        (["ticket", "isue"], "ticket issue"),
        (["badge-render"], "badge render"),
        (["inport"], "import"),
        (["count"], "counts"),
    ):
        expect(f"accueil {hint}" in accueil(*typed).err, typed, accueil(*typed))
    expect("Did you mean" not in accueil("xylophone").err, "a hint out of nowhere")


# Replicas that are none ---------------------------------------------------------------------------


def test_no_replica():
    for path, text in (
        (os.path.join(FOLDER, "none.db"), "accueil init"),
        (os.path.join(FOLDER, "none", "x.db"), "accueil init"),
        (FOLDER, "no file"),
        ("/dev/null", "no file"),
    ):
        for words in (
            ["verify"],
            ["rebuild"],
            ["key", "new"],
            ["ticket", "issue"],
            ["ticket", "show", "AC:1"],
            ["merge", "x"],
        ):
            expect_refused(accueil(*words, "--db", path), text)
        expect_refused(accueil("doctor", "--db", path), "✗")
    expect(not os.path.exists(os.path.join(FOLDER, "none.db")), "a file was made")


def test_not_ours():
    garbage = os.path.join(FOLDER, "garbage.db")
    other = os.path.join(FOLDER, "other.db")
    empty = os.path.join(FOLDER, "empty.db")
    with open(garbage, "wb") as file:
        file.write(b"not a database at all" * 500)
    run_sql(other, "CREATE TABLE fact (a)")
    open(empty, "wb").close()
    for path in (garbage, other, empty):
        before = digest(path)
        for words in (["verify"], ["rebuild"], ["key", "new"]):
            expect_refused(accueil(*words, db=path), path)
        expect(digest(path) == before, f"{path} was changed")


def test_newer_version():
    path = new_replica("newer")
    version = run_sql(path, "PRAGMA user_version")[0][0]
    run_sql(path, f"PRAGMA user_version = {version + 1}")
    before = digest(path)
    for words in (["verify"], ["rebuild"], ["key", "new"], ["ticket", "issue"]):
        expect_refused(accueil(*words, db=path), path, "newer")
    expect(digest(path) == before, "the file was changed")


def test_init_keeps_what_is_there():
    path = new_replica("kept")
    before = digest(path)
    expect_refused(accueil("init", "--station", "kept", db=path), path)
    expect_refused(
        accueil("init", "--station", "x", db=os.path.join(FOLDER, "no", "such", "folder.db")),
        "folder.db",
        "make its folder first",
        "--db",
    )
    expect(digest(path) == before, "the file was changed")
    expect(os.stat(path).st_mode & 0o777 == 0o600, "others may read the replica")


# Media that will not be written -------------------------------------------------------------------


def in_namespace(script, **variables):
    """Runs a shell script in a mount namespace of its own, where this user may mount."""
    words = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", FOLDER]
    probe = done(words, status=None)
    if probe.code != 0:
        raise Skip("no mount namespaces for this user: " + probe.err.strip())
    env = dict(ENVIRONMENT, ACCUEIL=ACCUEIL, **variables)
    return done(["unshare", "-rm", "sh", "-c", script], env=env, status=None)


def test_read_only():
    folder = os.path.join(FOLDER, "read-only")
    os.mkdir(folder)
    path = new_replica("read-only/replica", "replica")
    before = digest(path)
    script = (
        'mount --bind "$D" "$D" && mount -o remount,bind,ro "$D" && cd / && '
        '"$ACCUEIL" %s --db "$D/replica.db"'
    )
    for words in ("key new", "rebuild"):
        expect_refused(in_namespace(script % words, D=folder), path)
    expect_refused(
        in_namespace(script.replace("replica.db", "new.db") % "init --station new", D=folder),
        "new.db",
    )
    expect(
        digest(path) == before and os.listdir(folder) == ["replica.db"],
        "something was written",
        os.listdir(folder),
    )


def test_read_only_mode():
    path = new_replica("mode")
    os.chmod(path, 0o400)
    before = digest(path)
    # Root writes whatever the mode, but for the capability to do so.
    without = (
        ["setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override"]
        if os.geteuid() == 0
        else []
    )
    expect_refused(accueil("key", "new", db=path, before=without), path)
    expect(digest(path) == before, "the file was changed")


def test_full_disk():
    folder = os.path.join(FOLDER, "full")
    os.mkdir(folder)
    script = """set -e; mount -t tmpfs -o size=4m none "$D"; export ACCUEIL_DB="$D/full.db"
        "$ACCUEIL" init --station full; "$ACCUEIL" event load assets/demo/congress.ini; "$ACCUEIL" key new; before=$("$ACCUEIL" verify --projections)
        dd if=/dev/zero of="$D/ballast" bs=4k 2>/dev/null || true
        set +e; "$ACCUEIL" key new --replace; echo "first: $?"; echo AC:NOBODY | "$ACCUEIL" scan --checkpoint entree-est; echo "scan: $?"; "$ACCUEIL" rebuild; "$ACCUEIL" init --station more --db "$D/more.db"; echo "init: $?"; "$ACCUEIL" counts
        rm "$D/ballast"; set -e; [ "$("$ACCUEIL" verify --projections)" = "$before" ]; "$ACCUEIL" key new --replace; "$ACCUEIL" verify; echo whole"""
    answer = in_namespace(script, D=folder)
    expect("first: 1" in answer.out and "scan: 1" in answer.out and "init: 1" in answer.out, answer)
    expect("au bureau d’accueil" in answer.err and "接待处" in answer.err, answer)
    expect("disk does not take" in answer.err or "disk is full" in answer.err, answer)
    expect(
        "disk I/O error\n" not in answer.err
        and answer.code == 0
        and answer.out.endswith("whole\n"),
        answer,
    )


def test_output_that_cannot_be_written():
    path = new_congress("output")
    env = dict(ENVIRONMENT, ACCUEIL_DB=path)
    for words in (
        ["ticket", "issue"],
        ["ticket", "issue", "--csv", "-"],
        ["roster", "--json"],
        ["roster"],
        ["counts", "--csv"],
        ["counts"],
        ["verify"],
        ["event", "show"],
        ["--help"],
    ):
        full = done(["sh", "-c", 'exec "$@" >/dev/full', "sh", ACCUEIL, *words], env=env, status=1)
        expect("standard output" in full.err, full)


# Altered facts ------------------------------------------------------------------------------------


def test_altered_facts():
    source = new_replica("altered")
    for _ in range(5):
        expect_done(accueil("key", "new", "--replace", db=source))
    expect(facts(source) == 6, facts(source))
    rows = [
        (
            'UPDATE fact SET body = replace (body, \'"public":"\', \'"public":"A\') WHERE seq = 4',
            "4",
        ),
        ("UPDATE fact SET body = body || ' ' WHERE seq = 2", "2"),
        ("UPDATE fact SET body_hash = zeroblob (32) WHERE seq = 5", "5"),
        ("UPDATE fact SET at = at + 1 WHERE seq = 3", "3"),
        ("UPDATE fact SET kind = 'erasure' WHERE seq = 6", "6"),
        ("UPDATE fact SET subject = 'x' WHERE seq = 2", "2"),
        ("UPDATE fact SET chain = zeroblob (32) WHERE seq = 1", "1"),
        ("DELETE FROM fact WHERE seq = 3", "4"),
        ("DELETE FROM fact WHERE seq = 6", "5"),
        ("UPDATE fact SET station = 'other' WHERE seq = 6", ""),
        ("UPDATE head SET chain = zeroblob (32)", ""),
    ]
    for number, (statement, seq) in enumerate(rows):
        path = os.path.join(FOLDER, f"altered-{number}.db")
        shutil.copy(source, path)
        tamper(path, statement)
        answer = accueil("verify", db=path)
        expect_refused(answer, "altered")
        expect(not seq or re.search(rf"\b{seq}\b.*“altered”", answer.err), statement, answer)
    expect_done(accueil("verify", db=source))


def test_flipped_bits_in_the_file():
    """Every bit of a body as it lies in the file."""
    source = new_replica("bits")
    expect_done(accueil("key", "new", db=source))
    body = run_sql(source, "SELECT body FROM fact WHERE seq = 2")[0][0].encode()
    with open(source, "rb") as file:
        data = file.read()
    at = data.index(body)
    expect(data.count(body) == 1, "the body stands more than once")
    path = os.path.join(FOLDER, "flipped.db")
    for index in range(at, at + len(body), 3):
        for bit in (0, 3, 7):
            with open(path, "wb") as file:
                file.write(data[:index] + bytes([data[index] ^ 1 << bit]) + data[index + 1 :])
            expect_refused(accueil("verify", db=path), "2", "bits")


def test_truncated_file():
    source = new_replica("whole")
    with open(source, "rb") as file:
        data = file.read()
    path = os.path.join(FOLDER, "cut.db")
    for kept in (1, 15, 100, 4096, 5000, len(data) // 2, len(data) - 4096):
        with open(path, "wb") as file:
            file.write(data[:kept])
        answer = accueil("verify", db=path)
        expect_refused(answer, path if "station" not in answer.err else "station")


# Rebuild and merge --------------------------------------------------------------------------------


def projections(path):
    return re.search(
        r"[0-9a-f]{64}\n$", expect_done(accueil("verify", "--projections", db=path)).out
    )[0]


def test_rebuild():
    path = new_congress("rebuild")
    before = projections(path)
    expect_done(accueil("rebuild", db=path))
    expect(projections(path) == before, "a rebuild changed the projections")
    run_sql(path, "DELETE FROM ticket_key", "UPDATE checkpoint SET fr = 'x'")
    expect(projections(path) != before, "the digest does not see the projections")
    expect_done(accueil("rebuild", db=path))
    expect(projections(path) == before, "a rebuild did not restore the projections")


def test_merge():
    source, target = new_congress("source"), new_replica("target")
    count = facts(source)
    expect(
        expect_done(accueil("merge", source, db=target)).out.endswith(f": {count}.\n"),
        "not all were taken",
    )
    expect(facts(target) == count + 1, facts(target))
    expect(accueil("merge", source, db=target).out.endswith(": 0.\n"), "taken twice")
    expect_done(accueil("verify", db=target))
    expect(
        len(accueil("ticket", "issue", db=source).out.splitlines()) == 4,
        "the source does not issue",
    )
    expect_refused(accueil("ticket", "issue", db=target), "key new")  # the secret stayed at home


def test_merge_refused():
    source, target = new_replica("bad-source"), new_replica("bad-target")
    expect_done(accueil("key", "new", db=source))
    tamper(source, "UPDATE fact SET body = body || ' ' WHERE seq = 2")
    text = os.path.join(FOLDER, "some.txt")
    with open(text, "w", encoding="utf-8") as file:
        file.write("no replica")
    before = projections(target), facts(target)
    for path, word in (
        (os.path.join(FOLDER, "missing.db"), "missing.db"),
        (FOLDER, FOLDER),
        (text, "some.txt"),
    ):
        expect_refused(accueil("merge", path, db=target), word)
    expect((projections(target), facts(target)) == before, "something was taken")
    expect_refused(accueil("merge", source, db=target), "bad-source", "2")
    expect(
        run_sql(target, "SELECT count(*) FROM fact WHERE kind = 'key'") == [(0,)],
        "the altered fact came in",
    )
    expect_done(accueil("verify", db=target))


# Keys and tickets ---------------------------------------------------------------------------------


def test_key():
    path = new_replica("key")
    expect_refused(accueil("ticket", "issue", db=path), "key new")
    first = expect_done(accueil("key", "new", db=path)).out
    before = facts(path)
    expect_refused(accueil("key", "new", db=path), "--replace")
    expect(facts(path) == before, "a fact was added")
    expect(expect_done(accueil("key", "new", "--replace", db=path)).out != first, "the same key")
    bodies = " ".join(row[0] for row in run_sql(path, "SELECT body FROM fact"))
    secret = run_sql(path, "SELECT value FROM local WHERE name = 'ticket-secret'")[0][0]
    expect(secret not in bodies, "the secret is in a fact")


def issued(path):
    table = os.path.join(FOLDER, "tickets.csv")
    expect_done(accueil("ticket", "issue", "--csv", table, db=path))
    with open(table, encoding="utf-8-sig", newline="") as file:
        return {row["reference"]: row for row in csv.DictReader(file)}


def test_ticket_issue():
    path = new_congress("issue")
    table, images = os.path.join(FOLDER, "issue-tickets.csv"), os.path.join(FOLDER, "images")
    with open(table, "w", encoding="utf-8") as file:
        file.write("an older one, open to others and longer" * 100)
    os.chmod(table, 0o644)
    typed = ("--family", "@Nord", "--volunteer", "Ana")  # by a person: no list may
    expect_done(accueil("correct", "FR-0003", *typed, db=path))
    expect_done(accueil("ticket", "issue", "--csv", table, "--png", images, db=path))
    with open(table, "rb") as file:
        data = file.read()
    expect(
        data.startswith(b"\xef\xbb\xbf") and os.stat(table).st_mode & 0o777 == 0o600,
        "no byte order mark, or others may read it",
    )
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    expect([row["reference"] for row in rows] == ["2016/0002", "FR-0001", "FR-0003"], rows)
    expect(
        rows[1]["family"] == "D'Estienne"
        and rows[1]["given"] == "Œnone"
        and rows[1]["email"] == "oe@example.org",
        rows[1],
    )
    expect(
        rows[2]["family"].startswith("'@") and rows[2]["given"].startswith("'＝"),
        "a formula reaches the spreadsheet",
        rows[2],
    )
    expect(
        sorted(os.listdir(images)) == ["2016%2F0002.png", "FR-0001.png", "FR-0003.png"],
        os.listdir(images),
    )
    for row in rows:
        scanned = accueil(
            "scan",
            "--checkpoint",
            "navette",
            "--json",
            "--image",
            os.path.join(images, row["image"]),
            db=path,
        )
        expect(
            f'"{row["reference"]}"' in scanned.out,
            "the image does not say its ticket",
            row,
            scanned,
        )
    printed = accueil("ticket", "issue", db=path).out
    expect(printed.splitlines()[1].split(",")[0] == "2016/0002", printed)


def test_ticket_issue_refused():
    path = new_congress("issue-refused")
    for words in (
        ["--csv", "/nonexistent/x.csv"],
        ["--csv", FOLDER],
        ["--png", "/dev/null/x"],
        ["--png", os.path.join(FOLDER, "issue-refused.csv")],
    ):
        expect_refused(accueil("ticket", "issue", *words, db=path))


def test_ticket_show():
    path = new_congress("show")
    code = issued(path)["FR-0001"]["code"]
    for answer in (
        accueil("ticket", "show", code, db=path),
        accueil("ticket", "show", "-", stdin=code.encode() + b"\r\n", db=path),
    ):
        expect_done(answer)
        for word in ("ticket", "FR-0001", "D'Estienne", "拉伊莱罗斯市", "holds"):
            expect(word in answer.out, word, answer)
    expect_done(accueil("key", "new", "--replace", db=path))
    expect_done(accueil("ticket", "show", code, db=path))  # tickets already sent stay good

    stranger = new_congress("stranger")
    foreign = issued(stranger)["FR-0001"]["code"]
    expect_refused(accueil("ticket", "show", foreign, db=path), "not by a congress key known here")
    for bad in (
        "",
        "AC:",
        code[:-1],
        code[:-3],
        code + "0",
        code[:20] + ("0" if code[20] != "0" else "1") + code[21:],
        "https://example.org",
        "AC:" + "A" * 100000,
        "é" * 300,
    ):
        expect_refused(accueil("ticket", "show", bad, db=path))
    expect_refused(accueil("ticket", "show", "-", stdin=b"", db=path))
    expect_refused(accueil("ticket", "show", "-", stdin=b"AC:" + b"A" * 5000000, db=path))


# Badge and doctor ---------------------------------------------------------------------------------


def test_badge_render():
    path = new_congress("badge")
    for name, magic in (("badge.pdf", b"%PDF-"), ("badge.png", b"\x89PNG")):
        file_name = os.path.join(FOLDER, name)
        expect_done(accueil("badge", "render", "2016/0002", "-o", file_name, db=path))
        with open(file_name, "rb") as file:
            expect(file.read(5).startswith(magic), name)
    before = digest(file_name)
    for words in (
        ["FR-9999", "-o", file_name],
        ["FR-0001", "-o", "/nonexistent/x.pdf"],
        ["FR-0001", "--serial", "7", "-o", file_name],
        ["FR-0001", "-o", file_name, "--template", "/nonexistent.svg"],
        ["FR-0001", "-o", file_name, "--template", "assets/demo/congress.ini"],
    ):
        expect_refused(accueil("badge", "render", *words, db=path))
    expect(digest(file_name) == before, "a refusal wrote the file")


def test_doctor():
    path = new_replica("doctor")
    answer = accueil("doctor", db=path)
    expect_refused(answer, "✗ congress", "accueil event load", "! ticket key", "! hub")
    path = new_congress("healthy")
    answer = accueil("doctor", db=path)
    for word in (
        "✓ replica",
        "✓ chain",
        "✓ congress",
        "✓ ticket key",
        "✓ clock",
        "✓ file modes",
        "delegates",
    ):
        expect(word in answer.out, word, answer)
    for language, environment in LANGUAGES.items():
        for line in accueil("doctor", db=path, env=environment).out.splitlines()[:-1]:
            expect(
                re.match(r"[✓!✗] \S+( \S+)*  |  +→ ", line),
                f"out of its column in {language}: {line}",
            )
    expect("! whole file" in answer.out and "accueil verify" in answer.out, answer)
    expect_done(accueil("verify", "--facts", db=path))
    expect("! whole file" in accueil("doctor", db=path).out, "a part stands for the whole")
    expect_done(accueil("verify", db=path))
    expect("✓ whole file" in accueil("doctor", db=path).out, accueil("doctor", db=path))
    expect(not os.path.exists(path + ".proof"), "copies stay behind")
    os.chmod(path, 0o644)
    expect_refused(accueil("doctor", db=path), "✗ file modes", f"chmod 600 {path}")
    os.chmod(path, 0o600)
    expect("does not have" not in accueil("doctor", db=path).out, "strangers where there are none")
    with open("assets/demo/congress.ini", encoding="utf-8") as file:
        event = file.read().replace("[category elu]", "[category notable]")
    with open(os.path.join(FOLDER, "other.ini"), "w", encoding="utf-8") as file:
        file.write(event)
    expect_done(accueil("event", "load", file.name, db=path))
    expect(
        "category or event that the event file does not have, such as FR-0"
        in accueil("doctor", db=path).out,
        accueil("doctor", db=path),
    )
    tamper(path, "UPDATE fact SET body = body || ' ' WHERE seq = 3")
    expect_refused(accueil("doctor", db=path), "✗ chain", "3")
    expect_refused(accueil("verify", db=path))
    expect("! whole file" in accueil("doctor", db=path).out, "a proof that failed counts")


def test_clock():
    path = new_replica("clock")
    expect_refused(
        accueil("doctor", db=path, env={"ACCUEIL_NOW": "2016-10-26T09:12:00+08:00"}), "✗ clock"
    )
    for wrong in ("yesterday", "2016-10-26", "2016-13-26T09:12:00Z"):
        for words in (
            ["verify"],
            ["doctor"],
            ["key", "new"],
            ["init", "--station", "x", "--db", os.path.join(FOLDER, "x.db")],
        ):
            expect_refused(accueil(*words, db=path, env={"ACCUEIL_NOW": wrong}), wrong)


@contextlib.contextmanager
def folder(_test):
    global FOLDER
    with tempfile.TemporaryDirectory(prefix="accueil-cli-") as FOLDER:
        yield


if __name__ == "__main__":
    main(tests_of(globals()), folder)
