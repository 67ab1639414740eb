#include "congress/event_door.h"

#include "core/identifier.h"
#include "core/words.h"
#include "vocabulary/checkpoint_kind.h"
#include "vocabulary/direction.h"
#include "vocabulary/entitlement.h"
#include "vocabulary/once.h"

#include <string.h>

#define DOOR_LIMIT_MAX 1000
#define DOOR_BEFORE_MINUTES 30 /* a session's door opens before it begins */

typedef struct {
  const char *day;
  gint from, to;
} Span;

/* "26 07:30-19:00" */
static gboolean read_span (Parser *parser, const IniSection *section, char *text,
                           const char *const *allowed, Span *span)
{
  g_auto (GStrv) hyphen = g_strsplit (text, "–", 2); /* an en dash, as people write it */
  g_autofree char *plain = g_strjoinv ("-", hyphen);
  gsize label = strcspn (plain, " \t");
  char *times = plain[label] ? g_strstrip (plain + label + 1) : NULL;
  char *dash = times != NULL ? strchr (times, '-') : NULL;
  *span = (Span){ NULL, -1, -1 };
  if (dash != NULL) {
    *dash = '\0';
    span->from = definition_minutes (g_strchomp (times), PARSER_DAY_MINUTES - 1);
    span->to = definition_minutes (g_strchug (dash + 1), EVENT_LATEST_MINUTE);
  }
  if (span->from < 0 || span->to < 0) {
    ini_fault (
        parser->ini, section, "opens",
        _ ("“%s” is not DAY FROM-TO like “26 07:30-19:00” (TO until 30:00, for past midnight)"),
        text);
    return FALSE;
  }
  text[label] = '\0';
  span->day = text;
  if (span->from >= span->to)
    ini_fault (parser->ini, section, "opens",
               _ ("on “%s” it closes before it opens; past midnight write 24:30, 25:00 …"), text);
  if (!parser_holds (allowed, text))
    parser_not_one_of (parser, section, "opens", text, allowed);
  return TRUE;
}

static void write_span (JsonOut *body, const Span *span)
{
  g_autofree char *from = parser_clock_text (span->from);
  g_autofree char *to = parser_clock_text (span->to);
  json_out_begin_object (body, NULL);
  json_out_string (body, "day", span->day);
  json_out_string (body, "from", from);
  json_out_string (body, "to", to);
  json_out_end_object (body);
}

static void read_opens (Parser *parser, const IniSection *section, const char *event,
                        JsonValue *session, JsonOut *body)
{
  const char *const *allowed = event != NULL ? g_hash_table_lookup (parser->days, event) : NULL;
  g_auto (GStrv) opens = ini_list (parser->ini, section, "opens");
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  for (guint i = 0; opens != NULL && opens[i] != NULL; i++) {
    Span span;
    if (!read_span (parser, section, opens[i],
                    allowed != NULL ? allowed : (const char *const *) parser->labels->pdata, &span))
      continue;
    for (guint j = 0; j < spans->len; j++) {
      const Span *other = &g_array_index (spans, Span, j);
      if (strcmp (other->day, span.day) == 0 && span.from < other->to && other->from < span.to)
        ini_fault (parser->ini, section, "opens", _ ("two openings of “%s” overlap"), span.day);
    }
    g_array_append_val (spans, span);
  }
  if (opens == NULL && session != NULL) {
    Span span = { json_in_string (session, "day"),
                  definition_minutes (json_in_string (session, "from"), PARSER_DAY_MINUTES)
                      - DOOR_BEFORE_MINUTES,
                  definition_minutes (json_in_string (session, "to"), PARSER_DAY_MINUTES) };
    span.from = MAX (span.from, 0);
    g_array_append_val (spans, span);
  }
  json_out_begin_array (body, "opens");
  for (guint i = 0; i < spans->len; i++)
    write_span (body, &g_array_index (spans, Span, i));
  json_out_end_array (body);
}

/* The word at @key, else @otherwise, as the enumeration's value. @words is
 * NULL-terminated. */
static guint read_word (Parser *parser, const IniSection *section, const char *key,
                        const char *const *words, guint otherwise)
{
  const char *text = ini_text (parser->ini, section, key);
  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (strcmp (words[i], text) == 0)
      return i;
  if (text != NULL)
    parser_not_one_of (parser, section, key, text, words);
  return otherwise;
}

