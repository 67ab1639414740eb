#include "journal/fact_form.h"

#include "core/identifier.h"
#include "core/json_check.h"
#include "core/json_members.h"
#include "journal/fact_member.h"

#include <string.h>

#define DEPTH_MAX 16
#define NAME_MAX_BYTES 4000
#define CAPACITY_MAX 1000000
#define BOX_MAX 9999
#define PICTURE_MAX 60000
#define HEADS_MAX 1000 /* at one touch */

typedef enum {
  SUBJECT_NAME,      /* an id of the event file; what the kind's own table takes */
  SUBJECT_TEXT,      /* any text */
  SUBJECT_REFERENCE, /* of a delegate */
  SUBJECT_ANYBODY,   /* of a delegate, or "" for nobody */
  SUBJECT_STATION,
  SUBJECT_NUMBER, /* of a volunteer */
  SUBJECT_KEY,    /* a key's id */
} Subject;

#define TEXT(key)                                                                                  \
  {                                                                                                \
    key, FORM_TEXT, 0, FACT_TEXT_MAX, FALSE                                                        \
  }
#define WHO                                                                                        \
  {                                                                                                \
    "volunteer", FORM_TEXT, 0, FACT_WORD_MAX, FALSE                                                \
  }
#define WHY                                                                                        \
  {                                                                                                \
    "reason", FORM_TEXT, 0, NAME_MAX_BYTES, FALSE                                                  \
  }
#define FLAG(key)                                                                                  \
  {                                                                                                \
    key, FORM_FLAG, 0, 0, FALSE                                                                    \
  }
#define NAME(key)                                                                                  \
  {                                                                                                \
    key, FORM_NAME, 0, 0, FALSE                                                                    \
  }
#define REMOVED FLAG ("removed")
#define SERIAL(low)                                                                                \
  {                                                                                                \
    "serial", FORM_NUMBER, low, FACT_SERIAL_MAX, low > 0                                           \
  }

