#include "station/printing.h"

#include "station/follow.h"

#include <string.h>

/* How long it is believed that a printer can print. */
#define WELL_LASTS_MS 1500
/* Between attempts to hand over a badge that CUPS does not take, doubled from the first to the last: each is two facts. */
#define AGAIN_FIRST_MS 1000
#define AGAIN_LAST_MS 10000
/* With these, CUPS would only keep a badge: it waits here. (A printer that is out of paper may well have it: it comes out the moment there is some.) */
#define KEPT_BACK (TROUBLE_BIT (TROUBLE_REJECTING) | TROUBLE_BIT (TROUBLE_STOPPED) | TROUBLE_BIT (TROUBLE_OFF))

struct _Printing {
  DocumentArt *art;
  Hand hand;
};

Printing *printing_new (Journal *journal, DocumentArt *art, const char *queue, PrintingNotice notice, gpointer data)
{
  Printing *printing = g_new0 (Printing, 1);

  printing->hand.journal = journal;
  printing->art = art;
  printing->hand.queue = g_strdup (queue);
  printing->hand.notice = notice;
  printing->hand.data = data;
  printing->hand.resume_wait_ms = HAND_RESUME_FIRST_MS;
  return printing;
}

void printing_free (Printing *printing)
{
  if (printing == NULL)
    return;
  owed_free (printing->hand.owed);
  printer_close (printing->hand.printer);
  printer_close (printing->hand.before);
  g_free (printing->hand.queue);
  g_free (printing);
}

const Owed *printing_in_hand (const Printing *printing)
{
  return printing->hand.owed;
}

const Outlook *printing_outlook (const Printing *printing)
{
  return &printing->hand.outlook;
}

gint64 printing_stuck_since_ms (const Printing *printing)
{
  return printing->hand.owed != NULL ? printing->hand.outlook.stuck_ms : 0;
}

guint printing_done (const Printing *printing)
{
  return printing->hand.done;
}

void printing_take (Printing *printing, Owed *owed)
{
  Hand *hand = &printing->hand;

  g_assert (hand->owed == NULL);
  hand->owed = owed;
  g_clear_pointer (&hand->before, printer_close);
  /* An earlier agent had it: CUPS may have been away since, too. */
  hand->shaken = owed->state >= OWED_SENT;
  hand->back = hand->called_off = hand->cut = hand->twice = FALSE;
  hand->started = hand->known_id = 0;
  hand->refused = 0;
  hand->born_ms = hand->again_ms = hand->again_wait_ms = 0;
  hand->ended_ms = hand->lost_ms = hand->recall_ms = hand->fact_ms = hand->status_ms = 0;
  hand->sent_ms = hand_now_ms ();
  outlook_begin (&hand->outlook, hand->sent_ms);
}

void printing_take_back (Printing *printing)
{
  printing->hand.back = TRUE;
}

/* Handing over ----------------------------------------------------------------------------------------------------------------------------------- */

