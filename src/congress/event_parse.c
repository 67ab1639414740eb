#include "congress/event_parse.h"

#include "congress/event_deadline.h"
#include "congress/event_door.h"
#include "congress/event_logo.h"
#include "congress/event_question.h"
#include "congress/event_session.h"
#include "core/identifier.h"
#include "core/rank_words.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

/* Labels of days, each of them in @allowed. */
static char **day_labels (Parser *parser, const IniSection *section, const char *key,
                          const char *const *allowed)
{
  char **labels = ini_list (parser->ini, section, key);
  for (guint i = 0; labels != NULL && labels[i] != NULL; i++) {
    if (!parser_holds (allowed, labels[i]))
      parser_not_one_of (parser, section, key, labels[i], allowed);
    for (guint j = 0; j < i; j++)
      if (strcmp (labels[i], labels[j]) == 0)
        ini_fault (parser->ini, section, key, _ ("“%s” is listed twice"), labels[i]);
  }
  return labels;
}

/* Congress, events, categories, delegations ------------------------------------------ */

/* "26:2016-10-26", after the date @before. Returns the date. */
static const char *read_day (Parser *parser, const IniSection *section, char *text,
                             const char *before)
{
  char *colon = strchr (text, ':');
  const char *date = colon != NULL ? g_strstrip (colon + 1) : "";
  if (colon != NULL)
    *colon = '\0';
  g_strstrip (text);
  if (colon == NULL || !identifier_is_valid (text) || !parser_is_date (date)) {
    ini_fault (parser->ini, section, "days", _ ("“%s%s%s” is not LABEL:YEAR-MONTH-DAY"), text,
               colon != NULL ? ":" : "", date);
    return NULL;
  }
  if (before != NULL && strcmp (date, before) <= 0)
    ini_fault (parser->ini, section, "days",
               _ ("%s does not come after %s; write the days in order"), date, before);
  for (guint i = 0; i < parser->labels->len; i++)
    if (g_strcmp0 (parser->labels->pdata[i], text) == 0)
      ini_fault (parser->ini, section, "days", _ ("the label “%s” is given twice"), text);
  g_ptr_array_add (parser->labels, g_strdup (text));
  g_ptr_array_add (parser->dates, g_strdup (date));
  return date;
}

/* TRUE if a checkpoint stands at @place: they are read later. */
static gboolean is_place (Parser *parser, const char *place)
{
  for (guint i = 0; i < ini_section_count (parser->ini); i++) {
    const IniSection *section = ini_section (parser->ini, i);
    if (strcmp (section->kind, "checkpoint") == 0
        && g_strcmp0 (ini_text (parser->ini, section, "place"), place) == 0)
      return TRUE;
  }
  return FALSE;
}

/* "est/foire:480" */
static void read_walk (Parser *parser, const IniSection *section, char *text, JsonOut *body)
{
  g_autofree char *whole = g_strdup (text);
  char *slash = strchr (text, '/'), *colon = strrchr (text, ':');
  guint64 seconds = 0;
  if (slash == NULL || colon == NULL || colon < slash
      || !g_ascii_string_to_unsigned (g_strstrip (colon + 1), 10, 1, EVENT_WALK_SECONDS_MAX,
                                      &seconds, NULL)) {
    ini_fault (parser->ini, section, "walks",
               _ ("“%s” is not PLACE/PLACE:SECONDS, with at most %d seconds"), whole,
               EVENT_WALK_SECONDS_MAX);
    return;
  }
  *slash = *colon = '\0';
  g_strstrip (text);
  const char *to = g_strstrip (slash + 1);
  for (guint end = 0; end < 2; end++)
    if (!is_place (parser, end == 0 ? text : to))
      ini_fault (parser->ini, section, "walks", _ ("no checkpoint has the place “%s”"),
                 end == 0 ? text : to);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, seconds);
  json_out_begin_object (body, NULL);
  json_out_string (body, "from", text);
  json_out_string (body, "to", to);
  json_out_string (body, "seconds", number);
  json_out_end_object (body);
}

