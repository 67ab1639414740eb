#include "vocabulary/wording.h"

#include "vocabulary/dates.h"

#include <string.h>

#define DESK N_ ("The welcome desk helps you.")
#define QUESTION N_ ("A question? The welcome desk helps you.")

/* The first row of a verdict whose detail is "" or fits. General rows stand last in their
 * verdict. */
static const struct {
  Verdict verdict;
  const char *detail;
  const char *sentence, *remedy; /* msgids */
} VERDICTS[] = {
  { VERDICT_ADMITTED, "not-here", N_ ("Welcome: your registration is not known here yet"),
    N_ ("Come by the welcome desk when you have a moment.") },
  { VERDICT_ADMITTED, "", N_ ("Welcome"), "" },

  { VERDICT_ALREADY_IN, "used", N_ ("This has been used already"), QUESTION },
  { VERDICT_ALREADY_IN, "limit", N_ ("All your entries here have been used"), QUESTION },
  { VERDICT_ALREADY_IN, "days", N_ ("All your days here have been used"), QUESTION },
  { VERDICT_ALREADY_IN, "wait", N_ ("You have just been here"), N_ ("Please wait a little.") },
  { VERDICT_ALREADY_IN, "loan", N_ ("You have a headset already"),
    N_ ("Return it to get another one.") },
  { VERDICT_ALREADY_IN, "returned", N_ ("This headset has been returned already"), "" },
  { VERDICT_ALREADY_IN, "", N_ ("Your entry has been noted already"), QUESTION },

  { VERDICT_NOT_ENTITLED, "pending", N_ ("Your registration is yet to be confirmed"),
    N_ ("The welcome desk can confirm it.") },
  { VERDICT_NOT_ENTITLED, "event", N_ ("You are registered for another event"),
    N_ ("The welcome desk can complete your registration.") },
  { VERDICT_NOT_ENTITLED, "group", N_ ("This area is reserved for a working group"), QUESTION },
  { VERDICT_NOT_ENTITLED, "category", N_ ("This area is reserved for certain guests"), QUESTION },
  { VERDICT_NOT_ENTITLED, "session", N_ ("This workshop is not in your registration"),
    N_ ("The welcome desk can tell you whether there are places left.") },
  { VERDICT_NOT_ENTITLED, "meals", N_ ("Meals are not included in your registration"), QUESTION },
  { VERDICT_NOT_ENTITLED, "transport", N_ ("The shuttle is not included in your registration"),
    QUESTION },
  { VERDICT_NOT_ENTITLED, "headset", N_ ("The headset is not included in your registration"),
    QUESTION },
  { VERDICT_NOT_ENTITLED, "", N_ ("This access is not included in your registration"), QUESTION },

  { VERDICT_NOT_TODAY, "nothing", N_ ("Nothing takes place here today"),
    N_ ("The programme tells you the right day.") },
  { VERDICT_NOT_TODAY, "", N_ ("Your registration is for another day"),
    N_ ("The welcome desk can add this day.") },
  { VERDICT_CLOSED, "", N_ ("It is closed at the moment"), N_ ("The hours are in the programme.") },
  { VERDICT_FULL, "defect", N_ ("This headset does not work"),
    N_ ("Put it aside and take another one.") },
  { VERDICT_FULL, "", N_ ("It is full for the moment"),
    N_ ("A place may become free: please wait a moment.") },

  { VERDICT_BADGE_VOID, "replaced", N_ ("This badge has been replaced"),
    N_ ("There is a newer badge in your name. The welcome desk helps you in a moment.") },
  { VERDICT_BADGE_VOID, "", N_ ("This badge is no longer valid"),
    N_ ("The welcome desk prints you another one.") },
  { VERDICT_TICKET_USED, "", N_ ("Please show your badge"),
    N_ ("It replaces your ticket. Badge lost? The welcome desk helps you.") },

  { VERDICT_UNKNOWN, "other-congress", N_ ("This code is of another congress"), DESK },
  { VERDICT_UNKNOWN, "damaged", N_ ("The code was not read completely"),
    N_ ("Show it once more, quite flat.") },
  { VERDICT_UNKNOWN, "not-here", N_ ("Your registration is not known here yet"), DESK },
  { VERDICT_UNKNOWN, "", N_ ("This code is not recognised here"),
    N_ ("Show your ticket or your badge, or go to the welcome desk.") },
  { VERDICT_FORGED, "", N_ ("This code could not be verified"), DESK },
  { VERDICT_REVOKED, "station", N_ ("This badge has to be printed again"),
    N_ ("The welcome desk does so in a moment.") },
  { VERDICT_REVOKED, "ticket", N_ ("This ticket has been replaced by a newer one"),
    N_ ("Show the ticket of the last message you were sent, or go to the welcome desk.") },
  { VERDICT_REVOKED, "double", N_ ("We have a question about this badge"), DESK },
  { VERDICT_REVOKED, "", N_ ("Your registration is no longer active"), DESK },
};

