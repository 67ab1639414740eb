#include "desk/history_words.h"

#include "congress/headset.h"
#include "core/country.h"
#include "core/language.h"
#include "roster/delegate_label.h"
#include "vocabulary/checkpoint_kind.h"
#include "vocabulary/desk_verdict.h"
#include "vocabulary/diet.h"
#include "vocabulary/print_state.h"
#include "vocabulary/ribbon.h"
#include "vocabulary/wording.h"

#include <string.h>

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* Words ------------------------------------------------------------------------------ */

const char *history_words_say (guint language, const char *text)
{
  return language < WORDS_SIDES ? words_for ((WordsSide) language, text) : text;
}

static const char *say_in (guint language, const char *context, const char *text)
{
  return language < WORDS_SIDES ? words_for_in ((WordsSide) language, context, text) : text;
}

static const char *say_pair (guint language, Pair pair)
{
  return language < WORDS_SIDES ? words_side (pair, (WordsSide) language) : words_source (pair);
}

const char *history_words_pick (guint language, const char *first, const char *second)
{
  if (language == WORDS_SECOND)
    return *second != '\0' ? second : first;
  return *first != '\0' ? first : second;
}

static const char *text_of (const HistoryTold *told, const char *key)
{
  const char *text = json_in_string (told->body, key);
  return text != NULL ? text : "";
}

static guint serial_of (const HistoryTold *told)
{
  return (guint) json_in_int (told->body, "serial");
}

/* "@what · @more"; @what alone where there is nothing more. Takes @what. */
static char *with (char *what, const char *more)
{
  if (*more == '\0')
    return what;
  char *both = g_strdup_printf ("%s · %s", what, more);
  g_free (what);
  return both;
}

static char *named (guint language, const char *name, const char *value)
{
  return g_strdup_printf (
      say_in (language, "a field and its value", NC_ ("a field and its value", "%s: %s")), name,
      value);
}

/* Registrations ---------------------------------------------------------------------- */

static char *entry_name (const ProgrammeEntry *entry, const char *id, guint language)
{
  return g_strdup (entry != NULL ? history_words_pick (language, entry->fr, entry->zh) : id);
}

static char *names_of (const HistoryTold *told, guint language, const DelegateField *field,
                       char *const *ids)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (; *ids != NULL; ids++) {
    if (strcmp (field->name, "events") == 0)
      g_ptr_array_add (names, entry_name (programme_event (told->programme, *ids), *ids, language));
    else if (strcmp (field->name, "ribbons") == 0)
      g_ptr_array_add (names, g_strdup (say_pair (language, ribbon_wording (*ids))));
    else if (strcmp (field->name, "diet") == 0)
      g_ptr_array_add (names, g_strdup (say_pair (language, diet_wording (*ids))));
    else
      g_ptr_array_add (names, g_strdup (*ids));
  }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (say_in (language, "between two words", NC_ ("between two words", ", ")),
                     (char **) names->pdata);
}

static char *rank_name (const HistoryTold *told, guint language, const char *id)
{
  guint place = rank_find (told->programme->ranks, id);
  const Rank *rank = place != RANK_NONE ? rank_at (told->programme->ranks, place) : NULL;
  if (rank == NULL)
    return g_strdup (id);
  return g_strdup (language == WORDS_SIDES && rank->source != NULL
                       ? rank->source
                       : history_words_pick (language, rank->fr, rank->zh));
}

static const char *key_of (guint language)
{
  return language < WORDS_SIDES ? words_key ((WordsSide) language) : "en";
}

static char *text_value (const HistoryTold *told, guint language, const DelegateField *field,
                         const char *text)
{
  if (*text == '\0')
    return g_strdup ("");
  if (strcmp (field->name, "category") == 0)
    return entry_name (programme_category (told->programme, text), text, language);
  if (strcmp (field->name, "delegation") == 0)
    return entry_name (programme_delegation (told->programme, text), text, language);
  if (strcmp (field->name, "country") == 0)
    return country_name (text, key_of (language));
  if (strcmp (field->name, "language") == 0)
    return language_name (text, key_of (language));
  if (strcmp (field->name, "rank") == 0)
    return rank_name (told, language, text);
  if (strcmp (field->name, "status") == 0)
    return g_strdup (say_in (language, "status", NC_ ("status", "to be confirmed")));
  return g_strdup (text);
}

/* As a person reads it; "" for nothing. */
static char *value_of (const HistoryTold *told, guint language, const DelegateField *field,
                       const Delegate *delegate)
{
  if (field->kind == DELEGATE_FLAG)
    return g_strdup (
        say_in (language, "cell",
                delegate_flag (delegate, field) ? NC_ ("cell", "yes") : NC_ ("cell", "no")));
  if (field->kind == DELEGATE_TEXT)
    return text_value (told, language, field, delegate_text (delegate, field));
  return names_of (told, language, field, delegate_list (delegate, field));
}

