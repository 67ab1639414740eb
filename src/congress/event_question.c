#include "congress/event_question.h"

#include "congress/question.h"
#include "vocabulary/diet.h"

#include <string.h>

#define LATER_MAX 7 /* options beside “none” */

/* For whom, and where. */
static void read_addressee (Parser *parser, const IniSection *section, JsonOut *body)
{
  static const struct {
    const char *key, *kind;
  } LISTS[]
      = { { "checkpoints", "checkpoint" }, { "events", "event" }, { "categories", "category" } };
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++) {
    g_auto (GStrv) ids = parser_defined_list (parser, section, LISTS[i].key, LISTS[i].kind);
    json_out_strings_if (body, LISTS[i].key, (const char *const *) ids);
  }
}

/* choice1-fr, choice1-zh …: without a gap, in both languages. */
static guint read_choices (Parser *parser, const IniSection *section, JsonOut *body)
{
  guint count = 0;
  json_out_begin_array (body, "choices");
  for (guint i = 1; i <= QUESTION_OPTIONS_MAX; i++) {
    g_autofree char *pattern = g_strdup_printf ("choice%u-@", i),
                    *key_first = parser_key (parser, pattern, WORDS_FIRST),
                    *key_second = parser_key (parser, pattern, WORDS_SECOND);
    const char *first = ini_text (parser->ini, section, key_first),
               *second = ini_text (parser->ini, section, key_second);
    if (first == NULL && second == NULL)
      continue;
    if (first == NULL || second == NULL)
      ini_fault (parser->ini, section, first != NULL ? key_second : key_first,
                 _ ("is missing: an answer stands in both languages"));
    if (count + 1 != i)
      ini_fault (parser->ini, section, first != NULL ? key_first : key_second,
                 _ ("comes after a gap: number the answers 1, 2, 3 …"));
    count++;
    json_out_begin_object (body, NULL);
    json_out_string_if (body, "fr", first);
    json_out_string_if (body, "zh", second);
    json_out_end_object (body);
  }
  json_out_end_array (body);
  return count;
}

/* Every day of the congress, where the file names no dates. */
static char **congress_dates (Parser *parser)
{
  g_autoptr (GStrvBuilder) dates = g_strv_builder_new ();
  for (guint i = 0; i < parser->dates->len && i < QUESTION_OPTIONS_MAX; i++)
    g_strv_builder_add (dates, parser->dates->pdata[i]);
  return g_strv_builder_end (dates);
}

static void read_dates (Parser *parser, const IniSection *section, JsonOut *body)
{
  g_auto (GStrv) dates = ini_list (parser->ini, section, "dates");
  if (dates == NULL)
    dates = congress_dates (parser);
  if (g_strv_length (dates) > QUESTION_OPTIONS_MAX)
    ini_fault (parser->ini, section, "dates", _ ("lists more than %d: a screen shows no more"),
               QUESTION_OPTIONS_MAX);
  for (guint i = 0; dates[i] != NULL; i++)
    if (!parser_is_date (dates[i]))
      ini_fault (parser->ini, section, "dates", _ ("“%s” is not YEAR-MONTH-DAY"), dates[i]);
  json_out_strings (body, "codes", (const char *const *) dates);
}

static void read_diets (Parser *parser, const IniSection *section, JsonOut *body)
{
  static const char *const USUAL[] = { "vegetarian",   "halal", "no-pork", "gluten-free",
                                       "lactose-free", "nuts",  "seafood", NULL };
  g_auto (GStrv) diets = ini_list (parser->ini, section, "diets");
  if (diets != NULL && g_strv_length (diets) > LATER_MAX)
    ini_fault (parser->ini, section, "diets", _ ("lists more than %d: a screen shows no more"),
               LATER_MAX);
  for (guint i = 0; diets != NULL && diets[i] != NULL; i++)
    if (!diet_is_known (diets[i])) {
      g_autofree char *known = diet_names ();
      ini_fault (parser->ini, section, "diets", _ ("“%s” is not one of %s"), diets[i], known);
    }
  json_out_strings (body, "codes", diets != NULL ? (const char *const *) diets : USUAL);
}

/* A key of another kind of question would be passed over without a word. */
static void check_keys (Parser *parser, const IniSection *section, QuestionKind kind, guint choices)
{
  if (kind == QUESTION_CHOICE && choices < 2)
    ini_fault (parser->ini, section, "kind",
               _ ("“choice” needs two answers or more: choice1-fr, choice1-zh, choice2-fr …"));
  if (kind != QUESTION_CHOICE && choices > 0)
    ini_fault (parser->ini, section, "kind", _ ("answers of one's own stand at “choice” only"));
  if (kind != QUESTION_DATE && ini_text (parser->ini, section, "dates") != NULL)
    ini_fault (parser->ini, section, "dates", _ ("stands only at a question of kind date"));
  if (kind != QUESTION_DIET && ini_text (parser->ini, section, "diets") != NULL)
    ini_fault (parser->ini, section, "diets", _ ("stands only at a question of kind diet"));
}

void event_question_read (Parser *parser, const IniSection *section)
{
  static const char *const KINDS[] = { "choice", "yes-no", "date", "diet", NULL };
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  const char *word = ini_text_needed (parser->ini, section, "kind");
  QuestionKind kind = QUESTION_KINDS;
  if (word != NULL && !question_kind_from_name (word, &kind))
    parser_not_one_of (parser, section, "kind", word, KINDS);
  json_out_string_if (body, "kind", word);
  guint choices = read_choices (parser, section, body);
  if (kind != QUESTION_KINDS)
    check_keys (parser, section, kind, choices);
  if (kind == QUESTION_DATE)
    read_dates (parser, section, body);
  if (kind == QUESTION_DIET)
    read_diets (parser, section, body);
  read_addressee (parser, section, body);
  json_out_int_if (body, "order", parser->order);
  parser_add (parser, section, section->id, body);
}

void event_question_read_message (Parser *parser, const IniSection *section)
{
  static const char *const TO[] = { "person", "team", NULL };
  const char *to = ini_text (parser->ini, section, "to");
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  if (to != NULL && !parser_holds (TO, to))
    parser_not_one_of (parser, section, "to", to, TO);
  json_out_bool_if (body, "team", g_strcmp0 (to, "team") == 0);
  read_addressee (parser, section, body);
  json_out_int_if (body, "order", parser->order);
  parser_add_as (parser, "scan-message", section->id, body);
}
