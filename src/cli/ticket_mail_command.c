/* ticket_mail_command.c: `accueil ticket mail`: sends each delegate her letter by the
 * organiser's mail server, at a rate that the server bears, and none twice. */
#include "badge/badge.h"
#include "cli/command.h"
#include "cli/ticket_secret.h"
#include "core/installation.h"
#include "core/words.h"
#include "credential/code.h"
#include "issuance/letter.h"
#include "issuance/letter_post.h"
#include "sync/mailer.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define RATE_USUAL 60 /* messages a minute */
#define RATE_MAX 6000
#define PASSWORD_BYTES_MAX 1024
#define NAP_US (50 * 1000)

static int run (int argc, char **argv);

extern const Command command_ticket_mail;
const Command command_ticket_mail = {
  .name = "ticket mail",
  .usage = N_ ("--server URL --from ADDRESS [--user NAME --password-file FILE] [--rate N] "
               "[--again REFERENCE]… | --dry-run | --list [--db FILE]"),
  .summary = N_ ("Send each delegate her letter by e-mail: none twice, and after an interruption "
                 "the rest"),
  .run = run,
};

typedef struct {
  char *server, *from, *user, *password_file, *authorities;
  char **again;
  int rate;
  gboolean dry, list;
} Options;

typedef struct {
  const Options *options;
  Journal *journal;
  LetterBook *book;
  GHashTable *posts;
  SignSecret secret;
  Mailer *mailer;
  gint64 next_us; /* when the next message may go */
  guint sent, before, without, refused, delayed, unsure;
} Post;

static volatile sig_atomic_t stop;

static void on_signal (int number)
{
  stop = 1;
}

