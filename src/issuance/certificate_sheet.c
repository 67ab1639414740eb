#include "issuance/certificate_sheet.h"

#include "badge/sheet.h"
#include "credential/attestation.h"
#include "credential/qr.h"
#include "vocabulary/dates.h"

#include <string.h>

#define SYMBOL_MM 40.0 /* of a symbol without its quiet zone */

char *certificate_sheet_claims (const Participation *participation)
{
  g_autofree char *days = g_strjoinv (",", participation->days),
                  *sessions = g_strjoinv (",", participation->sessions),
                  *whole = g_strconcat (days, ";", sessions, NULL);
  return strlen (whole) <= ATTESTATION_CLAIMS_MAX ? g_steal_pointer (&whole)
                                                  : g_strconcat (days, ";", NULL);
}

char *certificate_sheet_url (const char *hub, const SignSecret *congress, const char *reference,
                             const char *claims)
{
  g_autofree char *text = attestation_make (congress, reference, claims);
  gsize length = strlen (hub);
  while (length > 0 && hub[length - 1] == '/')
    length--;
  return text != NULL ? g_strdup_printf ("%.*s/certificate?c=%s", (int) length, hub, text) : NULL;
}

static void add_person (Sheet *sheet, const Delegate *delegate, const char *url, GError **error)
{
  g_autoptr (Qr) qr = qr_new (url, error);
  if (qr == NULL)
    return;
  const SheetSymbol symbol = sheet_qr_symbol (qr, SYMBOL_MM / qr->size);
  g_autofree char *name = delegate_latin_name (delegate);
  sheet_item_showable (sheet, (Pair){ name, delegate->name_zh },
                       (Pair){ delegate->organisation_fr, delegate->organisation_zh }, &symbol,
                       delegate->reference);
}

static void add_days (Sheet *sheet, const Participation *participation)
{
  OwnedPair days = { NULL, NULL };
  dates_list ((const char *const *) participation->days, &days.first, &days.second);
  sheet_item_showable (sheet, words_pair_in ("certificate", NC_ ("certificate", "was present on")),
                       words_of_owned (&days), NULL, NULL);
  words_owned_clear (&days);
}

static void add_sessions (Sheet *sheet, const Programme *programme,
                          const Participation *participation)
{
  for (guint i = 0; participation->sessions[i] != NULL; i++) {
    const ProgrammeEntry *session = programme_session (programme, participation->sessions[i]);
    if (session == NULL)
      continue;
    const char *date = days_date_of (programme->days, session->day);
    OwnedPair day = { NULL, NULL };
    dates_day (date != NULL ? date : "", &day.first, &day.second);
    g_autofree char *fr = g_strdup_printf ("%s · %s · %s", session->id, session->fr, day.first),
                    *zh = g_strdup_printf ("%s · %s · %s", session->id, session->zh, day.second);
    sheet_item_showable (sheet,
                         i == 0 ? words_pair_in ("certificate", NC_ ("certificate", "took part in"))
                                : PAIR_EMPTY,
                         (Pair){ fr, zh }, NULL, NULL);
    words_owned_clear (&day);
  }
}

/* Its name, and where and when it was: the only place where the year stands. */
static OwnedPair congress_of (const Programme *programme)
{
  g_autofree char *fr = NULL, *zh = NULL;

  programme_place (programme, &fr, &zh);
  return (OwnedPair){ g_strdup_printf ("%s · %s", programme->fr, fr),
                      g_strdup_printf ("%s · %s", programme->zh, zh) };
}

GBytes *certificate_sheet_draw (const Programme *programme, const LogoRow *logos,
                                const Delegate *delegate, const Participation *participation,
                                const char *url, GError **error)
{
  const Pair title
      = words_pair_in ("certificate", NC_ ("certificate", "Certificate of attendance"));
  g_autoptr (Sheet) sheet = sheet_new (title.first);
  g_autoptr (GError) failure = NULL;
  g_auto (OwnedPair) subtitle = congress_of (programme);
  sheet_set_lead (sheet, delegate_second_leads (delegate) ? WORDS_SECOND : WORDS_FIRST);
  sheet_set_logos (sheet, logos);
  sheet_page (sheet, title, words_of_owned (&subtitle), delegate->reference);
  add_person (sheet, delegate, url, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  add_days (sheet, participation);
  add_sessions (sheet, programme, participation);
  sheet_item_showable (
      sheet, PAIR_EMPTY,
      words_pair (N_ ("Made from the readings of her badge at the doors, and signed "
                      "electronically. Whoever reads the symbol is told by the organisers "
                      "whether it is genuine.")),
      NULL, NULL);
  return sheet_finish (sheet, error);
}
