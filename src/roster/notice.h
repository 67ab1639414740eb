/* notice.h: what people are told about their data: made from what this replica really
 * holds and from the event file, in three languages: the congress's two, and English.
 *
 * It names the fields that are filled in for anybody, what the doors note, until when it
 * is kept and whom to ask. Who the organisers are and on what legal ground they do it, no
 * program knows: they add that.
 *
 * Threads: as the Journal. Blocks on disk; looks at all delegates. */
#pragma once

#include "core/words.h"
#include "journal/journal.h"

typedef enum {
  NOTICE_FIRST, /* as WordsSide */
  NOTICE_SECOND,
  NOTICE_ENGLISH,
  NOTICE_LANGUAGES
} NoticeLanguage;

typedef struct {
  char *title[NOTICE_LANGUAGES];
  GPtrArray *paragraphs[NOTICE_LANGUAGES]; /* char *: as many in each */
} Notice;

Notice *notice_read (Journal *journal, GError **error);
void notice_free (Notice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Notice, notice_free)
/* In short, for a ticket: what is held, until when, whom to ask. Borrowed. */
#define NOTICE_BRIEF 3
const char *notice_brief (const Notice *notice, NoticeLanguage language, guint index);
/* "fr", "zh-cn", "en" */
const char *notice_tag (NoticeLanguage language);
/* The title and the paragraphs, with an empty line between them. Free with g_free(). */
char *notice_text (const Notice *notice, NoticeLanguage language);
