#include "scan/line_source.h"

#include "core/words.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MODE 0660
#define BACKLOG 16

static LineSourceKind line_source_kind (const char *path)
{
  if (strcmp (path, "-") == 0)
    return LINE_SOURCE_INPUT;
  return g_str_has_suffix (path, LINE_SOURCE_SUFFIX) ? LINE_SOURCE_SOCKET : LINE_SOURCE_FIFO;
}

/* Tells @state, and why in the words of @format, whose %s is the path. FALSE. */
static gboolean refuse (ReaderState *state, char **detail, ReaderState told, char *why)
{
  *state = told;
  *detail = why;
  return FALSE;
}

static gboolean refuse_errno (ReaderState *state, char **detail, const char *path, int number)
{
  if (number == ENOENT || number == ENOTDIR)
    return refuse (
        state, detail, READER_FAILED,
        g_strdup_printf (_ ("opening %s: its folder is missing; make it, or choose another path"),
                         path));
  if (number == EACCES || number == EPERM || number == EROFS)
    return refuse (state, detail, READER_DENIED,
                   g_strdup_printf (_ ("opening %s: %s; let this user write to it and to its "
                                       "folder, or choose another path"),
                                    path, g_strerror (number)));
  return refuse (state, detail, READER_FAILED,
                 g_strdup_printf (_ ("opening %s: %s"), path, g_strerror (number)));
}

/* Whoever may write there lets people in. */
static gboolean check_owner (const struct stat *info, const char *path, ReaderState *state,
                             char **detail)
{
  if ((info->st_mode & S_IWOTH) != 0)
    return refuse (
        state, detail, READER_DENIED,
        g_strdup_printf (_ ("every user of this machine may write to %s; say: chmod 660 %s"), path,
                         path));
  if (info->st_uid != geteuid () && info->st_uid != 0)
    return refuse (
        state, detail, READER_DENIED,
        g_strdup_printf (_ ("%s belongs to another user; remove it, it is made anew"), path));
  return TRUE;
}

/* Two that read from one FIFO would each get pieces of codes. */
static gboolean is_alone (int fd, const char *path, ReaderState *state, char **detail)
{
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return TRUE;
  return refuse (state, detail, READER_DENIED,
                 g_strdup_printf (_ ("another program, or another reader of this station, reads "
                                     "from %s; end it, or choose another path"),
                                  path));
}

static void remember (LineSource *source, const struct stat *info)
{
  source->device = info->st_dev;
  source->inode = info->st_ino;
}

/* FIFO ------------------------------------------------------------------------------- */

/* Opened for writing too, so that it does not end when the last writer leaves. */
static gboolean open_fifo (LineSource *source, const char *path, ReaderState *state, char **detail)
{
  struct stat info;
  gboolean made = mkfifo (path, MODE) == 0, sound;

  if (!made && errno != EEXIST)
    return refuse_errno (state, detail, path, errno);
  if (stat (path, &info) == 0 && !S_ISFIFO (info.st_mode))
    return refuse (
        state, detail, READER_FAILED,
        g_strdup_printf (
            _ ("%s is no FIFO; choose another path, or one that ends in %s for a socket"), path,
            LINE_SOURCE_SUFFIX));
  source->fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (source->fd < 0 || fstat (source->fd, &info) != 0)
    return refuse_errno (state, detail, path, errno);
  if (made)
    fchmod (source->fd, MODE); /* whatever the umask */
  else if (!check_owner (&info, path, state, detail))
    return FALSE;
  sound = S_ISFIFO (info.st_mode);
  remember (source, &info);
  return sound ? is_alone (source->fd, path, state, detail)
               : refuse_errno (state, detail, path, EINVAL);
}

/* Socket ----------------------------------------------------------------------------- */

static gboolean address_of (const char *path, struct sockaddr_un *address)
{
  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  if (strlen (path) >= sizeof address->sun_path)
    return FALSE;
  g_strlcpy (address->sun_path, path, sizeof address->sun_path);
  return TRUE;
}

/* What a program that was killed has left behind: nobody listens there. */
static gboolean is_left_over (const struct sockaddr_un *address)
{
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  gboolean refused = fd >= 0
                     && connect (fd, (const struct sockaddr *) address, sizeof *address) != 0
                     && errno == ECONNREFUSED;

  if (fd >= 0)
    close (fd);
  return refused;
}

