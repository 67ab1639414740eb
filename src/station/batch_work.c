#include "station/batch_work.h"

#include "core/descriptor.h"
#include "core/lock.h"
#include "core/words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK (batch-work-error-quark, batch_work_error)

typedef struct {
  guint number; /* from 1, in the order of the batch */
  PressText *text;
} Task;

typedef struct {
  BatchWork *work;
  BadgeTemplate *template_;
  pthread_t thread;
} Worker;

typedef struct {
  guint number;
  char *message;
} Fault;

struct _BatchWork {
  char *output, *part; /* @part: a folder's; a file is the book's */
  BadgeBook *book;     /* of the one worker, until the end */
  guint digits;
  Worker *workers;
  guint n_workers, n_running;
  guint added;

  Lock lock; /* over all below */
  Wake room, task;
  Task waiting[BATCH_WORK_WAITING_MAX]; /* a ring */
  guint first, n_waiting, drawn;
  gboolean over; /* nothing more comes */
  gboolean given_up;
  GArray *faults; /* Fault */
  GError *broken; /* the disk's */
};

static void fault_clear (gpointer data)
{
  g_free (((Fault *) data)->message);
}

static gboolean fail (const BatchWork *work, int number, GError **error)
{
  g_set_error (error, BATCH_WORK_ERROR, BATCH_WORK_ERROR_OUTPUT, _("Cannot write badges to %s: %s"), work->output, g_strerror (number));
  return FALSE;
}

/* Drawing ---------------------------------------------------------------------------------------------------------------------------------------- */

/* "0017-FR-0123.pdf"; "/" would lead elsewhere. */
static char *file_name_of (const BatchWork *work, const Task *task)
{
  g_autofree char *reference = g_strdup (press_text_delegate (task->text)->reference);
  return g_strdup_printf ("%0*u-%s.pdf", (int) work->digits, task->number, g_strdelimit (reference, "/", '_'));
}

/* A badge with a serial opens doors: it is its owner's alone, as the replica is. The disk is waited for once, at the end. */
static gboolean write_file (const BatchWork *work, const Task *task, GBytes *bytes, GError **error)
{
  g_autofree char *name = file_name_of (work, task), *path = g_build_filename (work->part, name, NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written = fd >= 0 && descriptor_write (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  int why = errno;

  if (fd >= 0 && close (fd) != 0 && written) {
    written = FALSE;
    why = errno;
  }
  return written || fail (work, why, error);
}

/* FALSE only where there is no point in going on; a badge that cannot be drawn is noted. */
static gboolean draw (Worker *worker, const Task *task, GError **error)
{
  BatchWork *work = worker->work;
  const BadgeContent *content = press_text_content (task->text);
  g_autoptr (GError) refusal = NULL;
  g_autoptr (BadgeSheet) sheet = NULL;
  gboolean good;

  if (work->book != NULL)
    good = badge_book_add (work->book, worker->template_, content, BADGE_BOTH, &refusal);
  else {
    sheet = badge_pdf (worker->template_, content, BADGE_BOTH, &refusal);
    good = sheet != NULL;
  }
  if (good)
    return sheet == NULL || write_file (work, task, sheet->bytes, error);
  if (g_error_matches (refusal, BADGE_ERROR, BADGE_ERROR_WRITE)) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }
  Fault fault = { task->number, g_strdup_printf ("%s: %s", press_text_delegate (task->text)->reference, refusal->message) };
  lock_take (&work->lock);
  g_array_append_val (work->faults, fault);
  work->given_up = work->given_up || work->faults->len >= BATCH_WORK_FAULTS_MAX;
  lock_give (&work->lock);
  return TRUE;
}

/* FALSE when there is nothing more to do. */
static gboolean take (BatchWork *work, Task *task)
{
  gboolean taken = FALSE;

  lock_take (&work->lock);
  while (work->n_waiting == 0 && !work->over && !work->given_up)
    wake_wait (&work->task, &work->lock);
  if (work->n_waiting > 0 && !work->given_up) {
    *task = work->waiting[work->first];
    work->first = (work->first + 1) % BATCH_WORK_WAITING_MAX;
    work->n_waiting--;
    wake_one (&work->room);
    taken = TRUE;
  }
  lock_give (&work->lock);
  return taken;
}

static void *work_off (void *data)
{
  Worker *worker = data;
  BatchWork *work = worker->work;
  Task task;

  while (take (work, &task)) {
    GError *error = NULL;
    gboolean good = draw (worker, &task, &error);
    press_text_free (task.text);
    lock_take (&work->lock);
    work->drawn++;
    if (!good) {
      work->given_up = TRUE;
      if (work->broken == NULL)
        work->broken = g_steal_pointer (&error);
    }
    lock_give (&work->lock);
    g_clear_error (&error);
  }
  lock_take (&work->lock);
  wake_one (&work->task); /* whoever waits is to see the end too */
  wake_one (&work->room);
  lock_give (&work->lock);
  return NULL;
}

/* Starting --------------------------------------------------------------------------------------------------------------------------------------- */

static gboolean is_empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  return folder != NULL && g_dir_read_name (folder) == NULL;
}

