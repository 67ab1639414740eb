#include "vocabulary/session_role.h"

#include <string.h>

/* For a woman, a man and somebody of whom the list does not say: msgids. */
static const struct {
  const char *held, *name, *woman, *man, *either;
} ROLES[] = {
  { "intervenant", "speaker", NC_ ("a woman's role", "Speaker"), NC_ ("a man's role", "Speaker"),
    NC_ ("role", "Speaker") },
  { "animateur", "moderator", NC_ ("a woman's role", "Moderator"),
    NC_ ("a man's role", "Moderator"), NC_ ("role", "Moderator") },
  { "président de séance", "chair", NC_ ("a woman's role", "Chair"), NC_ ("a man's role", "Chair"),
    NC_ ("role", "Chair") },
};

const char *session_role_name (const char *held)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (strcmp (held, ROLES[i].held) == 0)
      return ROLES[i].name;
  return NULL;
}

Pair session_role_words (const char *held, Gender gender)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (strcmp (held, ROLES[i].held) == 0)
      return gender == GENDER_WOMAN ? words_pair_in ("a woman's role", ROLES[i].woman)
             : gender == GENDER_MAN ? words_pair_in ("a man's role", ROLES[i].man)
                                    : words_pair_in ("role", ROLES[i].either);
  return (Pair){ held, held };
}
