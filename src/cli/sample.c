#include "cli/sample.h"

#include "cli/command.h"

Sample *sample_open (const SampleOptions *options, GError **error)
{
  g_autoptr (Sample) sample = g_new0 (Sample, 1);
  g_autofree char *fonts = command_asset ("fonts/fonts.conf"), *usual = command_asset ("badge/a6-portrait.svg");
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

void sample_free (Sample *sample)
{
  if (sample == NULL)
    return;
  settings_free (sample->settings);
  badge_template_free (sample->template_);
  g_free (sample);
}

BadgeContent sample_content (const char *label)
{
  static const char *const TRAITS[] = { "proof", "script:fr", NULL };

  return (BadgeContent){
    .family = "Épreuve",
    .given = "d’imprimante",
    .name_zh = "打印样张",
    .function_fr = "Ce badge n’ouvre rien",
    .function_zh = "此胸卡无效",
    .organisation_fr = "accueil",
    .organisation_zh = "迎宾",
    .category_fr = "Épreuve",
    .category_zh = "样张",
    .category_colour = "#1f3a93",
    .ribbon_fr = "Épreuve",
    .ribbon_zh = "样张",
    .traits = TRAITS,
    .code = "EPREUVE-PROOF",
    .label = label,
  };
}
