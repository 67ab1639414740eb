#include "issuance/batch.h"

#include "core/words.h"
#include "issuance/batch_work.h"
#include "credential/issue.h"

#include <string.h>

G_DEFINE_QUARK (batch - error - quark, batch_error)

/* Who -------------------------------------------------------------------------------- */

void batch_summary_clear (BatchSummary *summary)
{
  g_clear_pointer (&summary->faults, g_ptr_array_unref);
}

static gboolean is_wanted (const BatchPlace *place, BatchHolders holders)
{
  return holders == BATCH_LEAVE_HOLDERS    ? !place->has_badge
         : holders == BATCH_REPLACE_UNTRUE ? place->is_untrue
                                           : TRUE;
}

/* Leaves in @places those who are wanted. */
static void keep_wanted (GArray *places, BatchHolders holders)
{
  guint kept = 0;
  for (guint i = 0; i < places->len; i++) {
    BatchPlace *place = &g_array_index (places, BatchPlace, i),
               *to = &g_array_index (places, BatchPlace, kept);
    if (!is_wanted (place, holders))
      continue;
    BatchPlace swapped = *to;
    *to = *place;
    *place = swapped;
    kept++;
  }
  g_array_set_size (places, kept);
}

static gboolean fail_nobody (const BatchOptions *options, const BatchSummary *summary,
                             GError **error)
{
  g_set_error (error, BATCH_ERROR, BATCH_ERROR_NOBODY, "%s",
               options->holders == BATCH_REPLACE_UNTRUE
                   ? _ ("What stands on the badges is still true: there is none to print anew.")
               : summary->left_out > 0
                   ? _ ("Everybody has a badge already: there is none to print.")
                   : _ ("Nobody is registered: there is no badge to print. Import a list first."));
  return FALSE;
}

static gboolean choose (const BatchOptions *options, GArray *places, BatchSummary *summary,
                        GError **error)
{
  guint holders = 0, all = places->len;
  const char *first = NULL;

  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, BatchPlace, i).has_badge && holders++ == 0)
      first = g_array_index (places, BatchPlace, i).reference;
  if (holders > 0 && !options->proof && options->holders == BATCH_REFUSE_HOLDERS) {
    g_set_error (error, BATCH_ERROR, BATCH_ERROR_HOLDERS,
                 _ ("%u of %u people have a badge already (%s …), which a new one would make "
                    "void. "
                    "--only-without-badge leaves them out, --replace gives them a new one, "
                    "--changed those whose badge is no longer true."),
                 holders, places->len, first);
    return FALSE;
  }
  keep_wanted (places, options->holders);
  if (options->holders == BATCH_LEAVE_HOLDERS)
    summary->left_out = all - places->len;
  return places->len > 0 || fail_nobody (options, summary, error);
}

/* Drawing ---------------------------------------------------------------------------- */

static gboolean is_stopped (const BatchOptions *options, GError **error)
{
  if (options->stop == NULL || !g_atomic_int_get (options->stop))
    return FALSE;
  g_set_error (error, BATCH_ERROR, BATCH_ERROR_STOPPED, "%s",
               _ ("Stopped: nothing was issued and nothing written."));
  return TRUE;
}

/* A badge as it is drawn. */
typedef struct {
  guint serial;
  char *prints; /* issue_prints() */
} Drawn;

static void drawn_clear (gpointer drawn)
{
  g_free (((Drawn *) drawn)->prints);
}

static BadgeDataText *next_text (Journal *journal, BadgeData *source, const char *reference,
                                 gboolean proof, Drawn *drawn, GError **error)
{
  Delegate *delegate;

  if (!proof
      && (!issue_next (journal, reference, &drawn->serial, error)
          || !issue_prints (journal, reference, &drawn->prints, error)))
    return NULL;
  delegate = delegate_load (journal, reference, error);
  if (delegate != NULL)
    return badge_data_text (source, delegate, drawn->serial, error);
  if (error != NULL && *error == NULL)
    g_set_error (error, BATCH_ERROR, BATCH_ERROR_CHANGED,
                 _ ("The registration of %s was erased in the meantime. Nothing was issued; start "
                    "the batch again."),
                 reference);
  return NULL;
}

static gboolean draw_all (Journal *journal, const BatchOptions *options, const GArray *places,
                          BatchWork *work, GArray *drawn, JournalProgress progress, gpointer data,
                          GError **error)
{
  g_autoptr (BadgeData) source = badge_data_open (journal, error);

  for (guint i = 0; source != NULL && i < places->len; i++) {
    if (is_stopped (options, error))
      return FALSE;
    BadgeDataText *text
        = next_text (journal, source, g_array_index (places, BatchPlace, i).reference,
                     options->proof, &g_array_index (drawn, Drawn, i), error);
    if (text == NULL)
      return FALSE;
    if (!batch_work_add (work, text))
      break;
    if (progress != NULL)
      progress (MIN (batch_work_drawn (work), places->len - 1), places->len, data);
  }
  return source != NULL && batch_work_finish (work, error) && !is_stopped (options, error);
}