static const char *const KIND_WORDS[]
    = { "entrance", "zone", "session", "meal", "shuttle", "headset", "b2b", NULL };
static const char *const ONCE_WORDS[] = { "never", "event", "day", "session", NULL };
static const char *const DIRECTION_WORDS[] = { "in", "out", "both", NULL };
static const char *const ENTITLEMENT_WORDS[] = { "none", "meals", "transport", "headset", NULL };
static const char *const FLAG_WORDS[] = { "no", "yes", NULL };

/* What is left out, by kind. */
static const struct {
  Once once;
  Direction direction;
  Entitlement entitlement;
} USUAL[CHECKPOINT_KIND_COUNT] = {
  [CHECKPOINT_ENTRANCE] = { ONCE_DAY, DIRECTION_IN, ENTITLEMENT_NONE },
  [CHECKPOINT_ZONE] = { ONCE_NEVER, DIRECTION_IN, ENTITLEMENT_NONE },
  [CHECKPOINT_SESSION] = { ONCE_SESSION, DIRECTION_IN, ENTITLEMENT_NONE },
  [CHECKPOINT_MEAL] = { ONCE_DAY, DIRECTION_IN, ENTITLEMENT_MEALS },
  [CHECKPOINT_SHUTTLE] = { ONCE_NEVER, DIRECTION_IN, ENTITLEMENT_TRANSPORT },
  [CHECKPOINT_HEADSET] = { ONCE_NEVER, DIRECTION_BOTH, ENTITLEMENT_HEADSET },
  [CHECKPOINT_B2B] = { ONCE_NEVER, DIRECTION_IN, ENTITLEMENT_NONE },
};

/* Whose right is asked: `events`, all of them, or `events-any`, one of them; else the one
 * event. */
static void read_events (Parser *parser, const IniSection *section, const char *event,
                         JsonOut *body)
{
  g_auto (GStrv) events = parser_defined_list (parser, section, "events", "event"),
                 any = parser_defined_list (parser, section, "events-any", "event");
  const char *one[] = { any == NULL ? event : NULL, NULL };
  if (any != NULL && events != NULL)
    ini_fault (parser->ini, section, "events-any",
               _ ("stands beside events; a delegate needs all of them, or one"));
  if (any != NULL && event != NULL && !parser_holds ((const char *const *) any, event))
    ini_fault (parser->ini, section, "events-any",
               _ ("does not list “%s”, the event of this checkpoint"), event);
  json_out_strings_if (body, "any", (const char *const *) any);
  if (events != NULL && event != NULL && !parser_holds ((const char *const *) events, event))
    ini_fault (parser->ini, section, "events",
               _ ("does not list “%s”, the event of this checkpoint"), event);
  json_out_strings_if (body, "events", events != NULL ? (const char *const *) events : one);
}

/* Where it stands; several checkpoints may share a place. */
static const char *read_place (Parser *parser, const IniSection *section)
{
  const char *place = ini_text (parser->ini, section, "place");
  if (place != NULL && !identifier_is_valid (place))
    ini_fault (parser->ini, section, "place",
               _ ("“%s” is no id: ASCII letters, digits, - _ and . only"), place);
  return place;
}

/* The number at @key, 0 if absent. */
static void read_number (Parser *parser, const IniSection *section, const char *key,
                         const char *name, guint most, JsonOut *body)
{
  const char *text = ini_text (parser->ini, section, key);
  guint64 number = 0;
  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, most, &number, NULL))
    ini_fault (parser->ini, section, key, _ ("“%s” is not a number from 1 to %u"), text, most);
  json_out_int_if (body, name, (gint64) number);
}

/* Another entrance of @event at which a right is used, as it is at this one. */
static gboolean has_sister (Parser *parser, const IniSection *section, const char *event)
{
  for (guint i = 0; i < ini_section_count (parser->ini); i++) {
    const IniSection *other = ini_section (parser->ini, i);
    if (other == section || strcmp (other->kind, "checkpoint") != 0
        || g_strcmp0 (ini_text (parser->ini, other, "kind"), "entrance") != 0
        || g_strcmp0 (ini_text (parser->ini, other, "event"), event) != 0
        || g_strcmp0 (ini_text (parser->ini, other, "once"), "never") == 0
        || ini_text (parser->ini, other, "doors") != NULL)
      continue;
    return TRUE;
  }
  return FALSE;
}

