#include "roster/delegate_label.h"

#include "core/words.h"

#include <string.h>

static const struct {
  const char *field, *label;
} LABELS[] = {
  { "title", NC_ ("column", "Form of address") },
  { "given", NC_ ("column", "Given name") },
  { "family", NC_ ("column", "Family name") },
  { "name_zh", NC_ ("column", "Chinese name") },
  { "function_fr", NC_ ("column", "Function") },
  { "function_zh", NC_ ("column", "Function ({language})") },
  { "organisation_fr", NC_ ("column", "Organisation") },
  { "organisation_zh", NC_ ("column", "Organisation ({language})") },
  { "category", NC_ ("column", "Category") },
  { "delegation", NC_ ("column", "Delegation") },
  { "country", NC_ ("column", "Country") },
  { "email", NC_ ("column", "E-mail") },
  { "telephone", NC_ ("column", "Telephone") },
  { "events", NC_ ("column", "Events") },
  { "days", NC_ ("column", "Days") },
  { "workshops", NC_ ("column", "Workshops") },
  { "role", NC_ ("column", "Role") },
  { "meals", NC_ ("column", "Meals") },
  { "transport", NC_ ("column", "Transport") },
  { "headset", NC_ ("column", "Headset") },
  { "hotel", NC_ ("column", "Hotel") },
  { "message", NC_ ("column", "Text at the scan") },
  { "rank", NC_ ("column", "Rank") },
  { "diet", NC_ ("column", "Diet") },
  { "language", NC_ ("column", "Language") },
  { "code", NC_ ("column", "Code") },
  { "ribbons", NC_ ("column", "Ribbons") },
  { "protocol", NC_ ("column", "Protocol") },
  { "revoked", NC_ ("column", "Withdrawn") },
  { "status", NC_ ("column", "Status") },
  { "list", NC_ ("column", "List") },
};

const char *delegate_label (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++)
    if (strcmp (LABELS[i].field, field) == 0)
      return LABELS[i].label;
  return field;
}
