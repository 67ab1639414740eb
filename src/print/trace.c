#include "print/trace.h"

#include "core/words.h"
#include "print/ipp.h"

#include <string.h>

#define JOBS_LOOKED_AT 10000

/* Reads the job whose first attribute is @from: TRUE if it is of ours. */
static gboolean read_job (ipp_t *answer, ipp_attribute_t *from, const char *prefix, gboolean *preserved)
{
  gboolean ours = FALSE;

  *preserved = FALSE;
  for (ipp_attribute_t *a = from; a != NULL && ippGetGroupTag (a) == IPP_TAG_JOB; a = ippNextAttribute (answer)) {
    if (g_strcmp0 (ippGetName (a), "job-name") == 0)
      ours = g_str_has_prefix (ippGetString (a, 0, NULL), prefix);
    else if (g_strcmp0 (ippGetName (a), "job-preserved") == 0)
      *preserved = ippGetBoolean (a, 0) != 0;
  }
  return ours;
}

gboolean trace_count (const char *prefix, guint *jobs, guint *documents, GError **error)
{
  static const char *const ATTRIBUTES[] = { "job-name", "job-preserved" };
  g_autofree char *doing = g_strdup (_("Asking for ended jobs"));
  g_autoptr (IppServer) server = ipp_spooler (NULL);
  ipp_t *question = ipp_question (server, IPP_OP_GET_JOBS);
  g_autoptr (ipp_t) answer = NULL;

  *jobs = *documents = 0;
  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "completed");
  ippAddInteger (question, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", JOBS_LOOKED_AT);
  ippAddStrings (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (ATTRIBUTES), NULL, ATTRIBUTES);
  answer = ipp_ask_well (server, question, doing, error);
  if (answer == NULL)
    return FALSE;
  for (ipp_attribute_t *a = ipp_first_of_job (answer); a != NULL; a = ippNextAttribute (answer)) {
    gboolean preserved;
    if (ippGetGroupTag (a) != IPP_TAG_JOB || !read_job (answer, a, prefix, &preserved))
      continue;
    *jobs += 1;
    *documents += preserved;
  }
  return TRUE;
}
