/* account.h: who may enter the organisers' pages: name, role, password, one-time codes,
 * language; and what each role may.
 *
 * Accounts are values of the hub's own replica alone (journal_local()): a snapshot for a
 * station has none of them, no fact speaks of them, and they change in one transaction
 * for `accueil-hub user` and the running hub together. A backup of the replica holds
 * them.
 *
 * Passwords are kept as Argon2id hashes (core/password.h). A name is 2 to 40 letters,
 * digits, “.”, “-” and “_”, compared without regard to capitals.
 *
 * Threads: as the Journal; Accounts that were read belong to who read them. Blocks on
 * disk; account_add() and account_set_password() for a hash, some tenths of a second.  */
#pragma once

#include "journal/journal.h"
#include "office/page_language.h"

#define ACCOUNT_NAME_MAX 40
#define ACCOUNT_PASSWORD_MIN 12
#define ACCOUNTS_MAX 500

#define ACCOUNT_ERROR account_error_quark ()
GQuark account_error_quark (void);
typedef enum {
  ACCOUNT_ERROR_NAME,     /* no name that an account can have */
  ACCOUNT_ERROR_TAKEN,    /* there is one of that name */
  ACCOUNT_ERROR_UNKNOWN,  /* there is none */
  ACCOUNT_ERROR_PASSWORD, /* too short or too long */
  ACCOUNT_ERROR_MANY,     /* ACCOUNTS_MAX are there */
  ACCOUNT_ERROR_DAMAGED,  /* what is kept cannot be read */
} AccountError;

typedef enum {
  ACCOUNT_VIEWER,        /* figures, no names */
  ACCOUNT_ORGANISER,     /* and names, and what a desk does */
  ACCOUNT_PROTOCOL,      /* and guests of protocol */
  ACCOUNT_LEADER,        /* figures, and the names of one delegation */
  ACCOUNT_ADMINISTRATOR, /* as an organiser, and stations */
  ACCOUNT_ROLES
} AccountRole;
#define ACCOUNT_MAY(role) (1u << (role))

/* "viewer" "organiser" "protocol" "leader" "administrator". */
const char *account_role_name (AccountRole role);
gboolean account_role_from_name (const char *name, AccountRole *role);
/* A text for page_language_say(). */
const char *account_role_text (AccountRole role);
/* TRUE for a role that changes something: it signs in with a one-time code too. */
gboolean account_role_changes (AccountRole role);

/* Texts are "" where there is nothing. */
typedef struct {
  char *name, *hash;
  AccountRole role;
  char *delegation; /* of a leader */
  char *totp;       /* the secret, as base32 */
  char *language;   /* a key of page_language.h */
  char *epoch;      /* random; another one ends all sessions of the account */
} Account;

/* All, by name: Account, free with g_ptr_array_unref(). */
GPtrArray *account_all (Journal *journal, GError **error);
/* That of @name, or NULL; the array's. */
const Account *account_find (const GPtrArray *accounts, const char *name);

/* Each is one transaction. The texts of @account but its name may be NULL; its hash and
 * epoch are not read. */
gboolean account_add (Journal *journal, const Account *account, const char *password,
                      GError **error);
gboolean account_remove (Journal *journal, const char *name, GError **error);
gboolean account_set_password (Journal *journal, const char *name, const char *password,
                               GError **error);
