/* flow_state.h: what the parts of the flow (flow.h) share: its view, who is before
 * it, and how one screen follows another. Private to them: everybody else knows a
 * Flow by flow.h.
 *
 * A part writes what is under its own name, and the view of its own screens. What all
 * touch (whom the screen is about, who is at the desk, which screen it is and how
 * long) changes by the functions below, so that nothing of the last screen is left on
 * the next one.
 *
 * Threads: one. */
#pragma once

#include "kiosk/flow_command.h"

/* A badge on its way, until it is out or given up. Only reference and serial are kept of
 * its person. */
typedef struct {
  char *reference;
  guint serial;
} FlowBadge;

typedef struct _Flow Flow;

struct _Flow {
  FlowView view;
  Guest *guest;
  char *volunteer; /* at the desk; "" for nobody */
  char *typed;
  char *number;            /* of the view */
  gboolean station_second; /* the station's order where nobody is known */
  gint64 until_ms;         /* the screen's end; -1 none */
  OwnedPair message;       /* of the view */
  gboolean voice;          /* answers are said */
  GQueue commands;         /* FlowCommand */

  struct {
    FlowBadge awaited;     /* whose badge a screen without a name is about; reference "": none */
    GPtrArray *on_its_way; /* FlowBadge */
    gboolean told;         /* the team, that the printer needs help */
    OwnedPair title, text; /* of the view, where a scan fills them in */
  } welcome;

  struct {
    GHashTable *known; /* volunteer's name → gint64 *, until when her badge is enough */
    char *draft;       /* what the draft shows, as the form gave it */
    char *passage;     /* that is to be taken back, when the reason is there */
    Touch asked;       /* what the leader is asked for, with: */
    char *asked_text;
    gboolean edited;   /* the form was written into; said before it is left */
    FlowCommand *held; /* done at held_until_ms; NULL for none */
    gint64 held_until_ms;
    OwnedPair said; /* of the view's notice, where an answer brought it */
  } desk;
};

Flow *flow_state_new (FlowMode mode, gboolean second_leads);
void flow_state_free (Flow *flow);

/* What others are to do. */
void flow_state_command (Flow *flow, CommandKind kind, Tone tone, const char *text,
                         const char *more);
void flow_state_sound (Flow *flow, Tone tone);
/* The same, and the desk waits for the answer. */
void flow_state_ask (Flow *flow, CommandKind kind, const char *text, const char *more);
/* What was held for a while is done now. */
void flow_state_release (Flow *flow);

/* The notice, beside whatever is shown. */
void flow_state_say (Flow *flow, Tone tone, Pair notice);
/* @place becomes a copy of @text. */
void flow_state_keep (char **place, const char *text);
/* @said, taken over, in @place; what to show of it. */
Pair flow_state_keep_pair (OwnedPair *place, OwnedPair said);
OwnedPair flow_state_copy (Pair pair);

/* Whom the screen is about; NULL for nobody. Takes a reference. */
void flow_state_set_guest (Flow *flow, Guest *guest);
void flow_state_set_typed (Flow *flow, const char *typed);
void flow_state_set_number (Flow *flow, const char *number);
/* Who is at the desk; "" for nobody. */
void flow_state_set_volunteer (Flow *flow, const char *volunteer, gint64 now_ms);
gboolean flow_state_at_desk (const Flow *flow);
/* By their words; unknown ones change nothing. */
void flow_state_set_mode (Flow *flow, const char *mode);
void flow_state_set_order (Flow *flow, const char *language);

/* A page that a volunteer uses. */
gboolean flow_state_is_desk_screen (const Flow *flow);
/* Another screen, with nothing of the last one left on it. @stays_ms 0: it does not
 * end. */
void flow_state_turn_to (Flow *flow, ScreenId screen, gint64 stays_ms, gint64 now_ms);
/* A page of the desk, as long as somebody is there. */
void flow_state_turn_to_desk (Flow *flow, ScreenId screen, gint64 now_ms);
void flow_state_say_nothing (Flow *flow);
void flow_state_go_start (Flow *flow, gint64 now_ms);
void flow_state_go_search (Flow *flow, gint64 now_ms);
/* Where the person, or the volunteer, came from. */
void flow_state_go_home (Flow *flow, gint64 now_ms);
/* Her page at the desk, read anew. */
void flow_state_open_person (Flow *flow, gint64 now_ms);
/* How long the present screen waits for another touch; 0: it does not end. */
gint64 flow_state_patience_ms (const Flow *flow);
