#include "roster/said.h"

#include <string.h>

typedef struct {
  char *list;
  guint64 kept;    /* a bit a field */
  Delegate *words; /* in the fields that are kept */
} Words;

struct _Said {
  GPtrArray *lists; /* Words */
};

static void words_free (gpointer data)
{
  Words *words = data;
  g_free (words->list);
  delegate_free (words->words);
  g_free (words);
}

static Words *find (const Said *said, const char *list)
{
  for (guint i = 0; i < said->lists->len; i++) {
    Words *words = g_ptr_array_index (said->lists, i);
    if (strcmp (words->list, list) == 0)
      return words;
  }
  return NULL;
}

static Words *find_or_add (Said *said, const char *list)
{
  Words *words = find (said, list);
  if (words != NULL)
    return words;
  words = g_new0 (Words, 1);
  words->list = g_strdup (list);
  words->words = delegate_new ();
  g_ptr_array_add (said->lists, words);
  return words;
}

static guint64 bit (guint field)
{
  return G_GUINT64_CONSTANT (1) << field;
}

static void read_list (Said *said, const char *list, JsonValue *object)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  Words *words = find_or_add (said, list);
  for (guint i = 0; i < count; i++)
    if (json_in_has (object, fields[i].name)) {
      delegate_field_from_json (words->words, &fields[i], object);
      words->kept |= bit (i);
    }
}

Said *said_parse (const char *text)
{
  Said *said = g_new0 (Said, 1);
  said->lists = g_ptr_array_new_with_free_func (words_free);
  g_autoptr (JsonIn) in = *text != '\0' ? json_in_parse (text, -1, NULL) : NULL;
  if (in == NULL)
    return said;
  g_auto (GStrv) names = json_in_keys (json_in_root (in));
  for (guint i = 0; names[i] != NULL; i++)
    read_list (said, names[i], json_in_member (json_in_root (in), names[i]));
  return said;
}

void said_free (Said *said)
{
  if (said == NULL)
    return;
  g_ptr_array_unref (said->lists);
  g_free (said);
}

void said_lay_over (const Said *said, const char *list, Delegate *delegate)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  const Words *words = find (said, list);
  for (guint i = 0; words != NULL && i < count; i++)
    if ((words->kept & bit (i)) != 0)
      delegate_field_copy (delegate, words->words, &fields[i]);
}

gboolean said_has (const Said *said, const char *list, guint field)
{
  const Words *words = find (said, list);
  return words != NULL && (words->kept & bit (field)) != 0;
}

void said_keep (Said *said, const char *list, guint field, const Delegate *delegate)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  Words *words = find_or_add (said, list);
  words->kept |= bit (field);
  delegate_field_copy (words->words, delegate, &fields[field]);
}

void said_drop (Said *said, const char *list, guint field)
{
  Words *words = find (said, list);
  if (words != NULL)
    words->kept &= ~bit (field);
}

static int by_name (gconstpointer a, gconstpointer b)
{
  const Words *const *x = a, *const *y = b;
  return strcmp ((*x)->list, (*y)->list);
}

char *said_text (const Said *said)
{
  guint count, lists = 0;
  const DelegateField *fields = delegate_fields (&count);
  g_ptr_array_sort (said->lists, by_name);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  for (guint i = 0; i < said->lists->len; i++) {
    const Words *words = g_ptr_array_index (said->lists, i);
    if (words->kept == 0)
      continue;
    lists++;
    json_out_begin_object (out, words->list);
    for (guint f = 0; f < count; f++)
      if ((words->kept & bit (f)) != 0)
        delegate_field_to_json (words->words, &fields[f], out);
    json_out_end_object (out);
  }
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  return lists > 0 ? g_steal_pointer (&text) : g_strdup ("");
}