static void read_walks (Parser *parser, const IniSection *section, JsonOut *body)
{
  g_auto (GStrv) walks = ini_list (parser->ini, section, "walks");
  if (walks == NULL)
    return;
  if (g_strv_length (walks) > EVENT_WALKS_MAX)
    ini_fault (parser->ini, section, "walks", _ ("lists more than %d ways"), EVENT_WALKS_MAX);
  json_out_begin_array (body, "walks");
  for (guint i = 0; walks[i] != NULL && i < EVENT_WALKS_MAX; i++)
    read_walk (parser, section, walks[i], body);
  json_out_end_array (body);
}

/* Until when what is held about people may be kept, and whom they ask. */
static void read_retention (Parser *parser, const IniSection *section, const char *last_day,
                            JsonOut *body)
{
  const char *date = ini_text (parser->ini, section, "retention");
  if (date != NULL && !parser_is_date (date))
    ini_fault (parser->ini, section, "retention", _ ("“%s” is not YEAR-MONTH-DAY"), date);
  else if (date != NULL && last_day != NULL && strcmp (date, last_day) < 0)
    ini_fault (parser->ini, section, "retention",
               _ ("%s is before the last day of the congress, %s"), date, last_day);
  json_out_string_if (body, "retention", date);
  json_out_string_if (body, "contact", ini_text (parser->ini, section, "contact"));
}

/* How to get there, for the letters: in both languages, or in none. */
static void read_reach (Parser *parser, const IniSection *section, JsonOut *body)
{
  g_autofree char *first = parser_key (parser, "reach-@", WORDS_FIRST),
                  *second = parser_key (parser, "reach-@", WORDS_SECOND);
  if (ini_text (parser->ini, section, first) != NULL
      || ini_text (parser->ini, section, second) != NULL)
    parser_pair_needed (parser, section, "reach-@", body, "reach_fr", "reach_zh");
}

static void read_congress (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  parser_pair_needed (parser, section, "place-@", body, "place_fr", "place_zh");
  if (ini_text (parser->ini, section, "languages") != NULL)
    json_out_strings (body, "languages",
                      (const char *const[]){ parser->languages[WORDS_FIRST],
                                             parser->languages[WORDS_SECOND], NULL });

  const char *zone_name = ini_text_needed (parser->ini, section, "timezone");
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;
  if (zone_name != NULL && zone == NULL)
    ini_fault (parser->ini, section, "timezone",
               _ ("“%s” is no time zone of this machine; write one like Asia/Shanghai (the package "
                  "tzdata has them)"),
               zone_name);
  json_out_string_if (body, "timezone", zone_name);

  g_autofree char *last = NULL;
  if (ini_text_needed (parser->ini, section, "days") != NULL) {
    g_auto (GStrv) days = ini_list (parser->ini, section, "days");
    if (days != NULL && g_strv_length (days) > EVENT_DAYS_MAX)
      ini_fault (parser->ini, section, "days", _ ("lists more than %d days"), EVENT_DAYS_MAX);
    json_out_begin_array (body, "days");
    const char *before = NULL;
    for (guint i = 0; days != NULL && days[i] != NULL && i < EVENT_DAYS_MAX; i++) {
      const char *date = read_day (parser, section, days[i], before);
      json_out_begin_object (body, NULL);
      json_out_string (body, "label", days[i]);
      json_out_string (body, "date", date);
      json_out_end_object (body);
      before = date != NULL ? date : before;
    }
    json_out_end_array (body);
    last = g_strdup (before);
  }
  read_walks (parser, section, body);
  read_retention (parser, section, last, body);
  read_reach (parser, section, body);
  parser_add (parser, section, "congress", body);
}

/* Other words for it, as lists write it. */
static void read_also (Parser *parser, const IniSection *section, JsonOut *body)
{
  g_auto (GStrv) also = ini_list (parser->ini, section, "also");
  json_out_strings_if (body, "also", (const char *const *) also);
}

static void read_event (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  read_also (parser, section, body);
  json_out_int_if (body, "order", parser->order);
  char **days = NULL;
  if (ini_text_needed (parser->ini, section, "days") != NULL)
    days = day_labels (parser, section, "days", (const char *const *) parser->labels->pdata);
  json_out_strings (body, "days", (const char *const *) days);
  if (days != NULL)
    g_hash_table_insert (parser->days, section->id, days);
  parser_add (parser, section, section->id, body);
}

