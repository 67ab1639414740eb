/* badge_content.h: what a badge shows, its template and fonts, and what can go wrong:
 * shared by badge.h, which floors above include, and the files behind it. Threads,
 * blocking: see badge.h. */
#pragma once

#include <glib.h>

#define BADGE_ERROR badge_error_quark ()
GQuark badge_error_quark (void);
typedef enum {
  BADGE_ERROR_TEMPLATE, /* no SVG, a must-have slot is missing, slots lie over each other; names the
                           element id */
  BADGE_ERROR_FONT,     /* a pinned font is not installed; names the Debian package. Or a text has a
                           character that no pinned font has; names slot and text */
  BADGE_ERROR_FIT, /* a text does not fit its slot at the smallest size, the code would have modules
                      under 0.5 mm, or there is no name; names the slot */
  BADGE_ERROR_WRITE, /* no such resolution (36…1200 dpi), or no memory for the pixels */
} BadgeError;

/* A line of the person's own programme, for the back of the badge. */
typedef struct {
  const char *day_fr, *day_zh; /* "mercredi 26 octobre", "10月26日 星期三": the same pointers' texts
                                  for all entries of a day */
  const char *from, *to;       /* "09:30", "" where it has no hours */
  const char *title_fr, *title_zh;
  const char *room;              /* "" for none */
  const char *role_fr, *role_zh; /* "Animateur", "主持人"; "" for somebody who listens */
  const char *mark; /* "A1": what the title begins with and stands for it where there is little
                       room; "" for none */
} BadgeEntry;

/* Of an organiser or partner. */
typedef struct {
  GBytes *picture;
  gboolean svg; /* else a PNG */
} BadgeLogo;

/* Texts may be NULL or "" for none; where a person has a text in one language only, it
 * stands alone. A name that is empty in the person's own script is led by the other. */
typedef struct {
  gboolean second_leads; /* own script */
  const char *family, *given, *name_zh;
  guint surname_zh; /* characters of name_zh that are the surname; 0 for a transliterated foreign
                       name, drawn in one weight */
  const char *function_fr, *function_zh;
  const char *organisation_fr, *organisation_zh;
  const char *category_fr, *category_zh;
  const char *category_colour; /* "#rrggbb"; black for anything else. Text on it is white, or black
                                  where it is light */
  guint category_order; /* the category's place among all, from 0: tells it from others by a pattern
                           where there is no colour */
  const char *congress_fr, *congress_zh, *place_fr, *place_zh; /* title; place and dates */
  const char *ribbon_fr, *ribbon_zh;                           /* "" for none */
  const char *const
      *events_fr; /* all events of the congress, at most 6, NULL-terminated; NULL for none */
  const char *const *events_zh;
  const gboolean *event_held; /* for each: is this person registered? */
  const char *const *days;    /* labels of all days, at most 12, NULL-terminated; NULL for none */
  const gboolean *day_held;
  gboolean meals, transport, headset;
  const char *delegation_fr, *delegation_zh;
  const char *role_fr, *role_zh; /* in a session: "Animatrice · A1"; "" for none */
  const BadgeEntry *programme;   /* in the order of the days; NULL for none */
  guint n_programme;
  const char *const *traits; /* what a template shows or hides its optional groups by,
                                NULL-terminated, NULL for none: "category:press", "role:moderator",
                                "event:foire", "day:26", "entitlement:meals", "ribbon:signatory",
                                "country:FR", "script:zh" (own script), "proof" */
  const GArray *logos;       /* BadgeLogo, in their order; NULL for none */
  const char *code;          /* text of the QR symbol */
  const char *label;         /* printed small: reference and serial, "FR-0017 · 1" */
} BadgeContent;

typedef struct _BadgeTemplate BadgeTemplate;

typedef enum {
  BADGE_FRONT = 1 << 0,
  BADGE_BACK = 1 << 1,
  BADGE_BOTH = BADGE_FRONT | BADGE_BACK
} BadgeSides;

/* Loads @fonts_conf as the only font configuration of this process and checks that each
 * family of it is there. */
gboolean badge_fonts_start (const char *fonts_conf, GError **error);

/* FILE.svg, and with it FILE.back.svg, the back, where there is one. */
BadgeTemplate *badge_template_load (const char *path, GError **error);
void badge_template_free (BadgeTemplate *template_);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadgeTemplate, badge_template_free)
gboolean badge_has_back (const BadgeTemplate *template_);
double badge_width_mm (const BadgeTemplate *template_);
/* Of a template for a roll, the largest; a badge's own is in its sheet. */
double badge_height_mm (const BadgeTemplate *template_);
gboolean badge_height_is_auto (const BadgeTemplate *template_);
/* The name of the slot, name or code, that is cut where so much of each edge of the front
 * stays white; NULL for none. (Of a roll, the end that is folded to the badge is not
 * looked at.) */
const char *badge_cut_slot (const BadgeTemplate *template_, double left_mm, double right_mm,
                            double top_mm, double bottom_mm);
