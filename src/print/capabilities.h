/* capabilities.h: what a CUPS queue, and the printer behind it, say that they can do: IPP
 * attributes (PWG 5100.14, 5.2; PWG 5102.4, 7) and the queue's driver. Immutable once
 * read. Threads: reentrant. Nothing here blocks. */
#pragma once

#include "print/media.h"

typedef struct {
  char *model;  /* printer-make-and-model */
  char *place;  /* printer-location */
  char *note;   /* printer-info: the queue's description */
  char *uri;    /* device-uri without user, password and options */
  gboolean raw; /* no driver: the printer gets the bytes as they are */
  gboolean colour;
  gboolean two_sided; /* on the long edge */
  GArray *dpis;       /* guint, what the printer can */
  guint dpi;          /* what it does unless told otherwise; 0: not said */
  GArray *media;      /* Medium */
  GArray *ready;      /* Medium: what is loaded, as the printer itself says; empty: not said */
  char **formats; /* document-format-supported of the printer itself; empty if it was not asked */
  char **raster_types; /* pwg-raster-document-type-supported of the printer itself ("black_1");
                          empty if it was not asked or has none; some write "Sgray_8" */
  GArray *raster_dpis; /* guint, pwg-raster-document-resolution-supported; empty: not said */
  char **urf;          /* urf-supported of the printer itself ("W8", "RS203-300") */
  char *sheet_back;    /* pwg-raster-document-sheet-back */
} Capabilities;

Capabilities *capabilities_new (void);
void capabilities_free (Capabilities *traits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Capabilities, capabilities_free)
/* TRUE if the raw queue's device URI or description names the language, and then at what
 * resolution: "ZPL", "ZPL 300 dpi", usb://Zebra… */
gboolean capabilities_speak_zpl (const Capabilities *traits, guint *dpi);
