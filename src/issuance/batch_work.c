#include "issuance/batch_work.h"

#include "core/descriptor.h"
#include "core/lock.h"
#include "core/words.h"
#include "issuance/render_pool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK (batch - work - error - quark, batch_work_error)

struct _BatchWork {
  char *output, *part; /* @part: a folder's; a file is the book's */
  BadgeBook *book;     /* of the one thread, until the end */
  double bleed_mm;
  guint digits;
  RenderPool *pool;

  guint count;        /* handed over */
  Lock lock;          /* over all below */
  GHashTable *faults; /* number → why it cannot be drawn */
  GError *broken;     /* the disk's */
};

static gboolean fail (const BatchWork *work, int number, GError **error)
{
  g_set_error (error, BATCH_WORK_ERROR, BATCH_WORK_ERROR_OUTPUT,
               _ ("Cannot write badges to %s: %s"), work->output, g_strerror (number));
  return FALSE;
}

/* Drawing ---------------------------------------------------------------------------- */

/* "0017-FR-0123.pdf"; "/" would lead elsewhere. */
static char *file_name_of (const BatchWork *work, guint number, const BadgeDataText *text)
{
  g_autofree char *reference = g_strdup (badge_data_text_delegate (text)->reference);
  return g_strdup_printf ("%0*u-%s.pdf", (int) work->digits, number,
                          g_strdelimit (reference, "/", '_'));
}

/* A badge with a serial opens doors: it is its owner's alone, as the replica is. The disk
 * is waited for once, at the end. */
static gboolean write_file (const BatchWork *work, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (work->part, name, NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written
      = fd >= 0 && descriptor_write (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  int why = errno;

  if (fd >= 0 && close (fd) != 0 && written) {
    written = FALSE;
    why = errno;
  }
  return written || fail (work, why, error);
}

static gboolean draw (BatchWork *work, BadgeTemplate *template_, guint number,
                      const BadgeDataText *text, GError **error)
{
  if (work->book != NULL)
    return badge_book_add (work->book, template_, badge_data_text_content (text), BADGE_BOTH,
                           error);
  g_autoptr (BadgeSheet) sheet = badge_pdf_bleeding (template_, badge_data_text_content (text),
                                                     BADGE_BOTH, work->bleed_mm, error);
  g_autofree char *name = file_name_of (work, number, text);
  return sheet != NULL && write_file (work, name, sheet->bytes, error);
}

static char *fault_text (const BadgeDataText *text, const GError *error)
{
  const Delegate *delegate = badge_data_text_delegate (text);
  g_autofree char *name = delegate_display_name (delegate);
  return g_strdup_printf ("%s%s%s: %s", delegate->reference, *name != '\0' ? " " : "", name,
                          error->message);
}

/* FALSE only where there is no point in going on; a badge that cannot be drawn is
 * noted. */
static gboolean work_one (BadgeTemplate *template_, guint number, const BadgeDataText *text,
                          gpointer data)
{
  BatchWork *work = data;
  GError *error = NULL;
  gboolean goes_on = TRUE;

  if (draw (work, template_, number, text, &error))
    return TRUE;
  lock_take (&work->lock);
  if (error->domain == BADGE_ERROR && error->code != BADGE_ERROR_WRITE) {
    g_hash_table_insert (work->faults, GUINT_TO_POINTER (number), fault_text (text, error));
  } else {
    goes_on = FALSE;
    if (work->broken == NULL)
      work->broken = g_steal_pointer (&error);
  }
  lock_give (&work->lock);
  g_clear_error (&error);
  return goes_on;
}

/* Starting --------------------------------------------------------------------------- */

static gboolean is_empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  return folder != NULL && g_dir_read_name (folder) == NULL;
}

static gboolean open_output (BatchWork *work, gboolean folder, GError **error)
{
  if (!folder) {
    work->book = badge_book_new (work->output, work->bleed_mm, error);
    return work->book != NULL;
  }
  if (g_file_test (work->output, G_FILE_TEST_EXISTS) && !is_empty_folder (work->output)) {
    g_set_error (error, BATCH_WORK_ERROR, BATCH_WORK_ERROR_OUTPUT,
                 _ ("Cannot write badges to %s: it is not an empty folder. Name one that is empty, "
                    "or that does not exist."),
                 work->output);
    return FALSE;
  }
  char *part = g_strconcat (work->output, ".XXXXXX.part", NULL);
  if (g_mkdtemp_full (part, 0700) == NULL) {
    g_free (part);
    return fail (work, errno, error);
  }
  work->part = part;
  return TRUE;
}

static gboolean can_bleed (const char *path, GError **error)
{
  g_autoptr (BadgeTemplate) template_ = badge_template_load (path, error);
  if (template_ == NULL || !badge_height_is_auto (template_))
    return template_ != NULL;
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE,
               _ ("Badges of %s have no bleed: a roll is cut at each badge's own length. Choose a "
                  "template of a fixed size, or leave --bleed out."),
               path);
  return FALSE;
}