/* WCAG 2: relative luminance of one channel. */
static double linear (guint8 channel)
{
  double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static void read_colour (Parser *parser, const IniSection *section, const char *colour)
{
  if (strlen (colour) != 7 || colour[0] != '#'
      || strspn (colour + 1, "0123456789abcdefABCDEF") != 6) {
    ini_fault (parser->ini, section, "colour", _ ("“%s” is not a colour like #1f3a93"), colour);
    return;
  }
  guint64 rgb = g_ascii_strtoull (colour + 1, NULL, 16);
  double luminance = 0.2126 * linear ((guint8) (rgb >> 16)) + 0.7152 * linear ((guint8) (rgb >> 8))
                     + 0.0722 * linear ((guint8) rgb);
  double contrast = 1.05 / (luminance + 0.05);
  if (contrast < EVENT_CONTRAST_MIN)
    ini_fault (parser->ini, section, "colour",
               _ ("white letters on %s stand out by only %.1f : 1, and %.1f : 1 is needed; choose "
                  "a darker colour"),
               colour, contrast, EVENT_CONTRAST_MIN);
}

static void read_category (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  g_autofree char *woman = parser_key (parser, "@-f", WORDS_FIRST),
                  *nobody = parser_key (parser, "@-n", WORDS_FIRST);
  json_out_string_if (body, "fr_f", ini_text (parser->ini, section, woman));
  json_out_string_if (body, "fr_n", ini_text (parser->ini, section, nobody));
  read_also (parser, section, body);
  const char *colour = ini_text_needed (parser->ini, section, "colour");
  if (colour != NULL)
    read_colour (parser, section, colour);
  json_out_string_if (body, "colour", colour);
  json_out_int_if (body, "order", parser->order);
  parser_add (parser, section, section->id, body);
}

/* Words of a function, which no other rank may have: what would then follow from them? */
static void read_rank_words (Parser *parser, const IniSection *section, JsonOut *body)
{
  g_auto (GStrv) words = ini_list (parser->ini, section, "words");
  if (words == NULL && rank_words_known (section->id) == NULL)
    ini_fault (parser->ini, section, "words",
               _ ("is missing: which words of a function mean this rank?"));
  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    g_autofree char *folded = text_fold (words[i]);
    const char *other = g_hash_table_lookup (parser->words, folded);
    if (other != NULL && strcmp (other, section->id) != 0)
      ini_fault (parser->ini, section, "words",
                 _ ("“%s” means the rank “%s” already; write it at one of them"), words[i], other);
    else
      g_hash_table_insert (parser->words, g_steal_pointer (&folded), section->id);
  }
  json_out_strings_if (body, "words", (const char *const *) words);
}

static void read_rank (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  read_rank_words (parser, section, body);
  json_out_int_if (body, "order", parser->order);
  parser_add (parser, section, section->id, body);
}

static void read_delegation (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  const char *country = ini_text (parser->ini, section, "country");
  if (country != NULL
      && (strlen (country) != 2 || !g_ascii_isupper (country[0]) || !g_ascii_isupper (country[1])))
    ini_fault (parser->ini, section, "country",
               _ ("“%s” is not a country in two capital letters (FR, CN)"), country);
  json_out_string_if (body, "country", country);
  parser_add (parser, section, section->id, body);
}

/* The file --------------------------------------------------------------------------- */

typedef void (*SectionReader) (Parser *parser, const IniSection *section);

enum { KEYS_MAX = 24 };

