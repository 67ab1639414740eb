#include "kiosk/page_station.h"

#include "congress/checkpoint.h"
#include "core/language.h"
#include "core/text.h"
#include "counts/platform_watch.h"
#include "desk/alert.h"
#include "kiosk/choice.h"
#include "spool/printer_state.h"
#include "desk/desk.h"

#include <string.h>

#define CONTACT_OLD_MS 60000
#define OFFSET_BAD_MS 2000
#define ALERTS_MAX 12 /* on the page at once */

typedef struct {
  Ui *ui;
  GtkWidget *notice, *acts, *emergency, *close, *alerts, *printers, *jobs, *hub, *readers,
      *checkpoint, *modes, *orders;
} Parts;

/* What a line says at a glance; its words say it too. */
typedef enum { SIGN_GOOD, SIGN_WAITING, SIGN_ATTENTION } Sign;

static GtkWidget *add_section (Ui *ui, GtkWidget *column, const char *title)
{
  GtkWidget *pair = ui_pair (ui, "section"), *lines = ui_box (GTK_ORIENTATION_VERTICAL, "lines");

  ui_pair_say (pair, words_pair (title));
  gtk_box_append (GTK_BOX (column), pair);
  gtk_box_append (GTK_BOX (column), lines);
  return lines;
}

/* Puts that language first where nobody is known. */
static GtkWidget *order_button (Ui *ui, WordsSide side)
{
  g_autofree char *in_first = language_name (words_key (side), words_key (WORDS_FIRST)),
                  *in_second = language_name (words_key (side), words_key (WORDS_SECOND)),
                  *small = g_strdup_printf (words_for (WORDS_FIRST, "%s first"), in_first),
                  *first = text_capital (small),
                  *second = g_strdup_printf (words_for (WORDS_SECOND, "%s first"), in_second);
  GtkWidget *button = ui_button (ui, "", "", TOUCH_ORDER, words_key (side), "");

  ui_button_say (button, (Pair){ first, second });
  return button;
}

/* Where the machine stands, what it does there, and which language leads. */
static void build_settings (Ui *ui, Parts *parts, GtkWidget *page, GtkWidget *settings)
{
  parts->checkpoint = choice_new (ui, page, N_ ("Checkpoint"), TOUCH_CHECKPOINT);
  parts->modes = ui_box (GTK_ORIENTATION_HORIZONTAL, "toggles");
  parts->orders = ui_box (GTK_ORIENTATION_HORIZONTAL, "toggles");
  gtk_box_set_homogeneous (GTK_BOX (parts->modes), TRUE);
  gtk_box_set_homogeneous (GTK_BOX (parts->orders), TRUE);
  gtk_box_append (GTK_BOX (parts->modes),
                  ui_button (ui, "", N_ ("Self-service"), TOUCH_MODE, "self-service", ""));
  gtk_box_append (GTK_BOX (parts->modes), ui_button (ui, "", N_ ("Desk"), TOUCH_MODE, "desk", ""));
  gtk_box_append (GTK_BOX (parts->modes), ui_button (ui, "", N_ ("Gate"), TOUCH_MODE, "gate", ""));
  gtk_box_append (GTK_BOX (parts->orders), order_button (ui, WORDS_FIRST));
  gtk_box_append (GTK_BOX (parts->orders), order_button (ui, WORDS_SECOND));
  gtk_box_append (GTK_BOX (settings), parts->checkpoint);
  gtk_box_append (GTK_BOX (settings), parts->modes);
  gtk_box_append (GTK_BOX (settings), parts->orders);
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *form = ui_box (GTK_ORIENTATION_VERTICAL, "station"), *page = choice_stack (ui, form),
            *column = ui_box (GTK_ORIENTATION_VERTICAL, "column"), *scroll = ui_scroll (column);
  Parts *parts = g_new0 (Parts, 1);

  PAGE_KEEP (page, parts);
  parts->ui = ui;
  parts->notice = ui_pair (ui, "notice");
  parts->emergency
      = ui_button (ui, "accueil-attention-symbolic", N_ ("Emergency list: print who is inside"),
                   TOUCH_EMERGENCY, "", "");
  parts->close = ui_button (ui, "action-unavailable-symbolic", "", TOUCH_CLOSE, "yes", "");
  parts->acts = ui_box (GTK_ORIENTATION_VERTICAL, "acts");
  gtk_box_set_homogeneous (GTK_BOX (parts->acts), TRUE);
  gtk_box_append (GTK_BOX (parts->acts), parts->emergency);
  gtk_box_append (GTK_BOX (parts->acts), parts->close);
  gtk_box_append (GTK_BOX (column), parts->acts);
  parts->alerts = add_section (ui, column, N_ ("To see to"));
  parts->printers = add_section (ui, column, N_ ("Printers"));
  parts->jobs = add_section (ui, column, N_ ("Badges to print"));
  parts->hub = add_section (ui, column, N_ ("Central server"));
  parts->readers = add_section (ui, column, N_ ("Readers"));
  build_settings (ui, parts, page, add_section (ui, column, N_ ("This station")));
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (form), parts->notice);
  gtk_box_append (GTK_BOX (form), scroll);
  return page;
}

