#include "congress/event_deadline.h"

/* The date at @key, NULL if there is none, or with a fault. */
static const char *date_at (Parser *parser, const IniSection *section, const char *key,
                            const char *date)
{
  if (date == NULL || parser_is_date (date))
    return date;
  ini_fault (parser->ini, section, key, _ ("“%s” is not YEAR-MONTH-DAY"), date);
  return NULL;
}

/* Who sees to it: in both languages, or in none. */
static void read_by (Parser *parser, const IniSection *section, JsonOut *body)
{
  g_autofree char *first = parser_key (parser, "by-@", WORDS_FIRST),
                  *second = parser_key (parser, "by-@", WORDS_SECOND);
  if (ini_text (parser->ini, section, first) != NULL
      || ini_text (parser->ini, section, second) != NULL)
    parser_pair_needed (parser, section, "by-@", body, "by_fr", "by_zh");
}

void event_deadline_read (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  read_by (parser, section, body);
  json_out_string_if (
      body, "due", date_at (parser, section, "due", ini_text_needed (parser->ini, section, "due")));
  json_out_string_if (body, "done",
                      date_at (parser, section, "done", ini_text (parser->ini, section, "done")));
  json_out_int_if (body, "order", parser->order);
  parser_add (parser, section, section->id, body);
}
