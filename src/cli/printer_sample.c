#include "cli/printer_sample.h"

#include "cli/command.h"
#include "core/installation.h"

PrinterSample *printer_sample_open (const PrinterSampleOptions *options, GError **error)
{
  g_autoptr (PrinterSample) sample = g_new0 (PrinterSample, 1);
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf"),
                  *usual = installation_asset ("badge/a6-portrait.svg");
  const char *path = usual;

  sample->settings = settings_read (options->settings, error);
  if (sample->settings == NULL || !badge_fonts_start (fonts, error))
    return NULL;
  if (options->template_ != NULL)
    path = options->template_;
  else if (sample->settings->template_[0] != '\0')
    path = sample->settings->template_;
  sample->template_ = badge_template_load (path, error);
  return sample->template_ != NULL ? g_steal_pointer (&sample) : NULL;
}

void printer_sample_free (PrinterSample *sample)
{
  if (sample == NULL)
    return;
  settings_free (sample->settings);
  badge_template_free (sample->template_);
  g_free (sample);
}
