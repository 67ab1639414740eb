/* sqlite_memory.h: where SQLite's memory comes from: each thread keeps the small blocks
 * that SQLite gave back, and gives them out again.
 *
 * A fact sets off some twenty triggers, each of which takes some blocks and gives them
 * back at its end, far more than the seven of a size that glibc keeps at hand; Debian's
 * SQLite has no memory of its own for that (OMIT_LOOKASIDE).
 * Under AddressSanitizer nothing is kept, so that it sees what is used after it was given
 * back. */
#pragma once

/* Of one size a thread keeps so many blocks, of all so many bytes. */
#define SQLITE_MEMORY_KEPT_MAX 64
#define SQLITE_MEMORY_KEPT_BYTES (256 * 1024)

/* Once a process, before SQLite is first used. */
void sqlite_memory_use (void);
/* This thread keeps nothing any more, for now: once a replica is open, since its schema
 * takes far more than any statement will. */
void sqlite_memory_release (void);