/* Issuing ---------------------------------------------------------------------------- */

static gboolean issue_one (Journal *journal, const char *reference, const Drawn *drawn, guint box,
                           GError **error)
{
  const IssueWhy why = { .reason = BATCH_REASON, .elsewhere = TRUE, .box = box };
  g_autofree char *prints = NULL;
  guint issued = 0;

  if (!issue_prints (journal, reference, &prints, error)
      || !issue_badge (journal, reference, 1, &why, &issued, error))
    return FALSE;
  if (issued == drawn->serial && strcmp (prints, drawn->prints) == 0)
    return TRUE;
  g_set_error (
      error, BATCH_ERROR, BATCH_ERROR_CHANGED,
      issued != drawn->serial
          ? _ ("%s was given a badge while these were drawn. Nothing was issued; start the "
               "batch again.")
          : _ ("The registration of %s was changed while these were drawn. Nothing was "
               "issued; start the batch again."),
      reference);
  return FALSE;
}

static guint box_of (const BatchOptions *options, guint place)
{
  return options->box_size > 0 ? MIN (place / options->box_size + 1, BATCH_BOX_MAX) : 0;
}

/* Those that could be drawn. */
static gboolean issue_all (Journal *journal, const BatchOptions *options, const GArray *places,
                           const GArray *drawn, const BatchWork *work, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    if (batch_work_fault (work, i + 1) == NULL
        && !issue_one (journal, g_array_index (places, BatchPlace, i).reference,
                       &g_array_index (drawn, Drawn, i), box_of (options, i), error)) {
      journal_rollback (journal);
      return FALSE;
    }
  return journal_commit (journal, error);
}

/* The batch -------------------------------------------------------------------------- */

/* What callers meet in one domain. */
static gboolean hand_on (GError *cause, GError **error)
{
  if (cause->domain == BATCH_WORK_ERROR) {
    cause->code
        = cause->code == BATCH_WORK_ERROR_DRAWING ? BATCH_ERROR_DRAWING : BATCH_ERROR_OUTPUT;
    cause->domain = BATCH_ERROR;
  }
  g_propagate_error (error, cause);
  return FALSE;
}

static void sum_up (const BatchOptions *options, const GArray *places, const BatchWork *work,
                    BatchSummary *summary)
{
  summary->faults = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < places->len; i++) {
    const char *fault = batch_work_fault (work, i + 1);
    if (fault != NULL) {
      g_ptr_array_add (summary->faults, g_strdup (fault));
      continue;
    }
    summary->badges++;
    summary->replaced += !options->proof && g_array_index (places, BatchPlace, i).has_badge;
  }
}

static gboolean print_places (Journal *journal, const BatchOptions *options, const GArray *places,
                              JournalProgress progress, gpointer data, BatchSummary *summary,
                              GError **error)
{
  g_autoptr (BatchWork) work = batch_work_start (
      options->template_, options->output, options->folder, options->bleed ? BATCH_BLEED_MM : 0,
      options->threads, places->len, error);
  g_autoptr (GArray) drawn = g_array_new (FALSE, TRUE, sizeof (Drawn));

  g_array_set_clear_func (drawn, drawn_clear);
  g_array_set_size (drawn, places->len);
  if (work == NULL || !draw_all (journal, options, places, work, drawn, progress, data, error))
    return FALSE;
  if (!options->proof && !issue_all (journal, options, places, drawn, work, error))
    return FALSE;
  sum_up (options, places, work, summary);
  if (batch_work_place (work, error))
    return TRUE;
  if (!options->proof)
    g_prefix_error (error, _ ("The badges were issued, but the file could not get its name; make "
                              "new ones with --replace. "));
  return FALSE;
}

gboolean batch_print (Journal *journal, const BatchOptions *options, JournalProgress progress,
                      gpointer data, BatchSummary *summary, GError **error)
{
  g_autoptr (GArray) places = batch_order (journal, options->sort, error);
  GError *cause = NULL;

  batch_summary_clear (summary);
  *summary = (BatchSummary){ 0 };
  if (places == NULL || !choose (options, places, summary, error))
    return FALSE;
  gboolean good = print_places (journal, options, places, progress, data, summary, &cause);
  if (progress != NULL)
    progress (places->len, places->len, data); /* wipes the line */
  return good || hand_on (cause, error);
}
