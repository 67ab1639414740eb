/* printer_sample.h: what `accueil printers` and `accueil printers test` print badges
 * with: the station's settings and template.
 * Threads: the main thread only. */
#pragma once

#include "badge/badge.h"
#include "issuance/test_badge.h"
#include "station/settings.h"

typedef struct {
  char *template_; /* NULL: the settings', else the shipped one */
  char *settings;  /* NULL: the usual place */
} PrinterSampleOptions;

typedef struct {
  Settings *settings;
  BadgeTemplate *template_;
} PrinterSample;

PrinterSample *printer_sample_open (const PrinterSampleOptions *options, GError **error);
void printer_sample_free (PrinterSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrinterSample, printer_sample_free)
