/* Any bytes as kind, subject and body of a fact: judging must answer, alike each time,
 * and name a key where it refuses; what is no object is seen to be none. Nobody below the
 * root may ever write what only the root may. */
#include "journal/authority.h"
#include "journal/fact_form.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) parts = g_strsplit (text, "\n", 3);
  const char *fault;

  if (g_strv_length (parts) != 3 || !g_utf8_validate (text, -1, NULL)
      || !fact_form_is_object (parts[2]))
    return 0;
  fault = fact_form_fault (parts[0], parts[1], parts[2]);
  g_assert_true (fault == fact_form_fault (parts[0], parts[1], parts[2]));
  g_assert_true (fault == NULL || *fault != '\0');
  for (guint role = ROLE_NONE; role <= ROLE_ROOT; role++) {
    const char *why = authority_fault ((Role) role, "gate-1", parts[0], parts[1], parts[2]);

    g_assert_true (role == ROLE_ROOT || !authority_is_root_only (parts[0]) || why != NULL);
  }
  return 0;
}