static gboolean make_room (const char *path, const struct sockaddr_un *address, ReaderState *state,
                           char **detail)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    return TRUE;
  if (!S_ISSOCK (info.st_mode))
    return refuse (state, detail, READER_FAILED,
                   g_strdup_printf (_ ("%s is no socket; choose another path"), path));
  if (!is_left_over (address))
    return refuse (state, detail, READER_DENIED,
                   g_strdup_printf (_ ("another program, or another reader of this station, "
                                       "listens at %s; end it, or choose another path"),
                                    path));
  return unlink (path) == 0 ? TRUE : refuse_errno (state, detail, path, errno);
}

/* Nobody can connect between bind() and listen(), so the mode is right before anybody
 * may. */
static gboolean open_socket (LineSource *source, const char *path, ReaderState *state,
                             char **detail)
{
  struct sockaddr_un address;
  struct stat info;

  if (!address_of (path, &address))
    return refuse (state, detail, READER_FAILED,
                   g_strdup_printf (_ ("the socket's path %s is longer than %zu bytes"), path,
                                    sizeof address.sun_path - 1));
  if (!make_room (path, &address, state, detail))
    return FALSE;
  source->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (source->fd < 0 || bind (source->fd, (const struct sockaddr *) &address, sizeof address) != 0
      || chmod (path, MODE) != 0 || stat (path, &info) != 0 || listen (source->fd, BACKLOG) != 0)
    return refuse_errno (state, detail, path, errno);
  remember (source, &info);
  return TRUE;
}

/* ------------------------------------------------------------------------------------ */

gboolean line_source_open (LineSource *source, const char *path, ReaderState *state, char **detail)
{
  gboolean opened;

  *source = (LineSource){ .kind = line_source_kind (path), .fd = STDIN_FILENO };
  if (source->kind == LINE_SOURCE_INPUT)
    return TRUE;
  source->fd = -1;
  opened = source->kind == LINE_SOURCE_FIFO ? open_fifo (source, path, state, detail)
                                            : open_socket (source, path, state, detail);
  if (!opened && source->fd >= 0)
    close (source->fd);
  if (!opened)
    source->fd = -1;
  return opened;
}

static gboolean is_same (const LineSource *source, const struct stat *info)
{
  return info->st_dev == source->device && info->st_ino == source->inode;
}

gboolean line_source_stands (const LineSource *source, const char *path)
{
  struct stat info;

  return source->kind == LINE_SOURCE_INPUT
         || (stat (path, &info) == 0 && is_same (source, &info) && (info.st_mode & S_IWOTH) == 0);
}

void line_source_close (LineSource *source, const char *path)
{
  struct stat info;

  if (source->fd < 0 || source->kind == LINE_SOURCE_INPUT)
    return;
  if (source->kind == LINE_SOURCE_SOCKET && stat (path, &info) == 0 && is_same (source, &info))
    unlink (path);
  close (source->fd);
  source->fd = -1;
}

/* A FIFO can be opened for writing alone while somebody reads from it. */
static gboolean is_read (const char *path)
{
  int fd = open (path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* Whether the folder is there in which the path is to be made. */
static gboolean has_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return access (folder, F_OK) == 0;
}

ReaderState line_source_look (const char *path, char **detail)
{
  LineSourceKind kind = line_source_kind (path);
  ReaderState state = READER_READY;
  struct sockaddr_un address;
  struct stat info;

  *detail = NULL;
  if (kind != LINE_SOURCE_INPUT && lstat (path, &info) != 0 && !has_folder (path))
    refuse_errno (&state, detail, path, errno);
  else if (kind == LINE_SOURCE_INPUT || lstat (path, &info) != 0)
    state = READER_STARTING;
  else if (kind == LINE_SOURCE_FIFO ? !S_ISFIFO (info.st_mode) : !S_ISSOCK (info.st_mode))
    refuse (&state, detail, READER_FAILED,
            g_strdup_printf (kind == LINE_SOURCE_FIFO ? _ ("%s is no FIFO; choose another path")
                                                      : _ ("%s is no socket; choose another path"),
                             path));
  else if (check_owner (&info, path, &state, detail))
    state = (kind == LINE_SOURCE_FIFO ? is_read (path)
                                      : address_of (path, &address) && !is_left_over (&address))
                ? READER_READY
                : READER_STARTING;
  if (*detail == NULL)
    *detail = g_strdup (state == READER_STARTING ? _ ("nothing reads there yet") : "");
  return state;
}