/* The same to the team, of somebody. What is not here addresses nobody. */
static const struct {
  Verdict verdict;
  const char *detail, *sentence; /* as above */
} TOLD[] = {
  { VERDICT_ALREADY_IN, "limit", N_ ("All entries here have been used") },
  { VERDICT_ALREADY_IN, "days", N_ ("All days here have been used") },
  { VERDICT_ALREADY_IN, "wait", N_ ("Was here just now") },
  { VERDICT_ALREADY_IN, "loan", N_ ("Has a headset already") },
  { VERDICT_ALREADY_IN, "", N_ ("The entry has been noted already") },
  { VERDICT_NOT_ENTITLED, "pending", N_ ("This registration is yet to be confirmed") },
  { VERDICT_NOT_ENTITLED, "event", N_ ("This registration is for another event") },
  { VERDICT_NOT_ENTITLED, "session", N_ ("The workshop is not in this registration") },
  { VERDICT_NOT_ENTITLED, "meals", N_ ("Meals are not included in this registration") },
  { VERDICT_NOT_ENTITLED, "transport", N_ ("The shuttle is not included in this registration") },
  { VERDICT_NOT_ENTITLED, "headset", N_ ("The headset is not included in this registration") },
  { VERDICT_NOT_ENTITLED, "", N_ ("This access is not included in this registration") },
  { VERDICT_NOT_TODAY, "", N_ ("This registration is for another day") },
  { VERDICT_TICKET_USED, "", N_ ("The ticket was shown in place of the badge") },
  { VERDICT_UNKNOWN, "not-here", N_ ("This registration is not known here yet") },
  { VERDICT_REVOKED, "double", N_ ("There is a question about this badge") },
  { VERDICT_REVOKED, "", N_ ("This registration is no longer active") },
};

static const char *const USED[CHECKPOINT_KIND_COUNT] = {
  [CHECKPOINT_ENTRANCE] = N_ ("Your entry has been noted already"),
  [CHECKPOINT_ZONE] = N_ ("Your entry has been noted already"),
  [CHECKPOINT_SESSION] = N_ ("Your place in the workshop has been noted already"),
  [CHECKPOINT_MEAL] = N_ ("Your meal has been noted already"),
  [CHECKPOINT_SHUTTLE] = N_ ("Your ride has been noted already"),
  [CHECKPOINT_HEADSET] = N_ ("You have a headset already"),
  [CHECKPOINT_B2B] = N_ ("Your entry has been noted already"),
};

static const char *const ADMITTED[CHECKPOINT_KIND_COUNT][2] = {
  [CHECKPOINT_ENTRANCE] = { N_ ("Welcome"), N_ ("See you soon") },
  [CHECKPOINT_ZONE] = { N_ ("Welcome"), N_ ("See you soon") },
  [CHECKPOINT_SESSION] = { N_ ("Enjoy the workshop"), N_ ("See you soon") },
  [CHECKPOINT_MEAL] = { N_ ("Enjoy your meal"), N_ ("See you soon") },
  [CHECKPOINT_SHUTTLE] = { N_ ("Welcome aboard"), N_ ("See you soon") },
  [CHECKPOINT_HEADSET] = { N_ ("Here is your headset"), N_ ("Headset returned, thank you") },
  [CHECKPOINT_B2B] = { N_ ("Enjoy your meetings"), N_ ("See you soon") },
};

