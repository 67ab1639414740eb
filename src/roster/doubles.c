#include "roster/doubles.h"

#include "core/text.h"

#include <string.h>

#define KEYS 3 /* e-mail; Latin and Chinese name, each with the organisation; 0 for none */

#define ORGANISATIONS_MAX 2000 /* that are folded once */

struct _Doubles {
  GHashTable *numbers;       /* key → number + 1 */
  GHashTable *organisations; /* text → words_hash() */
};

Doubles *doubles_new (void)
{
  Doubles *doubles = g_new0 (Doubles, 1);
  doubles->numbers = g_hash_table_new (NULL, NULL);
  doubles->organisations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return doubles;
}

void doubles_free (Doubles *doubles)
{
  if (doubles == NULL)
    return;
  g_hash_table_unref (doubles->numbers);
  g_hash_table_unref (doubles->organisations);
  g_free (doubles);
}

/* FNV-1a of 64 bits: of a million people two that are not alike meet once in thirty
 * million imports. */
static guint64 fnv_of (const char *text, gsize length, guint64 hash)
{
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) text[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

#define HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)

/* The words of @text, folded, in any order; 0 if there are none. */
static guint64 words_hash (const char *text)
{
  g_autofree char *folded = text_fold (text);
  guint64 sum = 0;
  for (const char *at = folded; *at != '\0';) {
    gsize length = strcspn (at, " ");
    sum += fnv_of (at, length, HASH_START);
    at += length + (at[length] == ' ');
  }
  return sum;
}

/* The same of an organisation, to which many people belong. */
static guint64 organisation_hash (const Doubles *doubles, const char *text)
{
  gpointer known = NULL;
  if (g_hash_table_lookup_extended (doubles->organisations, text, NULL, &known))
    return GPOINTER_TO_SIZE (known);
  guint64 hash = words_hash (text);
  if (g_hash_table_size (doubles->organisations) < ORGANISATIONS_MAX)
    g_hash_table_insert (doubles->organisations, g_strdup (text), GSIZE_TO_POINTER (hash));
  return hash;
}

static guint64 mix (guint64 name, guint64 organisation, guint64 salt)
{
  return name == 0 ? 0
                   : (name * 31 + organisation) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + salt;
}

static void make_keys (const Doubles *doubles, const Delegate *delegate, guint64 keys[KEYS])
{
  g_autofree char *email = g_ascii_strdown (delegate->email, -1),
                  *latin = g_strconcat (delegate->family, " ", delegate->given, NULL);
  guint64 fr = organisation_hash (doubles, delegate->organisation_fr),
          zh = organisation_hash (doubles, delegate->organisation_zh);
  keys[0] = *email != '\0' ? fnv_of (email, strlen (email), HASH_START) : 0;
  keys[1] = mix (words_hash (latin), fr != 0 ? fr : zh, 1);
  keys[2] = mix (words_hash (delegate->name_zh), zh != 0 ? zh : fr, 2);
}

static gpointer key_of (guint64 key)
{
  return (gpointer) (guintptr) key;
}

static DoubleKind find (const Doubles *doubles, const guint64 keys[KEYS], guint *other)
{
  for (guint i = 0; i < KEYS; i++) {
    gpointer found = keys[i] != 0 ? g_hash_table_lookup (doubles->numbers, key_of (keys[i])) : NULL;
    if (found != NULL) {
      *other = GPOINTER_TO_UINT (found) - 1;
      return i == 0 ? DOUBLE_EMAIL : DOUBLE_NAME;
    }
  }
  return DOUBLE_NONE;
}

DoubleKind doubles_find (const Doubles *doubles, const Delegate *delegate, guint *other)
{
  guint64 keys[KEYS];
  make_keys (doubles, delegate, keys);
  return find (doubles, keys, other);
}

DoubleKind doubles_add (Doubles *doubles, const Delegate *delegate, guint number, guint *other)
{
  guint64 keys[KEYS];
  make_keys (doubles, delegate, keys);
  DoubleKind kind = find (doubles, keys, other);
  for (guint i = 0; i < KEYS; i++)
    if (keys[i] != 0 && !g_hash_table_contains (doubles->numbers, key_of (keys[i])))
      g_hash_table_insert (doubles->numbers, key_of (keys[i]), GUINT_TO_POINTER (number + 1));
  return kind;
}
