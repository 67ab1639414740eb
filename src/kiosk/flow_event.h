/* flow_event.h: what happens to the kiosk's screens (flow.h): something is touched, a
 * scan was decided.
 *
 * Ownership: whoever tells of it keeps it; the flow copies what it shows. */
#pragma once

#include "access/decision.h"
#include "kiosk/guest.h"
#include "vocabulary/awaits.h"

/* What can be touched. Some carry a text: a reference, a reason, a key. */
typedef enum {
  TOUCH_BACK,
  TOUCH_NO_CODE,
  TOUCH_CALL,      /* call the team */
  TOUCH_YOUR_DATA, /* the notice about people's data; there, its next language */
  TOUCH_CONTRAST,  /* large type and high contrast, on and off */
  TOUCH_LISTEN,    /* say what is on the screen */
  TOUCH_MORE,      /* more time for the page that is about to end */
  TOUCH_DESK,      /* a volunteer wants in */
  TOUCH_PIN,       /* all digits, in the text */
  TOUCH_ANSWER,    /* of the question that is asked: its code */
  TOUCH_LATER,     /* no answer now */
  TOUCH_LEAVE,     /* a volunteer goes */
  TOUCH_TYPED,     /* the search field's text, at each change */
  TOUCH_PERSON,    /* a person of the list: reference */
  TOUCH_ADMIT,     /* check in without a code */
  TOUCH_REPRINT,
  TOUCH_VOID,   /* lost, no new one */
  TOUCH_REASON, /* a reason word: "lost", "damaged", "no-phone" …, or the volunteer's own words */
  TOUCH_CORRECT, /* open the form */
  TOUCH_WALK_IN, /* open the form */
  TOUCH_SAVE,    /* the form is filled in: its fields as "name=value" lines */
  TOUCH_LOAN,    /* "out" hands a headset out, "in" takes it back; a space, the checkpoint */
  TOUCH_STATION,
  TOUCH_JOB_RETRY,
  TOUCH_JOB_CANCEL,
  TOUCH_JOB_YES,
  TOUCH_JOB_NO,     /* a print job: its name */
  TOUCH_ALERT,      /* somebody has seen to it: "SEEN ID" (alert_close()) */
  TOUCH_TEST_PRINT, /* a queue */
  TOUCH_REST,       /* “+” and a queue that is to rest; “-”: to work again */
  TOUCH_MODE,       /* "self-service", "desk", "gate" */
  TOUCH_CHECKPOINT, /* its id */
  TOUCH_CLOSE,      /* out of service, "yes" or "no" */
  TOUCH_ORDER,      /* which language stands first where nobody is known */
  TOUCH_OVERRIDE,   /* let in against a refusal */
  TOUCH_NOTE,       /* write what the team should know of a person */
  TOUCH_TAKEN,      /* somebody else takes her badge */
  TOUCH_TAKE_BACK,  /* a passage of hers: its id */
  TOUCH_ASK,        /* what she has not answered yet */
  TOUCH_RIGHTS,     /* open the form */
  TOUCH_CONFIRM,    /* what the draft shows is to be written; "reprint" to print it too */
  TOUCH_GROUP,      /* the person's delegation */
  TOUCH_TOGETHER,   /* let those in: "TAKER\n" and a reference a line */
  TOUCH_HEADS,      /* a companion, or a visitor without a registration, goes in */
  TOUCH_EMERGENCY,  /* print who is inside */
  TOUCH_UNDO,       /* take back what was touched last */
  TOUCH_EDITED,     /* something was written into the form */
  TOUCH_LOOK,       /* anything else: somebody is there */
} Touch;

/* A scan, or a volunteer's admission, decided. */
typedef struct {
  Verdict verdict;
  const char *detail;
  Direction direction;
  CheckpointKind kind;
  Guest *guest;       /* NULL if the code is nobody's; the flow takes a reference */
  guint badge_serial; /* issued now, 0 for none */
  guint awaited;      /* her badge that is not printed yet, where the code is refused for it; 0 */
  guint box;     /* where her badge lies, printed ahead, that she has not got yet; 0: nowhere */
  Pair days;     /* on which she is registered, where that is the matter; else empty */
  Pair team;     /* what the event file tells the team of her here; else empty */
  Pair next;     /* when it may be tried again: “From 11:00.”; else empty */
  Awaits awaits; /* headset desk: the first of two codes */
  const char *channel;   /* of the headset she gets; "" or NULL where nobody said */
  guint keeps;           /* headsets with which she goes out */
  const char *volunteer; /* name of the volunteer whose badge this is; NULL for everybody else:
                            nothing was decided then */
  const char *volunteer_number; /* what she types before her PIN */
  guint rights;                 /* hers: FLOW_LEADER, FLOW_OVERRIDE */
  gboolean opened;              /* at the desk: whose code it is, and nothing was decided */
} FlowScan;

/* What a volunteer may besides. */
#define FLOW_LEADER (1u << 0)   /* change mode and checkpoint */
#define FLOW_OVERRIDE (1u << 1) /* let in against a refusal */
