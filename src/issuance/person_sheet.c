#include "issuance/person_sheet.h"

#include "badge/sheet.h"
#include "congress/programme.h"
#include "core/json.h"
#include "roster/delegate_label.h"
#include "vocabulary/dates.h"
#include "vocabulary/verdict.h"
#include "vocabulary/wording.h"

#include <string.h>

/* In the order of a form; a field in both languages is one. */
static const struct {
  const char *field, *other;
} FIELDS[] = {
  { "title", NULL },
  { "given", NULL },
  { "family", NULL },
  { "name_zh", NULL },
  { "function_fr", "function_zh" },
  { "organisation_fr", "organisation_zh" },
  { "category", NULL },
  { "delegation", NULL },
  { "country", NULL },
  { "email", NULL },
  { "telephone", NULL },
  { "events", NULL },
  { "days", NULL },
  { "workshops", NULL },
  { "role", NULL },
  { "meals", NULL },
  { "transport", NULL },
  { "headset", NULL },
  { "hotel", NULL },
  { "message", NULL },
  { "language", NULL },
  { "code", NULL },
  { "ribbons", NULL },
  { "protocol", NULL },
  { "revoked", NULL },
  { "status", NULL },
  { "list", NULL },
};

typedef struct {
  Sheet *sheet;
  GTimeZone *zone;
} Page;

/* Registration ----------------------------------------------------------------------- */

static const DelegateField *field_named (const char *name)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < count; i++)
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

/* "" for what is not filled in. */
static char *value_of (const Delegate *delegate, const char *name, WordsSide side)
{
  const DelegateField *field = name != NULL ? field_named (name) : NULL;
  if (field == NULL)
    return g_strdup ("");
  if (field->kind == DELEGATE_FLAG)
    return g_strdup (
        delegate_flag (delegate, field) ? words_for_in (side, "cell", NC_ ("cell", "yes")) : "");
  return delegate_field_text (delegate, field);
}

static char *registration_in (const Delegate *delegate, WordsSide side)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    g_autofree char *first = value_of (delegate, FIELDS[i].field, side),
                    *second = value_of (delegate, FIELDS[i].other, side),
                    *value = words_line ((Pair){ first, second });
    if (*value == '\0')
      continue;
    g_autofree char *line = g_strdup_printf (
        words_for_in (side, "a field and its value", NC_ ("a field and its value", "%s: %s")),
        words_for_in (side, "column", delegate_label (FIELDS[i].field)), value);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "  ·  " : "", line);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void add_registration (Page *page, const Delegate *delegate)
{
  OwnedPair text = { NULL, NULL };
  if (delegate != NULL) {
    g_autofree char *first = registration_in (delegate, WORDS_FIRST),
                    *second = registration_in (delegate, WORDS_SECOND);
    text.first = sheet_showable (page->sheet, first);
    text.second = sheet_showable (page->sheet, second);
  } else {
    Pair none = words_pair (N_ ("Nothing any more: it was erased."));
    text = (OwnedPair){ g_strdup (none.first), g_strdup (none.second) };
  }
  const SheetItem item
      = { words_pair (N_ ("Registration, as it is now")), { text.first, text.second }, NULL, NULL };
  sheet_item (page->sheet, &item);
  words_owned_clear (&text);
}

/* What has happened ------------------------------------------------------------------ */

static Pair kind_wording (const PersonFact *fact, JsonValue *body)
{
  static const struct {
    const char *kind, *text;
  } KINDS[] = {
    { "registration", N_ ("Registered, or corrected") },
    { "badge-issued", N_ ("A badge was issued") },
    { "badge-void", N_ ("A badge was made void") },
    { "print", N_ ("A badge on its way through a printer") },
    { "loan", N_ ("A headset was lent or given back") },
    { "note", N_ ("A note of the team") },
    { "appointment", N_ ("Put on a list") },
    { "met", N_ ("Met, or seen on board") },
    { "handover", N_ ("Somebody else took the badge") },
    { "erasure", N_ ("What was held until then was erased") },
    { "volunteer", N_ ("Written down as a volunteer") },
    { "alert-closed", N_ ("The team looked at an alert") },
    { "conflict-closed", N_ ("The team looked at an alert") },
  };
  Verdict verdict;
  if (strcmp (fact->kind, "passage") == 0) {
    const char *detail = json_in_string (body, "reason");
    if (verdict_from_name (json_in_string (body, "verdict"), &verdict))
      return verdict == VERDICT_ADMITTED ? words_pair (N_ ("Let through"))
                                         : wording_verdict (verdict, detail);
  }
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (strcmp (KINDS[i].kind, fact->kind) == 0)
      return words_pair (KINDS[i].text);
  return words_pair (N_ ("Noted"));
}

