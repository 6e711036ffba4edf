// Preloaded (LD_PRELOAD), writes down what a process does with the files below RECORDED_FOLDER and what it prints, in the
// order in which it happens, to RECORD_FILE: a line for each call, and after it the bytes that were written. What the kernel
// copies (copy_file_range, sendfile), and the syncs of folders, are not in it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096
static char *paths[MOST_FILES];
static int appends[MOST_FILES];
static int record = -1;
static const char *folder;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (real == NULL) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static void put(const void *bytes, size_t length) {
  static ssize_t (*real)(int, const void *, size_t);
  if (real == NULL) real = dlsym(RTLD_NEXT, "write");
  for (const char *at = bytes; length > 0;) {
    ssize_t done = real(record, at, length);
    if (done <= 0) abort();
    at += done;
    length -= (size_t)done;
  }
}

__attribute__((constructor)) static void begin(void) {
  folder = getenv("RECORDED_FOLDER");
  const char *path = getenv("RECORD_FILE");
  if (folder == NULL || path == NULL) return;
  int opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  record = fcntl(opened, F_DUPFD_CLOEXEC, 1000);
  close(opened);
}

static int isOurs(const char *path) {
  return record >= 0 && path != NULL && strncmp(path, folder, strlen(folder)) == 0;
}
static const char *pathOf(int file) { return file >= 0 && file < MOST_FILES && record >= 0 ? paths[file] : NULL; }

static void note(const char *what, const char *path, long long at, size_t length, const void *bytes) {
  char line[5000];
  put(line, (size_t)snprintf(line, sizeof line, "%s\t%s\t%lld\t%zu\n", what, path, at, length));
  if (bytes != NULL) put(bytes, length);
}

static int opened(int file, const char *path, int flags) {
  if (file < 0 || file >= MOST_FILES || !isOurs(path) || (flags & O_ACCMODE) == O_RDONLY) {
    // Folders are opened for reading, to be synced.
    if (file >= 0 && file < MOST_FILES && isOurs(path)) paths[file] = NULL;
    return file;
  }
  pthread_mutex_lock(&turn);
  free(paths[file]);
  paths[file] = strdup(path);
  appends[file] = (flags & O_APPEND) != 0;
  note(flags & O_TRUNC ? "empty" : "open", path, 0, 0, NULL);
  pthread_mutex_unlock(&turn);
  return file;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    return opened(real(path, flags, mode), path, flags); \
  }
OPEN(open)
OPEN(open64)

int close(int file) {
  REAL(int, close, int);
  pthread_mutex_lock(&turn);
  if (pathOf(file) != NULL) {
    free(paths[file]);
    paths[file] = NULL;
  }
  int result = real(file);
  pthread_mutex_unlock(&turn);
  return result;
}

#define PWRITE(name, offset) \
  ssize_t name(int file, const void *bytes, size_t length, offset at) { \
    REAL(ssize_t, name, int, const void *, size_t, offset); \
    pthread_mutex_lock(&turn); \
    ssize_t done = real(file, bytes, length, at); \
    if (pathOf(file) != NULL && done > 0) note("write", paths[file], (long long)at, (size_t)done, bytes); \
    pthread_mutex_unlock(&turn); \
    return done; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

static ssize_t written(int file, ssize_t done, const void *bytes) {
  if (file == 1 && record >= 0 && done > 0) note("said", "", 0, (size_t)done, bytes);
  else if (pathOf(file) != NULL && done > 0) {
    long long end = appends[file] ? lseek64(file, 0, SEEK_END) : lseek64(file, 0, SEEK_CUR);
    note("write", paths[file], end - done, (size_t)done, bytes);
  }
  return done;
}

ssize_t write(int file, const void *bytes, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (file != 1 && pathOf(file) == NULL) return real(file, bytes, length);
  pthread_mutex_lock(&turn);
  ssize_t done = written(file, real(file, bytes, length), bytes);
  pthread_mutex_unlock(&turn);
  return done;
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (file != 1 && pathOf(file) == NULL) return real(file, parts, count);
  // One part at a time: a short write is allowed.
  return write(file, parts[0].iov_base, parts[0].iov_len);
}

#define RESIZE(name, offset) \
  int name(int file, offset length) { \
    REAL(int, name, int, offset); \
    pthread_mutex_lock(&turn); \
    int result = real(file, length); \
    if (pathOf(file) != NULL && result == 0) note("resize", paths[file], (long long)length, 0, NULL); \
    pthread_mutex_unlock(&turn); \
    return result; \
  }
RESIZE(ftruncate, off_t)
RESIZE(ftruncate64, off64_t)

#define SYNC(name) \
  int name(int file) { \
    REAL(int, name, int); \
    pthread_mutex_lock(&turn); \
    int result = real(file); \
    if (pathOf(file) != NULL && result == 0) note("sync", paths[file], 0, 0, NULL); \
    pthread_mutex_unlock(&turn); \
    return result; \
  }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  pthread_mutex_lock(&turn);
  int result = real(from, to);
  if (isOurs(from) && result == 0) {
    note("rename", from, 0, strlen(to), to);
    for (int file = 0; file < MOST_FILES; file++) {
      if (paths[file] == NULL || strcmp(paths[file], from) != 0) continue;
      free(paths[file]);
      paths[file] = strdup(to);
    }
  }
  pthread_mutex_unlock(&turn);
  return result;
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  pthread_mutex_lock(&turn);
  int result = real(path);
  if (isOurs(path) && result == 0) note("remove", path, 0, 0, NULL);
  pthread_mutex_unlock(&turn);
  return result;
}
