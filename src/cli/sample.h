/* sample.h: what `accueil printers` and `accueil printers test` print badges with: the station's settings and template.
 * Threads: the main thread only.  */
#pragma once

#include "badge/badge.h"
#include "station/sample.h"
#include "station/settings.h"

typedef struct {
  char *template_; /* NULL: the settings', else the shipped one */
  char *settings;  /* NULL: the usual place */
} SampleOptions;

typedef struct {
  Settings *settings;
  BadgeTemplate *template_;
} Sample;

Sample *sample_open (const SampleOptions *options, GError **error);
void sample_free (Sample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)