/* In the order in which they are read: each names only those above it. */
static const struct {
  const char *kind;
  SectionReader read;
  gsize count; /* where DefinitionSummary counts them */
  /* @: in each of the two languages; <: in the first alone; NULL at the end. */
  const char *keys[KEYS_MAX + 1];
} KINDS[] = {
  { "congress",
    read_congress,
    0,
    { "@", "place-@", "timezone", "days", "languages", "walks", "retention", "contact",
      "reach-@" } },
  { "event", read_event, G_STRUCT_OFFSET (DefinitionSummary, events), { "@", "also", "days" } },
  { "category",
    read_category,
    G_STRUCT_OFFSET (DefinitionSummary, categories),
    { "@", "<@-f", "<@-n", "also", "colour" } },
  { "rank", read_rank, G_STRUCT_OFFSET (DefinitionSummary, ranks), { "@", "words" } },
  { "logo", event_logo_read, G_STRUCT_OFFSET (DefinitionSummary, logos), { "@", "file", "event" } },
  { "deadline",
    event_deadline_read,
    G_STRUCT_OFFSET (DefinitionSummary, deadlines),
    { "@", "by-@", "due", "done" } },
  { "delegation",
    read_delegation,
    G_STRUCT_OFFSET (DefinitionSummary, delegations),
    { "@", "country" } },
  { "session",
    event_session_read,
    G_STRUCT_OFFSET (DefinitionSummary, sessions),
    { "event", "day", "from", "to", "room", "@", "capacity", "theme1-@", "theme2-@", "theme3-@",
      "speakers", "moderators", "chair" } },
  { "checkpoint",
    event_door_read,
    G_STRUCT_OFFSET (DefinitionSummary, checkpoints),
    { "kind",       "@",     "event",   "events",   "session", "categories", "entitlement", "once",
      "direction",  "place", "badge",   "capacity", "opens",   "events-any", "doors",       "limit",
      "days-limit", "wait",  "empties", "channels", "several", "unknown",    "groups" } },
  { "question",
    event_question_read,
    G_STRUCT_OFFSET (DefinitionSummary, questions),
    { "@", "kind", "choice1-@", "choice2-@", "choice3-@", "choice4-@", "choice5-@", "choice6-@",
      "choice7-@", "choice8-@", "dates", "diets", "checkpoints", "events", "categories" } },
  { "message",
    event_question_read_message,
    G_STRUCT_OFFSET (DefinitionSummary, messages),
    { "@", "to", "checkpoints", "events", "categories" } },
};

static gint kind_index (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (strcmp (KINDS[i].kind, kind) == 0)
      return (gint) i;
  return -1;
}

/* "congress, event ID, …" */
static char *kinds_text (void)
{
  GString *text = g_string_new (KINDS[0].kind);
  for (guint i = 1; i < G_N_ELEMENTS (KINDS); i++)
    g_string_append_printf (text, ", %s ID", KINDS[i].kind);
  return g_string_free (text, FALSE);
}

/* The keys that @patterns are in the congress's languages. */
static char **keys_of (Parser *parser, const char *const *patterns)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  for (guint i = 0; i <= KEYS_MAX && patterns[i] != NULL; i++) {
    gboolean first_only = patterns[i][0] == '<';
    g_ptr_array_add (keys, parser_key (parser, patterns[i] + first_only, WORDS_FIRST));
    if (!first_only && strchr (patterns[i], '@') != NULL)
      g_ptr_array_add (keys, parser_key (parser, patterns[i], WORDS_SECOND));
  }
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

/* Before all else: keys are named after the languages. */
static void read_languages (Parser *parser)
{
  static const char *const USUAL[WORDS_SIDES] = { "fr", "zh" };
  g_auto (GStrv) given = NULL;
  const IniSection *congress = NULL;
  for (guint i = 0; congress == NULL && i < ini_section_count (parser->ini); i++)
    if (strcmp (ini_section (parser->ini, i)->name, "congress") == 0)
      congress = ini_section (parser->ini, i);
  if (congress != NULL)
    given = ini_list (parser->ini, congress, "languages");
  if (given != NULL && (g_strv_length (given) != WORDS_SIDES || strcmp (given[0], given[1]) == 0)) {
    ini_fault (parser->ini, congress, "languages",
               _ ("a congress has two languages; write them like fr;zh"));
    g_clear_pointer (&given, g_strfreev);
  }
  if (given != NULL && g_str_has_prefix (given[0], "zh"))
    ini_fault (parser->ini, congress, "languages", _ ("Chinese stands second, as in fr;zh"));
  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    if (!identifier_is_valid (given[i]) || !words_has (given[i]))
      ini_fault (parser->ini, congress, "languages",
                 _ ("this software has no words in “%s”; it needs a catalogue of them"), given[i]);
  for (WordsSide side = WORDS_FIRST; side < WORDS_SIDES; side++)
    parser->languages[side] = g_strdup (given != NULL ? given[side] : USUAL[side]);
}

