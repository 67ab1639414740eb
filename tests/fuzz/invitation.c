/* Any bytes as an enrolment code: reading must answer, and a good one names an https
 * address, a pin and a station. */
#include "core/identifier.h"
#include "sync/invitation.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (Invitation) invitation = invitation_read (text, &error);

  if (invitation == NULL) {
    g_assert_error (error, INVITATION_ERROR, INVITATION_ERROR_FORMAT);
    return 0;
  }
  g_assert_true (g_str_has_prefix (invitation->url, "https://"));
  g_assert_true (g_str_has_prefix (invitation->pin, "sha256//"));
  g_assert_true (identifier_is_station (invitation->station));
  g_assert_nonnull (invitation->secret);
  return 0;
}