/* At which doors one right is used: those of a name; else the entrances of an event,
 * where it has several. A name with a space is no id that a file could give. */
static void read_doors (Parser *parser, const IniSection *section, CheckpointKind kind,
                        const char *event, Once once, JsonOut *body)
{
  const char *doors = ini_text (parser->ini, section, "doors");
  if (doors != NULL && !identifier_is_valid (doors))
    ini_fault (parser->ini, section, "doors",
               _ ("“%s” is no name of a group: write 1 to %d ASCII letters, digits, - _ and ."),
               doors, IDENTIFIER_MAX);
  if (doors != NULL && parser_is_defined (parser, "checkpoint", doors))
    ini_fault (parser->ini, section, "doors",
               _ ("“%s” is a checkpoint; give the group another name"), doors);
  if (doors != NULL)
    json_out_string (body, "doors", doors);
  else if (kind == CHECKPOINT_ENTRANCE && once != ONCE_NEVER && event != NULL
           && has_sister (parser, section, event)) {
    g_autofree char *name = g_strconcat ("event ", event, NULL);
    json_out_string (body, "doors", name);
  }
}

/* How often, on how many days, how soon again; and who is out at night. */
static void read_limits (Parser *parser, const IniSection *section, CheckpointKind kind, Once once,
                         JsonOut *body)
{
  static const char *const KEYS[] = { "limit", "days-limit", "wait", "empties" };
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (kind == CHECKPOINT_HEADSET && ini_text (parser->ini, section, KEYS[i]) != NULL)
      ini_fault (parser->ini, section, KEYS[i],
                 _ ("does not stand at a headset desk: one headset a person, whenever"));
  if (once == ONCE_NEVER && ini_text (parser->ini, section, "limit") != NULL)
    ini_fault (parser->ini, section, "limit",
               _ ("needs once: how often, in a day, a session or the event?"));
  read_number (parser, section, "limit", "limit", DOOR_LIMIT_MAX, body);
  read_number (parser, section, "days-limit", "days", EVENT_DAYS_MAX, body);
  read_number (parser, section, "wait", "wait", PARSER_DAY_MINUTES, body);
  json_out_bool_if (body, "empties", read_word (parser, section, "empties", FLAG_WORDS, 0) == 1);
}

/* "fr:1; zh:2": which language is on which channel of the headsets; and whether one may
 * take those of her delegation. */
static void read_headset_desk (Parser *parser, const IniSection *section, CheckpointKind kind,
                               JsonOut *body)
{
  static const char *const KEYS[] = { "channels", "several" };
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (kind != CHECKPOINT_HEADSET && ini_text (parser->ini, section, KEYS[i]) != NULL)
      ini_fault (parser->ini, section, KEYS[i], _ ("stands only at a checkpoint of kind headset"));
  g_auto (GStrv) channels = ini_list (parser->ini, section, "channels");
  for (guint i = 0; channels != NULL && channels[i] != NULL; i++) {
    gsize language = strspn (channels[i], "abcdefghijklmnopqrstuvwxyz");
    if (language < 2 || language > 3 || channels[i][language] != ':'
        || channels[i][language + 1] == '\0' || strlen (channels[i]) > language + 9)
      ini_fault (parser->ini, section, "channels",
                 _ ("“%s” is not LANGUAGE:CHANNEL like “zh:2”, the channel with at most 8 signs"),
                 channels[i]);
  }
  json_out_strings_if (body, "channels", (const char *const *) channels);
  json_out_bool_if (body, "several", read_word (parser, section, "several", FLAG_WORDS, 0) == 1);
}

/* What becomes of a true code of somebody of whom this station has not heard. */
static void read_unknown (Parser *parser, const IniSection *section, CheckpointKind kind,
                          JsonOut *body)
{
  static const char *const WORDS[] = { "desk", "admit", NULL };
  gboolean trusts = read_word (parser, section, "unknown", WORDS, 0) == 1;
  if (trusts && kind == CHECKPOINT_HEADSET)
    ini_fault (parser->ini, section, "unknown",
               _ ("a headset is lent to somebody who is known; leave this line out"));
  json_out_bool_if (body, "trusts", trusts);
}