/* What can be said of a section before it is read: its kind, its id, its keys. */
static void check_section (Parser *parser, const IniSection *section)
{
  gint kind = kind_index (section->kind);
  if (kind < 0) {
    g_autofree char *kinds = kinds_text ();
    ini_fault (parser->ini, section, NULL, _ ("this kind of section is unknown; there are %s"),
               kinds);
    return;
  }
  if (kind == 0 && *section->id)
    ini_fault (parser->ini, section, NULL, _ ("the section is called [congress], without an id"));
  if (kind > 0 && !identifier_is_valid (section->id))
    ini_fault (parser->ini, section, NULL,
               _ ("the id is made of 1 to %d ASCII letters, digits, - _ and ."), IDENTIFIER_MAX);
  if (!g_hash_table_add (parser->sections, g_strconcat (section->kind, " ", section->id, NULL)))
    ini_fault (parser->ini, section, NULL, _ ("there is another section of this id"));
  g_auto (GStrv) allowed = keys_of (parser, KINDS[kind].keys);
  for (const char *const *key = ini_keys (parser->ini, section); *key != NULL; key++)
    if (!parser_holds ((const char *const *) allowed, *key)) {
      g_autofree char *keys = g_strjoinv (", ", allowed);
      ini_fault (parser->ini, section, *key, _ ("this key is unknown; here stand %s"), keys);
    }
}

static void read_sections (Parser *parser, DefinitionSummary *summary)
{
  read_languages (parser);
  for (guint i = 0; i < ini_section_count (parser->ini); i++)
    check_section (parser, ini_section (parser->ini, i));
  if (!parser_is_defined (parser, "congress", ""))
    ini_fault (parser->ini, NULL, NULL, _ ("the section [congress] is missing"));
  for (guint kind = 0; kind < G_N_ELEMENTS (KINDS); kind++) {
    parser->order = 0;
    for (guint i = 0; i < ini_section_count (parser->ini); i++) {
      const IniSection *section = ini_section (parser->ini, i);
      if (strcmp (section->kind, KINDS[kind].kind) != 0)
        continue;
      parser->order++;
      KINDS[kind].read (parser, section);
    }
    if (kind > 0)
      G_STRUCT_MEMBER (guint, summary, KINDS[kind].count) = parser->order;
    if (parser->order == 0 && strcmp (KINDS[kind].kind, "event") == 0)
      ini_fault (parser->ini, NULL, NULL,
                 _ ("no section [event ID]: a congress has at least one event"));
  }
  summary->days = parser->labels->len;
}

static void unref_definitions (GPtrArray *definitions)
{
  g_ptr_array_unref (definitions);
}

/* FALSE, naming the line, for what is no text in UTF-8. */
static gboolean check_encoding (const char *file, const char *text, gsize length, GError **error)
{
  const char *end;
  guint line = 1;
  if (g_utf8_validate_len (text, length, &end))
    return TRUE;
  for (const char *at = text; at < end; at++)
    line += *at == '\n';
  g_set_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ,
               _ ("%s:%u: holds what is no text in UTF-8; save the file with that encoding"), file,
               line);
  return FALSE;
}

GPtrArray *event_parse (const char *file, const char *text, gsize length, const char *folder,
                        const DefinitionLook *look, DefinitionSummary *summary, GError **error)
{
  if (!check_encoding (file, text, length, error))
    return NULL;
  DefinitionSummary counted = { 0 };
  Parser parser = {
    .ini = ini_new (file, text, length),
    .folder = folder,
    .look = look != NULL ? *look : (DefinitionLook){ NULL, NULL },
    .definitions = g_ptr_array_new_with_free_func ((GDestroyNotify) definition_free),
    .labels = g_ptr_array_new_null_terminated (8, g_free, TRUE),
    .dates = g_ptr_array_new_with_free_func (g_free),
    .sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .days = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_strfreev),
    .bodies = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) json_in_free),
  };
  if (ini_fault_count (parser.ini) == 0)
    read_sections (&parser, &counted);
  if (ini_fault_count (parser.ini) > 0) {
    g_autofree char *faults = ini_faults (parser.ini);
    g_set_error_literal (error, DEFINITION_ERROR, DEFINITION_ERROR_CONTENT, faults);
    g_clear_pointer (&parser.definitions, unref_definitions);
  } else if (summary != NULL)
    *summary = counted;
  g_hash_table_unref (parser.bodies);
  g_hash_table_unref (parser.days);
  g_hash_table_unref (parser.words);
  g_hash_table_unref (parser.sections);
  g_ptr_array_unref (parser.labels);
  g_ptr_array_unref (parser.dates);
  for (WordsSide side = WORDS_FIRST; side < WORDS_SIDES; side++)
    g_free (parser.languages[side]);
  ini_free (parser.ini);
  return parser.definitions;
}
