#include "print/job_history.h"

#include "core/words.h"
#include "print/ipp.h"

#include <string.h>

#define PAGE 500 /* CUPS tells no more at once of jobs that it must load */
#define PAGES_MAX 20

/* Reads the job whose first attribute is @from: TRUE if it is of ours. */
static gboolean read_job (ipp_t *answer, ipp_attribute_t *from, const char *prefix,
                          gboolean *preserved)
{
  gboolean ours = FALSE;

  *preserved = FALSE;
  for (ipp_attribute_t *a = from; a != NULL && ippGetGroupTag (a) == IPP_TAG_JOB;
       a = ippNextAttribute (answer)) {
    if (g_strcmp0 (ippGetName (a), "job-name") == 0)
      ours = g_str_has_prefix (ippGetString (a, 0, NULL), prefix);
    else if (g_strcmp0 (ippGetName (a), "job-preserved") == 0)
      *preserved = ippGetBoolean (a, 0) != 0;
  }
  return ours;
}

/* Adds what there is on the page that begins with the ended job number @first, the latest
 * being 1. Returns how many jobs are on it, -1 with @error. */
static gint count_page (const IppServer *server, gint first, const char *prefix, guint *jobs,
                        guint *documents, GError **error)
{
  /* CUPS keeps only some attributes of a job that has ended in memory, and the name is
   * not always one of them; for the last one here it must load the job. */
  static const char *const ATTRIBUTES[] = { "job-name", "job-preserved", "document-format" };
  g_autofree char *doing = g_strdup (_ ("Asking for ended jobs"));
  ipp_t *question = ipp_question (server, IPP_OP_GET_JOBS);
  g_autoptr (ipp_t) answer = NULL;
  gint found = 0;

  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "completed");
  ippAddInteger (question, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "first-index", first);
  ippAddInteger (question, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", PAGE);
  ippAddStrings (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (ATTRIBUTES), NULL, ATTRIBUTES);
  answer = ipp_ask_well (server, question, doing, error);
  if (answer == NULL)
    return -1;
  for (ipp_attribute_t *a = ipp_first_of_job (answer); a != NULL; a = ippNextAttribute (answer)) {
    gboolean preserved;
    if (ippGetGroupTag (a) != IPP_TAG_JOB)
      continue;
    found++;
    if (!read_job (answer, a, prefix, &preserved))
      continue;
    *jobs += 1;
    *documents += preserved;
  }
  return found;
}

gboolean job_history_count (const char *prefix, guint *jobs, guint *documents, GError **error)
{
  g_autoptr (IppServer) server = ipp_spooler (NULL);
  gint found = PAGE;

  *jobs = *documents = 0;
  for (gint page = 0; page < PAGES_MAX && found == PAGE; page++)
    found = count_page (server, page * PAGE + 1, prefix, jobs, documents, error);
  return found >= 0;
}