/* From here on it may come out. */
static gboolean send_document (Hand *hand, const Document *document, GError **error)
{
  Owed *owed = hand->owed;
  GError *cause = NULL;
  gint number;

  if (!hand_record (hand, OWED_SENT, 0, "", "", error))
    return FALSE;
  hand->sent_ms = hand->status_ms = hand->born_ms = hand_now_ms ();
  outlook_send (&hand->outlook);
  number = printer_send (hand->printer, owed->name, document->wish, document->bytes, document->sides, &cause);
  if (number > 0) {
    owed->number = hand->known_id = number;
    hand->refused = 0;
    return TRUE;
  }
  if (!g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT)) {
    hand->refused = TROUBLE_BIT (printer_error_trouble (cause));
    hand->again_wait_ms = CLAMP (2 * hand->again_wait_ms, AGAIN_FIRST_MS, AGAIN_LAST_MS);
    hand->again_ms = hand_now_ms () + hand->again_wait_ms;
  }
  /* Unless nobody knows whether CUPS has it, it has not. */
  if (!g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT) && !hand_record (hand, OWED_QUEUED, 0, "", "", error)) {
    g_error_free (cause);
    return FALSE;
  }
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean hand_over (Printing *printing, GError **error)
{
  Hand *hand = &printing->hand;
  Owed *owed = hand->owed;
  GError *cause = NULL;
  g_autoptr (Document) document = NULL;
  gboolean good, written;

  if (!owed_is_good (hand->journal, owed, &good, error))
    return FALSE;
  if (!good)
    return hand_record (hand, OWED_FAILED, 0, "void", "", error);
  if ((owed->state == OWED_NEW || strcmp (owed->queue, hand->queue) != 0) && !hand_record (hand, OWED_QUEUED, 0, "", "", error))
    return FALSE;
  if ((hand->outlook.well_ms == 0 || hand_now_ms () - hand->outlook.well_ms > WELL_LASTS_MS) && !hand_watch (hand, NULL, error))
    return FALSE;
  if (hand_now_ms () < hand->again_ms)
    return TRUE;
  if ((hand->heard & KEPT_BACK) != 0 || hand_now_ms () < hand->awake_ms)
    return TRUE;
  document = document_make (hand->journal, printing->art, hand->printer, owed->reference, owed->serial, &cause);
  if (document != NULL)
    return send_document (hand, document, error);
  if (cause->domain == JOURNAL_ERROR || cause->domain == PRINTER_ERROR) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  written = hand_record_end (hand, OWED_FAILED, cause->message, error);
  g_error_free (cause);
  return written;
}

/* Steps ------------------------------------------------------------------------------------------------------------------------------------------ */

static gboolean open_printer (Hand *hand, GError **error)
{
  if (hand->printer != NULL && printer_has_changed (hand->printer) && (hand->owed == NULL || hand->owed->state < OWED_SENT))
    g_clear_pointer (&hand->printer, printer_close);
  if (hand->printer == NULL)
    hand->printer = printer_open (hand->queue, error);
  return hand->printer != NULL;
}

static gboolean step (Printing *printing, GError **error)
{
  Hand *hand = &printing->hand;

  if (hand->back && hand->owed != NULL && hand->owed->state < OWED_SENT)
    return follow_take_back (hand, error);
  if (!open_printer (hand, error))
    return FALSE;
  if (hand->owed == NULL)
    return hand_look (hand, NULL, error);
  if (hand->back)
    return follow_take_back (hand, error);
  return hand->owed->state >= OWED_SENT ? follow_step (hand, error) : hand_over (printing, error);
}

/* CUPS is away, or says no: nothing is lost. A screen is to know. */
static void note_error (Hand *hand, const GError *trouble)
{
  /* The queue may have been made anew, with another printer behind it. */
  if (hand->printer != NULL && hand->owed != NULL && hand->owed->state >= OWED_SENT) {
    printer_close (hand->before);
    hand->before = g_steal_pointer (&hand->printer);
  }
  g_clear_pointer (&hand->printer, printer_close);
  hand->shaken = TRUE;
  /* Nobody has said that the job is known to nobody. */
  if (trouble->code != PRINTER_ERROR_NO_QUEUE)
    hand->lost_ms = 0;
  hand_set_troubles (hand, TROUBLE_BIT (printer_error_trouble (trouble)), NULL);
}

gboolean printing_step (Printing *printing, GError **error)
{
  Hand *hand = &printing->hand;
  GError *trouble = NULL;

  if (step (printing, &trouble))
    return TRUE;
  if (trouble->domain == PRINTER_ERROR)
    note_error (hand, trouble);
  if (g_error_matches (trouble, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE) && hand->owed != NULL && hand->owed->state >= OWED_SENT)
    follow_without_queue (hand, NULL);
  g_propagate_error (error, trouble);
  return FALSE;
}
