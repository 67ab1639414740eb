#include "kiosk/waiting_screen.h"

#include "badge/phrase.h"
#include "congress/checkpoint.h"
#include "journal/journal_error.h"
#include "station/settings.h"
#include "vocabulary/wording.h"

#include <sys/statvfs.h>
#include <unistd.h>

#define TITLE_PT 30
#define TEXT_PT 18
#define KIND_PT 15
#define WHY_PT 11
#define MARGIN_PX 40
#define GAP_PX 24

struct _WaitingScreen {
  GtkWidget *window;
  GtkWidget *kind[2]; /* of trouble, in both languages */
  GtkWidget *why;
};

/* What is wrong ---------------------------------------------------------------------- */

#define FULL_BYTES (1 << 20) /* with less than that nothing is written any more */

/* Of the file @db, which SQLite cannot use: what a person can see of it. */
static const char *file_trouble (const char *db)
{
  g_autofree char *folder = g_path_get_dirname (db);
  struct statvfs disk;

  if (access (db, F_OK) != 0)
    return N_ ("The file with its data is not there.");
  if (statvfs (folder, &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0)
    return N_ ("Its disk cannot be written to.");
  if (statvfs (folder, &disk) == 0 && (guint64) disk.f_bavail * disk.f_frsize < FULL_BYTES)
    return N_ ("Its disk is full.");
  if (access (db, R_OK | W_OK) != 0 || access (folder, W_OK) != 0)
    return N_ ("It may not write the file with its data.");
  return N_ ("The file with its data is damaged.");
}

static Pair kind_of_trouble (const char *db, const GError *error)
{
  const char *kind = N_ ("It cannot start.");

  if (error->domain == SETTINGS_ERROR)
    kind = N_ ("There is a mistake in its settings.");
  else if (g_error_matches (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_EVENT))
    kind = N_ ("It does not hold the congress yet.");
  else if (error->domain == CHECKPOINT_ERROR)
    kind = N_ ("It does not know at which door it stands.");
  else if (g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_NEWER))
    kind = N_ ("Its program is older than its data.");
  else if (g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_BUSY))
    kind = N_ ("Another program holds its data.");
  else if (error->domain == JOURNAL_ERROR)
    kind = file_trouble (db);
  return words_pair (kind);
}

/* The screen ------------------------------------------------------------------------- */

/* In the congress's own face, where it is installed; the language decides which of the signs that
 * two scripts share are drawn: the apostrophe of French is as wide as a hanzi in the other's. */
static GtkWidget *add_text (GtkWidget *box, const char *text, WordsSide side, guint size_pt)
{
  GtkWidget *label = gtk_label_new (text);
  PangoAttrList *look = pango_attr_list_new ();

  pango_attr_list_insert (look, pango_attr_size_new ((int) size_pt * PANGO_SCALE));
  pango_attr_list_insert (look, pango_attr_family_new (FONT_LATIN "," FONT_HAN));
  pango_attr_list_insert (look,
                          pango_attr_language_new (pango_language_from_string (words_tag (side))));
  gtk_label_set_attributes (GTK_LABEL (label), look);
  pango_attr_list_unref (look);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void add_pair (GtkWidget *box, Pair pair, guint size_pt)
{
  add_text (box, pair.first, WORDS_FIRST, size_pt);
  add_text (box, pair.second, WORDS_SECOND, size_pt);
}

WaitingScreen *waiting_screen_new (GtkApplication *application, int width_px, int height_px)
{
  WaitingScreen *waiting = g_new0 (WaitingScreen, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);

  waiting->window = gtk_application_window_new (application);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, MARGIN_PX);
  gtk_widget_set_margin_end (box, MARGIN_PX);
  add_pair (box, wording_standstill (), TITLE_PT);
  add_pair (box, words_pair (N_ ("Call the technicians. The screen comes back by itself.")),
            TEXT_PT);
  for (guint i = 0; i < G_N_ELEMENTS (waiting->kind); i++)
    waiting->kind[i] = add_text (box, "", i == 0 ? WORDS_FIRST : WORDS_SECOND, KIND_PT);
  waiting->why = add_text (box, "", WORDS_FIRST, WHY_PT);
  gtk_window_set_child (GTK_WINDOW (waiting->window), box);
  if (width_px > 0 && height_px > 0)
    gtk_window_set_default_size (GTK_WINDOW (waiting->window), width_px, height_px);
  else
    gtk_window_fullscreen (GTK_WINDOW (waiting->window));
  gtk_window_present (GTK_WINDOW (waiting->window));
  return waiting;
}

void waiting_screen_say (WaitingScreen *waiting, const char *db, const GError *error)
{
  Pair kind = kind_of_trouble (db, error);

  gtk_label_set_text (GTK_LABEL (waiting->kind[0]), kind.first);
  gtk_label_set_text (GTK_LABEL (waiting->kind[1]), kind.second);
  gtk_label_set_text (GTK_LABEL (waiting->why), error->message);
}

void waiting_screen_free (WaitingScreen *waiting)
{
  if (waiting == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (waiting->window));
  g_free (waiting);
}
