/*
 * Counts the file-system calls that a program makes in one folder, and makes
 * one of them go wrong. Loaded in front of the C library with LD_PRELOAD.
 * Deno makes such calls from several threads; one counter here numbers them
 * in their true order, which a counter for each thread (strace's) cannot.
 *
 * FAULT_FOLDER  the folder, without a slash at its end
 * FAULT_LOG     a file that gets one line for each call, microseconds first
 * FAULT_AT      the number of the call to spoil, from 1; none when it is not set
 * FAULT_DO      kill, half (half of a write, then kill), short (half of a
 *               write), edit (an editor saves just before the call), or the
 *               number of the error to give
 * FAULT_EDIT    what the editor renames to FAULT_CONFIG
 * FAULT_STAYS   when set, all calls after that one go wrong too
 * FAULT_CLOCK   seconds by which the time of day jumps at that call instead;
 *               without FAULT_AT to and fro whenever somebody asks for it
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static atomic_int calls;
static atomic_long jump;
static const char *folder, *action, *leap;
static int at, stays, log_fd = -1;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULT_FOLDER");
  action = getenv("FAULT_DO");
  leap = getenv("FAULT_CLOCK");
  stays = getenv("FAULT_STAYS") != NULL;
  at = getenv("FAULT_AT") ? atoi(getenv("FAULT_AT")) : 0;
  if (getenv("FAULT_LOG"))
    log_fd = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"),
                     O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

/* 0: go on; 1: errno is set; 2: half; 3: half and then the end */
static int spoils(const char *name, const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  if (!length || strncmp(path, folder, length)) return 0;
  if (path[length] && path[length] != '/') return 0;
  int number = ++calls;
  if (log_fd >= 0) {
    char line[4200];
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    long us = now.tv_sec * 1000000 + now.tv_nsec / 1000;
    int size = snprintf(line, sizeof line, "%ld %s %s\n", us, name, path + length);
    syscall(SYS_write, log_fd, line, size);
  }
  if (number != at && !(stays && at && number > at)) return 0;
  if (leap) jump = atol(leap);
  if (!action) return 0;
  if (!strcmp(action, "edit")) {
    if (syscall(SYS_renameat2, AT_FDCWD, getenv("FAULT_EDIT"), AT_FDCWD,
                getenv("FAULT_CONFIG"), 0)) die();
    return 0;
  }
  if (!strcmp(action, "short")) return 2;
  if (!strcmp(action, "half") && !strcmp(name, "write")) return 3;
  if (!strcmp(action, "kill") || !strcmp(action, "half")) die();
  errno = atoi(action);
  return 1;
}

static int spoils_fd(const char *name, int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long size = syscall(SYS_readlink, link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return spoils(name, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAILED(type) (_Generic((type)0, char *: 0, default: -1))
#define ON_PATH(type, name, call, path, params, args) \
  type name params { return spoils(call, path) == 1 ? (type)FAILED(type) : REAL(name) args; }
#define ON_FD(type, name, call, fd, params, args) \
  type name params { return spoils_fd(call, fd) == 1 ? (type)FAILED(type) : REAL(name) args; }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = va_arg(rest, mode_t); \
    va_end(rest); \
    return spoils("open", path) == 1 ? -1 : REAL(name)(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

DIR *opendir(const char *path) {
  return spoils("opendir", path) == 1 ? NULL : REAL(opendir)(path);
}
ON_PATH(int, rename, "rename", from, (const char *from, const char *to), (from, to))
ON_PATH(int, linkat, "link", from,
        (int a, const char *from, int b, const char *to, int flags),
        (a, from, b, to, flags))
ON_PATH(int, unlink, "unlink", path, (const char *path), (path))
ON_PATH(int, chmod, "chmod", path, (const char *path, mode_t mode), (path, mode))
ON_PATH(int, chown, "chown", path, (const char *path, uid_t u, gid_t g), (path, u, g))
ON_PATH(ssize_t, readlink, "readlink", path, (const char *path, char *to, size_t n), (path, to, n))
ON_PATH(char *, realpath, "realpath", path, (const char *path, char *to), (path, to))
ON_FD(int, fsync, "fsync", fd, (int fd), (fd))
ON_FD(int, ftruncate, "truncate", fd, (int fd, off_t size), (fd, size))
ON_FD(int, ftruncate64, "truncate", fd, (int fd, off64_t size), (fd, size))
ON_FD(int, flock, "flock", fd, (int fd, int operation), (fd, operation))
ON_FD(ssize_t, read, "read", fd, (int fd, void *to, size_t n), (fd, to, n))
ON_FD(int, close, "close", fd, (int fd), (fd))
ON_FD(off_t, lseek, "seek", fd, (int fd, off_t to, int whence), (fd, to, whence))
ON_FD(off64_t, lseek64, "seek", fd, (int fd, off64_t to, int whence), (fd, to, whence))

#define FCNTL(name) \
  int name(int fd, int command, ...) { \
    va_list rest; \
    va_start(rest, command); \
    void *value = va_arg(rest, void *); \
    va_end(rest); \
    int copies = command == F_DUPFD || command == F_DUPFD_CLOEXEC; \
    if (copies && spoils_fd("dup", fd) == 1) return -1; \
    return REAL(name)(fd, command, value); \
  }
FCNTL(fcntl)
FCNTL(fcntl64)

struct dirent64 *readdir64(DIR *from) {
  return spoils_fd("readdir", dirfd(from)) == 1 ? NULL : REAL(readdir64)(from);
}

/* Rust asks with no path at all to find out whether there is such a call. */
int statx(int fd, const char *restrict path, int flags, unsigned mask,
          struct statx *restrict to) {
  const char *volatile asked = path;
  if (!asked) return REAL(statx)(fd, path, flags, mask, to);
  int spoilt = *path ? spoils("stat", path) : spoils_fd("stat", fd);
  return spoilt == 1 ? -1 : REAL(statx)(fd, path, flags, mask, to);
}

ssize_t write(int fd, const void *from, size_t n) {
  int spoilt = spoils_fd("write", fd);
  if (spoilt == 1) return -1;
  if (spoilt >= 2) n = n / 2 + 1;
  ssize_t written = syscall(SYS_write, fd, from, n);
  if (spoilt == 3) die();
  return written;
}

static long jumped(void) {
  static atomic_int asked;
  if (!leap || at) return jump;
  return ++asked % 2 ? atol(leap) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = syscall(SYS_clock_gettime, clock, now);
  if (clock == CLOCK_REALTIME) now->tv_sec += jumped();
  return result;
}

/* What `Date.now()` asks. */
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int result = syscall(SYS_gettimeofday, now, zone);
  now->tv_sec += jumped();
  return result;
}
