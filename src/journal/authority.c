#include "journal/authority.h"

#include "core/json_members.h"

#include <string.h>

static const char *const NAMES[] = { "none", "gate", "desk", "office", "root" };

/* Further than the role: what must hold of the fact itself. */
typedef enum {
  BOUND_NONE,
  BOUND_OWN_CALL,   /* the subject is "call:" and the writer's name */
  BOUND_OWN_KEY,    /* the subject is the writer, and it does not revoke: but for the root */
  BOUND_OWN_ISSUER, /* a gate speaks of badges that it has issued itself */
  BOUND_VOLUNTEER,  /* a desk says which volunteer did it */
  BOUND_OVERRIDE,   /* a refusal is set aside by a desk, which says by whom */
} Bound;

typedef struct {
  const char *kind;
  Role least;
  Bound bound;
} Right;

static const Right RIGHTS[] = {
  { "passage", ROLE_GATE, BOUND_OVERRIDE },
  { "badge-issued", ROLE_GATE, BOUND_NONE },
  { "badge-void", ROLE_GATE, BOUND_OWN_ISSUER },
  { "print", ROLE_GATE, BOUND_OWN_ISSUER },
  { "loan", ROLE_GATE, BOUND_NONE },
  { "head-count", ROLE_GATE, BOUND_NONE },
  { "answer", ROLE_GATE, BOUND_NONE },
  { "call", ROLE_GATE, BOUND_OWN_CALL },
  { "station", ROLE_NONE, BOUND_OWN_KEY },
  { "registration", ROLE_DESK, BOUND_VOLUNTEER },
  { "note", ROLE_DESK, BOUND_VOLUNTEER },
  { "met", ROLE_DESK, BOUND_VOLUNTEER },
  { "undone", ROLE_DESK, BOUND_VOLUNTEER },
  { "headset-defect", ROLE_DESK, BOUND_VOLUNTEER },
  { "handover", ROLE_DESK, BOUND_VOLUNTEER },
  { "ticket-void", ROLE_DESK, BOUND_VOLUNTEER },
  { "conflict-closed", ROLE_DESK, BOUND_NONE },
  { "alert-closed", ROLE_DESK, BOUND_NONE },
  { "congress", ROLE_OFFICE, BOUND_NONE },
  { "event", ROLE_OFFICE, BOUND_NONE },
  { "category", ROLE_OFFICE, BOUND_NONE },
  { "delegation", ROLE_OFFICE, BOUND_NONE },
  { "rank", ROLE_OFFICE, BOUND_NONE },
  { "deadline", ROLE_OFFICE, BOUND_NONE },
  { "logo", ROLE_OFFICE, BOUND_NONE },
  { "question", ROLE_OFFICE, BOUND_NONE },
  { "scan-message", ROLE_OFFICE, BOUND_NONE },
  { "session", ROLE_OFFICE, BOUND_NONE },
  { "checkpoint", ROLE_OFFICE, BOUND_NONE },
  { "list", ROLE_OFFICE, BOUND_NONE },
  { "headset", ROLE_OFFICE, BOUND_NONE },
  { "letter", ROLE_OFFICE, BOUND_NONE },
  { "appointment", ROLE_OFFICE, BOUND_NONE },
  { "session-change", ROLE_OFFICE, BOUND_NONE },
  { "key", ROLE_OFFICE, BOUND_NONE },
  { "key-revoked", ROLE_OFFICE, BOUND_NONE },
  { "volunteer", ROLE_OFFICE, BOUND_NONE },
  { "message", ROLE_OFFICE, BOUND_NONE },
  { "station-name", ROLE_OFFICE, BOUND_NONE },
  { "erasure", ROLE_ROOT, BOUND_NONE }, /* what cannot be taken back */
  { "role", ROLE_ROOT, BOUND_NONE },
  { "disown", ROLE_ROOT, BOUND_NONE },
  { "fork", ROLE_ROOT, BOUND_NONE },
  { "excess", ROLE_ROOT, BOUND_NONE },
  { "received", ROLE_ROOT, BOUND_NONE },
  { "signed", ROLE_ROOT, BOUND_NONE },
};

const char *authority_role_name (Role role)
{
  return NAMES[role];
}

gboolean authority_role_from_name (const char *name, Role *role)
{
  for (guint i = 0; name != NULL && i < ROLE_ROOT; i++)
    if (strcmp (NAMES[i], name) == 0) {
      *role = (Role) i;
      return TRUE;
    }
  return FALSE;
}

static const Right *right_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (RIGHTS); i++)
    if (strcmp (RIGHTS[i].kind, kind) == 0)
      return &RIGHTS[i];
  return NULL;
}

Role authority_least (const char *kind)
{
  const Right *right = right_of (kind);

  return right != NULL ? right->least : ROLE_ROOT;
}

gboolean authority_is_root_only (const char *kind)
{
  const Right *right = right_of (kind);

  return right != NULL && right->least == ROLE_ROOT;
}

static gboolean member_of (const char *body, const char *name, JsonMember *found)
{
  JsonMembers members;

  if (body == NULL || !json_members_start (&members, body, strlen (body)))
    return FALSE;
  while (json_members_next (&members, found))
    if (found->name != NULL && found->name_length == strlen (name)
        && memcmp (found->name, name, found->name_length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean is_text (const JsonMember *member, const char *text)
{
  return member->type == JSON_MEMBER_STRING && member->length == strlen (text)
         && memcmp (member->text, text, member->length) == 0;
}

static gboolean is_true (const char *body, const char *name)
{
  JsonMember member;

  return member_of (body, name, &member) && member.type == JSON_MEMBER_BOOL
         && member.text[0] == 't';
}

static const char *bound_fault (Bound bound, Role role, const char *station, const char *subject,
                                const char *body)
{
  JsonMember member;

  switch (bound) {
  case BOUND_OWN_CALL:
    return g_str_has_prefix (subject, "call:") && strcmp (subject + 5, station) == 0 ? NULL
                                                                                     : "subject";
  case BOUND_OWN_KEY:
    if (role == ROLE_ROOT)
      return NULL;
    if (strcmp (subject, station) != 0)
      return "subject";
    return is_true (body, "revoked") ? "bounds" : NULL;
  case BOUND_OWN_ISSUER:
    return role > ROLE_GATE || (member_of (body, "issuer", &member) && is_text (&member, station))
               ? NULL
               : "bounds";
  case BOUND_VOLUNTEER: /* an erased one said so while it was whole */
    return role > ROLE_DESK || body == NULL || member_of (body, "volunteer", &member) ? NULL
                                                                                      : "bounds";
  case BOUND_OVERRIDE:
    return !member_of (body, "override", &member) || member.length == 0
                   || (role > ROLE_GATE && member_of (body, "volunteer", &member))
               ? NULL
               : "bounds";
  case BOUND_NONE:
  default:
    return NULL;
  }
}

const char *authority_fault (Role role, const char *station, const char *kind, const char *subject,
                             const char *body)
{
  const Right *right = right_of (kind);

  if (right == NULL) /* a later version's: no projection reads it */
    return NULL;
  if (role < right->least)
    return "role";
  return bound_fault (right->bound, role, station, subject, body);
}
