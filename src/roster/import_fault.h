/* import_fault.h: what can be wrong with a list: the errors of reading it, its limits,
 * and the faults of single rows.
 *
 * Threads: reentrant.  */
#pragma once

#include <glib.h>

/* Of every kind of file alike: 100,000 people with 25 columns fit. */
#define IMPORT_FILE_BYTES_MAX (64 * 1024 * 1024)
#define IMPORT_CELLS_MAX 2500000 /* that hold something */
#define IMPORT_ROWS_MAX 1000000
#define IMPORT_COLUMNS_MAX 200
#define IMPORT_FIELD_BYTES_MAX (64 * 1024)
#define IMPORT_FAULTS_MAX 1000 /* listed; all are counted */

#define IMPORT_ERROR import_error_quark ()
GQuark import_error_quark (void);
typedef enum {
  IMPORT_ERROR_FILE,     /* missing, a directory, empty, too large, unreadable */
  IMPORT_ERROR_ENCODING, /* no encoding fits; the message names line and byte */
  IMPORT_ERROR_FORMAT, /* no heading row, required headings missing, a quote that never ends, over a
                          limit */
  IMPORT_ERROR_ROWS,   /* bad rows and not skip_bad; see faults */
  IMPORT_ERROR_CHANGED, /* somebody else changed delegates since import_read() */
} ImportError;

typedef struct {
  char *file;
  guint line;   /* of the file, from 1 (rows may span lines) */
  char *column; /* heading as written, or the column's number if it has none */
  char *value;  /* cut to FAULT_VALUE_MAX characters; control characters shown as \xNN */
  char *reason; /* and what to do; reads on after the value */
} ImportFault;

#define FAULT_VALUE_MAX 80

/* @value as it can stand in a message: one line, FAULT_VALUE_MAX characters, control
 * characters (a terminal obeys them) as \\xNN. Free with g_free(). */
char *import_fault_shown (const char *value);

ImportFault *import_fault_new (const char *file, guint line, const char *column, const char *value,
                               const char *reason);
void import_fault_free (ImportFault *fault);

/* What a list with more than IMPORT_CELLS_MAX cells is refused with:
 * IMPORT_ERROR_FORMAT. */
void import_fault_cells (GError **error);