static const FactMember CONGRESS[] = { TEXT ("fr"),
                                       TEXT ("zh"),
                                       TEXT ("place_fr"),
                                       TEXT ("place_zh"),
                                       { "languages", FORM_TEXTS, 0, 0, FALSE },
                                       TEXT ("identity"),
                                       REMOVED,
                                       { "timezone", FORM_ZONE, 0, 0, FALSE },
                                       { "days", FORM_DAYS, 0, 0, FALSE },
                                       { "walks", FORM_PAIRS, 0, 0, FALSE },
                                       { "retention", FORM_WORD, 0, 0, FALSE },
                                       { "contact", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                       TEXT ("reach_fr"),
                                       TEXT ("reach_zh"),
                                       { 0 } };
static const FactMember EVENT[] = { TEXT ("fr"),
                                    TEXT ("zh"),
                                    { "also", FORM_TEXTS, 0, 0, FALSE },
                                    REMOVED,
                                    { "order", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                    { "days", FORM_TEXTS, 0, 0, FALSE },
                                    { 0 } };
static const FactMember CATEGORY[] = { TEXT ("fr"),
                                       TEXT ("zh"),
                                       TEXT ("fr_f"),
                                       TEXT ("fr_n"),
                                       { "also", FORM_TEXTS, 0, 0, FALSE },
                                       REMOVED,
                                       { "colour", FORM_TEXT, 0, 32, FALSE },
                                       { "order", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                       { 0 } };
static const FactMember RANK[] = { TEXT ("fr"),
                                   TEXT ("zh"),
                                   { "words", FORM_TEXTS, 0, 0, FALSE },
                                   REMOVED,
                                   { "order", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                   { 0 } };
static const FactMember DEADLINE[] = { TEXT ("fr"),
                                       TEXT ("zh"),
                                       TEXT ("by_fr"),
                                       TEXT ("by_zh"),
                                       { "due", FORM_WORD, 0, 0, FALSE },
                                       { "done", FORM_WORD, 0, 0, FALSE },
                                       REMOVED,
                                       { "order", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                       { 0 } };
static const FactMember LOGO[] = { TEXT ("fr"),
                                   TEXT ("zh"),
                                   REMOVED,
                                   NAME ("event"),
                                   NAME ("type"),
                                   { "picture", FORM_TEXT, 0, PICTURE_MAX, FALSE },
                                   { "order", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                   { 0 } };
/* Where and to whom (congress/addressee.h). */
#define ADDRESSEE                                                                                  \
  { "checkpoints", FORM_TEXTS, 0, 0, FALSE }, { "events", FORM_TEXTS, 0, 0, FALSE },               \
  {                                                                                                \
    "categories", FORM_TEXTS, 0, 0, FALSE                                                          \
  }
static const FactMember QUESTION[] = { TEXT ("fr"),
                                       TEXT ("zh"),
                                       NAME ("kind"),
                                       { "choices", FORM_PAIRS, 0, 0, FALSE },
                                       { "codes", FORM_TEXTS, 0, 0, FALSE },
                                       ADDRESSEE,
                                       REMOVED,
                                       { "order", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                       { 0 } };
static const FactMember SCAN_MESSAGE[]
    = { TEXT ("fr"), TEXT ("zh"), FLAG ("team"),
        ADDRESSEE,   REMOVED,     { "order", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
        { 0 } };
static const FactMember DELEGATION[]
    = { TEXT ("fr"), TEXT ("zh"), REMOVED, NAME ("country"), { 0 } };
static const FactMember SESSION[] = { TEXT ("fr"),
                                      TEXT ("zh"),
                                      TEXT ("room"),
                                      REMOVED,
                                      NAME ("event"),
                                      { "day", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                      { "from", FORM_WORD, 0, 0, FALSE },
                                      { "to", FORM_WORD, 0, 0, FALSE },
                                      { "capacity", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                      { "themes", FORM_PAIRS, 0, 0, FALSE },
                                      { "roles", FORM_PAIRS, 0, 0, FALSE },
                                      { 0 } };
static const FactMember CHECKPOINT[] = { TEXT ("fr"),
                                         TEXT ("zh"),
                                         REMOVED,
                                         NAME ("kind"),
                                         NAME ("event"),
                                         NAME ("session"),
                                         NAME ("once"),
                                         NAME ("direction"),
                                         NAME ("place"),
                                         NAME ("entitlement"),
                                         FLAG ("badge"),
                                         { "capacity", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                         { "events", FORM_TEXTS, 0, 0, FALSE },
                                         { "categories", FORM_TEXTS, 0, 0, FALSE },
                                         { "any", FORM_TEXTS, 0, 0, FALSE },
                                         { "doors", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                         { "limit", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                         { "days", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                         { "wait", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                         FLAG ("empties"),
                                         { "channels", FORM_TEXTS, 0, 0, FALSE },
                                         FLAG ("several"),
                                         FLAG ("trusts"),
                                         { "groups", FORM_TEXTS, 0, 0, FALSE },
                                         { "opens", FORM_SPANS, 0, 0, FALSE },
                                         { 0 } };
static const FactMember REGISTRATION[] = { TEXT ("list"),
                                           TEXT ("title"),
                                           TEXT ("family"),
                                           TEXT ("given"),
                                           TEXT ("name_zh"),
                                           TEXT ("function_fr"),
                                           TEXT ("function_zh"),
                                           TEXT ("organisation_fr"),
                                           TEXT ("organisation_zh"),
                                           TEXT ("category"),
                                           TEXT ("delegation"),
                                           TEXT ("country"),
                                           TEXT ("email"),
                                           TEXT ("telephone"),
                                           TEXT ("role"),
                                           TEXT ("hotel"),
                                           TEXT ("message"),
                                           TEXT ("rank"),
                                           TEXT ("language"),
                                           TEXT ("code"),
                                           WHO,
                                           FLAG ("meals"),
                                           FLAG ("transport"),
                                           FLAG ("headset"),
                                           FLAG ("protocol"),
                                           FLAG ("revoked"),
                                           { "events", FORM_TEXTS, 0, 0, FALSE },
                                           { "days", FORM_TEXTS, 0, 0, FALSE },
                                           { "workshops", FORM_TEXTS, 0, 0, FALSE },
                                           { "ribbons", FORM_TEXTS, 0, 0, FALSE },
                                           { "diet", FORM_TEXTS, 0, 0, FALSE },
                                           { 0 } };
static const FactMember PASSAGE[] = { NAME ("checkpoint"),
                                      { "doors", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                      { "verdict", FORM_WORD, 0, 0, FALSE },
                                      { "day", FORM_WORD, 0, 0, FALSE },
                                      { "period", FORM_WORD, 0, 0, FALSE },
                                      NAME ("code"),
                                      NAME ("direction"),
                                      { "issuer", FORM_STATION, 0, 0, FALSE },
                                      SERIAL (0),
                                      { "override", FORM_WORD, 0, 0, FALSE },
                                      WHO,
                                      WHY,
                                      { 0 } };
static const FactMember BADGE_ISSUED[] = { SERIAL (1),
                                           WHO,
                                           WHY,
                                           TEXT ("text"),
                                           FLAG ("print"),
                                           { "prints", FORM_TEXT, 0, 16, FALSE },
                                           { "box", FORM_NUMBER, 0, BOX_MAX, FALSE },
                                           { 0 } };
static const FactMember BADGE_VOID[]
    = { SERIAL (1), WHO, WHY, TEXT ("text"), { "issuer", FORM_STATION, 0, 0, TRUE }, { 0 } };
static const FactMember PRINT[] = { { "state", FORM_WORD, 0, 0, TRUE },
                                    { "printer", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                    { "job", FORM_NUMBER, 0, G_MAXINT32, FALSE },
                                    { "reference", FORM_TEXT, 0, REFERENCE_MAX, FALSE },
                                    { "issuer", FORM_STATION, 0, 0, FALSE },
                                    SERIAL (0),
                                    WHO,
                                    WHY,
                                    { 0 } };
static const FactMember LOAN[] = { { "item", FORM_NAME, 0, 0, TRUE },
                                   { "direction", FORM_NAME, 0, 0, TRUE },
                                   NAME ("headset"),
                                   NAME ("event"),
                                   NAME ("checkpoint"),
                                   { "day", FORM_WORD, 0, 0, FALSE },
                                   { "channel", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                   FLAG ("several"),
                                   { 0 } };
static const FactMember HEADSET[]
    = { { "code", FORM_TEXT, 0, FACT_WORD_MAX, FALSE }, REMOVED, { 0 } };
static const FactMember HEADSET_DEFECT[] = { TEXT ("text"), FLAG ("repaired"), WHO, { 0 } };
static const FactMember SESSION_CHANGE[] = { TEXT ("fr"),
                                             TEXT ("zh"),
                                             TEXT ("room"),
                                             FLAG ("cancelled"),
                                             { "date", FORM_WORD, 0, 0, FALSE },
                                             { "from", FORM_WORD, 0, 0, FALSE },
                                             { "to", FORM_WORD, 0, 0, FALSE },
                                             { 0 } };
static const FactMember LETTER[]
    = { NAME ("state"), NAME ("address"), { "reply", FORM_TEXT, 0, FACT_WORD_MAX, FALSE }, { 0 } };
static const FactMember APPOINTMENT[] = { { "id", FORM_TEXT, 1, FACT_WORD_MAX, TRUE },
                                          { "kind", FORM_NAME, 0, 0, TRUE },
                                          { "list", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                          { "date", FORM_WORD, 0, 0, FALSE },
                                          { "from", FORM_WORD, 0, 0, FALSE },
                                          { "to", FORM_WORD, 0, 0, FALSE },
                                          { "place", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                          { "line", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                          TEXT ("fr"),
                                          TEXT ("zh"),
                                          { "host", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                          { "seat", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                          { "places", FORM_NUMBER, 0, CAPACITY_MAX, FALSE },
                                          REMOVED,
                                          { 0 } };
static const FactMember MET[]
    = { { "id", FORM_TEXT, 1, FACT_WORD_MAX, TRUE }, FLAG ("undone"), WHO, { 0 } };
static const FactMember ANSWER[] = { { "question", FORM_NAME, 0, 0, TRUE },
                                     { "answer", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                     WHO,
                                     { 0 } };
static const FactMember UNDONE[] = {
  { "of", FORM_STATION, 0, 0, TRUE }, { "seq", FORM_NUMBER, 1, G_MAXINT64, TRUE }, WHO, WHY, { 0 }
};
static const FactMember HEAD_COUNT[] = { { "day", FORM_WORD, 0, 0, TRUE },
                                         { "who", FORM_NAME, 0, 0, TRUE },
                                         { "heads", FORM_NUMBER, -HEADS_MAX, HEADS_MAX, TRUE },
                                         WHO,
                                         { 0 } };
static const FactMember NOTE[] = { TEXT ("text"), WHO, { 0 } };
static const FactMember HANDOVER[]
    = { { "to", FORM_TEXT, 0, FACT_WORD_MAX, TRUE }, SERIAL (0), WHO, WHY, { 0 } };
static const FactMember TICKET_VOID[] = { SERIAL (0), WHO, WHY, { 0 } };
static const FactMember SIGN[] = { { "fr", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                   { "zh", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                   WHO,
                                   { 0 } };
static const FactMember LIST[] = { { "fields", FORM_TEXTS, 0, 0, FALSE }, { 0 } };
static const FactMember CLOSED[]
    = { WHO, WHY, { "seen", FORM_NUMBER, 0, G_MAXINT32, FALSE }, { 0 } };
static const FactMember ERASURE[] = { WHO, WHY, { 0 } };
static const FactMember KEY[] = { { "public", FORM_KEY, 0, 0, TRUE }, { 0 } };
static const FactMember CALL[] = { NAME ("checkpoint"), { 0 } };
static const FactMember VOLUNTEER[] = { { "name", FORM_TEXT, 0, NAME_MAX_BYTES, FALSE },
                                        { "reference", FORM_TEXT, 0, REFERENCE_MAX, FALSE },
                                        { "pin", FORM_TEXT, 0, FACT_WORD_MAX, FALSE },
                                        { "rights", FORM_TEXTS, 0, 0, FALSE },
                                        REMOVED,
                                        { 0 } };
static const FactMember KEY_REVOKED[]
    = { { "from", FORM_NUMBER, 0, G_MAXINT64, TRUE }, WHY, { 0 } };
static const FactMember ROLE[]
    = { { "role", FORM_NAME, 0, 0, TRUE },   { "from", FORM_NUMBER, 1, G_MAXINT64, TRUE },
        { "public", FORM_KEY, 0, 0, FALSE }, { "held", FORM_NUMBER, 0, G_MAXINT64, FALSE },
        { "chain", FORM_HASH, 0, 0, FALSE }, { 0 } };
static const FactMember DISOWN[] = { { "from", FORM_NUMBER, 1, G_MAXINT64, TRUE }, WHY, { 0 } };
static const FactMember SIGNED[]
    = { { "from", FORM_NUMBER, 1, G_MAXINT64, TRUE }, { "public", FORM_KEY, 0, 0, TRUE }, { 0 } };
static const FactMember FORK[] = { { "held", FORM_NUMBER, 0, G_MAXINT64, TRUE },
                                   { "shown", FORM_NUMBER, 0, G_MAXINT64, TRUE },
                                   { "older", FORM_FLAG, 0, 0, FALSE },
                                   { 0 } };
static const FactMember EXCESS[] = { { "wait", FORM_NUMBER, 0, CAPACITY_MAX, FALSE }, { 0 } };
static const FactMember RECEIVED[] = { { "seq", FORM_NUMBER, 1, G_MAXINT64, TRUE },
                                       { "at", FORM_NUMBER, 0, G_MAXINT64, TRUE },
                                       { 0 } };
static const FactMember STATION[]
    = { { "public", FORM_KEY, 0, 0, FALSE }, FLAG ("revoked"), { 0 } };

typedef struct {
  const char *kind;
  Subject subject;
  const FactMember *members;
  gboolean erasable; /* its body may be gone */
} KindForm;

static const KindForm FORMS[] = {
  { "passage", SUBJECT_ANYBODY, PASSAGE, FALSE },
  { "registration", SUBJECT_REFERENCE, REGISTRATION, TRUE },
  { "badge-issued", SUBJECT_REFERENCE, BADGE_ISSUED, FALSE },
  { "print", SUBJECT_TEXT, PRINT, FALSE },
  { "badge-void", SUBJECT_REFERENCE, BADGE_VOID, FALSE },
  { "loan", SUBJECT_ANYBODY, LOAN, FALSE },
  { "headset", SUBJECT_NAME, HEADSET, FALSE },
  { "headset-defect", SUBJECT_NAME, HEADSET_DEFECT, FALSE },
  { "call", SUBJECT_TEXT, CALL, FALSE },
  { "letter", SUBJECT_REFERENCE, LETTER, FALSE },
  { "session-change", SUBJECT_NAME, SESSION_CHANGE, FALSE },
  { "appointment", SUBJECT_REFERENCE, APPOINTMENT, TRUE },
  { "met", SUBJECT_REFERENCE, MET, FALSE },
  { "undone", SUBJECT_REFERENCE, UNDONE, FALSE },
  { "answer", SUBJECT_REFERENCE, ANSWER, TRUE },
  { "head-count", SUBJECT_NAME, HEAD_COUNT, FALSE },
  { "note", SUBJECT_REFERENCE, NOTE, TRUE },
  { "handover", SUBJECT_REFERENCE, HANDOVER, TRUE },
  { "ticket-void", SUBJECT_REFERENCE, TICKET_VOID, FALSE },
  { "conflict-closed", SUBJECT_TEXT, CLOSED, FALSE },
  { "alert-closed", SUBJECT_TEXT, CLOSED, FALSE },
  { "congress", SUBJECT_NAME, CONGRESS, FALSE },
  { "event", SUBJECT_NAME, EVENT, FALSE },
  { "category", SUBJECT_NAME, CATEGORY, FALSE },
  { "delegation", SUBJECT_NAME, DELEGATION, FALSE },
  { "rank", SUBJECT_NAME, RANK, FALSE },
  { "deadline", SUBJECT_NAME, DEADLINE, FALSE },
  { "logo", SUBJECT_NAME, LOGO, FALSE },
  { "question", SUBJECT_NAME, QUESTION, FALSE },
  { "scan-message", SUBJECT_NAME, SCAN_MESSAGE, FALSE },
  { "session", SUBJECT_NAME, SESSION, FALSE },
  { "checkpoint", SUBJECT_NAME, CHECKPOINT, FALSE },
  { "list", SUBJECT_TEXT, LIST, FALSE },
  { "erasure", SUBJECT_REFERENCE, ERASURE, FALSE },
  { "key", SUBJECT_KEY, KEY, FALSE },
  { "key-revoked", SUBJECT_KEY, KEY_REVOKED, FALSE },
  { "volunteer", SUBJECT_NUMBER, VOLUNTEER, FALSE },
  { "station", SUBJECT_STATION, STATION, FALSE },
  { "message", SUBJECT_STATION, SIGN, FALSE },
  { "station-name", SUBJECT_STATION, SIGN, FALSE },
  { "role", SUBJECT_STATION, ROLE, FALSE },
  { "disown", SUBJECT_STATION, DISOWN, FALSE },
  { "received", SUBJECT_STATION, RECEIVED, FALSE },
  { "signed", SUBJECT_STATION, SIGNED, FALSE },
  { "fork", SUBJECT_STATION, FORK, FALSE },
  { "excess", SUBJECT_STATION, EXCESS, FALSE },
};

/* Kinds ------------------------------------------------------------------------------ */

static const KindForm *form_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++)
    if (strcmp (FORMS[i].kind, kind) == 0)
      return &FORMS[i];
  return NULL;
}

static gboolean subject_fits (Subject form, const char *subject)
{
  switch (form) {
  case SUBJECT_NAME:
    return identifier_is_valid (subject);
  case SUBJECT_REFERENCE:
    return identifier_is_reference (subject);
  case SUBJECT_ANYBODY:
    return subject[0] == '\0' || identifier_is_reference (subject);
  case SUBJECT_STATION:
    return identifier_is_station (subject);
  case SUBJECT_NUMBER:
    return subject[0] != '\0' && strlen (subject) <= 4
           && strspn (subject, "0123456789") == strlen (subject);
  case SUBJECT_KEY:
    return strlen (subject) == 8 && strspn (subject, "0123456789abcdef") == 8;
  case SUBJECT_TEXT:
  default:
    return TRUE;
  }
}

/* Looked for from @from on: who writes keeps an order, and it is mostly this one. */
static gint index_of (const FactMember *members, const JsonMember *found, gint from)
{
  for (gint i = from; members[i].key != NULL; i++)
    if (fact_member_is_named (found, members[i].key))
      return i;
  for (gint i = 0; i < from; i++)
    if (fact_member_is_named (found, members[i].key))
      return i;
  return -1;
}

/* Each key at most once: of two, one reader might take the first and another the last. */
static const char *members_fault (const FactMember *members, const char *body)
{
  JsonMembers walk;
  JsonMember found;
  guint64 seen = 0;
  gint next = 0;

  json_members_start (&walk, body, strlen (body));
  while (json_members_next (&walk, &found)) {
    gint index = index_of (members, &found, next);

    if (memchr (found.name, '\\', found.name_length) != NULL)
      return "key";
    if (index < 0)
      continue;
    next = index + 1;
    if ((seen >> index & 1) != 0 || !fact_member_fits (&members[index], &found))
      return members[index].key;
    if (found.type != JSON_MEMBER_NULL)
      seen |= G_GUINT64_CONSTANT (1) << index;
  }
  for (guint i = 0; members[i].key != NULL; i++)
    if (members[i].needed && (seen >> i & 1) == 0)
      return members[i].key;
  return NULL;
}

const char *fact_form_fault (const char *kind, const char *subject, const char *body)
{
  const KindForm *form = form_of (kind);

  if (form == NULL)
    return NULL;
  if (!subject_fits (form->subject, subject))
    return "subject";
  if (body == NULL)
    return form->erasable ? NULL : "erased";
  return members_fault (form->members, body);
}

gboolean fact_form_is_object (const char *body)
{
  gsize length = strlen (body), at = 0;
  JsonMembers members;

  return json_check (body, length, DEPTH_MAX, &at) == JSON_CHECK_GOOD
         && json_members_start (&members, body, length) && members.object;
}
