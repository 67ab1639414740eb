#include "issuance/batch.h"

#include "core/words.h"
#include "issuance/batch_work.h"
#include "credential/issue.h"

G_DEFINE_QUARK (batch - error - quark, batch_error)

/* Who -------------------------------------------------------------------------------- */

static gboolean choose (Journal *journal, const BatchOptions *options, GArray *places,
                        BatchSummary *summary, GError **error)
{
  guint holders = 0, kept = 0;
  const char *first = NULL;

  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, BatchPlace, i).has_badge && holders++ == 0)
      first = g_array_index (places, BatchPlace, i).reference;
  if (holders > 0 && !options->proof && options->holders == BATCH_REFUSE_HOLDERS) {
    g_set_error (error, BATCH_ERROR, BATCH_ERROR_HOLDERS,
                 _ ("%u of %u people have a badge already (%s …), which a new one would make void. "
                    "--only-without-badge leaves them out, --replace gives them a new one."),
                 holders, places->len, first);
    return FALSE;
  }
  for (guint i = 0; i < places->len && options->holders == BATCH_LEAVE_HOLDERS; i++) {
    BatchPlace *place = &g_array_index (places, BatchPlace, i),
               *to = &g_array_index (places, BatchPlace, kept);
    if (place->has_badge)
      continue;
    BatchPlace swapped = *to;
    *to = *place;
    *place = swapped;
    kept++;
  }
  if (options->holders == BATCH_LEAVE_HOLDERS) {
    summary->left_out = places->len - kept;
    g_array_set_size (places, kept);
  }
  summary->badges = places->len;
  summary->replaced = options->proof || options->holders == BATCH_LEAVE_HOLDERS ? 0 : holders;
  if (places->len > 0)
    return TRUE;
  g_set_error (error, BATCH_ERROR, BATCH_ERROR_NOBODY, "%s",
               summary->left_out > 0
                   ? _ ("Everybody has a badge already: there is none to print.")
                   : _ ("Nobody is registered: there is no badge to print. Import a list first."));
  return FALSE;
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

static BadgeDataText *next_text (Journal *journal, BadgeData *source, const char *reference,
                                 gboolean proof, guint *serial, GError **error)
{
  Delegate *delegate;

  *serial = 0;
  if (!proof && !issue_next (journal, reference, serial, error))
    return NULL;
  delegate = delegate_load (journal, reference, error);
  if (delegate != NULL)
    return badge_data_text (source, delegate, *serial, error);
  if (error != NULL && *error == NULL)
    g_set_error (error, BATCH_ERROR, BATCH_ERROR_CHANGED,
                 _ ("The registration of %s was erased in the meantime. Nothing was issued; start "
                    "the batch again."),
                 reference);
  return NULL;
}

static gboolean draw_all (Journal *journal, const BatchOptions *options, const GArray *places,
                          BatchWork *work, guint *serials, JournalProgress progress, gpointer data,
                          GError **error)
{
  g_autoptr (BadgeData) source = badge_data_open (journal, error);

  for (guint i = 0; source != NULL && i < places->len; i++) {
    if (is_stopped (options, error))
      return FALSE;
    BadgeDataText *text
        = next_text (journal, source, g_array_index (places, BatchPlace, i).reference,
                     options->proof, &serials[i], error);
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

static gboolean issue_one (Journal *journal, const char *reference, guint serial, GError **error)
{
  static const IssueWhy WHY = { .reason = BATCH_REASON, .elsewhere = TRUE };
  guint issued = 0;

  if (!issue_badge (journal, reference, 1, &WHY, &issued, error))
    return FALSE;
  if (issued == serial)
    return TRUE;
  g_set_error (
      error, BATCH_ERROR, BATCH_ERROR_CHANGED,
      _ ("%s was given a badge while these were drawn. Nothing was issued; start the batch again."),
      reference);
  return FALSE;
}

static gboolean issue_all (Journal *journal, const GArray *places, const guint *serials,
                           GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    if (!issue_one (journal, g_array_index (places, BatchPlace, i).reference, serials[i], error)) {
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

static gboolean print_places (Journal *journal, const BatchOptions *options, const GArray *places,
                              JournalProgress progress, gpointer data, GError **error)
{
  g_autoptr (BatchWork) work = batch_work_start (
      options->template_, options->output, options->folder, options->threads, places->len, error);
  g_autofree guint *serials = g_new0 (guint, places->len);

  if (work == NULL || !draw_all (journal, options, places, work, serials, progress, data, error))
    return FALSE;
  if (!options->proof && !issue_all (journal, places, serials, error))
    return FALSE;
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

  *summary = (BatchSummary){ 0 };
  if (places == NULL || !choose (journal, options, places, summary, error))
    return FALSE;
  gboolean good = print_places (journal, options, places, progress, data, &cause);
  if (progress != NULL)
    progress (places->len, places->len, data); /* wipes the line */
  return good || hand_on (cause, error);
}
