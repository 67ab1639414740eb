#include "desk/registration_fact.h"

#include "core/json.h"

gboolean registration_fact_append (Journal *journal, const Delegate *before,
                                   const Delegate *delegate, const IssueWhy *why, GError **error)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  delegate_put_json (delegate, out);
  if (before != NULL) {
    json_out_begin_array (out, "corrected");
    for (guint i = 0; i < count; i++)
      if (!delegate_field_equal (before, delegate, &fields[i]))
        json_out_string (out, NULL, fields[i].name);
    json_out_end_array (out);
  }
  json_out_string (out, "volunteer", why->volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "registration", delegate->reference, body, NULL, error);
}
