#include "journal/fact_member.h"

#include "core/identifier.h"
#include "core/sign.h"

#include <string.h>

#define LIST_MAX 256

static gboolean is_among (const JsonMember *value, gsize most, const char *others)
{
  if (value->length > most)
    return FALSE;
  for (gsize i = 0; i < value->length; i++)
    if (!g_ascii_isalnum (value->text[i]) && strchr (others, value->text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean is_text (const JsonMember *value, gint64 most)
{
  return value->type == JSON_MEMBER_STRING && value->length <= (gsize) most;
}

static gboolean is_number (const JsonMember *value, gint64 low, gint64 high)
{
  char text[24];
  gint64 number;

  if (value->type != JSON_MEMBER_NUMBER || value->length >= sizeof text)
    return FALSE;
  memcpy (text, value->text, value->length);
  text[value->length] = '\0';
  return g_ascii_string_to_signed (text, 10, low, high, &number, NULL);
}

static gboolean is_station (const JsonMember *value)
{
  char text[STATION_NAME_MAX + 1];

  if (value->type != JSON_MEMBER_STRING || value->length > STATION_NAME_MAX)
    return FALSE;
  memcpy (text, value->text, value->length);
  text[value->length] = '\0';
  return value->length == 0 || identifier_is_station (text);
}

static gboolean is_date (const JsonMember *value)
{
  char text[16];
  guint year, month, day;

  if (value->type != JSON_MEMBER_STRING || value->length != 10)
    return FALSE;
  memcpy (text, value->text, 10);
  text[10] = '\0';
  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  day = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  return month <= 12 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean is_zone (const JsonMember *value)
{
  g_autofree char *name = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (value->type != JSON_MEMBER_STRING || !is_among (value, 64, "-_+/"))
    return FALSE;
  if (value->length == 0)
    return FALSE; /* no zone is none: what stands is to stay in force */
  name = g_strndup (value->text, value->length);
  zone = g_time_zone_new_identifier (name);
  return zone != NULL;
}

static gboolean is_key (const JsonMember *value)
{
  g_autofree char *text = NULL;
  SignPublic key;

  if (value->type != JSON_MEMBER_STRING || value->length > FACT_WORD_MAX)
    return FALSE;
  text = g_strndup (value->text, value->length);
  return sign_public_from_text (text, &key);
}

/* Lists ------------------------------------------------------------------------------ */

gboolean fact_member_is_named (const JsonMember *value, const char *name)
{
  return value->name != NULL && value->name_length > 0 && value->name[0] == name[0]
         && value->name_length == strlen (name)
         && memcmp (value->name, name, value->name_length) == 0;
}

/* One element of a list of objects: all texts; @first and @second (may be NULL) there. */
static gboolean is_texts_object (const JsonMember *object, const char *first, const char *second,
                                 gboolean dated)
{
  JsonMembers members;
  JsonMember member;
  gint found = 0;

  if (object->type != JSON_MEMBER_OBJECT)
    return FALSE;
  json_members_start (&members, object->text, object->length);
  while (json_members_next (&members, &member)) {
    if (!is_text (&member, FACT_TEXT_MAX))
      return FALSE;
    if (dated && fact_member_is_named (&member, second) && !is_date (&member))
      return FALSE;
    found += first != NULL && fact_member_is_named (&member, first) ? 1 : 0;
    found += second != NULL && fact_member_is_named (&member, second) ? 1 : 0;
  }
  return found == (first != NULL) + (second != NULL);
}

static gboolean is_list (const JsonMember *value, FactMemberForm form)
{
  JsonMembers elements;
  JsonMember element;
  gboolean good = value->type == JSON_MEMBER_ARRAY;
  guint count = 0;

  if (!good)
    return FALSE;
  json_members_start (&elements, value->text, value->length);
  while (good && json_members_next (&elements, &element)) {
    if (form == FORM_TEXTS)
      good = is_text (&element, FACT_WORD_MAX);
    else if (form == FORM_DAYS)
      good = is_texts_object (&element, "label", "date", TRUE);
    else if (form == FORM_SPANS)
      good = is_texts_object (&element, "from", "to", FALSE);
    else
      good = is_texts_object (&element, NULL, NULL, FALSE);
    good = good && ++count <= LIST_MAX;
  }
  return good;
}

gboolean fact_member_fits (const FactMember *member, const JsonMember *value)
{
  if (value->type == JSON_MEMBER_NULL)
    return !member->needed;
  switch (member->form) {
  case FORM_TEXT:
    return is_text (value, member->high) && (gint64) value->length >= member->low;
  case FORM_NAME:
    return value->type == JSON_MEMBER_STRING && is_among (value, IDENTIFIER_MAX, "-_.");
  case FORM_STATION:
    return is_station (value);
  case FORM_WORD:
    return value->type == JSON_MEMBER_STRING && is_among (value, IDENTIFIER_MAX, "-_.:/");
  case FORM_NUMBER:
    return is_number (value, member->low, member->high);
  case FORM_FLAG:
    return value->type == JSON_MEMBER_BOOL;
  case FORM_ZONE:
    return is_zone (value);
  case FORM_KEY:
    return is_key (value);
  case FORM_HASH:
    return value->type == JSON_MEMBER_STRING && value->length == 64 && is_among (value, 64, "");
  case FORM_TEXTS:
  case FORM_DAYS:
  case FORM_SPANS:
  case FORM_PAIRS:
    return is_list (value, member->form);
  default:
    return FALSE;
  }
}