/* Whatever the desk wrote, and what else the fact says, by its own words: texts that are
 * the same in all languages. */
static char *said (JsonValue *body)
{
  static const char *const HIDDEN[] = { "checkpoint", "verdict", "prints", "public", NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) keys = json_in_keys (body);
  for (char **key = keys; *key != NULL; key++) {
    g_autofree char *number = NULL;
    const char *value = json_in_string (body, *key);
    if (g_strv_contains (HIDDEN, *key))
      continue;
    if (value == NULL && json_in_int (body, *key) != 0) {
      number = g_strdup_printf ("%" G_GINT64_FORMAT, json_in_int (body, *key));
      value = number;
    }
    if (value == NULL && json_in_bool (body, *key))
      value = "✓";
    if (value == NULL && json_in_length (json_in_member (body, *key)) > 0) {
      g_auto (GStrv) values = json_in_strings (body, *key);
      number = g_strjoinv (", ", values);
      value = number;
    }
    if (value != NULL && *value != '\0')
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "  " : "", *key, value);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *time_text (const Page *page, gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, page->zone) : NULL;
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static char *title_of (const Page *page, const PersonFact *fact, const char *what,
                       const char *place)
{
  g_autofree char *time = time_text (page, fact->at_ms),
                  *where = sheet_showable (page->sheet, place);
  return g_strdup_printf ("%s  %s%s%s", time, what, *where != '\0' ? ", " : "", where);
}

static void add_fact (Page *page, const PersonFact *fact)
{
  g_autoptr (JsonIn) in = json_in_parse (fact->body != NULL ? fact->body : "{}", -1, NULL);
  if (in == NULL)
    return;
  JsonValue *body = json_in_root (in);
  Pair what = kind_wording (fact, body);
  g_autofree char *first = title_of (page, fact, what.first, fact->place_fr),
                  *second = title_of (page, fact, what.second, fact->place_zh),
                  *written = said (body),
                  *all = g_strdup_printf ("[%s %" G_GINT64_FORMAT "]  %s", fact->station, fact->seq,
                                          fact->body != NULL ? written : "–"),
                  *text = sheet_showable (page->sheet, all);
  const SheetItem item = { { first, second }, { text, NULL }, NULL, NULL };
  sheet_item (page->sheet, &item);
}

/* The sheet -------------------------------------------------------------------------- */

static void begin (Page *page, const Programme *programme, const PersonFile *file,
                   const char *station, gint64 now_ms)
{
  g_autofree char *name
      = file->delegate != NULL ? delegate_display_name (file->delegate) : g_strdup (""),
      *shown = sheet_showable (page->sheet, name), *time = time_text (page, now_ms);
  g_auto (OwnedPair) text = words_filled ("%s %s. What is held on %s by the station “%s”.",
                                          file->reference, shown, time, station);
  g_autofree char *congress = words_line ((Pair){ programme->fr, programme->zh });
  sheet_page (page->sheet, words_pair (N_ ("What we hold about you")), words_of_owned (&text),
              congress);
}

GBytes *person_sheet_draw (Journal *journal, const PersonFile *file, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  if (programme == NULL)
    return NULL;
  g_autoptr (GTimeZone) zone
      = *programme->timezone != '\0' ? g_time_zone_new_identifier (programme->timezone) : NULL;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (Sheet) sheet = sheet_new (file->reference);
  Page page = { sheet, zone != NULL ? zone : local };
  begin (&page, programme, file, journal_station (journal), journal_now_ms (journal));
  add_registration (&page, file->delegate);
  for (guint i = 0; i < file->facts->len; i++)
    add_fact (&page, file->facts->pdata[i]);
  return sheet_finish (sheet, error);
}
