/* json.h: JSON (RFC 8259) as this project reads and writes it: small objects, read by
 * key, written in order.
 *
 * Reading never trusts: a missing key, or a value of another type, reads as NULL, 0 or
 * FALSE; a caller that must know asks json_in_has(). Depth is limited to JSON_DEPTH_MAX
 * and text to JSON_BYTES_MAX.
 *
 * Ownership: a JsonIn owns all that is read from it; a sub-value lives as long as the
 * JsonIn it came from and is not freed.
 * Threads: a JsonIn or JsonOut is used by one thread at a time.  */
#pragma once

#include <glib.h>

#define JSON_DEPTH_MAX 32
#define JSON_BYTES_MAX (16 * 1024 * 1024)

typedef struct _JsonIn JsonIn;      /* a parsed text */
typedef struct _JsonNode JsonValue; /* a value inside it (json-glib's node) */

#define JSON_ERROR json_in_error_quark ()
GQuark json_in_error_quark (void);
typedef enum {
  JSON_ERROR_SYNTAX,  /* not JSON; the message names line and column */
  JSON_ERROR_TOO_BIG, /* longer or deeper than allowed */
} JsonInError;

/* @length -1 for NUL-terminated text. Never NULL without @error set. */
JsonIn *json_in_parse (const char *text, gssize length, GError **error);
void json_in_free (JsonIn *in);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsonIn, json_in_free)

/* The outermost value. */
JsonValue *json_in_root (JsonIn *in);

gboolean json_in_is_object (JsonValue *value);
gboolean json_in_has (JsonValue *object, const char *key);
/* Text of a string member; NULL if absent or not a string. */
const char *json_in_string (JsonValue *object, const char *key);
gint64 json_in_int (JsonValue *object, const char *key);
gboolean json_in_bool (JsonValue *object, const char *key);
/* A member of any type, NULL if absent. */
JsonValue *json_in_member (JsonValue *object, const char *key);
/* The keys of an object in its order, NULL-terminated and never NULL; free with
 * g_strfreev(). */
char **json_in_keys (JsonValue *object);
/* Array access; 0 and NULL if @array is no array. */
guint json_in_length (JsonValue *array);
JsonValue *json_in_element (JsonValue *array, guint index);
const char *json_in_element_string (JsonValue *array, guint index);
/* All string elements of an array member, NULL-terminated and never NULL; free with
 * g_strfreev(). */
char **json_in_strings (JsonValue *object, const char *key);

/* All strings of a text that is an array, as columns hold lists: as json_in_strings(). */
char **json_in_strings_of (const char *text);

/* A writer. Calls follow the structure: inside an object each value has a key, inside an
 * array key is NULL. */
typedef struct _JsonOut JsonOut;
JsonOut *json_out_new (void);
void json_out_free (JsonOut *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsonOut, json_out_free)
void json_out_begin_object (JsonOut *out, const char *key);
void json_out_end_object (JsonOut *out);
void json_out_begin_array (JsonOut *out, const char *key);
void json_out_end_array (JsonOut *out);
void json_out_string (JsonOut *out, const char *key, const char *value); /* NULL writes null */
void json_out_int (JsonOut *out, const char *key, gint64 value);
void json_out_bool (JsonOut *out, const char *key, gboolean value);
void json_out_strings (JsonOut *out, const char *key,
                       const char *const *values); /* an array; NULL writes [] */
/* As above, but writes nothing where the value is empty or false: for fact bodies, where
 * an absent key means just that. */
void json_out_string_if (JsonOut *out, const char *key, const char *value);
void json_out_int_if (JsonOut *out, const char *key, gint64 value);
void json_out_bool_if (JsonOut *out, const char *key, gboolean value);
void json_out_strings_if (JsonOut *out, const char *key, const char *const *values);
/* A text that is already JSON, copied as it is (or as a string if it cannot be
 * parsed). */
void json_out_raw (JsonOut *out, const char *key, const char *json);
/* The text on one line; frees @out; free the text with g_free(). */
char *json_out_finish (JsonOut *out);
