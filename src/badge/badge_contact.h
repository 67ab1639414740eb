/* badge_contact.h: a contact sheet: the fronts of many badges, small, side by side on A4,
 * for somebody who looks them over before the day. A badge that cannot be drawn has its
 * place too, with the reason.
 *
 * The file appears when it is finished (0600), or not at all.
 *
 * Threads: one at a time, that of the BadgeTemplates. Blocks on disk.  */
#pragma once

#include "badge/badge.h"

typedef struct _BadgeContact BadgeContact;

/* For badges of @width_mm × @height_mm, or in that proportion; @title stands on each
 * page. */
BadgeContact *badge_contact_new (const char *path, double width_mm, double height_mm,
                                 const char *title, GError **error);
/* @caption stands beneath in bold, @note after it ("" for none); with a @fault (NULL for
 * none) that stands in the badge's place, as does the reason where it cannot be drawn.
 * FALSE: the file cannot be written. The templates must outlive the sheet. */
gboolean badge_contact_add (BadgeContact *contact, BadgeTemplate *template_,
                            const BadgeContent *content, const char *caption, const char *note,
                            const char *fault, GError **error);
gboolean badge_contact_finish (BadgeContact *contact, GError **error);
void badge_contact_free (BadgeContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadgeContact, badge_contact_free)

/* The size in which the front's largest line of the name is set. Fails as drawing
 * would. */
gboolean badge_contact_name_pt (BadgeTemplate *template_, const BadgeContent *content,
                                double *name_pt, GError **error);
