/* flow_view.h: what the kiosk shows: which screen, for how long, with which words and
 * whose data.
 *
 * The flow (flow.h) makes it; the window draws it, and knows nothing else. Its texts
 * and its guest belong to the flow and are valid until the next event. */
#pragma once

#include "kiosk/flow_event.h"
#include "roster/notice.h"
#include "vocabulary/wording.h"

/* How long a screen stays when nobody touches anything. */
#define FLOW_TAKE_MS 7000 /* "take your badge" */
#define FLOW_WELCOME_MS                                                                            \
  15000 /* a welcome whose badge is still on its way, or that prints none: FLOW_PLAIN_MS */
#define FLOW_PLAIN_MS 8000
#define FLOW_VERDICT_MS 15000
#define FLOW_HELP_MS 25000
#define FLOW_READ_MS 120000 /* the notice about people's data */
#define FLOW_CALLED_MS 30000
#define FLOW_GATE_MS 2500
#define FLOW_ENDING_MS 5000 /* before its end, a page asks whether more time is needed */
#define FLOW_MORE_MS 30000  /* and gives this much */
#define FLOW_PIN_MS 20000
#define FLOW_DESK_IDLE_MS 120000 /* a volunteer who went away */
#define FLOW_BADGE_MS 600000     /* so long after she was at the desk, her badge opens it alone */
#define FLOW_DESK_OPEN_MS 900000 /* the same in mode “desk”, where only the team stands */
#define FLOW_UNDO_MS 10000       /* what can be taken back is not done before */
#define FLOW_TYPED_MAX 60        /* characters of a search or field */

typedef enum { FLOW_SELF_SERVICE, FLOW_DESK, FLOW_GATE, FLOW_MODE_COUNT } FlowMode;

typedef enum {
  SCREEN_ATTRACT,    /* hold your code here */
  SCREEN_WELCOME,    /* admitted: who, what for, the badge and where it is */
  SCREEN_DISCREET,   /* a guest marked for protocol: no name */
  SCREEN_QUESTION,   /* what the event file asks of who has come in */
  SCREEN_VERDICT,    /* any other answer, with one thing to do */
  SCREEN_NO_CODE,    /* what to do without a code */
  SCREEN_YOUR_DATA,  /* what is kept about people: a language at a time */
  SCREEN_CALLED,     /* somebody of the team comes */
  SCREEN_CLOSED,     /* out of service by hand: where to go instead */
  SCREEN_STANDSTILL, /* the replica cannot be written: nothing was decided */
  SCREEN_GATE,       /* one huge verdict, and between scans how many are in */
  SCREEN_PIN,        /* a volunteer enters */
  SCREEN_SEARCH,     /* volunteer: find a person */
  SCREEN_PERSON,     /* volunteer: everything about one person */
  SCREEN_REASON,     /* volunteer: why this badge again, why without a code */
  SCREEN_CORRECT,    /* volunteer: a name set right */
  SCREEN_WALK_IN,    /* volunteer: a person who is in no list */
  SCREEN_STATION,    /* volunteer: printers, jobs, readers, network, mode */
  SCREEN_RIGHTS,     /* volunteer: what a person is registered for */
  SCREEN_DRAFT,      /* volunteer: what is about to be written, and the badge it makes */
  SCREEN_GROUP,      /* volunteer: a delegation on one page */
  SCREEN_COUNT
} ScreenId;

typedef enum { TONE_CALM, TONE_YES, TONE_ATTENTION } Tone;

/* Where a badge is, as a delegate wants to know it. */
typedef enum {
  PRINT_NONE,    /* none is printed */
  PRINT_WAITING, /* others come first */
  PRINT_PRINTING,
  PRINT_TAKE,    /* it has come out */
  PRINT_TROUBLE, /* the printer cannot go on: what is wrong stands in the view */
  PRINT_ASK,     /* nobody knows: the team looks */
} PrintStage;

typedef struct {
  ScreenId screen;
  FlowMode mode;
  gboolean second_leads; /* which language leads: the person's own, else (and always at the desk)
                             the station's */
  gboolean contrast;
  gboolean ending;     /* the page ends soon: it asks whether more time is needed */
  gboolean closed;     /* out of service: nothing is decided */
  gboolean to_desk;    /* what is refused here is put right at the welcome desk */
  gboolean counter;    /* gate: companions are counted by a touch */
  gboolean voiceless;  /* somebody asked to listen, and there is no voice */
  guint data_language; /* SCREEN_YOUR_DATA: a NoticeLanguage */
  Tone tone;
  Pair title, text;   /* of the screen, where it says something */
  const Guest *guest; /* whom it is about; NULL for nobody */
  CheckpointKind kind;
  Direction direction;
  PrintStage print;
  guint badge_serial;
  Pair print_text;       /* what is wrong with the printer */
  guint others;          /* badges of other people still being printed */
  gint64 inside;         /* gate: how many are in; -1 not known */
  guint alerts;          /* that nobody has seen to, at the whole congress */
  Pair message;          /* of the team, for whoever stands here; "" for none */
  const char *volunteer; /* who is at the desk; "" for nobody */
  const char *typed;
  guint rights; /* hers */
  /* Of SCREEN_REASON: TOUCH_ADMIT, TOUCH_REPRINT, TOUCH_VOID, TOUCH_OVERRIDE,
   * TOUCH_NOTE, TOUCH_TAKEN, TOUCH_TAKE_BACK. Of SCREEN_PIN: TOUCH_LOOK for the desk,
   * else what a leader is asked for. */
  Touch purpose;
  gboolean refused; /* SCREEN_PERSON: she was just refused */
  gboolean scanned; /* SCREEN_PERSON: opened by her code */
  gboolean held;    /* what was touched last can be taken back for some seconds */
  Pair notice;      /* what came of the last thing a volunteer did; "" for nothing */
  Tone notice_tone;
  const char *number; /* SCREEN_PIN: of whose badge was scanned; "" for nobody's */
  gboolean busy;      /* something was asked for and has not been answered */
  guint question;     /* SCREEN_QUESTION: the place of it among the guest's */
  guint changes;      /* counts every change of anything above */
} FlowView;