/* All lines of it. */
static void say_whole (GtkWidget *pair)
{
  for (GtkWidget *label = gtk_widget_get_first_child (pair); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    ui_limit_lines (label, FALSE);
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  page_notice (parts->notice, view);
  say_whole (parts->notice); /* of an emergency list it names all stations that were not heard */
  gtk_widget_set_sensitive (parts->emergency, !view->busy);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (parts->acts), ui_is_landscape (ui)
                                                                    ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL);
  ui_button_say (parts->close,
                 words_pair (view->closed ? N_ ("Back in service") : N_ ("Out of service")));
  ui_button_argue (parts->close, view->closed ? "no" : "yes");
}

/* Lines ------------------------------------------------------------------------------ */

/* A sign, a name, and beneath it, at one edge with all others, what is to be said in both
 * languages, however long. */
static GtkWidget *add_line (Parts *parts, GtkWidget *lines, Sign sign, const char *name, Pair said)
{
  static const char *const ICONS[] = { [SIGN_GOOD] = "object-select-symbolic",
                                       [SIGN_WAITING] = "content-loading-symbolic",
                                       [SIGN_ATTENTION] = "accueil-attention-symbolic" },
                           *const CLASSES[] = { [SIGN_GOOD] = "record",
                                                [SIGN_WAITING] = "record waiting",
                                                [SIGN_ATTENTION] = "record refused" };
  GtkWidget *box = ui_box (GTK_ORIENTATION_HORIZONTAL, CLASSES[sign]),
            *words = ui_box (GTK_ORIENTATION_VERTICAL, ""), *pair = ui_pair (parts->ui, "state");

  gtk_box_append (GTK_BOX (box), ui_icon (ICONS[sign], ""));
  if (name[0] != '\0') {
    GtkWidget *label = ui_text ("what");
    gtk_label_set_text (GTK_LABEL (label), name);
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_box_append (GTK_BOX (words), label);
  }
  ui_pair_say (pair, said);
  say_whole (pair);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), pair);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (lines), box);
  return box;
}

/* Lines are built anew only if they have something else to tell: a button that went away
 * under a finger would not be touched. */
static gboolean is_news (GtkWidget *lines, const char *told)
{
  const char *before = g_object_get_data (G_OBJECT (lines), "told");

  if (g_strcmp0 (before, told) == 0)
    return FALSE;
  g_object_set_data_full (G_OBJECT (lines), "told", g_strdup (told), g_free);
  ui_empty (lines);
  return TRUE;
}

static void add_alert (Ui *ui, Parts *parts, const Alert *alert)
{
  Pair what = alert_wording (alert), remedy = alert_remedy (alert);
  g_auto (OwnedPair) host = alert_host (alert);
  gboolean hosted = host.first[0] != '\0';
  g_autofree char *fr
      = g_strdup_printf ("%s%s%s%s%s — %s", what.first, alert->checkpoint_fr[0] != '\0' ? ", " : "",
                         alert->checkpoint_fr, hosted ? " — " : "", host.first, remedy.first);
  g_autofree char *zh = g_strdup_printf (
                      "%s%s%s%s%s — %s", what.second, alert->checkpoint_zh[0] != '\0' ? "，" : "",
                      alert->checkpoint_zh, hosted ? " — " : "", host.second, remedy.second),
                  *touched = g_strdup_printf ("%u %s", alert->happened, alert->id);
  GtkWidget *line = add_line (parts, parts->alerts, SIGN_ATTENTION, alert->name, (Pair){ fr, zh });

  /* A badge that may not have come out is answered for, below or at its own station. */
  if (alert->kind != ALERT_UNSURE && alert->kind != ALERT_FAILED)
    gtk_box_append (GTK_BOX (line),
                    ui_button (ui, "", alert_act (alert), TOUCH_ALERT, touched, "compact"));
}

