/* person_name.h: a person's name on a page: her own script first, the family name by
 * weight and, in Latin letters, capitals; the other script beside it.
 * Threads: as the View. */
#pragma once

#include "office/view.h"

/* On one line, for a text. Texts may be "". */
void person_name_put (const View *view, const char *given, const char *family, const char *name_zh,
                      const char *country);
