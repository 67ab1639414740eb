/* delegate_search.h: people found by what is typed: hanzi in either form, pinyin in
 * every reading, initials, French without accents, part of an organisation, an e-mail
 * address, a reference with or without its prefix and zeros, a telephone number or its
 * last four digits.
 *
 * Where nobody is found, forms of address (Monsieur Martin, 张伟先生) and tones in digits
 * (zhang1 wei3) are left out, and St is Saint.
 *
 * After those that are found come names that differ from each word by one letter, or
 * sound like its hanzi, if there is room: they are marked, for people to be asked whether
 * one was meant.
 *
 * Threads: as the Journal. Blocks on disk, at 100,000 delegates for 5 ms, with near
 * names
 * 15 ms. */
#pragma once

#include "roster/delegate.h"

#define DELEGATE_SEARCH_MAX 50         /* that are given back */
#define DELEGATE_SEARCH_COUNT_MAX 1000 /* that are counted */
#define DELEGATE_SEARCH_NEAR_MAX 10

typedef struct {
  GPtrArray *delegates; /* Delegate: found, the best first; then near */
  guint near;           /* how many at the end of them are only near */
  guint total;          /* how many are found in all; DELEGATE_SEARCH_COUNT_MAX: or more */
} DelegateSearch;

/* At most @limit (and DELEGATE_SEARCH_MAX) people, best first: whole words before
 * beginnings, reference and name before organisation. */
DelegateSearch *delegate_search (Journal *journal, const char *typed, guint limit, GError **error);
void delegate_search_free (DelegateSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DelegateSearch, delegate_search_free)
/* TRUE if the delegate at @index is only near. */
gboolean delegate_search_is_near (const DelegateSearch *search, guint index);
