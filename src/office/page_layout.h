/* page_layout.h: what all pages have: head, names of the congress, tabs, languages, who
 * is signed in; and how a page is answered.
 *
 * Threads: as a route's run(). */
#pragma once

#include "office/page_part.h"
#include "office/visit.h"

/* "" for a page that is in no tab. */
typedef struct {
  const char *title; /* a msgid */
  const char *tab;   /* the path of its tab: "/now" */
  const char *live;  /* its name in live.h; NULL for none */
  const char *again; /* what it is to be asked for again, as <meta http-equiv="refresh">
                        has it, where the script does not run; NULL for nothing */
} PageLayout;

/* A hidden field that visit_form() asks for. */
void page_layout_form_token (const View *view, const Visit *visit);

/* The logos of organisers and partners, side by side on white; nothing where there are none. */
void page_layout_logos (const View *view);

/* A page at the newest moment: @draw draws between head and foot. With an ETag: one that
 * the reader has already is answered without a body. */
typedef void (*PageLayoutDraw) (const View *view, const Visit *visit, Request *request);
gboolean page_layout_answer (Request *request, const PageLayout *page, PageLayoutDraw draw);
/* The same with another status, never cached. */
gboolean page_layout_answer_status (Request *request, guint status, const PageLayout *page,
                                    PageLayoutDraw draw);
gboolean page_layout_refusal (Request *request, guint status, const char *message);
/* A server's refuse(): to the sign-in where nobody is signed in, else a page that says
 * why. */
gboolean page_layout_refuse (Request *request, guint status, const char *word, const char *message);