static void options_clear (Options *options)
{
  g_free (options->server);
  g_free (options->from);
  g_free (options->user);
  g_free (options->password_file);
  g_free (options->authorities);
  g_strfreev (options->again);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Her ticket --------------------------------------------------------------------- */

static GBytes *draw (const Post *post, const Delegate *delegate, GError **error)
{
  g_autofree char *code
      = ticket_secret_code (post->journal, &post->secret, delegate->reference, error);
  return code != NULL ? letter_draw (post->book, delegate, code, error) : NULL;
}

/* The same for the same letter, so that a mail program shows one where a server made
 * two. */
static char *message_id (const Post *post, const Delegate *delegate)
{
  g_autofree char *name = g_strdup (delegate->reference);
  const char *at = strchr (post->options->from, '@');
  g_strcanon (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", '.');
  return g_strdup_printf ("ticket.%s.%s%s", name, journal_station (post->journal), at);
}

/* Sleeps till the next may go. */
static void keep_rate (Post *post)
{
  while (!stop && g_get_monotonic_time () < post->next_us)
    g_usleep (NAP_US);
  post->next_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC / post->options->rate;
}

static void tell (const char *what, const Delegate *delegate, const char *reply)
{
  g_autofree char *line
      = g_strdup_printf ("%s  %s  %s  %s", what, delegate->reference, delegate->email, reply);
  for (char *p = line; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  puts (line);
}

/* Counts and tells how it went. */
static gboolean note (Post *post, const Delegate *delegate, MailerState state, const char *reply,
                      GError **error)
{
  static const struct {
    LetterPostState state;
    const char *word;
  } ENDS[] = {
    [MAILER_SENT] = { LETTER_POST_SENT, NC_ ("letter", "sent") },
    [MAILER_REFUSED] = { LETTER_POST_REFUSED, NC_ ("letter", "refused") },
    [MAILER_DELAYED] = { LETTER_POST_DELAYED, NC_ ("letter", "delayed") },
    [MAILER_UNSURE] = { LETTER_POST_SENDING, NC_ ("letter", "unsure") },
  };
  guint *counts[] = { [MAILER_SENT] = &post->sent,
                      [MAILER_REFUSED] = &post->refused,
                      [MAILER_DELAYED] = &post->delayed,
                      [MAILER_UNSURE] = &post->unsure };
  ++*counts[state];
  if (state != MAILER_SENT)
    tell (C_ ("letter", ENDS[state].word), delegate, reply != NULL ? reply : "");
  return letter_post_note (post->journal, delegate->reference, ENDS[state].state, delegate->email,
                           reply, error);
}

static gboolean send_letter (Post *post, const Delegate *delegate, GError **error)
{
  g_autoptr (GBytes) pdf = draw (post, delegate, error);
  if (pdf == NULL)
    return FALSE;
  g_autofree char *subject = letter_subject (post->book, delegate),
                  *text = letter_text (post->book, delegate), *id = message_id (post, delegate),
                  *reply = NULL;
  const MailerMessage message = { .from = post->options->from,
                                  .from_name = subject,
                                  .to = delegate->email,
                                  .subject = subject,
                                  .text = text,
                                  .file_name = "ticket.pdf",
                                  .pdf = pdf,
                                  .message_id = id };
  MailerState state = MAILER_UNSURE;
  GError *failure = NULL;
  if (!letter_post_note (post->journal, delegate->reference, LETTER_POST_SENDING, delegate->email,
                         NULL, error))
    return FALSE;
  if (mailer_send (post->mailer, &message, &state, &reply, &failure))
    return note (post, delegate, state, reply, error);
  /* Certainly not sent, and no other would be. */
  letter_post_note (post->journal, delegate->reference, LETTER_POST_DELAYED, delegate->email, NULL,
                    NULL);
  g_propagate_error (error, failure);
  return FALSE;
}

/* Who gets one ------------------------------------------------------------------- */

static gboolean is_due (Post *post, const Delegate *delegate)
{
  const char *const *again = (const char *const *) post->options->again;
  if (again != NULL && g_strv_contains (again, delegate->reference))
    return TRUE;
  if (again != NULL)
    return FALSE;
  if (letter_post_is_due (g_hash_table_lookup (post->posts, delegate->reference), delegate->email))
    return TRUE;
  post->before++;
  return FALSE;
}

static gboolean work (Post *post, const Delegate *delegate, GError **error)
{
  if (delegate->revoked || *delegate->status != '\0')
    return TRUE;
  if (*delegate->email == '\0') {
    post->without++;
    return TRUE;
  }
  if (!is_due (post, delegate))
    return TRUE;
  if (!mailer_is_address (delegate->email)) {
    post->refused++;
    tell (C_ ("letter", "refused"), delegate, _ ("this is no e-mail address"));
    return TRUE;
  }
  if (post->options->dry) {
    post->sent++;
    tell (C_ ("letter", "to be sent"), delegate, "");
    return TRUE;
  }
  keep_rate (post);
  return stop || send_letter (post, delegate, error);
}

/* Those that did not arrive, or perhaps not. */
static void list (const Post *post, const GPtrArray *delegates)
{
  for (guint i = 0; i < delegates->len; i++) {
    const Delegate *delegate = delegates->pdata[i];
    const LetterPost *last = g_hash_table_lookup (post->posts, delegate->reference);
    if (last == NULL || last->state == LETTER_POST_SENT)
      continue;
    tell (last->state == LETTER_POST_REFUSED   ? C_ ("letter", "refused")
          : last->state == LETTER_POST_DELAYED ? C_ ("letter", "delayed")
                                               : C_ ("letter", "unsure"),
          delegate, last->reply);
  }
}

static int finish (const Post *post, GError *error)
{
  g_printerr (_ ("Letters sent: %u. Sent before: %u. Without an address: %u. Refused: %u. Delayed: "
                 "%u. Unsure: %u.\n"),
              post->sent, post->before, post->without, post->refused, post->delayed, post->unsure);
  if (error != NULL)
    return command_fail (&command_ticket_mail, error);
  return post->refused + post->delayed + post->unsure > 0 || stop ? EXIT_REFUSED : 0;
}

static gboolean open_mailer (Post *post, GError **error)
{
  const Options *options = post->options;
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf"), *password = NULL;
  if (options->dry)
    return TRUE;
  if (options->password_file != NULL
      && !g_file_get_contents (options->password_file, &password, NULL, error))
    return FALSE;
  if (password != NULL)
    password[strcspn (password, "\r\n")] = '\0';
  post->mailer = mailer_new (&(MailerOptions){ .url = options->server,
                                               .user = options->user,
                                               .password = password,
                                               .authorities = options->authorities },
                             error);
  return post->mailer != NULL && badge_fonts_start (fonts, error);
}

static int work_all (Post *post)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) delegates = delegate_all (post->journal, &error);
  post->posts = delegates != NULL ? letter_post_read (post->journal, &error) : NULL;
  if (post->posts == NULL)
    return command_fail (&command_ticket_mail, error);
  if (post->options->list) {
    list (post, delegates);
    return 0;
  }
  post->book = letter_book_new (post->journal, &error);
  if (post->book == NULL || !ticket_secret_read (post->journal, &post->secret, &error)
      || !open_mailer (post, &error))
    return command_fail (&command_ticket_mail, error);
  for (guint i = 0; i < delegates->len && !stop && error == NULL; i++)
    work (post, delegates->pdata[i], &error);
  sign_wipe (&post->secret);
  return finish (post, error);
}

static int check (const Options *options)
{
  if (options->dry || options->list)
    return 0;
  if (options->server == NULL || options->from == NULL)
    return command_usage (&command_ticket_mail, "%s",
                          _ ("by which server, from whom? Write --server URL --from ADDRESS, or "
                             "--dry-run"));
  if (!mailer_is_address (options->from))
    return command_usage (&command_ticket_mail, _ ("“%s” is no e-mail address"), options->from);
  if ((options->user != NULL) != (options->password_file != NULL))
    return command_usage (&command_ticket_mail, "%s",
                          _ ("--user and --password-file belong together"));
  if (options->rate < 1 || options->rate > RATE_MAX)
    return command_usage (&command_ticket_mail, _ ("--rate: 1 to %d messages a minute"), RATE_MAX);
  return 0;
}

static int run (int argc, char **argv)
{
  g_auto (Options) options = { .rate = RATE_USUAL };
  GOptionEntry entries[] = {
    { "server", 's', 0, G_OPTION_ARG_STRING, &options.server,
      N_ ("The mail server: smtps://mail.example, or smtp://mail.example:587 with STARTTLS"),
      N_ ("URL") },
    { "from", 'f', 0, G_OPTION_ARG_STRING, &options.from, N_ ("The sender's address"),
      N_ ("ADDRESS") },
    { "user", 'u', 0, G_OPTION_ARG_STRING, &options.user, N_ ("The name the server knows us by"),
      N_ ("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file,
      N_ ("A file whose first line is the password"), N_ ("FILE") },
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &options.authorities,
      N_ ("Certificates to trust for this server (default: the system's)"), N_ ("FILE") },
    { "rate", 'r', 0, G_OPTION_ARG_INT, &options.rate, N_ ("Messages a minute (default: 60)"),
      N_ ("N") },
    { "again", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.again,
      N_ ("Only to these, even if they were sent one"), N_ ("REFERENCE") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry, N_ ("Say who would get one, send nothing"),
      NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &options.list,
      N_ ("List the letters that were refused or delayed, or may not have arrived"), NULL },
    { 0 },
  };
  int status = 0;
  if (!command_parse (&command_ticket_mail, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_ticket_mail, _ ("“%s” is not expected here"), argv[1]);
  status = check (&options);
  if (status != 0)
    return status;
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  signal (SIGINT, on_signal);
  signal (SIGTERM, on_signal);
  Post post = { .options = &options, .journal = journal };
  status = work_all (&post);
  mailer_free (post.mailer);
  letter_book_free (post.book);
  g_clear_pointer (&post.posts, g_hash_table_unref);
  return status;
}
