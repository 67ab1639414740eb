/* What platforms call a registration. */
#include "roster/status.h"

#define UNKNOWN -1

static void test_read (void)
{
  static const struct {
    const char *text;
    int status;
  } ROWS[] = {
    { "Inscrit", STATUS_REGISTERED },
    { "Inscrit(e)", STATUS_REGISTERED },
    { "confirmée", STATUS_REGISTERED },
    { "Payé", STATUS_REGISTERED },
    { "Attending", STATUS_REGISTERED },
    { "Checked In", STATUS_REGISTERED },
    { "已报名", STATUS_REGISTERED },
    { "审核通过", STATUS_REGISTERED },
    { "annulé", STATUS_CANCELLED },
    { "ANNULÉE", STATUS_CANCELLED },
    { "Annulé(e)", STATUS_CANCELLED },
    { "remboursés", STATUS_CANCELLED },
    { "Refunded", STATUS_CANCELLED },
    { "Not Attending", STATUS_CANCELLED },
    { "已取消", STATUS_CANCELLED },
    { "已退款", STATUS_CANCELLED },
    { "审核不通过", STATUS_CANCELLED },
    { "pending", STATUS_PENDING },
    { "En attente", STATUS_PENDING },
    { "à confirmer", STATUS_PENDING },
    { "Liste d’attente", STATUS_PENDING },
    { "pré-inscrite", STATUS_PENDING },
    { "Waiting list", STATUS_PENDING },
    { "待审核", STATUS_PENDING },
    { "未支付", STATUS_PENDING },
    { "non confirmé", STATUS_PENDING },
    { "Excusée", STATUS_CANCELLED },
    { "désistement", STATUS_CANCELLED },
    { "Liste complémentaire", STATUS_PENDING },
    { "Confirmé 已确认", STATUS_REGISTERED },
    { "En attente / 待确认", STATUS_PENDING },
    { "Annulé(e) - 已取消", STATUS_CANCELLED },
    { "已取消（annulé）", STATUS_CANCELLED },
    { "Annulé / 已确认", UNKNOWN },
    { "Confirmé / 处理中", UNKNOWN },
    { "peut-être", UNKNOWN },
    { "VIP", UNKNOWN },
    { "", UNKNOWN },
    { "e", UNKNOWN },
    { "处理", UNKNOWN },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Status status = STATUS_REGISTERED;
    gboolean known = status_read (ROWS[i].text, &status);
    g_test_message ("%s", ROWS[i].text);
    g_assert_cmpint (known ? (int) status : UNKNOWN, ==, ROWS[i].status);
  }
}

static void test_meaning (void)
{
  static const struct {
    const char *text, *word;
    int status;
  } ROWS[] = {
    { "VIP=registered", "VIP", STATUS_REGISTERED },
    { "处理中=pending", "处理中", STATUS_PENDING },
    { "a=b=cancelled", "a=b", STATUS_CANCELLED },
    { "VIP=annulé", "VIP", STATUS_CANCELLED },
    { "VIP", NULL, 0 },
    { "=pending", NULL, 0 },
    { " =pending", NULL, 0 },
    { "VIP=", NULL, 0 },
    { "VIP=something", NULL, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *word = NULL;
    Status status = STATUS_REGISTERED;
    gboolean good = status_read_meaning (ROWS[i].text, &word, &status);
    g_test_message ("%s", ROWS[i].text);
    g_assert_cmpint (good, ==, ROWS[i].word != NULL);
    g_assert_cmpstr (word, ==, ROWS[i].word);
    if (good)
      g_assert_cmpint ((int) status, ==, ROWS[i].status);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status/read", test_read);
  g_test_add_func ("/status/meaning", test_meaning);
  return g_test_run ();
}
