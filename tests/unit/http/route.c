/* Which route answers a path, and what its parameters stood for. */
#include "http/route.h"

static const Route ROUTES[] = {
  { .method = "GET", .path = "/" },
  { .method = "GET", .path = "/people/new" },
  { .method = "GET", .path = "/people/{ref}" },
  { .method = "POST", .path = "/people/{ref}" },
  { .method = "POST", .path = "/people/{ref}/badges/{serial}/void" },
  { .method = "DELETE", .path = "/people/new" },
  { .method = "GET", .path = "/{a}/{b}/{c}/{d}/{e}" }, /* more than there may be */
  { 0 },
};

static void test_find (void)
{
  const struct {
    const char *method, *path;
    int route;           /* its place, or -1 */
    const char *first;   /* parameter */
    const char *allowed; /* where there is none */
  } TABLE[] = {
    { "GET", "/", 0, NULL, NULL },
    { "GET", "/people/new", 1, NULL, NULL },
    { "GET", "/people/R-0042", 2, "R-0042", NULL },
    { "GET", "/people/鲁", 2, "鲁", NULL },
    { "GET", "/people/{ref}", 2, "{ref}", NULL },
    { "POST", "/people/new", 3, "new", NULL },
    { "POST", "/people/R1/badges/3/void", 4, "R1", NULL },
    { "PUT", "/people/R1", -1, NULL, "GET, POST" },
    { "PUT", "/people/new", -1, NULL, "GET, POST, DELETE" },
    { "get", "/", -1, NULL, "GET" },
    { "GET", "/people", -1, NULL, NULL },
    { "GET", "/people/", -1, NULL, NULL }, /* a parameter stands for something */
    { "GET", "/people/R1/", -1, NULL, NULL },
    { "GET", "/people/R1/badges", -1, NULL, NULL },
    { "POST", "/people/R1/badges//void", -1, NULL, NULL },
    { "GET", "/peopl", -1, NULL, NULL },
    { "GET", "//", -1, NULL, NULL },
    { "GET", "", -1, NULL, NULL },
    { "GET", "/1/2/3/4/5", -1, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_auto (RouteParameters) parameters = { 0 };
    g_autofree char *allowed = NULL;
    const Route *route = route_find (ROUTES, TABLE[i].method, TABLE[i].path, &parameters, &allowed);

    g_test_message ("%s %s", TABLE[i].method, TABLE[i].path);
    g_assert_cmpint (route != NULL ? (int) (route - ROUTES) : -1, ==, TABLE[i].route);
    g_assert_cmpstr (parameters.count > 0 ? parameters.each[0].value : NULL, ==, TABLE[i].first);
    g_assert_cmpstr (allowed, ==, TABLE[i].allowed);
  }
}

static void test_names (void)
{
  g_auto (RouteParameters) parameters = { 0 };
  g_autofree char *allowed = NULL;

  g_assert_nonnull (route_find (ROUTES, "POST", "/people/R1/badges/3/void", &parameters, &allowed));
  g_assert_cmpuint (parameters.count, ==, 2);
  g_assert_cmpstr (parameters.each[0].name, ==, "ref");
  g_assert_cmpstr (parameters.each[1].name, ==, "serial");
  g_assert_cmpstr (parameters.each[1].value, ==, "3");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/route/find", test_find);
  g_test_add_func ("/http/route/names", test_names);
  return g_test_run ();
}