static char *label_of (guint language, const DelegateField *field)
{
  const char *label = say_in (language, "column", delegate_label (field->name));
  g_autofree char *second = language_name (words_key (WORDS_SECOND), key_of (language));
  g_auto (GStrv) parts = g_strsplit (label, "{language}", 2);
  return g_strjoinv (second, parts);
}

static char *change_of (const HistoryTold *told, guint language, const DelegateField *field)
{
  g_autofree char *label = label_of (language, field),
                  *before = value_of (told, language, field, told->change->before),
                  *after = value_of (told, language, field, told->change->after);
  if (*before == '\0' || field->kind == DELEGATE_FLAG)
    return named (language, label, after);
  g_autofree char *both = g_strdup_printf ("%s → %s", before, *after != '\0' ? after : "–");
  return named (language, label, both);
}

/* "Function: Maire → Sénateur; Meals: yes"; "" where nothing is another. Which list
 * it was is said beside it. */
static char *changes_of (const HistoryTold *told, guint language)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < count; i++)
    if ((told->change->fields >> i & 1) != 0 && strcmp (fields[i].name, "list") != 0)
      g_ptr_array_add (changes, change_of (told, language, &fields[i]));
  g_ptr_array_add (changes, NULL);
  return g_strjoinv (say_in (language, "between two changes", NC_ ("between two changes", "; ")),
                     (char **) changes->pdata);
}

static char *first_registration (const HistoryTold *told, guint language)
{
  const char *list = told->change->after->list;
  if (*list == '\0')
    return g_strdup (history_words_say (language, N_ ("Was registered")));
  return g_strdup_printf (history_words_say (language, N_ ("Registered by the list “%s”")), list);
}

static char *later_registration (const HistoryTold *told, guint language)
{
  static const struct {
    const char *other, *same;
  } TEXTS[] = {
    [HISTORY_CHANGE_WHOLE] = { N_ ("The registration has changed"), N_ ("Registered as before") },
    [HISTORY_CHANGE_CORRECTED]
    = { N_ ("Corrected at a desk"), N_ ("Corrected at a desk to what stood there") },
    [HISTORY_CHANGE_TAKEN]
    = { N_ ("The list’s word was taken"), N_ ("The list’s word was taken, which was the same") },
  };
  g_autofree char *changes = changes_of (told, language);
  const char *list
      = told->change->kind != HISTORY_CHANGE_CORRECTED ? told->change->after->list : "";
  const char *what
      = history_words_say (language, *changes != '\0' ? TEXTS[told->change->kind].other
                                                      : TEXTS[told->change->kind].same);
  char *text = *changes != '\0' ? named (language, what, changes) : g_strdup (what);
  return with (text, list);
}

static char *registration (const HistoryTold *told, guint language)
{
  if (told->change == NULL)
    return g_strdup (
        history_words_say (language, N_ ("Registered, or corrected; what it said was erased")));
  return told->change->first && told->change->kind != HISTORY_CHANGE_CORRECTED
             ? first_registration (told, language)
             : later_registration (told, language);
}

/* At the door ------------------------------------------------------------------------ */

static const char *way_of (const HistoryTold *told)
{
  gboolean out = strcmp (text_of (told, "direction"), "out") == 0;
  CheckpointKind kind;
  if (!checkpoint_kind_from_name (told->fact->place_kind, &kind))
    return out ? N_ ("%s, way out") : "%s";
  if (kind == CHECKPOINT_MEAL)
    return N_ ("%s: meal served");
  if (kind == CHECKPOINT_SHUTTLE)
    return N_ ("%s: taken along");
  if (kind == CHECKPOINT_HEADSET)
    return out ? N_ ("%s: headset given back") : N_ ("%s: headset handed out");
  return out ? N_ ("%s, way out") : "%s";
}

