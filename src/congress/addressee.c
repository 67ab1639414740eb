#include "congress/addressee.h"

#include "core/json.h"

Addressee addressee_of (const char *checkpoints, const char *events, const char *categories)
{
  return (Addressee){ json_in_strings_of (checkpoints), json_in_strings_of (events),
                      json_in_strings_of (categories) };
}

void addressee_clear (Addressee *addressee)
{
  g_clear_pointer (&addressee->checkpoints, g_strfreev);
  g_clear_pointer (&addressee->events, g_strfreev);
  g_clear_pointer (&addressee->categories, g_strfreev);
}

static gboolean holds (char *const *list, const char *id)
{
  return g_strv_contains ((const char *const *) list, id);
}

gboolean addressee_fits (const Addressee *addressee, const AddresseePerson *person)
{
  gboolean here = person->checkpoint == NULL
                  || (*addressee->checkpoints == NULL && person->entrance)
                  || holds (addressee->checkpoints, person->checkpoint),
           registered = *addressee->events == NULL;
  for (guint i = 0; person->events != NULL && person->events[i] != NULL; i++)
    registered = registered || holds (addressee->events, person->events[i]);
  return here && registered
         && (*addressee->categories == NULL || holds (addressee->categories, person->category));
}
