/* guest.h: a delegate as the screens show her: names ready to be set, rights as words of
 * both languages, what she is reminded of.
 *
 * Built on the worker's thread from the replica, then immutable, so that the window only
 * reads it.
 *
 * Must not know: GTK. Ownership: all texts belong to the Guest, are never NULL and "" for
 * none. Threads: immutable once built.  */
#pragma once

#include "roster/delegate.h"
#include "congress/programme.h"
#include "congress/question.h"
#include "core/words.h"

/* A right, or something else that stands in a frame of its own: "Repas" over "用餐". */
typedef struct {
  char *icon; /* name of a picture in assets/kiosk, without its ending */
  char *fr, *zh;
} GuestRight;

/* What she is to be asked, and the answers that she may touch, in both languages. */
typedef struct {
  char *code, *fr, *zh;
} GuestOption;
typedef struct {
  char *id, *fr, *zh;
  GPtrArray *options; /* GuestOption */
} GuestQuestion;

typedef struct {
  gatomicrefcount references;
  char *reference;
  gboolean second_leads; /* own script */
  gboolean protocol;     /* no name on a screen that others see */
  gboolean revoked;
  char *given, *family; /* Latin; the family name in capitals */
  char *name_zh;
  guint surname_zh; /* characters of name_zh that are the surname */
  char *function_fr, *function_zh, *organisation_fr, *organisation_zh;
  char *delegation_fr, *delegation_zh;
  char *category, *category_fr, *category_zh, *colour;
  GPtrArray *rights;    /* GuestRight: events with days, sessions, meals, transport, headset */
  GPtrArray *reminders; /* GuestRight without icon: signatory, candidate */
  GPtrArray *questions; /* GuestQuestion: not answered yet; NULL for none */
} Guest;

Guest *guest_new (const Delegate *delegate, const Programme *programme);
/* Adds what she is to be reminded of, a reminder a line, as many in both languages;
 * before anybody else has the Guest. What is the same in both is said once. */
void guest_remind_lines (Guest *guest, Pair reminders);
/* Adds one that she is to be asked; before anybody else has the Guest. */
void guest_ask (Guest *guest, const Question *question);
guint guest_question_count (const Guest *guest);
Guest *guest_ref (Guest *guest);
void guest_unref (Guest *guest); /* NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Guest, guest_unref)

/* "Anne-Laure KERDONCUFF", "OUYANG Siyuan". Free with g_free(). */
char *guest_latin_name (const Guest *guest);
/* The name in the person's own script, or the other where there is none. Free with
 * g_free(). */
char *guest_own_name (const Guest *guest);
