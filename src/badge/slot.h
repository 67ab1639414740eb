/* slot.h: the slots of a template and the style that each is to be set in.
 *
 * A slot is an element with a known id: a group that holds one rectangle, its place, and
 * texts, whose style is the slot's (told to the designer in
 * assets/badge/a6-portrait.svg); or a rectangle alone.
 *
 * A design could have one slot for each text (`name-own`, `name-other`, `function-fr` …).
 * Here a slot holds a person's texts that belong together, own script first: how deep the
 * second stands depends on how many lines the first took, and where a delegate has no
 * text in the other language no hole may gape.
 *
 * Threads: reentrant. Blocks on nothing.  */
#pragma once

#include "badge/svg.h"

typedef enum {
  SLOT_NAME, /* the first three are must-haves */
  SLOT_CATEGORY,
  SLOT_QR,
  SLOT_CATEGORY_BAND,
  SLOT_RIBBON,
  SLOT_CONGRESS,
  SLOT_CONGRESS_OWN,
  SLOT_CONGRESS_OTHER,
  SLOT_POST,
  SLOT_FUNCTION,
  SLOT_ORGANISATION,
  SLOT_DELEGATION,
  SLOT_ROLE,
  SLOT_PROGRAMME,
  SLOT_EVENTS,
  SLOT_SERVICES,
  SLOT_DAYS,
  SLOT_LABEL,
  SLOT_LOGOS,
  SLOT_HOLE,
  SLOT_COUNT
} SlotId;

typedef struct {
  double x, y, width, height;
} Box;

typedef struct {
  double red, green, blue;
} Colour;

typedef enum { ALIGN_START, ALIGN_MIDDLE, ALIGN_END } Align;

/* How text of one script is set. */
typedef struct {
  double max_pt;
  gboolean bold; /* plain text */
  gboolean
      strong; /* what is marked: the family name, the organisation, the title of the congress */
  Colour colour;
} SlotFace;

typedef struct {
  gboolean present;
  const SvgNode *node, *rect; /* of the template's tree */
  Box box;                    /* in points */
  SlotFace face[2];           /* [1]: Chinese */
  double min_pt;
  double other; /* the size of the text in the other script, where own script has size 1 */
  Align across, down;
  gboolean brief; /* a programme without titles */
} Slot;

/* The element id. */
const char *slot_name (SlotId id);
gboolean slot_is_required (SlotId id);
/* FALSE for slots that no text is set in. */
gboolean slot_has_text (SlotId id);
/* -1 for an id that is no slot. */
int slot_of_id (const char *id);

/* Reads what @node says of the slot @id, but for its box. FALSE, and at least one fault
 * more (template_fault.h), if it cannot be used. */
gboolean slot_read (Slot *slot, SlotId id, const SvgNode *node, GPtrArray *faults);