/* What is wrong with a printer, and what to do (vocabulary/printer_reason.h). */
static const char *const TROUBLES[PRINTER_REASON_COUNT] = {
  [PRINTER_REASON_NO_SPOOLER] = N_ ("The printing service does not answer: call the technicians."),
  [PRINTER_REASON_NO_QUEUE]
  = N_ ("This printer is not installed on this station: call the technicians."),
  [PRINTER_REASON_SPOOL] = N_ ("This station's disk is full: call the technicians."),
  [PRINTER_REASON_REJECTING] = N_ ("The print queue is closed: the technicians can open it again."),
  [PRINTER_REASON_OFF] = N_ ("The printer does not answer: switch it on and check its cables."),
  [PRINTER_REASON_OFFLINE]
  = N_ ("The printer is offline: put it online again on its panel, and check its cable."),
  [PRINTER_REASON_AUTHENTICATION] = N_ ("The printer asks for a password: call the technicians."),
  [PRINTER_REASON_FILTER] = N_ ("The printer's driver has failed: call the technicians."),
  [PRINTER_REASON_JAM] = N_ ("Paper jam: open the printer and take the sheet out gently."),
  [PRINTER_REASON_COVER] = N_ ("The cover is open: close it."),
  [PRINTER_REASON_TRAY] = N_ ("The tray is missing: put it back in place."),
  [PRINTER_REASON_PAPER] = N_ ("Out of paper: add blank badges."),
  [PRINTER_REASON_OTHER_PAPER]
  = N_ ("The paper that is needed is not in place: put in blank badges."),
  [PRINTER_REASON_RIBBON] = N_ ("Out of ink or ribbon: change the cartridge or the ribbon."),
  [PRINTER_REASON_TONER] = N_ ("Out of toner: change the cartridge."),
  [PRINTER_REASON_WASTE] = N_ ("The waste bin is full: replace it."),
  [PRINTER_REASON_OUTPUT] = N_ ("The output is full: take the badges out."),
  [PRINTER_REASON_HEAT] = N_ ("The printer is not at the right temperature: wait a moment."),
  [PRINTER_REASON_PART] = N_ ("A part of the printer is worn out: call the technicians."),
  [PRINTER_REASON_MEMORY] = N_ ("The printer's memory is full: switch it off and on again."),
  [PRINTER_REASON_PAUSED] = N_ ("The printer is paused: press its button to go on."),
  [PRINTER_REASON_STOPPED] = N_ ("The print queue is stopped: it goes on by itself once the cause "
                                 "is gone; if not, call the technicians."),
  [PRINTER_REASON_RESTING]
  = N_ ("Somebody has paused the print queue: the technicians can let it go "
        "on."),
  [PRINTER_REASON_HELD]
  = N_ ("The print queue holds the badge back: the technicians can release it."),
  [PRINTER_REASON_SLOW] = N_ ("The printer is slow to answer: check its cables."),
  [PRINTER_REASON_GARBLED] = N_ ("The printer answers what cannot be read: switch it off and on."),
  [PRINTER_REASON_STALLED]
  = N_ ("No badge comes out, and the printer does not say why: look at it, "
        "then switch it off and on."),
  [PRINTER_REASON_UNKNOWN] = N_ ("The printer needs help: look at its screen."),
  [PRINTER_REASON_PAPER_LOW] = N_ ("Soon out of paper: have blank badges ready."),
  [PRINTER_REASON_RIBBON_LOW]
  = N_ ("Soon out of ink or ribbon: have a cartridge or a ribbon ready."),
  [PRINTER_REASON_TONER_LOW] = N_ ("Soon out of toner: have a cartridge ready."),
  [PRINTER_REASON_WASTE_HIGH] = N_ ("The waste bin is nearly full: have its replacement ready."),
  [PRINTER_REASON_OUTPUT_HIGH] = N_ ("The output is nearly full: take the badges out."),
};

static guint find_verdict (Verdict verdict, const char *detail)
{
  for (guint i = 0; i < G_N_ELEMENTS (VERDICTS); i++)
    if (VERDICTS[i].verdict == verdict
        && (*VERDICTS[i].detail == '\0' || g_strcmp0 (VERDICTS[i].detail, detail) == 0))
      return i;
  g_return_val_if_reached (0);
}

