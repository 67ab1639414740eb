/* import.h: lists of delegates as two countries' platforms and Excel write them, into registration facts.
 *
 * All or nothing: unless `skip_bad`, one bad row and nothing is written. The same list again writes nothing. See list.h for encodings, separators and the table of headings.
 *
 *     Import *import = import_read (journal, paths, options, error);  // reads, checks, compares; writes nothing
 *     … show import->added, changed, missing, faults …
 *     import_apply (import, error);                                    // one transaction
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "roster/delegate.h"

#define IMPORT_FILE_BYTES_MAX (256 * 1024 * 1024)
#define IMPORT_ROWS_MAX 1000000
#define IMPORT_COLUMNS_MAX 200
#define IMPORT_FIELD_BYTES_MAX (64 * 1024)
#define IMPORT_FAULTS_MAX 1000 /* listed; all are counted */

#define IMPORT_ERROR import_error_quark ()
GQuark import_error_quark (void);
typedef enum {
  IMPORT_ERROR_FILE,     /* missing, a directory, empty, too large, unreadable */
  IMPORT_ERROR_ENCODING, /* no encoding fits; the message names line and byte */
  IMPORT_ERROR_FORMAT,   /* no heading row, required headings missing, a quote that never ends, over a limit */
  IMPORT_ERROR_ROWS,     /* bad rows and not skip_bad; see faults */
} ImportError;

typedef struct {
  char *file;
  guint line;    /* of the file, from 1 (rows may span lines) */
  char *column;  /* heading as written */
  char *value;
  char *reason;  /* and what to do */
} ImportFault;

typedef struct {
  char *reference;
  char *name;
  char *what; /* for a change: the fields that change, "function_fr: A → B" */
} ImportChange;

typedef void (*ImportProgress) (const char *file, guint64 bytes_done, guint64 bytes_total, guint rows, gpointer data);

typedef struct {
  const char *glossary; /* path, or NULL */
  gboolean skip_bad;
  ImportProgress progress;
  gpointer progress_data;
} ImportOptions;

typedef struct {
  guint rows;             /* read, without headings */
  guint unchanged;
  GPtrArray *added, *changed, *missing; /* ImportChange; missing: on the replica from the same list, but no longer in it (kept) */
  GPtrArray *faults;      /* ImportFault */
  guint fault_count;
  GPtrArray *notes;       /* char *: unknown headings, encodings found, readings made, … */
  gpointer state;         /* the delegates to write; import.c's own */
} Import;

/* NULL with IMPORT_ERROR_FILE, _ENCODING, _FORMAT or a journal error. Bad rows are not an error here but `faults`. */
Import *import_read (Journal *journal, const char *const *paths, const ImportOptions *options, GError **error);
/* Writes the added and changed delegates. IMPORT_ERROR_ROWS if there are faults and not skip_bad. */
gboolean import_apply (Journal *journal, Import *import, const ImportOptions *options, GError **error);
void import_free (Import *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)
