/* proof.h: every badge of the congress tried before the day: that each character has a
 * glyph in the pinned fonts, that each text fits, front and back, and that the code can
 * be read from the dots that the printer will set.
 *
 * Badges are drawn as they would be printed, with codes of full length that open nothing
 * (press_text_trial()); nothing is issued. All faults are told, each with the person's
 * reference, the slot and what to do.
 *
 * The contact sheet shows all badges, the troublesome first: refused, then those with
 * rare characters, then by how small the name had to become, then the longest texts.
 *
 * Threads: uses more of its own (render_pool.h); the Journal stays in the caller's.
 * Blocks on disk, and for long. Memory does not grow with the number of badges but for a
 * line each.  */
#pragma once

#include "journal/journal.h"

#define PROOF_ERROR proof_error_quark ()
GQuark proof_error_quark (void);
typedef enum {
  PROOF_ERROR_NOBODY, /* nobody is registered, or not the one asked for */
  PROOF_ERROR_STOPPED,
} ProofError;

typedef struct {
  const char *template_;         /* the SVG file */
  const char *const *references; /* NULL-terminated; NULL: everybody whose registration stands */
  guint dpi;                     /* the printer's */
  gboolean one_bit;              /* it knows black and white only */
  guint threads;                 /* 0: as many as there are processors */
  gint *stop;                    /* looked at between badges; may be NULL */
} ProofOptions;

typedef struct {
  char *reference;
  char *fault; /* NULL for a good badge */
  char *rare; /* rare characters of the name, "" for none: they are the first to be drawn wrongly by
                 somebody else's font */
  char *split;    /* characters of the given name that may be read otherwise: "乐 (le, yue)" */
  char *unasked;  /* a name in hanzi of another language, or one that is not surely Chinese, of
                     which nobody has written the Latin form, or as its characters read: for a
                     person to ask; "" for none */
  double name_pt; /* the size of its largest line; 0 if refused */
  guint length;   /* characters of all its texts */
} ProofFinding;

/* The findings, the troublesome first: ProofFinding; free with g_array_unref(). @progress
 * may be NULL. */
GArray *proof_run (Journal *journal, const ProofOptions *options, JournalProgress progress,
                   gpointer data, GError **error);
guint proof_faults (const GArray *findings);
/* Writes the contact sheet, a PDF, in the order of the findings. */
gboolean proof_sheet (Journal *journal, const ProofOptions *options, const GArray *findings,
                      const char *path, JournalProgress progress, gpointer data, GError **error);
