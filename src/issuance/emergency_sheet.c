#include "issuance/emergency_sheet.h"

#include "badge/signature_sheet.h"
#include "congress/programme.h"

#include <string.h>

typedef struct {
  GArray *rows;     /* SignatureRow */
  GPtrArray *texts; /* char *: theirs */
} Rows;

static const char *keep (Rows *rows, char *text)
{
  g_ptr_array_add (rows->texts, text);
  return text;
}

static Pair keep_pair (Rows *rows, OwnedPair pair)
{
  return (Pair){ keep (rows, pair.first), keep (rows, pair.second) };
}

static char *joined (const char *place, const char *delegation)
{
  return g_strconcat (place, *delegation != '\0' ? " — " : "", delegation, NULL);
}

/* One text where both languages have the same delegation. */
static Pair group_of (Rows *rows, const EmergencyPerson *person)
{
  gboolean same = strcmp (person->delegation_fr, person->delegation_zh) == 0;
  g_autofree char *places = words_line ((Pair){ person->place_fr, person->place_zh });
  if (same)
    return keep_pair (rows, (OwnedPair){ joined (places, person->delegation_fr), g_strdup ("") });
  return keep_pair (rows, (OwnedPair){ joined (person->place_fr, person->delegation_fr),
                                       joined (person->place_zh, person->delegation_zh) });
}

static void add_row (Rows *rows, const Emergency *emergency, const EmergencyPerson *person)
{
  const Delegate *delegate = person->delegate;
  SignatureRow row = { .family = delegate != NULL ? delegate->family : person->reference,
                       .given = delegate != NULL ? delegate->given : "",
                       .name_zh = delegate != NULL ? delegate->name_zh : "",
                       .organisation_fr = delegate != NULL ? delegate->organisation_fr : "",
                       .organisation_zh = delegate != NULL ? delegate->organisation_zh : "",
                       .second_leads = delegate != NULL && delegate_second_leads (delegate),
                       .group = group_of (rows, person),
                       .said = keep_pair (rows, emergency_said (emergency, person)) };
  g_array_append_val (rows->rows, row);
}

static char *foot_of (const Emergency *emergency)
{
  g_auto (OwnedPair) names = words_counted ("%u name", "%u names", emergency->people->len);
  g_autofree char *count = words_line (words_of_owned (&names)),
                  *stamp = as_of_stamp (emergency->as_of);
  return g_strdup_printf ("%s · %s", count, stamp);
}

/* « 286 noms, dont 12 peut-être sortis », and as of when. */
static char *notes_of (const Emergency *emergency, WordsSide side)
{
  guint all = emergency->people->len, doubtful = all - emergency->sure;
  g_autofree char *note = emergency_note (emergency, side);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, words_for_plural (side, "%u name", "%u names", all), all);
  if (doubtful > 0) {
    g_string_append (text, " · ");
    g_string_append_printf (
        text,
        words_for_plural (side, "%u of them may have left", "%u of them may have left", doubtful),
        doubtful);
  }
  g_string_append_printf (text, " · %s", note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GBytes *draw (const Emergency *emergency, Pair congress, GError **error)
{
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (SignatureRow));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Rows rows = { made, texts };
  for (guint i = 0; i < emergency->people->len; i++)
    add_row (&rows, emergency, emergency->people->pdata[i]);
  g_autofree char *foot = foot_of (emergency), *first = notes_of (emergency, WORDS_FIRST),
                  *second = notes_of (emergency, WORDS_SECOND),
                  *time = as_of_time (emergency->as_of);
  const SignatureHeading heading
      = { .congress = congress,
          .title = words_pair_in ("emergency list", NC_ ("emergency list", "Who is inside")),
          .when = { time, "" },
          .room = "",
          .foot = foot,
          .kind = words_pair_in ("emergency list", NC_ ("emergency list", "Emergency list")),
          .third = words_pair_in ("emergency list", NC_ ("emergency list", "Last seen")),
          .notes = { first, second } };
  return signature_sheet_draw (&heading, (const SignatureRow *) (gconstpointer) made->data,
                               made->len, error);
}

GBytes *emergency_sheet_draw (Journal *journal, Emergency **emergency, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  g_autoptr (Emergency) read = programme != NULL ? emergency_read (journal, error) : NULL;
  if (read == NULL)
    return NULL;
  GBytes *pdf = draw (read, (Pair){ programme->fr, programme->zh }, error);
  if (emergency != NULL && pdf != NULL)
    *emergency = g_steal_pointer (&read);
  return pdf;
}
