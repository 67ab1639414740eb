#include "vocabulary/desk_verdict.h"

#include <string.h>

static const char *const VERDICTS[DESK_VERDICT_COUNT] = {
  [DESK_PRINTING] = N_ ("The new badge is being printed; the old one opens nothing any more."),
  [DESK_VOIDED] = N_ ("This badge opens nothing any more."),
  [DESK_TICKETS]
  = N_ ("The tickets so far open nothing any more; “ticket issue” or “ticket mail” makes another."),
  [DESK_CONFIRMED] = N_ ("Noted: the badge is printed."),
  [DESK_CANCELED] = N_ ("The printing is cancelled; if this badge comes out, destroy it."),
  [DESK_CORRECTED]
  = N_ ("The registration is corrected. If a badge has the old text, print it again."),
  [DESK_REGISTERED] = N_ ("The person is registered."),
  [DESK_CLOSED] = N_ ("The alert is closed."),
  [DESK_NOTED] = N_ ("Noted. Only the team sees it."),
  [DESK_HANDED] = N_ ("Noted: who has taken the badge."),
  [DESK_UNDONE] = N_ ("Taken back: it counts nowhere any more. A badge that it printed opens "
                      "nothing: destroy it."),
  [DESK_ALREADY] = N_ ("This was done already: nothing has changed."),
  [DESK_NO_VOLUNTEER] = N_ ("Give your name first."),
  [DESK_NO_TEXT] = N_ ("Write the reason in a few words."),
  [DESK_UNKNOWN]
  = N_ ("This reference is not known here: check it, or look the person up by name."),
  [DESK_REVOKED] = N_ ("This registration is no longer active: ask the organisers."),
  [DESK_NO_BADGE] = N_ ("No badge of this person is known here. If it is lost, print it again: the "
                        "old one will open nothing any more."),
  [DESK_CHANGED] = N_ ("Another badge has just been issued for this person: look at the person's "
                       "page before you print again."),
  [DESK_NO_SERIAL] = N_ ("No badge of this person has this number here yet: check the number on "
                         "the badge, or look at the person's page."),
  [DESK_NO_JOB] = N_ ("There is no such print job: choose it from the list."),
  [DESK_ELSEWHERE] = N_ ("This print job is another station's: answer it there."),
  [DESK_JOB_OPEN] = N_ ("The printing is under way: wait, or cancel it."),
  [DESK_JOB_PRINTED]
  = N_ ("This badge is printed. If it is missing, print it again with a reason."),
  [DESK_JOB_FAILED] = N_ ("This badge was not printed: start the printing again."),
  [DESK_JOB_UNSURE] = N_ ("Say first whether this badge came out of the printer."),
  [DESK_JOB_VOID] = N_ ("This badge is no longer valid: there is nothing to print."),
  [DESK_NO_NAME] = N_ ("At least one name is needed."),
  [DESK_BAD_TEXT] = N_ ("This text is too long or has unreadable characters."),
  [DESK_BAD_SCRIPT]
  = N_ ("The Chinese name is written in Chinese characters, the Latin name in Latin letters."),
  [DESK_NO_PROGRAMME] = N_ ("The programme has not arrived on this station yet: wait for the "
                            "network or call the technicians."),
  [DESK_BAD_CATEGORY] = N_ ("Choose a category of the programme."),
  [DESK_BAD_EVENT] = N_ ("Choose an event of the programme."),
  [DESK_BAD_DAY] = N_ ("Choose a day of the programme."),
  [DESK_BAD_COUNTRY]
  = N_ ("This country is not recognised: write its name or its code of two letters."),
  [DESK_BAD_RANK] = N_ ("Choose a rank of the event file."),
  [DESK_KNOWN] = N_ ("Somebody of this name is registered already: look at that person's page."),
  [DESK_NO_ALERT] = N_ ("There is no such alert, or no longer: choose it from the list."),
  [DESK_NO_PASSAGE] = N_ ("There is no such passage to take back. A headset is given back at its "
                          "desk."),
  [DESK_BAD_SESSION] = N_ ("Choose a session of the programme."),
  [DESK_NO_RIGHT] = N_ ("Only the team leader may do this: ask for help."),
  [DESK_UNPRINTABLE] = N_ ("No badge can show this character: write the name without it."),
  [DESK_SHUT_OUT] = N_ ("The organisers have ended this station's work: send people to another "
                        "desk, and call the technicians."),
  [DESK_CHANGED_TOO] = N_ ("Somebody else has just changed the same: nothing of yours was written. "
                           "Look at the person's page, then correct again."),
};

