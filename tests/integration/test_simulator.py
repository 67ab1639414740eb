#!/usr/bin/env python3
"""The simulator (tests/sim/simulate.c): it holds for its seeds; and it finds faults: each of some
that somebody could make, put into a copy of one source, is caught, by a seed that says how to see
it again. Prints TAP."""
import glob
import os
import re
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.run import BUILD, MODE, done, environment
from kit.tap import expect, main, new_folder, say, tests_of

SIMULATE = str(BUILD / "tests" / "sim" / "simulate")
SEEDS_MAX = 3000
LIMIT_S = 600

# A name: what stands in one source, and what stands there instead.
ACKNOWLEDGED_EARLY = [
    (
        "  if (log_append (writer->journal, batches, pushes->len, &error))\n"
        "    note (writer, NULL);\n",
        """  for (guint i = 0; i < pushes->len; i++) {
    WriterPush *push = pushes->pdata[i];
    const Fact *last = &push->batch.facts[push->batch.count - 1];
    push->batch.outcome = LOG_STORED;
    push->batch.seq = last->seq;
    push->batch.chain = last->chain;
    push->done (push->data);
  }
  if (log_append (writer->journal, batches, pushes->len, &error))
    note (writer, NULL);
""",
    ),
    (
        "    WriterPush *push = pushes->pdata[i];\n    push->done (push->data);\n",
        "",
    ),
]
NOT_SYNCED = [("PRAGMA synchronous = FULL;", "PRAGMA synchronous = NORMAL;")]
CURSOR_AHEAD = [
    (
        "                      guint *taken, GError **error)\n{\n"
        "  if (!journal_begin (journal, error))\n    return FALSE;\n  if (journal_finish",
        "                      guint *taken, GError **error)\n{\n"
        "  if (!write_cursor (journal, cursor, answer->epoch, error)\n"
        "      || !journal_begin (journal, error))\n    return FALSE;\n  if (journal_finish",
    )
]
EPOCH_IGNORED = [
    (
        "  good = g_str_equal (epoch, epochs->current) || (ended != NULL && after <= *ended);",
        "  good = TRUE || ended != NULL;",
    )
]
NOT_SETTLED = [("  if (standing->root && standing->settling)", "  if (FALSE)")]
COMMIT_UNASKED = [
    (
        '  if (sqlite3_exec (journal->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {',
        '  if (sqlite3_exec (journal->db, "COMMIT", NULL, NULL, NULL) == SQLITE_MISUSE) {',
    )
]
NOT_GIVEN_BACK = [
    (
        "          && !give_back_lost (client->journal, connection (client), answer.head, error)))",
        "          && FALSE))",
    )
]

# Of hubs that share a log, of gates, and of strangers.
NOT_IN_THE_LOG = [
    (
        "    good = shared->engine->commit (shared->link, error);\n    shared->open = FALSE;\n  }",
        "    shared->engine->rollback (shared->link);\n    shared->open = FALSE;\n  }",
    )
]
LEASE_TAKEN_TWICE = [
    ("now_us - lease->seen_us >= LEASE_TAKE_MS * G_TIME_SPAN_MILLISECOND)", "TRUE)")
]
ALL_TO_GATES = [("  return role < ROLE_DESK;\n", "  return role < ROLE_NONE;\n")]
OF_ANYBODY = [
    (
        "  if (strcmp (fact.station, station) != 0) {\n    g_set_error (\n        error, FACT",
        "  if (FALSE) {\n    g_set_error (\n        error, FACT",
    )
]
FORK_UNSEEN = [
    (
        "hash_equal (&client->head_chain, own_chain) || conflict (client, own_seq, error);",
        "TRUE;",
    )
]


def source_with(text):
    """The one source that holds @text."""
    found = [
        path
        for path in sorted(glob.glob("src/*/*.c"))
        if text in open(path, encoding="utf-8").read()
    ]
    expect(len(found) == 1, f"{len(found)} sources hold what is to be altered:", text, found)
    return found[0]


def alter(name, changes):
    """The simulator with these changes; its path."""
    source = source_with(changes[0][0])
    with open(source, encoding="utf-8") as file:
        text = file.read()
    for old, new in changes:
        expect(text.count(old) == 1, f"{source} does not hold once:", old)
        text = text.replace(old, new)
    mutant = os.path.join(new_folder("mutant"), name)
    with open(mutant + ".c", "w", encoding="utf-8") as file:
        file.write(text)
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS")}
    words = ["make", "--no-print-directory", "sim-mutant", f"MODE={MODE}", f"BUILD={BUILD}"]
    done([*words, f"MUTANT={mutant}"], env=env, limit_s=LIMIT_S)
    return mutant


def catch(name, changes):
    mutant = alter(name, changes)
    words = [mutant, "--seeds", str(SEEDS_MAX), "--no-shrink"]
    said = done(words, env=environment(), status=None, limit_s=LIMIT_S)
    expect(said.code == 1, f"{SEEDS_MAX} seeds do not find it:", said)
    found = re.search(r"^# seed (\d+): (.*)$", said.out, re.M)
    expect(found and f"simulate --seed {found[1]} --only" in said.out, said)
    say(f"seed {found[1]}: {found[2]}")
    return mutant, found


def test_acknowledged_early():
    """a hub that answers before its commit is found"""
    catch("acknowledged-early", ACKNOWLEDGED_EARLY)


def test_not_synced():
    """synchronous=NORMAL is found; its seed is shrunk to a few steps, and these fail again"""
    mutant, found = catch("not-synced", NOT_SYNCED)
    words = [mutant, "--seed", found[1]]
    said = done(words, env=environment(), status=1, limit_s=LIMIT_S).out
    only = re.search(r"^# again: simulate --seed \d+ --only ([\d,]+)$", said, re.M)
    expect(only and len(only[1].split(",")) <= 8, said)
    again = done(words + ["--only", only[1], "--no-shrink"], env=environment(), status=1)
    expect(f"# seed {found[1]}: " in again.out, again)
    # And without the fault they hold.
    done([SIMULATE, *words[1:], "--only", only[1]], env=environment(), limit_s=LIMIT_S)


def test_cursor_ahead():
    """a cursor that is written before the facts is found"""
    catch("cursor-ahead", CURSOR_AHEAD)


def test_epoch_ignored():
    """a restored hub that takes cursors of the time before is found"""
    catch("epoch-ignored", EPOCH_IGNORED)


def test_not_settled():
    """a restored hub that writes before it has back what it lost is found"""
    catch("not-settled", NOT_SETTLED)


def test_not_given_back():
    """stations that keep for themselves what a restored hub has lost are found"""
    catch("not-given-back", NOT_GIVEN_BACK)


def test_not_in_the_log():
    """a hub that answers for what the shared log has not is found"""
    catch("not-in-the-log", NOT_IN_THE_LOG)


def test_lease_taken_twice():
    """two hubs that both do what one may are found"""
    catch("lease-taken-twice", LEASE_TAKEN_TWICE)


def test_all_to_gates():
    """an address that comes to a gate is found"""
    catch("all-to-gates", ALL_TO_GATES)


def test_of_anybody():
    """a hub that takes one station's facts from another is found"""
    catch("of-anybody", OF_ANYBODY)


def test_fork_unseen():
    """a station that does not see that another has its name is found"""
    catch("fork-unseen", FORK_UNSEEN)


def test_commit_unasked():
    """a commit whose failure nobody looks at is found"""
    catch("commit-unasked", COMMIT_UNASKED)


if __name__ == "__main__":
    main(tests_of(globals()))
