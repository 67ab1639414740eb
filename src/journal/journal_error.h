/* journal_error.h: a replica's handle and what can go wrong with it: what all headers of
 * journal/ share. */
#pragma once

#include <glib.h>

typedef struct _Journal Journal;

#define JOURNAL_BUSY_MS 10000 /* how long a writer waits for another */

#define JOURNAL_ERROR journal_error_quark ()
GQuark journal_error_quark (void);
typedef enum {
  JOURNAL_ERROR_IO, /* the file cannot be read or written: missing, read-only, disk full, damaged */
  JOURNAL_ERROR_NOT_OURS, /* the file is no replica of accueil */
  JOURNAL_ERROR_NEWER,    /* written by a newer version of accueil */
  JOURNAL_ERROR_EXISTS,   /* journal_create() on a file that exists */
  JOURNAL_ERROR_BUSY,     /* another process held the write lock for JOURNAL_BUSY_MS */
  JOURNAL_ERROR_INVALID,  /* a fact, name or value breaks a limit or a format */
  JOURNAL_ERROR_GAP,      /* a received fact does not follow the head of its station */
  JOURNAL_ERROR_ROLE,     /* this station may not write that */
  JOURNAL_ERROR_CONGRESS, /* a file of another congress */
  JOURNAL_ERROR_SETTLING, /* a restored hub writes nothing yet: JOURNAL_LOCAL_SETTLING */
  JOURNAL_ERROR_LOG,      /* the log that hubs share cannot be reached, or is not this one's */
  JOURNAL_ERROR_CHAIN, /* a fact's hash or chain does not match: altered, or from another history */
  JOURNAL_ERROR_UNSIGNED, /* a station's facts without the signature that it owes */
  JOURNAL_ERROR_SQL,      /* any other failure of SQLite */
} JournalError;
