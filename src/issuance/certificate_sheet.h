/* certificate_sheet.h: the certificate of attendance (attestation de présence, 参会证明) of
 * one person, on A4 in both languages, her own first: from her passages, with a symbol
 * that leads to the hub's page, which confirms it.
 *
 * Threads: badge_fonts_start() first; then reentrant. Blocks on nothing. */
#pragma once

#include "badge/logo_row.h"
#include "congress/programme.h"
#include "core/sign.h"
#include "counts/participation.h"
#include "roster/delegate.h"

/* What is signed of it: “2016-10-26,2016-10-27;A1,A3”; without the sessions where there
 * are too many. Free with g_free(). */
char *certificate_sheet_claims (const Participation *participation);
/* The page that confirms it: “https://hub.example/certificate?c=…”; @hub is the address
 * of the organisers' pages. NULL where it cannot be signed. Free with g_free(). */
char *certificate_sheet_url (const char *hub, const SignSecret *congress, const char *reference,
                             const char *claims);
/* @url is what its symbol says. The PDF; free with g_bytes_unref(). The errors of
 * badge_content.h. */
GBytes *certificate_sheet_draw (const Programme *programme, const LogoRow *logos,
                                const Delegate *delegate, const Participation *participation,
                                const char *url, GError **error);
