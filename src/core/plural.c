#include "core/plural.h"

#include <string.h>

#define DEPTH_MAX 32 /* brackets within brackets */

typedef struct {
  const char *at; /* what is to be read next */
  guint64 n;
  guint depth;
  gboolean good;
} Reader;

/* Of two operators that begin alike the longer one first. All group from left to
 * right. */
static const struct {
  const char *text;
  guint rank; /* a higher one binds more */
} OPERATORS[] = {
  { "||", 1 }, { "&&", 2 }, { "==", 3 }, { "!=", 3 }, { "<=", 4 }, { ">=", 4 }, { "<", 4 },
  { ">", 4 },  { "+", 5 },  { "-", 5 },  { "*", 6 },  { "/", 6 },  { "%", 6 },
};

static guint64 read_choice (Reader *reader);

static void skip_spaces (Reader *reader)
{
  while (*reader->at == ' ' || *reader->at == '\t')
    reader->at++;
}

static gboolean skip_mark (Reader *reader, char mark)
{
  skip_spaces (reader);
  if (*reader->at != mark)
    return FALSE;
  reader->at++;
  return TRUE;
}

static guint64 read_brackets (Reader *reader)
{
  guint64 value = 0;

  reader->good &= ++reader->depth <= DEPTH_MAX;
  if (reader->good)
    value = read_choice (reader);
  reader->depth--;
  reader->good &= skip_mark (reader, ')');
  return value;
}

/* n, a number, what stands in brackets; the contrary of any of these. */
static guint64 read_value (Reader *reader)
{
  guint64 value = 0;
  guint contrary = 0;
  char *end;

  for (; skip_mark (reader, '!'); contrary++)
    ;
  if (skip_mark (reader, 'n'))
    value = reader->n;
  else if (skip_mark (reader, '('))
    value = read_brackets (reader);
  else if (g_ascii_isdigit (*reader->at)) {
    value = g_ascii_strtoull (reader->at, &end, 10);
    reader->at = end;
  } else
    reader->good = FALSE;
  return contrary == 0 ? value : contrary % 2 == 0 ? value != 0 : value == 0;
}

static guint64 apply (Reader *reader, const char *operator, guint64 a, guint64 b)
{
  gboolean equals = operator[1] == '=';

  switch (*operator) {
  case '|':
    return a != 0 || b != 0;
  case '&':
    return a != 0 && b != 0;
  case '=':
    return a == b;
  case '!':
    return a != b;
  case '<':
    return equals ? a <= b : a < b;
  case '>':
    return equals ? a >= b : a > b;
  case '+':
    return a + b;
  case '-':
    return a - b;
  case '*':
    return a * b;
  case '/':
  case '%':
    if (b == 0)
      break;
    return *operator== '/' ? a / b : a % b;
  default:
    break;
  }
  reader->good = FALSE;
  return 0;
}

/* Values between which operators of at least @rank stand. */
static guint64 read_operations (Reader *reader, guint rank)
{
  guint64 value = read_value (reader);

  while (reader->good) {
    guint i = 0;
    skip_spaces (reader);
    while (i < G_N_ELEMENTS (OPERATORS) && !g_str_has_prefix (reader->at, OPERATORS[i].text))
      i++;
    if (i == G_N_ELEMENTS (OPERATORS) || OPERATORS[i].rank < rank)
      break;
    reader->at += strlen (OPERATORS[i].text);
    guint64 other = read_operations (reader, OPERATORS[i].rank + 1);
    value = apply (reader, OPERATORS[i].text, value, other);
  }
  return value;
}

static guint64 read_choice (Reader *reader)
{
  guint64 value = read_operations (reader, 1);

  if (!reader->good || !skip_mark (reader, '?'))
    return value;
  reader->good &= ++reader->depth <= DEPTH_MAX;
  guint64 yes = reader->good ? read_choice (reader) : 0;
  reader->good &= skip_mark (reader, ':');
  guint64 no = reader->good ? read_choice (reader) : 0;
  reader->depth--;
  return value != 0 ? yes : no;
}

/* Skips "@name=". */
static gboolean skip_name (Reader *reader, const char *name)
{
  skip_spaces (reader);
  if (!g_str_has_prefix (reader->at, name))
    return FALSE;
  reader->at += strlen (name);
  return skip_mark (reader, '=');
}

guint plural_form (const char *rule, guint64 n)
{
  Reader reader = { .at = rule, .n = n, .good = TRUE };
  char *end;

  if (rule == NULL || strnlen (rule, PLURAL_RULE_MAX) >= PLURAL_RULE_MAX
      || !skip_name (&reader, "nplurals"))
    return 0;
  guint64 forms = g_ascii_strtoull (reader.at, &end, 10);
  reader.at = end;
  if (!skip_mark (&reader, ';') || !skip_name (&reader, "plural"))
    return 0;
  guint64 form = read_choice (&reader);
  skip_spaces (&reader);
  if (!reader.good || form >= forms || strchr (";\n", *reader.at) == NULL)
    return 0;
  return (guint) MIN (form, G_MAXUINT);
}
