#include "station/reading.h"

#include "core/words.h"
#include "station/bystander.h"
#include "scan/line_reader.h"
#include "scan/line_source.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

struct _Reading {
  Stream *stream;
  Camera *camera; /* the stream's */
};

/* A camera, and what it is told to. */
typedef struct {
  Camera *camera;
  ReaderListener listener; /* the stream's */
  Bystander bystander;     /* of the camera's thread */
} Watch;

static const char *const KINDS[]
    = { [SETTINGS_USB] = "usb", [SETTINGS_CAMERA] = "camera", [SETTINGS_LINES] = "lines" };

static const SettingsReader *reader_at (const Settings *settings, guint index)
{
  return g_ptr_array_index (settings->readers, index);
}

/* The matches of the USB readers, in their order. */
static gboolean read_matches (const Settings *settings, DeviceMatch matches[SETTINGS_READERS_MAX],
                              guint *count, GError **error)
{
  *count = 0;
  for (guint i = 0; i < settings->readers->len; i++) {
    const SettingsReader *reader = reader_at (settings, i);
    if (reader->kind == SETTINGS_USB
        && !device_match_set (&matches[(*count)++], reader->name, reader->device, reader->layout,
                              error))
      return FALSE;
  }
  return TRUE;
}

/* Starting --------------------------------------------------------------------------- */

static void on_camera_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Watch *watch = data;

  if (!bystander_is (&watch->bystander, text, at_us))
    watch->listener.code (reader, text, at_us, watch->listener.data);
}

static gboolean on_camera_several (const char *reader, const char *const *texts, gint64 at_us,
                                   gpointer data)
{
  const Watch *watch = data;

  if (!bystander_several (texts))
    return FALSE;
  watch->listener.code (reader, READING_SEVERAL, at_us, watch->listener.data);
  return TRUE;
}

static void on_camera_state (const char *reader, ReaderState state, const char *detail,
                             gpointer data)
{
  const Watch *watch = data;

  watch->listener.state (reader, state, detail, watch->listener.data);
}

static void watch_free (Watch *watch)
{
  camera_free (watch->camera);
  g_free (watch);
}

static Watch *watch_new (const SettingsReader *reader, const ReaderListener *listener)
{
  Watch *watch = g_new0 (Watch, 1);
  ReaderListener own = {
    .code = on_camera_code, .state = on_camera_state, .several = on_camera_several, .data = watch
  };

  watch->listener = *listener;
  watch->camera = camera_new (reader->name, reader->pipeline, &own);
  return watch;
}

static void start_reader (Reading *reading, const SettingsReader *reader,
                          const ReaderListener *listener)
{
  if (reader->kind == SETTINGS_LINES)
    stream_keep (reading->stream, line_reader_new (reader->name, reader->device, listener),
                 (GDestroyNotify) line_reader_free);
  else if (reader->kind == SETTINGS_CAMERA) {
    Watch *watch = watch_new (reader, listener);
    reading->camera = reading->camera != NULL ? reading->camera : watch->camera;
    stream_keep (reading->stream, watch, (GDestroyNotify) watch_free);
  }
}