static gboolean open_output (BatchWork *work, gboolean folder, GError **error)
{
  if (!folder) {
    work->book = badge_book_new (work->output, error);
    return work->book != NULL;
  }
  if (g_file_test (work->output, G_FILE_TEST_EXISTS) && !is_empty_folder (work->output)) {
    g_set_error (error, BATCH_WORK_ERROR, BATCH_WORK_ERROR_OUTPUT, _("Cannot write badges to %s: it is not an empty folder. Name one that is empty, or that does not exist."), work->output);
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

static gboolean start_workers (BatchWork *work, const char *template_, guint threads, GError **error)
{
  work->workers = g_new0 (Worker, threads);
  work->n_workers = threads;
  for (guint i = 0; i < threads; i++) {
    work->workers[i].work = work;
    work->workers[i].template_ = badge_template_load (template_, error);
    if (work->workers[i].template_ == NULL)
      return FALSE;
  }
  for (; work->n_running < threads; work->n_running++) {
    int why = pthread_create (&work->workers[work->n_running].thread, NULL, work_off, &work->workers[work->n_running]);
    if (why != 0)
      return fail (work, why, error);
  }
  return TRUE;
}

static char *without_end_slashes (const char *path)
{
  char *copy = g_strdup (path);

  for (gsize length = strlen (copy); length > 1 && copy[length - 1] == '/'; length--)
    copy[length - 1] = '\0';
  return copy;
}

BatchWork *batch_work_start (const char *template_, const char *output, gboolean folder, guint threads, guint count, GError **error)
{
  g_autoptr (BatchWork) work = g_new0 (BatchWork, 1);

  work->output = without_end_slashes (output);
  work->digits = 4;
  for (guint over = 10000; over <= count && work->digits < 9; over *= 10)
    work->digits++;
  work->faults = g_array_new (FALSE, FALSE, sizeof (Fault));
  g_array_set_clear_func (work->faults, fault_clear);
  lock_init (&work->lock);
  wake_init (&work->room);
  wake_init (&work->task);
  if (!open_output (work, folder, error) || !start_workers (work, template_, folder ? threads : 1, error))
    return NULL;
  return g_steal_pointer (&work);
}

/* Handing over ----------------------------------------------------------------------------------------------------------------------------------- */

gboolean batch_work_add (BatchWork *work, PressText *text)
{
  Task task = { ++work->added, text };

  lock_take (&work->lock);
  while (work->n_waiting == BATCH_WORK_WAITING_MAX && !work->given_up)
    wake_wait (&work->room, &work->lock);
  gboolean goes_on = !work->given_up;
  if (goes_on) {
    work->waiting[(work->first + work->n_waiting++) % BATCH_WORK_WAITING_MAX] = task;
    wake_one (&work->task);
  }
  lock_give (&work->lock);
  if (!goes_on)
    press_text_free (text);
  return goes_on;
}

guint batch_work_drawn (BatchWork *work)
{
  lock_take (&work->lock);
  guint drawn = work->drawn;
  lock_give (&work->lock);
  return drawn;
}

/* Ending ----------------------------------------------------------------------------------------------------------------------------------------- */

static void join (BatchWork *work)
{
  lock_take (&work->lock);
  work->over = TRUE;
  wake_one (&work->task);
  lock_give (&work->lock);
  for (; work->n_running > 0; work->n_running--)
    pthread_join (work->workers[work->n_running - 1].thread, NULL);
}

static int by_number (gconstpointer a, gconstpointer b)
{
  const Fault *one = a, *other = b;
  return one->number < other->number ? -1 : one->number > other->number;
}

static void list_faults (BatchWork *work, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_sort (work->faults, by_number);
  for (guint i = 0; i < work->faults->len; i++)
    g_string_append_printf (text, "\n%s", g_array_index (work->faults, Fault, i).message);
  g_set_error (error, BATCH_WORK_ERROR, BATCH_WORK_ERROR_DRAWING, _("Nothing was written: badges cannot be drawn. “accueil badge proof --all” finds them all.%s"), text->str);
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
  join (work);
  if (work->broken != NULL) {
    g_propagate_error (error, g_steal_pointer (&work->broken));
    return FALSE;
  }
  if (work->faults->len > 0) {
    list_faults (work, error);
    return FALSE;
  }
  return work->book != NULL ? badge_book_seal (work->book, error) : settle_folder (work, error);
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
  lock_take (&work->lock);
  work->given_up = TRUE;
  lock_give (&work->lock);
  join (work);
  for (; work->n_waiting > 0; work->n_waiting--, work->first = (work->first + 1) % BATCH_WORK_WAITING_MAX)
    press_text_free (work->waiting[work->first].text);
  badge_book_free (work->book);
  for (guint i = 0; i < work->n_workers; i++)
    badge_template_free (work->workers[i].template_);
  g_free (work->workers);
  if (work->part != NULL)
    remove_folder (work->part);
  g_array_unref (work->faults);
  g_clear_error (&work->broken);
  wake_clear (&work->room);
  wake_clear (&work->task);
  lock_clear (&work->lock);
  g_free (work->part);
  g_free (work->output);
  g_free (work);
}
