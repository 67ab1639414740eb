/* flow_command.h: what the flow (flow.h) leaves to others to do: to the desk's thread
 * (desk_worker.h), to that of scans (scan_worker.h), to sound.h and speech.h.
 *
 * Ownership: whoever takes a command frees it. */
#pragma once

#include "kiosk/flow_view.h"

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
/* Texts are copied. Free with flow_command_free(). */
FlowCommand *flow_command_new (CommandKind kind, Tone tone, const char *text, const char *more,
                               const char *volunteer);
void flow_command_free (FlowCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlowCommand, flow_command_free)
