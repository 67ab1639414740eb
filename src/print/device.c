#include "print/device.h"

#include "core/words.h"

#include <string.h>

IppServer *device_of_uri (const char *uri)
{
  char scheme[32], user[256], host[256], path[1024];
  int port;
  gboolean secure;
  IppServer *device;

  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host,
                       sizeof host, &port, path, sizeof path)
      < HTTP_URI_STATUS_OK)
    return NULL;
  secure = strcmp (scheme, "ipps") == 0 || strcmp (scheme, "https") == 0;
  if ((!secure && strcmp (scheme, "ipp") != 0 && strcmp (scheme, "http") != 0) || host[0] == '\0'
      || strstr (host, "._tcp") != NULL)
    return NULL;
  path[strcspn (path, "?")] = '\0';
  device = g_new0 (IppServer, 1);
  device->host = g_strdup (host);
  device->port = port;
  device->encryption = secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
  device->resource = g_strdup (path[0] != '\0' ? path : "/");
  device->uri = g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%d%s" : "%s://%s:%d%s",
                                 secure ? "ipps" : "ipp", host, port, device->resource);
  device->title = g_strdup_printf (_ ("the printer at %s:%d"), host, port);
  device->connect_ms = PRINTER_DEVICE_CONNECT_MS;
  device->answer_ms = PRINTER_DEVICE_ANSWER_MS;
  device->absent = PRINTER_ERROR_DEVICE;
  device->printer = TRUE;
  return device;
}

gboolean device_is_off (const char *uri)
{
  char scheme[32], user[256], host[256], path[1024], service[16];
  http_addrlist_t *addresses;
  gboolean off;
  int port, fd = -1;

  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host,
                       sizeof host, &port, path, sizeof path)
          < HTTP_URI_STATUS_OK
      || port <= 0 || (strcmp (scheme, "socket") != 0 && strcmp (scheme, "lpd") != 0))
    return FALSE;
  g_snprintf (service, sizeof service, "%d", port);
  addresses = httpAddrGetList (host, AF_UNSPEC, service);
  off = addresses == NULL
        || httpAddrConnect2 (addresses, &fd, PRINTER_DEVICE_CONNECT_MS, NULL) == NULL;
  httpAddrFreeList (addresses);
  if (fd >= 0)
    httpAddrClose (NULL, fd);
  return off;
}

gboolean device_uri_waits (const char *uri)
{
  const char *question = strchr (uri, '?');
  g_auto (GStrv) options = g_strsplit_set (question != NULL ? question + 1 : "", "&+", -1);

  for (guint i = 0; options[i] != NULL; i++)
    if (g_ascii_strncasecmp (options[i], "waitjob=", 8) == 0) {
      const char *value = options[i] + 8;
      return g_ascii_strcasecmp (value, "on") == 0 || g_ascii_strcasecmp (value, "yes") == 0
             || g_ascii_strcasecmp (value, "true") == 0;
    }
  return TRUE;
}

static gint by_id (gconstpointer a, gconstpointer b)
{
  const PrinterJob *const *left = a, *const *right = b;

  return ((*left)->id > (*right)->id) - ((*left)->id < (*right)->id);
}

GPtrArray *device_jobs_named (const IppServer *device, const char *name, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) printer_job_free);

  /* In this order: a job that is finished in between is seen twice, not never. */
  if (!ipp_jobs_named (device, "not-completed", name, jobs, error)
      || !ipp_jobs_named (device, "completed", name, jobs, error))
    return NULL;
  g_ptr_array_sort (jobs, by_id);
  for (guint i = 1; i < jobs->len;) {
    PrinterJob *before = g_ptr_array_index (jobs, i - 1), *job = g_ptr_array_index (jobs, i);
    if (before->id == job->id)
      g_ptr_array_remove_index (jobs, before->state < job->state ? i - 1 : i);
    else
      i++;
  }
  return g_steal_pointer (&jobs);
}

static int weight (PrinterJobState state)
{
  if (state == PRINT_JOB_COMPLETED)
    return 2;
  return state == PRINT_JOB_CANCELED || state == PRINT_JOB_ABORTED ? 0 : 1;
}

const PrinterJob *device_job_that_counts (const GPtrArray *jobs)
{
  const PrinterJob *best = NULL;

  for (guint i = 0; i < jobs->len; i++) {
    const PrinterJob *job = g_ptr_array_index (jobs, i);
    if (best == NULL || weight (job->state) >= weight (best->state))
      best = job;
  }
  return best;
}

guint device_jobs_good (const GPtrArray *jobs)
{
  guint good = 0;

  for (guint i = 0; i < jobs->len; i++)
    good += weight (((const PrinterJob *) g_ptr_array_index (jobs, i))->state) > 0;
  return good;
}

gboolean device_cancel (const IppServer *device, const GPtrArray *jobs, GError **error)
{
  for (guint i = 0; i < jobs->len; i++) {
    const PrinterJob *job = g_ptr_array_index (jobs, i);
    ipp_t *question;
    g_autoptr (ipp_t) answer = NULL;

    if (weight (job->state) != 1)
      continue;
    question = ipp_question (device, IPP_OP_CANCEL_JOB);
    ippAddInteger (question, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job->id);
    answer = ipp_ask (device, question, NULL, error);
    if (answer == NULL)
      return FALSE;
  }
  return TRUE;
}
