/* flow.h: what the kiosk shows and does: a state machine of screens.
 *
 * Events go in (a scan was decided, somebody touched something, time went by), a FlowView
 * comes out (which screen, with which words and whose data) and commands for others to
 * carry out (scan_worker.h, desk_worker.h, sound.h, speech.h). It touches nothing itself:
 * no clock, no file, no widget. So every path is tested as a table
 * (tests/unit/kiosk/flow.c), and the windows only draw what they are given.
 *
 * Leaving nothing behind: whatever shows a person has a deadline; when it has passed the
 * screen returns to the start by itself and forgets.
 *
 * Must not know: GTK, the journal, threads. Ownership: a view belongs to the Flow and is
 * valid until the next event. Threads: one.  */
#pragma once

#include "access/decision.h"
#include "kiosk/guest.h"
#include "roster/notice.h"
#include "vocabulary/awaits.h"
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

/* What others are to do. */
typedef enum {
  COMMAND_SOUND,      /* tone */
  COMMAND_SPEAK,      /* say the view */
  COMMAND_CALL,       /* alert the team: "delegate", "protocol", "printer" */
  COMMAND_PIN,        /* check: text */
  COMMAND_SEARCH,     /* text */
  COMMAND_PERSON,     /* load: text is the reference */
  COMMAND_ADMIT,      /* text reference, more reason */
  COMMAND_REPRINT,    /* text reference, more reason */
  COMMAND_VOID,       /* text reference, more reason */
  COMMAND_CORRECT,    /* text reference, more fields */
  COMMAND_WALK_IN,    /* more fields */
  COMMAND_LOAN,       /* text reference, more checkpoint */
  COMMAND_JOB,        /* text job, more "retry" "cancel" "yes" "no" */
  COMMAND_STATION,    /* look at the station's state, and keep looking */
  COMMAND_TEST_PRINT, /* text queue */
  COMMAND_REST,       /* text as TOUCH_REST's */
  COMMAND_MODE,       /* text */
  COMMAND_CHECKPOINT, /* text id */
  COMMAND_ORDER,      /* text "fr" or "zh" */
  COMMAND_CLOSE,      /* text "yes" or "no" */
  COMMAND_ALERT,      /* close: text as TOUCH_ALERT's */
  COMMAND_OVERRIDE,   /* text reference, more reason */
  COMMAND_NOTE,       /* text reference, more the note */
  COMMAND_TAKEN,      /* text reference, more who takes her badge */
  COMMAND_ANSWER,     /* text reference, more the question and, after a space, the answer */
  COMMAND_TAKE_BACK,  /* text reference, more the passage and, after a space, the reason */
  COMMAND_RIGHTS,     /* text reference, more fields */
  COMMAND_DRAFT,      /* text reference or "" for somebody new, more fields: nothing is written */
  COMMAND_GROUP,      /* load: text is the reference of one of them */
  COMMAND_TOGETHER,   /* more as TOUCH_TOGETHER's */
  COMMAND_EMERGENCY,  /* print the emergency list */
  COMMAND_HEADS,      /* count one who is only counted */
  COMMAND_YOUR_DATA,  /* read the notice about people's data */
} CommandKind;

typedef struct {
  CommandKind kind;
  Tone tone;
  char *text, *more; /* never NULL */
  char *volunteer;   /* for whom; "" for nobody */
} FlowCommand;
void flow_command_free (FlowCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlowCommand, flow_command_free)

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
  /* Of SCREEN_REASON: TOUCH_ADMIT, TOUCH_REPRINT, TOUCH_VOID, TOUCH_OVERRIDE, TOUCH_NOTE,
   * TOUCH_TAKEN, TOUCH_TAKE_BACK. Of SCREEN_PIN: TOUCH_LOOK for the desk, else what a leader
   * is asked for. */
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

typedef struct _Flow Flow;

Flow *flow_new (FlowMode mode, gboolean second_leads, gint64 now_ms);
/* Before anything has happened: another mode and order, by their words; NULL leaves one
 * as it is. */
void flow_set_up (Flow *flow, const char *mode, const char *order, gint64 now_ms);
/* Each answer to a scan is said aloud. */
void flow_set_voice (Flow *flow, gboolean voice);
/* A gate has a touch for those who are only counted. */
void flow_set_counter (Flow *flow, gboolean counter);
/* Before anything has happened: out of service since the last start. */
void flow_set_closed (Flow *flow, gboolean closed, gint64 now_ms);
void flow_free (Flow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

const FlowView *flow_view (const Flow *flow);
/* The oldest command that has not been taken; NULL for none. Free with
 * flow_command_free(). */
FlowCommand *flow_take_command (Flow *flow);
/* When flow_time() is to be called next at the latest; -1 never. */
gint64 flow_deadline_ms (const Flow *flow);

/* Events. @now_ms is a monotonic clock's. */
void flow_time (Flow *flow, gint64 now_ms);
void flow_scan (Flow *flow, const FlowScan *scan, gint64 now_ms);
/* Two people's codes are before the camera: nothing was decided. */
void flow_several (Flow *flow, gint64 now_ms);
/* The replica could not be written. */
void flow_standstill (Flow *flow, gint64 now_ms);
/* The badge @serial of @reference stands so now. @reasons: IPP reasons, comma-separated,
 * for PRINT_TROUBLE. */
void flow_print (Flow *flow, const char *reference, guint serial, PrintStage stage,
                 const char *reasons, gint64 now_ms);
void flow_touch (Flow *flow, Touch touch, const char *text, gint64 now_ms);
/* A command was carried out: @notice says what came of it, empty texts for nothing to
 * say. @guest: whom the desk looks at now, NULL to leave it. */
void flow_done (Flow *flow, CommandKind kind, gboolean good, Pair notice, Guest *guest,
                gint64 now_ms);
/* The PIN was right: @volunteer is her name, @rights what she may besides. Wrong: "", and
 * no more tries of that number before @locked_until_ms (0: at once). */
void flow_entered (Flow *flow, const char *volunteer, guint rights, gint64 locked_until_ms,
                   gint64 now_ms);
/* Somebody asked to listen (COMMAND_SPEAK), and there is no voice. */
void flow_voiceless (Flow *flow, gint64 now_ms);
/* Gate: how many are inside now. */
void flow_inside (Flow *flow, gint64 inside);
void flow_alerts (Flow *flow, guint alerts);
/* A reader ought to be set otherwise: said on the desk's page. */
void flow_advise (Flow *flow, Pair said);
/* What the team says on this screen; empty texts for nothing more. */
void flow_message (Flow *flow, Pair message);
