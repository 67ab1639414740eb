/* reading.h: the readers that a station's settings name: started and joined to one
 * stream, or only looked at.
 *
 * USB readers share one UsbReaders. What cannot be started is told as its reader's state
 * and keeps no other from working. Without a reader in the settings, lines of standard
 * input are read.
 *
 * Threads: as the Stream: one thread, that of its main context. reading_start() does not
 * wait for devices; reading_free() waits for the readers' threads, at most about a
 * second. reading_look() blocks on the file system and sysfs.  */
#pragma once

#include "camera/camera.h"
#include "scan/stream.h"
#include "usb/usb.h"
#include "station/settings.h"
#include "vocabulary/wording.h"

/* Instead of a code: a camera has two people's before it, and neither is told. Whoever
 * stands there is asked to show one. */
#define READING_SEVERAL "two codes at once"

typedef struct _Reading Reading;

/* @context NULL: the default one. @tap sees what came before it was made a code; may be
 * NULL. Both are copied. STREAM_ERROR, USB_ERROR_MATCH. */
Reading *reading_start (const Settings *settings, GMainContext *context,
                        const StreamHandler *handler, const UsbTap *tap, GError **error);
void reading_free (Reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)
Stream *reading_stream (const Reading *reading);
/* The first camera, whose pictures a screen shows; NULL if there is none. */
Camera *reading_camera (const Reading *reading);

/* A reader as another program than the station's can see it. */
typedef struct {
  const char *name, *kind;
  ReaderState state; /* READY: can be read, or is being read; STARTING: nothing reads it yet */
  char *detail;      /* in the organiser's language, "" for none */
} ReadingLook;

/* ReadingLook for each reader of @settings, in their order, whose texts it borrows; takes
 * nothing from a station at work. Free with g_ptr_array_unref(). */
GPtrArray *reading_look (const Settings *settings);
/* What is on USB, taken or not, with reasons (usb_list.h). NULL with USB_ERROR. */
GPtrArray *reading_usb (const Settings *settings, GError **error);

/* A state for whoever stands at the reader: "Prêt" / "就绪". */
Pair reading_words (ReaderState state);