/* Working groups, whose members lists name (appointment.h): here they are only words. */
static void read_groups (Parser *parser, const IniSection *section, JsonOut *body)
{
  g_auto (GStrv) groups = ini_list (parser->ini, section, "groups");
  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    if (!identifier_is_valid (groups[i]))
      ini_fault (parser->ini, section, "groups",
                 _ ("“%s” is no name of a working group; use letters, digits and dashes"),
                 groups[i]);
  json_out_strings_if (body, "groups", (const char *const *) groups);
}

void event_door_read (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  CheckpointKind kind = CHECKPOINT_ENTRANCE;
  if (ini_text_needed (parser->ini, section, "kind") != NULL)
    kind = (CheckpointKind) read_word (parser, section, "kind", KIND_WORDS, CHECKPOINT_ZONE);
  json_out_string (body, "kind", checkpoint_kind_name (kind));

  const char *session_id = parser_defined (parser, section, "session", "session");
  JsonIn *known = session_id != NULL ? g_hash_table_lookup (parser->bodies, session_id) : NULL;
  JsonValue *session = known != NULL ? json_in_root (known) : NULL;
  if (kind == CHECKPOINT_SESSION && ini_text (parser->ini, section, "session") == NULL)
    ini_fault (parser->ini, section, "session",
               _ ("is missing: a session's door names its session"));
  if (kind != CHECKPOINT_SESSION && session_id != NULL)
    ini_fault (parser->ini, section, "session", _ ("stands only at a checkpoint of kind session"));

  const char *event = parser_defined (parser, section, "event", "event"),
             *of_session = session != NULL ? json_in_string (session, "event") : NULL;
  if (event != NULL && of_session != NULL && strcmp (event, of_session) != 0)
    ini_fault (parser->ini, section, "event",
               _ ("the session belongs to “%s”; leave this line out"), of_session);
  event = event != NULL ? event : of_session;
  if (kind == CHECKPOINT_ENTRANCE && event == NULL
      && ini_text (parser->ini, section, "events-any") == NULL)
    ini_fault (parser->ini, section, "event", _ ("is missing: an entrance is that of an event"));
  json_out_string_if (body, "event", event);
  json_out_string_if (body, "session", session_id);
  parser_both_languages (parser, section, body);

  Once once = (Once) read_word (parser, section, "once", ONCE_WORDS, USUAL[kind].once);
  if (once == ONCE_EVENT && event == NULL)
    ini_fault (parser->ini, section, "once", _ ("“event” needs the key event"));
  if (once == ONCE_SESSION && kind != CHECKPOINT_SESSION)
    ini_fault (parser->ini, section, "once",
               _ ("“session” stands only at a checkpoint of kind session"));
  json_out_string (body, "once", once_name (once));
  json_out_string (body, "direction",
                   DIRECTION_WORDS[read_word (parser, section, "direction", DIRECTION_WORDS,
                                              USUAL[kind].direction)]);
  json_out_string_if (body, "place", read_place (parser, section));
  json_out_string (body, "entitlement",
                   ENTITLEMENT_WORDS[read_word (parser, section, "entitlement", ENTITLEMENT_WORDS,
                                                USUAL[kind].entitlement)]);
  gboolean badge = read_word (parser, section, "badge", FLAG_WORDS, 0) == 1;
  if (badge && kind != CHECKPOINT_ENTRANCE)
    ini_fault (parser->ini, section, "badge", _ ("badges are issued at entrances only"));
  json_out_bool_if (body, "badge", badge);
  guint places = parser_capacity (parser, section);
  json_out_int_if (body, "capacity",
                   places == 0 && session != NULL ? json_in_int (session, "capacity")
                                                  : (gint64) places);

  read_events (parser, section, event, body);
  read_doors (parser, section, kind, event, once, body);
  read_limits (parser, section, kind, once, body);
  read_headset_desk (parser, section, kind, body);
  read_unknown (parser, section, kind, body);
  g_auto (GStrv) categories = parser_defined_list (parser, section, "categories", "category");
  json_out_strings_if (body, "categories", (const char *const *) categories);
  read_groups (parser, section, body);
  read_opens (parser, section, event, session, body);
  parser_add (parser, section, section->id, body);
}