static const char *code_words (const HistoryTold *told, guint language)
{
  static const struct {
    const char *code, *text;
  } CODES[] = {
    { "ticket", N_ ("with the ticket") },
    { "foreign", N_ ("with another platform’s code") },
    { "manual", N_ ("without a code") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++)
    if (strcmp (CODES[i].code, text_of (told, "code")) == 0)
      return history_words_say (language, CODES[i].text);
  return "";
}

static char *admitted (const HistoryTold *told, guint language, const char *place)
{
  Verdict refusal;
  const char *way = way_of (told);
  char *text
      = g_strdup_printf (strcmp (way, "%s") == 0 ? way : history_words_say (language, way), place);
  text = with (text, code_words (told, language));
  if (verdict_from_name (text_of (told, "override"), &refusal)) {
    g_autofree char *in_spite
        = g_strdup_printf (history_words_say (language, N_ ("let in by hand in spite of: %s")),
                           say_pair (language, wording_told (refusal, "")));
    text = with (text, in_spite);
  }
  return with (text, text_of (told, "reason"));
}

static char *passage (const HistoryTold *told, guint language)
{
  const PersonFact *fact = told->fact;
  const char *name = history_words_pick (language, fact->place_fr, fact->place_zh),
             *place = *name != '\0' ? name : text_of (told, "checkpoint"),
             *word = text_of (told, "verdict");
  Verdict verdict;
  if (!verdict_from_name (word, &verdict))
    return named (language, place, word);
  if (verdict == VERDICT_ADMITTED) {
    char *text = admitted (told, language, place);
    return told->is_past ? with (text, history_words_say (language, N_ ("taken back since")))
                         : text;
  }
  return named (language, place,
                say_pair (language, wording_told (verdict, text_of (told, "reason"))));
}

/* What she was asked, and what she said: words of the event file, which are in two languages. */
static char *answer (const HistoryTold *told, guint language)
{
  const Question *question = question_find (told->programme->questions, text_of (told, "question"));
  const char *code = text_of (told, "answer");
  if (told->fact->body == NULL)
    return g_strdup (history_words_say (language, N_ ("An answer at the door, erased since")));
  if (question == NULL)
    return named (language, history_words_say (language, N_ ("Answered at the door")), code);
  Pair said = question_answer_wording (question, code);
  g_autofree char *what
      = named (language, history_words_pick (language, question->fr, question->zh),
               *code != '\0' ? history_words_pick (language, said.first, said.second) : "–");
  return named (language, history_words_say (language, N_ ("Answered at the door")), what);
}

/* Where it was, as far as that passage is known here. */
static char *undone (const HistoryTold *told, guint language)
{
  const char *what = history_words_say (language, N_ ("Passage taken back")),
             *reason = say_pair (language, desk_verdict_reason_wording (text_of (told, "reason")));
  if (told->undone == NULL)
    return with (g_strdup (what), reason);
  g_autoptr (JsonIn) in = json_in_parse (told->undone->body, -1, NULL);
  const char *name = history_words_pick (language, told->undone->place_fr, told->undone->place_zh),
             *id = in != NULL ? json_in_string (json_in_root (in), "checkpoint") : NULL;
  return with (named (language, what, *name != '\0' || id == NULL ? name : id), reason);
}

/* Badges ----------------------------------------------------------------------------- */

static char *badge (const HistoryTold *told, guint language, const char *text)
{
  const char *reason = text_of (told, "reason");
  char *what = g_strdup_printf (history_words_say (language, text), serial_of (told));
  if (*reason != '\0' && strcmp (reason, "first") != 0)
    what = with (what, say_pair (language, desk_verdict_reason_wording (reason)));
  return with (what, text_of (told, "text"));
}

static char *badge_issued (const HistoryTold *told, guint language)
{
  return badge (told, language, N_ ("Badge %u issued"));
}

static char *badge_void (const HistoryTold *told, guint language)
{
  return badge (told, language, N_ ("Badge %u made void"));
}

static char *print (const HistoryTold *told, guint language)
{
  PrintState state;
  gboolean known = print_state_from_name (text_of (told, "state"), &state);
  g_autofree char *which
      = g_strdup_printf (history_words_say (language, N_ ("Badge %u")), serial_of (told));
  char *what
      = named (language, which,
               known ? say_pair (language, print_state_wording (state)) : text_of (told, "state"));
  return with (what, text_of (told, "printer"));
}

/* Everything else -------------------------------------------------------------------- */

static char *loan (const HistoryTold *told, guint language)
{
  gboolean out = strcmp (text_of (told, "direction"), "out") == 0;
  const char *id = text_of (told, "headset");
  char *what
      = *id == '\0'
            ? g_strdup (history_words_say (language, out ? N_ ("A headset was handed out")
                                                         : N_ ("A headset was given back")))
            : g_strdup_printf (history_words_say (language, out ? N_ ("Headset %s was handed out")
                                                                : N_ ("Headset %s was given back")),
                               id);
  return with (what, text_of (told, "channel"));
}

static char *note (const HistoryTold *told, guint language)
{
  const char *text = text_of (told, "text");
  if (told->fact->body == NULL)
    return g_strdup (history_words_say (language, N_ ("A note for the team, erased since")));
  if (told->is_past && *text != '\0')
    return g_strdup (history_words_say (language, N_ ("A note for the team, another one since")));
  return *text == '\0'
             ? g_strdup (history_words_say (language, N_ ("The note for the team was taken back")))
             : named (language, history_words_say (language, N_ ("Note for the team")), text);
}

static char *handover (const HistoryTold *told, guint language)
{
  if (told->fact->body == NULL)
    return g_strdup (
        history_words_say (language, N_ ("Somebody else took the badge; who, was erased")));
  char *what = g_strdup_printf (history_words_say (language, N_ ("Badge taken by %s")),
                                text_of (told, "to"));
  return with (what, text_of (told, "reason"));
}

static char *letter (const HistoryTold *told, guint language)
{
  static const struct {
    const char *state, *text;
  } STATES[] = {
    { "sending", N_ ("The letter with the ticket is being sent") },
    { "sent", N_ ("The letter with the ticket was sent") },
    { "delayed", N_ ("The letter with the ticket was put off by the mail server") },
    { "refused", N_ ("The letter with the ticket was refused by the mail server") },
  };
  const char *state = text_of (told, "state");
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (strcmp (STATES[i].state, state) == 0)
      return with (g_strdup (history_words_say (language, STATES[i].text)),
                   text_of (told, "reply"));
  return named (language, history_words_say (language, N_ ("Letter with the ticket")), state);
}

static char *ticket_void (const HistoryTold *told, guint language)
{
  return with (g_strdup (history_words_say (language, N_ ("The ticket was made void"))),
               text_of (told, "reason"));
}

/* What it is, in the list's own words, and on which day. */
static char *appointment (const HistoryTold *told, guint language)
{
  if (told->fact->body == NULL)
    return g_strdup (history_words_say (language, N_ ("An appointment, erased since")));
  char *what = named (language,
                      history_words_say (language, json_in_bool (told->body, "removed")
                                                       ? N_ ("Appointment taken back")
                                                       : N_ ("Appointment")),
                      history_words_pick (language, text_of (told, "fr"), text_of (told, "zh")));
  return with (what, text_of (told, "date"));
}

static char *met (const HistoryTold *told, guint language)
{
  return g_strdup (history_words_say (language, json_in_bool (told->body, "undone")
                                                    ? N_ ("Not met after all, as the team noted")
                                                    : N_ ("Met by the team")));
}

static char *erasure (const HistoryTold *told, guint language)
{
  return with (g_strdup (history_words_say (language, N_ ("What was held until then was erased"))),
               text_of (told, "reason"));
}

static char *volunteer (const HistoryTold *told, guint language)
{
  return g_strdup_printf (
      history_words_say (language, json_in_bool (told->body, "removed")
                                       ? N_ ("No volunteer any more, number %s")
                                       : N_ ("Written down as a volunteer, number %s")),
      told->fact->subject);
}

static char *conflict_closed (const HistoryTold *told, guint language)
{
  return with (g_strdup (history_words_say (language, N_ ("A conflict was closed"))),
               text_of (told, "reason"));
}

static char *alert_closed (const HistoryTold *told, guint language)
{
  return with (g_strdup (history_words_say (language, N_ ("The team looked at an alert"))),
               text_of (told, "reason"));
}

/* All -------------------------------------------------------------------------------- */

static const struct {
  const char *kind;
  char *(*sentence) (const HistoryTold *told, guint language);
} KINDS[] = {
  { "registration", registration },
  { "passage", passage },
  { "badge-issued", badge_issued },
  { "badge-void", badge_void },
  { "print", print },
  { "loan", loan },
  { "note", note },
  { "handover", handover },
  { "letter", letter },
  { "ticket-void", ticket_void },
  { "appointment", appointment },
  { "met", met },
  { "undone", undone },
  { "answer", answer },
  { "erasure", erasure },
  { "volunteer", volunteer },
  { "conflict-closed", conflict_closed },
  { "alert-closed", alert_closed },
};

char *history_words_sentence (const HistoryTold *told, guint language)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (strcmp (KINDS[i].kind, told->fact->kind) == 0)
      return KINDS[i].sentence (told, language);
  return g_strdup (told->fact->kind);
}

gboolean history_words_warns (const HistoryTold *told)
{
  const char *kind = told->fact->kind, *state = text_of (told, "state");
  if (strcmp (kind, "passage") == 0)
    return strcmp (text_of (told, "verdict"), "ADMITTED") != 0;
  if (strcmp (kind, "print") == 0 || strcmp (kind, "letter") == 0)
    return strcmp (state, "failed") == 0 || strcmp (state, "unsure") == 0
           || strcmp (state, "refused") == 0;
  if (told->change != NULL)
    return told->change->after->revoked && !told->change->before->revoked;
  return strcmp (kind, "undone") == 0 || strcmp (kind, "badge-void") == 0
         || strcmp (kind, "ticket-void") == 0 || strcmp (kind, "erasure") == 0;
}