/* A machine whose USB cannot be used still has its other readers. */
static gboolean start_usb (Reading *reading, const DeviceMatch *matches, guint count,
                           const ReaderListener *listener, const UsbTap *tap, GError **error)
{
  g_autoptr (GError) failure = NULL;
  UsbReaders *readers
      = count > 0 ? usb_readers_new (matches, count, listener, tap, &failure) : NULL;

  if (readers != NULL)
    stream_keep (reading->stream, readers, (GDestroyNotify) usb_readers_free);
  for (guint i = 0;
       readers == NULL && i < count && g_error_matches (failure, USB_ERROR, USB_ERROR_BUS); i++)
    listener->state (matches[i].name, READER_FAILED, failure->message, listener->data);
  if (failure == NULL || g_error_matches (failure, USB_ERROR, USB_ERROR_BUS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

Reading *reading_start (const Settings *settings, GMainContext *context,
                        const StreamHandler *handler, const UsbTap *tap, GError **error)
{
  g_autoptr (Reading) reading = g_new0 (Reading, 1);
  DeviceMatch matches[SETTINGS_READERS_MAX];
  ReaderListener listener;
  guint count;

  reading->stream = stream_new (context, handler);
  listener = stream_listener (reading->stream);
  for (guint i = 0; i < settings->readers->len; i++)
    if (!stream_add (reading->stream, reader_at (settings, i)->name,
                     KINDS[reader_at (settings, i)->kind], error))
      return NULL;
  if (!read_matches (settings, matches, &count, error)
      || !start_usb (reading, matches, count, &listener, tap, error))
    return NULL;
  for (guint i = 0; i < settings->readers->len; i++)
    start_reader (reading, reader_at (settings, i), &listener);
  if (settings->readers->len == 0) {
    if (!stream_add (reading->stream, "stdin", KINDS[SETTINGS_LINES], error))
      return NULL;
    stream_keep (reading->stream, line_reader_new ("stdin", "-", &listener),
                 (GDestroyNotify) line_reader_free);
  }
  return g_steal_pointer (&reading);
}

void reading_free (Reading *reading)
{
  if (reading == NULL)
    return;
  stream_free (reading->stream);
  g_free (reading);
}

Stream *reading_stream (const Reading *reading)
{
  return reading->stream;
}

Camera *reading_camera (const Reading *reading)
{
  return reading->camera;
}

/* Looking ---------------------------------------------------------------------------- */

static void look_free (ReadingLook *look)
{
  g_free (look->detail);
  g_free (look);
}

static void look_at_usb (ReadingLook *look, const GPtrArray *devices, const GError *error)
{
  if (devices == NULL) {
    look->state = READER_FAILED;
    look->detail = g_strdup (error->message);
    return;
  }
  look->state = READER_UNPLUGGED;
  for (guint i = 0; i < devices->len; i++) {
    const UsbDevice *device = g_ptr_array_index (devices, i);
    if (strcmp (device->reader, look->name) != 0)
      continue;
    g_free (look->detail);
    look->state = device->allowed ? READER_READY : READER_DENIED;
    look->detail = device->allowed ? g_strdup_printf ("%04x:%04x %s", device->vendor,
                                                      device->product, device->name)
                                   : g_strdup (device->why);
    if (device->allowed)
      return;
  }
  if (look->state == READER_UNPLUGGED)
    look->detail = g_strdup (_ ("no device that fits is plugged in; “accueil scanner” shows what "
                                "is, and why it is not taken"));
}

/* Without opening it, which would take it from whoever uses it. A pipeline of one's own
 * can be anything. */
static void look_at_camera (ReadingLook *look, const char *pipeline)
{
  glob_t found = { 0 };
  gboolean allowed = FALSE;

  if (pipeline[0] != '\0') {
    look->state = READER_STARTING;
    look->detail = g_strdup (_ ("its pipeline is tried when it is started"));
    return;
  }
  glob ("/dev/video[0-9]*", 0, NULL, &found);
  for (gsize i = 0; i < found.gl_pathc; i++)
    allowed = allowed || access (found.gl_pathv[i], R_OK | W_OK) == 0;
  look->state = found.gl_pathc == 0 ? READER_UNPLUGGED : allowed ? READER_READY : READER_DENIED;
  look->detail = g_strdup (look->state == READER_DENIED
                               ? _ ("this user may not open cameras: add it to the group video")
                           : look->state == READER_UNPLUGGED ? _ ("no camera is plugged in")
                                                             : "");
  globfree (&found);
}

GPtrArray *reading_usb (const Settings *settings, GError **error)
{
  DeviceMatch matches[SETTINGS_READERS_MAX];
  guint count;

  return read_matches (settings, matches, &count, error) ? usb_devices_list (matches, count, error)
                                                         : NULL;
}

GPtrArray *reading_look (const Settings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = reading_usb (settings, &error);
  GPtrArray *looks = g_ptr_array_new_with_free_func ((GDestroyNotify) look_free);

  for (guint i = 0; i < settings->readers->len; i++) {
    const SettingsReader *reader = reader_at (settings, i);
    ReadingLook *look = g_new0 (ReadingLook, 1);
    g_ptr_array_add (looks, look);
    look->name = reader->name;
    look->kind = KINDS[reader->kind];
    if (reader->kind == SETTINGS_USB)
      look_at_usb (look, devices, error);
    else if (reader->kind == SETTINGS_CAMERA)
      look_at_camera (look, reader->pipeline);
    else
      look->state = line_source_look (reader->device, &look->detail);
  }
  return looks;
}

Pair reading_words (ReaderState state)
{
  static const char *const WORDS[] = {
    [READER_STARTING] = NC_ ("reader", "Starting"),
    [READER_READY] = NC_ ("reader", "Ready"),
    [READER_UNPLUGGED] = NC_ ("reader", "Unplugged"),
    [READER_DENIED] = NC_ ("reader", "Access denied"),
    [READER_FAILED] = NC_ ("reader", "Does not work"),
    [READER_ENDED] = NC_ ("reader", "Ended"),
  };

  return words_pair_in ("reader", WORDS[state]);
}
