/* check_names.h: the words of an enumeration stand in facts that exist: they are written
 * here once more, so that a change of one is seen. */
#pragma once

#include <glib.h>

/* PREFIX_name() and PREFIX_from_name() of a Type go with the words that follow, in
 * order. */
#define CHECK_NAMES(Type, prefix, ...)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const char *const words_[] = { __VA_ARGS__ };                                           \
    Type value_ = (Type) G_MAXINT;                                                                 \
    for (guint i_ = 0; i_ < G_N_ELEMENTS (words_); i_++) {                                         \
      g_assert_cmpstr (prefix##_name ((Type) i_), ==, words_[i_]);                                 \
      g_assert_true (prefix##_from_name (words_[i_], &value_));                                    \
      g_assert_cmpuint (value_, ==, i_);                                                           \
    }                                                                                              \
    for (guint i_ = 0; i_ < G_N_ELEMENTS (BAD_NAMES); i_++) {                                      \
      g_assert_false (prefix##_from_name (BAD_NAMES[i_], &value_));                                \
      g_assert_cmpuint (value_, ==, G_N_ELEMENTS (words_) - 1);                                    \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

static const char *const BAD_NAMES[] = { "of tomorrow", " ", "\xff" };