/* Who of a platform is not yet seen, before the session begins. */
static void add_platform (Parts *parts, const PlatformWatch *watch)
{
  Pair said = words_pair (N_ ("Not yet seen: look for them"));
  g_autofree char *fr
      = g_strdup_printf ("%s — %s — %s", watch->title.first, said.first, watch->missed.first),
      *zh
      = g_strdup_printf ("%s — %s — %s", watch->title.second, said.second, watch->missed.second);

  add_line (parts, parts->alerts, SIGN_ATTENTION, "", (Pair){ fr, zh });
}

static void show_alerts (Ui *ui, Parts *parts, const StationRecord *record)
{
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < record->alerts->len; i++) {
    const Alert *alert = g_ptr_array_index (record->alerts, i);
    g_string_append_printf (told, "%s %u\n", alert->id, alert->happened);
  }
  for (guint i = 0; i < record->platforms->len; i++) {
    const PlatformWatch *watch = g_ptr_array_index (record->platforms, i);
    g_string_append_printf (told, "%s %s\n", watch->session, watch->missed.first);
  }
  if (!is_news (parts->alerts, told->str))
    return;
  for (guint i = 0; i < record->platforms->len; i++)
    add_platform (parts, g_ptr_array_index (record->platforms, i));
  for (guint i = 0; i < MIN (record->alerts->len, ALERTS_MAX); i++)
    add_alert (ui, parts, g_ptr_array_index (record->alerts, i));
  if (record->alerts->len + record->platforms->len == 0)
    add_line (parts, parts->alerts, SIGN_GOOD, "", words_pair (N_ ("Nothing.")));
}

static char *printers_told (const StationRecord *record)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < record->printers->len; i++) {
    const PrinterState *printer = g_ptr_array_index (record->printers, i);
    g_string_append_printf (told, "%s %d %s %d %s\n", printer->queue, printer->state,
                            printer->troubles, printer_state_is_stale (printer, record->now_ms),
                            printer->rests);
  }
  return g_string_free (told, FALSE);
}

static Pair printer_said (const PrinterState *printer, gboolean stale)
{
  if (stale)
    return words_pair (N_ ("The printing service does not run: call the technician."));
  if (printer->state == PRINTER_STATE_TROUBLE)
    return printer_state_trouble (printer);
  if (printer->rests[0] != '\0')
    return words_pair (N_ ("Rests: gets no badge"));
  return words_pair (printer->state == PRINTER_STATE_PRINTING  ? N_ ("Prints")
                     : printer->state == PRINTER_STATE_UNKNOWN ? N_ ("Is being asked …")
                                                               : N_ ("Ready"));
}

static void add_printer (Ui *ui, Parts *parts, const PrinterState *printer, gboolean stale)
{
  gboolean rests = printer->rests[0] != '\0';
  Sign sign = stale || printer->state == PRINTER_STATE_TROUBLE ? SIGN_ATTENTION
              : rests                                          ? SIGN_WAITING
                                                               : SIGN_GOOD;
  g_autofree char *argument = g_strconcat (rests ? "-" : "+", printer->queue, NULL);
  GtkWidget *line
      = add_line (parts, parts->printers, sign, printer->queue, printer_said (printer, stale));

  gtk_box_append (GTK_BOX (line), ui_button (ui, "", rests ? N_ ("Work again") : N_ ("Let rest"),
                                             TOUCH_REST, argument, "compact"));
  gtk_box_append (GTK_BOX (line), ui_button (ui, "printer-symbolic", N_ ("Test"), TOUCH_TEST_PRINT,
                                             printer->queue, "compact"));
}

static void show_printers (Ui *ui, Parts *parts, const StationRecord *record)
{
  g_autofree char *told = printers_told (record);

  if (!is_news (parts->printers, told))
    return;
  for (guint i = 0; i < record->printers->len; i++) {
    const PrinterState *printer = g_ptr_array_index (record->printers, i);
    add_printer (ui, parts, printer, printer_state_is_stale (printer, record->now_ms));
  }
  if (record->printers->len == 0)
    add_line (parts, parts->printers, SIGN_ATTENTION, "",
              words_pair (N_ ("No printer here: badges are printed elsewhere.")));
}