static char *without_end_slashes (const char *path)
{
  char *copy = g_strdup (path);

  for (gsize length = strlen (copy); length > 1 && copy[length - 1] == '/'; length--)
    copy[length - 1] = '\0';
  return copy;
}

BatchWork *batch_work_start (const char *template_, const char *output, gboolean folder,
                             double bleed_mm, guint threads, guint count, GError **error)
{
  g_autoptr (BatchWork) work = g_new0 (BatchWork, 1);

  work->output = without_end_slashes (output);
  work->bleed_mm = bleed_mm;
  work->digits = 4;
  for (guint over = 10000; over <= count && work->digits < 9; over *= 10)
    work->digits++;
  work->faults = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  lock_init (&work->lock);
  if (bleed_mm > 0 && !can_bleed (template_, error))
    return NULL;
  if (!open_output (work, folder, error))
    return NULL;
  work->pool = render_pool_start (template_, folder ? threads : 1, work_one, work, error);
  return work->pool != NULL ? g_steal_pointer (&work) : NULL;
}

gboolean batch_work_add (BatchWork *work, BadgeDataText *text)
{
  work->count++;
  return render_pool_add (work->pool, text);
}

guint batch_work_drawn (BatchWork *work)
{
  return render_pool_done (work->pool);
}

/* Ending ----------------------------------------------------------------------------- */

static void list_faults (BatchWork *work, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint number = 1, listed = 0; number <= work->count && listed < BATCH_WORK_FAULTS_MAX;
       number++) {
    const char *fault = batch_work_fault (work, number);
    if (fault == NULL)
      continue;
    g_string_append_printf (text, "\n%s", fault);
    listed++;
  }
  g_set_error (error, BATCH_WORK_ERROR, BATCH_WORK_ERROR_DRAWING,
               _ ("Nothing was written: no badge can be drawn. “accueil badge proof --all” "
                  "finds out why.%s"),
               text->str);
}

static gboolean settle_folder (const BatchWork *work, GError **error)
{
  int fd = open (work->part, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean settled = fd >= 0 && syncfs (fd) == 0;
  int why = errno;

  if (fd >= 0)
    close (fd);
  return settled || fail (work, why, error);
}

gboolean batch_work_finish (BatchWork *work, GError **error)
{
  render_pool_finish (work->pool, FALSE);
  if (work->broken != NULL) {
    g_propagate_error (error, g_steal_pointer (&work->broken));
    return FALSE;
  }
  if (work->count > 0 && g_hash_table_size (work->faults) == work->count) {
    list_faults (work, error);
    return FALSE;
  }
  return work->book != NULL ? badge_book_seal (work->book, error) : settle_folder (work, error);
}

const char *batch_work_fault (const BatchWork *work, guint number)
{
  return g_hash_table_lookup (work->faults, GUINT_TO_POINTER (number));
}

gboolean batch_work_place (BatchWork *work, GError **error)
{
  if (work->book != NULL)
    return badge_book_finish (work->book, error);
  if (rename (work->part, work->output) != 0)
    return fail (work, errno, error);
  g_clear_pointer (&work->part, g_free);
  return TRUE;
}

static void remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_unlink (file);
  }
  g_rmdir (path);
}

void batch_work_free (BatchWork *work)
{
  if (work == NULL)
    return;
  if (work->pool != NULL)
    render_pool_finish (work->pool, TRUE);
  badge_book_free (work->book); /* while the templates are there that its badges come from */
  render_pool_free (work->pool);
  if (work->part != NULL)
    remove_folder (work->part);
  g_hash_table_unref (work->faults);
  g_clear_error (&work->broken);
  lock_clear (&work->lock);
  g_free (work->part);
  g_free (work->output);
  g_free (work);
}