Pair wording_verdict (Verdict verdict, const char *detail)
{
  return words_pair (VERDICTS[find_verdict (verdict, detail)].sentence);
}

Pair wording_told (Verdict verdict, const char *detail)
{
  guint row = find_verdict (verdict, detail);

  for (guint i = 0; i < G_N_ELEMENTS (TOLD); i++)
    if (find_verdict (TOLD[i].verdict, TOLD[i].detail) == row)
      return words_pair (TOLD[i].sentence);
  return words_pair (VERDICTS[row].sentence);
}

Pair wording_remedy (Verdict verdict, const char *detail)
{
  return words_pair (VERDICTS[find_verdict (verdict, detail)].remedy);
}

gboolean wording_leads_to_desk (Verdict verdict, const char *detail)
{
  /* Whose remedy is the person's own. */
  static const struct {
    Verdict verdict;
    const char *detail;
  } HERE[] = {
    { VERDICT_ALREADY_IN, "loan" }, { VERDICT_FULL, "defect" }, { VERDICT_NOT_TODAY, "nothing" },
    { VERDICT_CLOSED, "" },         { VERDICT_FULL, "" },       { VERDICT_UNKNOWN, "damaged" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (HERE); i++)
    if (find_verdict (HERE[i].verdict, HERE[i].detail) == find_verdict (verdict, detail))
      return FALSE;
  return VERDICTS[find_verdict (verdict, detail)].remedy[0] != '\0';
}

Pair wording_used (CheckpointKind kind)
{
  g_return_val_if_fail ((guint) kind < CHECKPOINT_KIND_COUNT, PAIR_EMPTY);
  return words_pair (USED[kind]);
}

Pair wording_admitted (CheckpointKind kind, Direction direction)
{
  g_return_val_if_fail ((guint) kind < CHECKPOINT_KIND_COUNT, PAIR_EMPTY);
  return words_pair (ADMITTED[kind][direction == DIRECTION_OUT ? 1 : 0]);
}

OwnedPair wording_next (const char *today, const char *day, gint minute)
{
  if (*day == '\0' || (strcmp (day, today) == 0 && minute < 0))
    return (OwnedPair){ g_strdup (""), g_strdup ("") };
  g_autofree char *hours
      = g_strdup_printf ("%02d:%02d", MAX (minute, 0) / 60, MAX (minute, 0) % 60),
      *clock = dates_clock (hours), *first = NULL, *second = NULL;
  if (strcmp (day, today) == 0)
    return words_filled ("From %s.", clock);
  dates_list ((const char *const[]){ day, NULL }, &first, &second);
  const char *const days[] = { first, second };
  OwnedPair said = { NULL, NULL };
  for (WordsSide side = WORDS_FIRST; side < WORDS_SIDES; side++)
    *(side == WORDS_FIRST ? &said.first : &said.second)
        = minute < 0 ? g_strdup_printf (words_for (side, N_ ("Come back on %s.")), days[side])
                     : g_strdup_printf (words_for (side, N_ ("Come back on %s, from %s.")),
                                        days[side], clock);
  return said;
}

Pair wording_standstill (void)
{
  return words_pair (
      N_ ("This station is unavailable for a moment. Please go to the welcome desk."));
}

Pair wording_printer_reason (const char *reason)
{
  PrinterReason trouble
      = reason != NULL ? printer_reason_of_keyword (reason) : PRINTER_REASON_UNKNOWN;
  PrinterReasonSeverity severity;

  /* A printer's own word. */
  if (trouble == PRINTER_REASON_UNKNOWN && reason != NULL
      && !printer_reason_of_printer_reason (reason, &trouble, &severity))
    trouble = PRINTER_REASON_UNKNOWN;
  return wording_trouble (trouble);
}

Pair wording_trouble (PrinterReason trouble)
{
  g_return_val_if_fail ((guint) trouble < PRINTER_REASON_COUNT, PAIR_EMPTY);
  return words_pair (TROUBLES[trouble]);
}