static const char *const NAMES[DESK_VERDICT_COUNT] = {
  [DESK_PRINTING] = "printing",
  [DESK_VOIDED] = "voided",
  [DESK_TICKETS] = "tickets-void",
  [DESK_CONFIRMED] = "confirmed",
  [DESK_CANCELED] = "canceled",
  [DESK_CORRECTED] = "corrected",
  [DESK_REGISTERED] = "registered",
  [DESK_CLOSED] = "closed",
  [DESK_NOTED] = "noted",
  [DESK_HANDED] = "handed",
  [DESK_UNDONE] = "undone",
  [DESK_ALREADY] = "already",
  [DESK_NO_VOLUNTEER] = "no-volunteer",
  [DESK_NO_TEXT] = "no-text",
  [DESK_UNKNOWN] = "unknown",
  [DESK_REVOKED] = "revoked",
  [DESK_NO_BADGE] = "no-badge",
  [DESK_CHANGED] = "changed",
  [DESK_NO_SERIAL] = "no-serial",
  [DESK_NO_JOB] = "no-job",
  [DESK_ELSEWHERE] = "elsewhere",
  [DESK_JOB_OPEN] = "job-open",
  [DESK_JOB_PRINTED] = "job-printed",
  [DESK_JOB_FAILED] = "job-failed",
  [DESK_JOB_UNSURE] = "job-unsure",
  [DESK_JOB_VOID] = "job-void",
  [DESK_NO_NAME] = "no-name",
  [DESK_BAD_TEXT] = "bad-text",
  [DESK_BAD_SCRIPT] = "bad-script",
  [DESK_NO_PROGRAMME] = "no-programme",
  [DESK_BAD_CATEGORY] = "bad-category",
  [DESK_BAD_EVENT] = "bad-event",
  [DESK_BAD_DAY] = "bad-day",
  [DESK_BAD_COUNTRY] = "bad-country",
  [DESK_BAD_RANK] = "bad-rank",
  [DESK_KNOWN] = "known",
  [DESK_NO_ALERT] = "no-alert",
  [DESK_NO_PASSAGE] = "no-passage",
  [DESK_BAD_SESSION] = "bad-session",
  [DESK_NO_RIGHT] = "no-right",
  [DESK_UNPRINTABLE] = "unprintable",
  [DESK_SHUT_OUT] = "shut-out",
  [DESK_CHANGED_TOO] = "changed-too",
};

/* With those that only facts have, and those for which a passage is taken back. */
static const struct {
  const char *name;
  const char *text; /* a msgid, in the context "reason" */
} REASONS[] = {
  [DESK_LOST] = { "lost", NC_ ("reason", "lost") },
  [DESK_DAMAGED] = { "damaged", NC_ ("reason", "damaged") },
  [DESK_MISSPELLED] = { "misspelled", NC_ ("reason", "name misspelled") },
  [DESK_NOT_PRINTED] = { "not-printed", NC_ ("reason", "not printed") },
  [DESK_RIGHTS] = { "rights", NC_ ("reason", "registration changed") },
  [DESK_OTHER] = { "other", NC_ ("reason", "other") },
  { "first", NC_ ("reason", "first badge") },
  { "replaced", NC_ ("reason", "replaced") },
  { "canceled", NC_ ("reason", "cancelled") },
  { "undone", NC_ ("reason", "the passage was taken back") },
  { "mistake", NC_ ("reason", "scanned by mistake") },
  { "other-person", NC_ ("reason", "the wrong person") },
  { "not-used", NC_ ("reason", "did not go in after all") },
};

gboolean desk_verdict_is_success (DeskVerdict verdict)
{
  return verdict <= DESK_ALREADY;
}

const char *desk_verdict_name (DeskVerdict verdict)
{
  return NAMES[verdict];
}

Pair desk_verdict_wording (DeskVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < DESK_VERDICT_COUNT, PAIR_EMPTY);
  return words_pair (VERDICTS[verdict]);
}

const char *desk_verdict_reason_name (DeskReason reason)
{
  return REASONS[reason].name;
}

gboolean desk_verdict_reason_from_name (const char *name, DeskReason *reason)
{
  for (guint i = 0; name != NULL && i < DESK_REASON_COUNT; i++)
    if (strcmp (REASONS[i].name, name) == 0) {
      *reason = (DeskReason) i;
      return TRUE;
    }
  return FALSE;
}

Pair desk_verdict_reason_wording (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (strcmp (REASONS[i].name, name) == 0)
      return words_pair_in ("reason", REASONS[i].text);
  return (Pair){ name, name };
}