static void add_job_touches (Ui *ui, GtkWidget *line, const DeskBadge *badge)
{
  if (badge->state == PRINT_STATE_UNSURE) {
    gtk_box_append (GTK_BOX (line),
                    ui_button (ui, "", N_ ("It came out"), TOUCH_JOB_YES, badge->job, "compact"));
    gtk_box_append (GTK_BOX (line),
                    ui_button (ui, "", N_ ("Not printed"), TOUCH_JOB_NO, badge->job, "compact"));
  } else if (badge->state == PRINT_STATE_FAILED)
    gtk_box_append (GTK_BOX (line),
                    ui_button (ui, "", N_ ("Print again"), TOUCH_JOB_RETRY, badge->job, "compact"));
  else
    gtk_box_append (GTK_BOX (line),
                    ui_button (ui, "", N_ ("Cancel"), TOUCH_JOB_CANCEL, badge->job, "compact"));
}

static void show_jobs (Ui *ui, Parts *parts, const StationRecord *record)
{
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < record->jobs->len; i++)
    g_string_append_printf (told, "%s %d\n",
                            ((const DeskBadge *) g_ptr_array_index (record->jobs, i))->job,
                            ((const DeskBadge *) g_ptr_array_index (record->jobs, i))->state);
  if (!is_news (parts->jobs, told->str))
    return;
  for (guint i = 0; i < record->jobs->len; i++) {
    const DeskBadge *badge = g_ptr_array_index (record->jobs, i);
    Sign sign = print_state_is_final (badge->state) ? SIGN_ATTENTION : SIGN_WAITING;
    g_autofree char *name = g_strdup_printf (
        "%s · N° %u", badge->name[0] != '\0' ? badge->name : badge->reference, badge->serial);
    add_job_touches (ui, add_line (parts, parts->jobs, sign, name, desk_state_wording (badge)),
                     badge);
  }
  if (record->jobs->len == 0)
    add_line (parts, parts->jobs, SIGN_GOOD, "", words_pair (N_ ("Nothing waits.")));
}

static void add_refusal (Ui *ui, Parts *parts, ClientRefusal refusal)
{
  static const char *const TEXTS[CLIENT_REFUSAL_COUNT] = {
    [CLIENT_REFUSAL_REVOKED] = N_ ("The server has revoked this station: nothing is decided here. "
                                   "Call the organisers."),
    [CLIENT_REFUSAL_OLDER] = N_ ("This station works from an older copy: nothing is decided here. "
                                 "Call the technicians (accueil doctor)."),
    [CLIENT_REFUSAL_FORK]
    = N_ ("Another machine works under this station's name: what happens here is kept, but not "
          "sent. Call the technicians (accueil rejoin)."),
    [CLIENT_REFUSAL_KEY] = N_ ("Another server answers in place of ours: nothing is sent to it. "
                               "Call the technicians."),
    [CLIENT_REFUSAL_OTHER] = N_ ("The server does not take what is sent: it is kept here. Call the "
                                 "technicians (accueil doctor)."),
  };

  if (TEXTS[refusal] != NULL)
    add_line (parts, parts->hub, SIGN_ATTENTION, "", words_pair (TEXTS[refusal]));
}

