/* heading.h: what the columns of a list are called, in French, Chinese and English. This
 * is the documented table: HEADINGS in heading.c.
 *
 * A heading is compared without capitals, accents, spaces, width and punctuation
 * ("Fonction (chinois)" is "fonction chinois"; # is n°), first whole, then without the
 * number of a question, polite words and notes (“1、您的姓名（必填）”), then in its parts, where
 * it is in two languages (“Référence / 编号”, “姓名 Nom chinois”; heading_parts.h): all of
 * them must be known and mean the same. The order of columns does not matter. A heading
 * that is not in the table may still be the name of an event of the event file
 * (Rencontres, Foire, 会议, 西博会): such a column says yes or no. Any other is named in a
 * note and passed over, unless somebody says what it means (heading_map.h).
 *
 * The table holds what six platforms write: 问卷星, 活动行, Weezevent, HelloAsso, Microsoft
 * Forms, Eventbrite.
 *
 * Which language a bare heading is in decides what it holds: Fonction is the function in
 * French, 职务 in Chinese; Function, in English, is what its values are written in.
 *
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

typedef enum {
  FIELD_REFERENCE,
  FIELD_TITLE,
  FIELD_FAMILY, /* hanzi are taken for the Chinese name's surname */
  FIELD_GIVEN,
  FIELD_FULL_NAME, /* hanzi: the Chinese name; Latin: "DUPONT Jean", "Jean DUPONT", "Dupont, Jean"
                    */
  FIELD_NAME_ZH,
  FIELD_FUNCTION, /* in either language */
  FIELD_FUNCTION_FR,
  FIELD_FUNCTION_ZH,
  FIELD_ORGANISATION, /* in either language */
  FIELD_ORGANISATION_FR,
  FIELD_ORGANISATION_ZH,
  FIELD_CATEGORY,
  FIELD_TICKET, /* what a platform sold: the category, where it is called like one */
  FIELD_DELEGATION,
  FIELD_COUNTRY,
  FIELD_EMAIL,
  FIELD_TELEPHONE, /* a list may have several columns of it */
  FIELD_EVENTS,
  FIELD_DAYS,
  FIELD_WORKSHOPS,
  FIELD_ROLE,
  FIELD_MEALS,
  FIELD_TRANSPORT,
  FIELD_HEADSET,
  FIELD_HOTEL,
  FIELD_MESSAGE, /* for her alone, at the scan */
  FIELD_RANK,
  FIELD_DIET,
  FIELD_LANGUAGE,
  FIELD_CODE,
  FIELD_RIBBONS,
  FIELD_PROTOCOL,
  FIELD_REVOKED,
  FIELD_STATUS, /* registered, to be confirmed, cancelled, in a platform's words (status.h) */
  FIELD_COUNT,
  FIELD_NONE = FIELD_COUNT,
} Field;

typedef enum { HEADING_ENGLISH, HEADING_FRENCH, HEADING_CHINESE } HeadingLanguage;

/* The field of the heading @text, FIELD_NONE if it is not in the table. @language (may be
 * NULL) is the one it is written in; English for words of more than one language. */
Field heading_field (const char *text, HeadingLanguage *language);

/* A heading as the messages name it: "référence · 编号 · reference". */
const char *heading_name (Field field);
