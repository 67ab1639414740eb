#include "camera/video_source.h"

#include "camera/element_package.h"
#include "core/lock.h"
#include "core/words.h"

#include <errno.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#define SINK "accueil-pictures"
#define TAIL                                                                                       \
  " ! videoconvert ! videoscale ! video/x-raw, format=GRAY8, width=[1,%d], height=[1,%d], "        \
  "pixel-aspect-ratio=1/1 ! appsink name=" SINK

G_DEFINE_QUARK (video - source - error - quark, video_source_error)

struct _VideoSource {
  char *description;
  VideoHandler handler;
  GstElement *pipeline; /* of the source's thread; NULL if the description is wrong */
  GstBus *bus;
  Lock talk;       /* held while the handler is called; taken before `lock` */
  gboolean silent; /* under `talk`: the handler is called no more */
  Lock lock;
  /* Under `lock`. */
  Wake wake;
  guint holders; /* its owner, and its thread */
  VideoSourceStage stage;
  gboolean closing;
  GError *fault; /* the first that was told */
  gboolean ended, network;
};

/* What is missing -------------------------------------------------------------------- */

static void fail_missing (const char *element, GError **error)
{
  const char *package = element_package (element);

  if (package != NULL)
    g_set_error (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_PIPELINE,
                 _ ("GStreamer has no element “%s”; it is in the package %s: apt install %s"),
                 element, package, package);
  else
    g_set_error (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_PIPELINE,
                 _ ("GStreamer has no element “%s”; is it spelt right in the camera's pipeline? "
                    "gst-inspect-1.0 (package gstreamer1.0-tools) lists what there is"),
                 element);
}

/* Faults ----------------------------------------------------------------------------- */

/* The device that the element wants to open, "" if it has none. */
static char *device_of (GstObject *element)
{
  const GParamSpec *property
      = element != NULL ? g_object_class_find_property (G_OBJECT_GET_CLASS (element), "device")
                        : NULL;
  char *device = NULL;

  if (property != NULL && property->value_type == G_TYPE_STRING)
    g_object_get (element, "device", &device, NULL);
  return device != NULL ? device : g_strdup ("");
}

static gboolean append_kind (const GMatchInfo *match, GString *text, gpointer unused)
{
  g_autofree char *kind = g_match_info_fetch (match, 1), *number = g_match_info_fetch (match, 2);
  GstElementFactory *factory = gst_element_factory_find (kind);

  g_string_append (text, kind);
  if (factory == NULL)
    g_string_append (text, number);
  g_clear_pointer (&factory, gst_object_unref);
  return FALSE;
}

/* GStreamer numbers its elements through all pipelines of a process: “v4l2src3” is
 * v4l2src here, or each try would fail in other words than the one before. */
static char *without_numbers (const char *text)
{
  g_autoptr (GRegex) names = g_regex_new ("\\b([a-z][a-z0-9-]*?)([0-9]+)\\b", 0, 0, NULL);
  char *plain = g_regex_replace_eval (names, text, -1, 0, 0, append_kind, NULL, NULL);

  return plain != NULL ? plain : g_strdup (text);
}

/* What an element says, with the reason that GStreamer hides behind the place in its
 * source. */
static char *words_of (GstMessage *message, const GError *failure, const char *debug)
{
  const char *reason = debug != NULL ? strchr (debug, '\n') : NULL;
  g_autofree char *element
      = message->src != NULL ? gst_object_get_name (message->src) : g_strdup ("?"),
      *kind = without_numbers (element);

  if (reason == NULL)
    return g_strdup_printf ("%s: %s", kind, failure->message);
  return g_strdup_printf ("%s: %s (%s)", kind, failure->message, reason + 1);
}