static void show_hub (Ui *ui, Parts *parts, const StationRecord *record)
{
  gint64 silence_ms = record->now_ms - record->contact_ms;
  gboolean in_contact = record->contact_ms > 0 && silence_ms <= CONTACT_OLD_MS;
  guint minutes = (guint) (silence_ms / 60000), waiting = (guint) record->waiting;
  g_autofree char *told
      = g_strdup_printf ("%d %d %u %u %" G_GINT64_FORMAT " %d %d", record->enrolled, in_contact,
                         minutes, waiting, record->offset_ms, record->refusal, record->clock_wrong);

  if (!is_news (parts->hub, told))
    return;
  if (record->clock_wrong)
    add_line (parts, parts->hub, SIGN_ATTENTION, "",
              words_pair (N_ ("This machine's clock is wrong, so it lets nobody in: call the "
                              "technicians (accueil clock).")));
  if (!record->enrolled) {
    add_line (parts, parts->hub, SIGN_GOOD, "", words_pair (N_ ("This station works alone.")));
    return;
  }
  add_refusal (ui, parts, record->refusal);
  if (record->contact_ms > 0 && !in_contact) {
    g_auto (OwnedPair) said
        = words_counted ("No answer for %u minute; the work goes on and is sent later.",
                         "No answer for %u minutes; the work goes on and is sent later.", minutes);
    add_line (parts, parts->hub, SIGN_ATTENTION, "", words_of_owned (&said));
  } else if (record->refusal == CLIENT_REFUSAL_NONE)
    add_line (parts, parts->hub, in_contact ? SIGN_GOOD : SIGN_WAITING, "",
              words_pair (in_contact ? N_ ("In contact")
                                     : N_ ("No answer yet; the work goes on and is sent later.")));
  if (waiting > 0) {
    g_auto (OwnedPair) said
        = words_counted ("%u fact waits to be sent", "%u facts wait to be sent", waiting);
    add_line (parts, parts->hub, SIGN_WAITING, "", words_of_owned (&said));
  }
  if (ABS (record->offset_ms) > OFFSET_BAD_MS) {
    g_autofree char *offset = g_strdup_printf ("%+.1f s", (double) record->offset_ms / 1000);
    g_auto (OwnedPair) said
        = words_filled ("The server's clock is at %s: set this machine's time.", offset);
    add_line (parts, parts->hub, SIGN_ATTENTION, "", words_of_owned (&said));
  }
}

static Pair reader_said (const StreamReader *reader, Pair advised)
{
  switch (reader->state) {
  case READER_READY:
    return advised.first[0] != '\0' ? advised : words_pair (N_ ("Ready"));
  case READER_UNPLUGGED:
    return words_pair (N_ ("Unplugged: plug it in again."));
  case READER_STARTING:
    return words_pair (N_ ("Starting…"));
  default:
    return words_pair (N_ ("Does not work: call the technician."));
  }
}

static void add_reader (Parts *parts, const StreamReader *reader, const ReaderAdvice *advice)
{
  Pair advised = advice != NULL ? reader_advice_said (advice, reader->name) : PAIR_EMPTY;
  Sign sign = reader->state == READER_STARTING                            ? SIGN_WAITING
              : reader->state == READER_READY && advised.first[0] == '\0' ? SIGN_GOOD
                                                                          : SIGN_ATTENTION;

  add_line (parts, parts->readers, sign, reader->name, reader_said (reader, advised));
}

static void show_readers (Ui *ui, Parts *parts, Stream *stream, const ReaderAdvice *advice)
{
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; stream != NULL && i < stream_count (stream); i++) {
    StreamReader reader = stream_reader (stream, i);
    g_string_append_printf (told, "%s %d %s\n", reader.name, reader.state,
                            advice != NULL ? reader_advice_said (advice, reader.name).first : "");
  }
  if (!is_news (parts->readers, told->str))
    return;
  for (guint i = 0; stream != NULL && i < stream_count (stream); i++) {
    StreamReader reader = stream_reader (stream, i);
    add_reader (parts, &reader, advice);
  }
  if (stream == NULL || stream_count (stream) == 0)
    add_line (parts, parts->readers, SIGN_ATTENTION, "", words_pair (N_ ("No reader is set up.")));
}

static void mark_choice (GtkWidget *box, guint chosen)
{
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_mark (child, "chosen", i++ == chosen);
}

static void show_settings (Ui *ui, Parts *parts, const StationRecord *record,
                           const char *checkpoint, FlowMode mode)
{
  choice_empty (parts->checkpoint);
  for (guint i = 0; i < record->checkpoints->len; i++) {
    const Checkpoint *one = g_ptr_array_index (record->checkpoints, i);
    choice_add (parts->checkpoint, one->id, (Pair){ one->fr, one->zh });
  }
  choice_set (parts->checkpoint, checkpoint);
  mark_choice (parts->modes, mode);
  mark_choice (parts->orders, ui_second_leads (ui) ? 1 : 0);
}

void page_station_show (Ui *ui, GtkWidget *page, const StationRecord *record, Stream *stream,
                        const ReaderAdvice *advice, const char *checkpoint, FlowMode mode)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  show_alerts (ui, parts, record);
  show_printers (ui, parts, record);
  show_jobs (ui, parts, record);
  show_hub (ui, parts, record);
  show_readers (ui, parts, stream, advice);
  show_settings (ui, parts, record, checkpoint, mode);
}

const Page page_station = { "station", build, update };