static GError *fault_of_error (GstMessage *message)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *debug = NULL, *device = device_of (message->src), *words = NULL;

  gst_message_parse_error (message, &failure, &debug);
  words = words_of (message, failure, debug);
  if (device[0] == '/' && access (device, F_OK) != 0)
    return g_error_new (VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_GONE,
                        _ ("the camera %s is not there; plug it in"), device);
  if (device[0] == '/' && access (device, R_OK | W_OK) != 0)
    return g_error_new (VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_DENIED,
                        _ ("the camera %s may not be opened; its user must be in the group video"),
                        device);
  if (g_error_matches (failure, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return g_error_new (
        VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_DENIED,
        _ ("another program has the camera; close it: fuser -v /dev/video* names it (%s)"), words);
  if (g_error_matches (failure, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    return g_error_new (VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_DENIED,
                        _ ("the camera may not be opened (%s)"), words);
  return g_error_new (VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_FAILED,
                      _ ("the camera's pipeline has stopped: %s"), words);
}

/* What decodebin says when nothing installed can read a video (the message of GStreamer's
 * base utilities library, read here without it); NULL for any other message. */
static GError *fault_of_missing (GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  const char *name;

  if (structure == NULL || !gst_structure_has_name (structure, "missing-plugin"))
    return NULL;
  name = gst_structure_get_string (structure, "name");
  return g_error_new (VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_FAILED,
                      _ ("GStreamer cannot read this video, it lacks: %s; perhaps in "
                         "gstreamer1.0-libav or gstreamer1.0-plugins-bad"),
                      name != NULL ? name : "?");
}

static void wake_owner (VideoSource *source)
{
  lock_take (&source->talk);
  if (!source->silent)
    source->handler.wake (source->handler.data);
  lock_give (&source->talk);
}

/* The first fault is the cause of what follows. */
static void take_fault (VideoSource *source, GError *fault)
{
  lock_take (&source->lock);
  if (source->fault == NULL && !source->ended)
    source->fault = g_steal_pointer (&fault);
  lock_give (&source->lock);
  g_clear_error (&fault);
  wake_owner (source);
}

/* In the thread that tells, so that nothing waits in the bus. */
static GstBusSyncReply on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  VideoSource *source = data;
  GError *fault = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
    lock_take (&source->lock);
    source->ended = TRUE;
    lock_give (&source->lock);
    wake_owner (source);
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    fault = fault_of_error (message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
    fault = fault_of_missing (message);
  if (fault != NULL)
    take_fault (source, fault);
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* The end of what a network sends is no end of a video: it may come again. */
static gboolean has_network (GstElement *pipeline)
{
  GstIterator *elements = gst_bin_iterate_recurse (GST_BIN (pipeline));
  GValue item = G_VALUE_INIT;
  gboolean found = FALSE;

  while (!found && gst_iterator_next (elements, &item) == GST_ITERATOR_OK) {
    GstElement *element = g_value_get_object (&item);
    const char *class = gst_element_get_metadata (element, GST_ELEMENT_METADATA_KLASS);
    found = GST_OBJECT_FLAG_IS_SET (element, GST_ELEMENT_FLAG_SOURCE) && class != NULL
            && strstr (class, "Network") != NULL;
    g_value_unset (&item);
  }
  gst_iterator_free (elements);
  return found;
}

gboolean video_source_check (VideoSource *source, GError **error)
{
  g_autoptr (GError) fault = NULL;
  gboolean ended, again;

  lock_take (&source->lock);
  fault = source->fault != NULL ? g_error_copy (source->fault) : NULL;
  ended = source->ended;
  again = source->stage == VIDEO_SOURCE_LIVE || source->network;
  lock_give (&source->lock);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (ended && again)
    g_set_error_literal (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_GONE,
                         _ ("the camera gives no pictures any more; is it plugged in?"));
  else if (ended)
    g_set_error_literal (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_ENDED,
                         _ ("the video has ended"));
  return !ended;
}

/* Pictures --------------------------------------------------------------------------- */

/* GRAY8 without GstVideoMeta, which is not offered to elements before: rows begin at
 * multiples of 4 bytes. NULL if the bytes do not reach. */
static Frame *frame_of (GstSample *sample)
{
  const GstStructure *structure = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstMapInfo map;
  gint width = 0, height = 0;
  gsize stride;
  Frame *frame = NULL;

  if (buffer == NULL || !gst_structure_get_int (structure, "width", &width)
      || !gst_structure_get_int (structure, "height", &height) || width < 1 || height < 1
      || width > VIDEO_SOURCE_SIDE_MAX || height > VIDEO_SOURCE_SIDE_MAX
      || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return NULL;
  stride = ((gsize) width + 3) / 4 * 4;
  if (map.size >= stride * ((gsize) height - 1) + (gsize) width) {
    frame = frame_new ((guint) width, (guint) height);
    for (gsize y = 0; y < frame->height; y++)
      memcpy (frame->grey + y * frame->width, map.data + y * stride, frame->width);
  }
  gst_buffer_unmap (buffer, &map);
  return frame;
}

static GstFlowReturn on_sample (GstAppSink *sink, gpointer data)
{
  VideoSource *source = data;
  gint64 now_us = g_get_monotonic_time ();
  GstSample *sample = gst_app_sink_pull_sample (sink);
  Frame *frame;

  if (sample == NULL)
    return GST_FLOW_EOS;
  frame = frame_of (sample);
  gst_sample_unref (sample);
  if (frame == NULL) {
    take_fault (source, g_error_new_literal (
                            VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_FAILED,
                            _ ("the camera gives pictures of fewer bytes than their size says")));
    return GST_FLOW_ERROR;
  }
  lock_take (&source->talk);
  if (!source->silent)
    source->handler.picture (g_steal_pointer (&frame), now_us, source->handler.data);
  lock_give (&source->talk);
  frame_unref (frame);
  return GST_FLOW_OK;
}

/* Making ----------------------------------------------------------------------------- */

/* NULL with @error. */
static GstElement *parse (const char *description, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GstParseContext *context = gst_parse_context_new ();
  g_autofree char *whole
      = g_strdup_printf ("%s" TAIL, description, VIDEO_SOURCE_SIDE_MAX, VIDEO_SOURCE_SIDE_MAX);
  GstElement *pipeline
      = gst_parse_launch_full (whole, context, GST_PARSE_FLAG_FATAL_ERRORS, &failure);
  g_auto (GStrv) missing = gst_parse_context_get_missing_elements (context);

  gst_parse_context_free (context);
  if (pipeline != NULL)
    gst_object_ref_sink (pipeline);
  if (failure == NULL && pipeline != NULL && GST_IS_PIPELINE (pipeline))
    return pipeline;
  if (g_error_matches (failure, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT) && missing != NULL
      && missing[0] != NULL)
    fail_missing (missing[0], error);
  else {
    g_autofree char *words = without_numbers (failure != NULL ? failure->message : description);
    g_set_error (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_PIPELINE,
                 _ ("the camera's pipeline is wrong: %s; try it with gst-launch-1.0 PIPELINE ! "
                    "videoconvert ! autovideosink (package gstreamer1.0-tools)"),
                 words);
  }
  g_clear_pointer (&pipeline, gst_object_unref);
  return NULL;
}

/* Opens the devices, which may take long or for ever. */
static GstStateChangeReturn open_devices (VideoSource *source, GstElement *sink)
{
  GstStateChangeReturn change = gst_element_set_state (source->pipeline, GST_STATE_PAUSED);
  gboolean live = change == GST_STATE_CHANGE_NO_PREROLL;

  g_object_set (sink, "max-buffers", 1, "drop", TRUE, "enable-last-sample", FALSE, "sync", !live,
                NULL);
  if (change == GST_STATE_CHANGE_FAILURE)
    return change;
  lock_take (&source->lock);
  source->stage = live ? VIDEO_SOURCE_LIVE : VIDEO_SOURCE_PLAYING;
  source->network = has_network (source->pipeline);
  lock_give (&source->lock);
  return gst_element_set_state (source->pipeline, GST_STATE_PLAYING);
}

static gboolean start (VideoSource *source, GError **error)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_autoptr (GError) failure = NULL;
  GstElement *sink;
  GstStateChangeReturn change;

  if (!gst_init_check (NULL, NULL, &failure)) {
    g_set_error (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_FAILED,
                 _ ("GStreamer does not start: %s"), failure != NULL ? failure->message : "?");
    return FALSE;
  }
  source->pipeline = parse (source->description, error);
  if (source->pipeline == NULL)
    return FALSE;
  source->bus = gst_element_get_bus (source->pipeline);
  sink = gst_bin_get_by_name (GST_BIN (source->pipeline), SINK);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, source, NULL);
  gst_bus_set_sync_handler (source->bus, on_message, source, NULL);
  change = open_devices (source, sink);
  gst_object_unref (sink);
  if (change == GST_STATE_CHANGE_FAILURE) /* the element that failed has said why before */
    g_set_error_literal (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_FAILED,
                         _ ("the camera's pipeline does not start"));
  return change != GST_STATE_CHANGE_FAILURE;
}

static void let_go (VideoSource *source)
{
  gboolean last;

  lock_take (&source->lock);
  last = --source->holders == 0;
  lock_give (&source->lock);
  if (!last)
    return;
  g_clear_pointer (&source->bus, gst_object_unref);
  g_clear_pointer (&source->pipeline, gst_object_unref);
  g_clear_error (&source->fault);
  lock_wake_clear (&source->wake);
  lock_clear (&source->lock);
  lock_clear (&source->talk);
  g_free (source->description);
  g_free (source);
}

/* A device that does not answer holds up this thread and nobody else. */
static gpointer run (gpointer data)
{
  VideoSource *source = data;
  GError *fault = NULL;

  if (!start (source, &fault))
    take_fault (source, fault);
  lock_take (&source->lock);
  while (!source->closing)
    lock_wake_wait (&source->wake, &source->lock);
  lock_give (&source->lock);
  if (source->pipeline != NULL) {
    gst_element_set_state (source->pipeline, GST_STATE_NULL);
    gst_bus_set_sync_handler (source->bus, NULL, NULL, NULL);
  }
  lock_take (&source->lock);
  source->stage = VIDEO_SOURCE_CLOSED;
  lock_wake_one (&source->wake);
  lock_give (&source->lock);
  let_go (source);
  return NULL;
}

VideoSource *video_source_new (const char *description, const VideoHandler *handler)
{
  VideoSource *source = g_new0 (VideoSource, 1);

  source->description = g_strdup (description);
  source->handler = *handler;
  source->holders = 2;
  lock_init (&source->talk);
  lock_init (&source->lock);
  lock_wake_init (&source->wake);
  g_thread_unref (g_thread_new ("camera-device", run, source));
  return source;
}

VideoSourceStage video_source_stage (VideoSource *source)
{
  VideoSourceStage stage;

  lock_take (&source->lock);
  stage = source->stage;
  lock_give (&source->lock);
  return stage;
}

gboolean video_source_stop (VideoSource *source)
{
  gint64 end_us = g_get_monotonic_time () + VIDEO_SOURCE_CLOSE_MS * 1000;
  gboolean closed;

  lock_take (&source->talk);
  source->silent = TRUE;
  lock_give (&source->talk);
  lock_take (&source->lock);
  source->closing = TRUE;
  lock_wake_one (&source->wake);
  while (source->stage != VIDEO_SOURCE_CLOSED
         && lock_wake_wait_until (&source->wake, &source->lock, end_us))
    ;
  closed = source->stage == VIDEO_SOURCE_CLOSED;
  lock_give (&source->lock);
  return closed;
}

void video_source_free (VideoSource *source)
{
  if (source == NULL)
    return;
  if (!source->silent)
    video_source_stop (source);
  let_go (source);
}
