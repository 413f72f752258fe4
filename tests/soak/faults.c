/* Preloaded into a trial: counts the calls that change files, and fails one of them or ends the process at it.

   Only regular files and folders count. Shared memory tells the parent how many calls there were and whether SQLite
   held the lock of a write transaction, so that it is known after a kill, too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT = 0, KILL_BEFORE = 1, KILL_AFTER = 2, KILL_WITHIN = 3, FULL = 4, ERROR = 5, DEAD = 6 };
#define RESERVED 0x40000001
#define HANDLES 1024

struct told { int64_t calls; int64_t inside; unsigned char held[HANDLES]; };

static struct told *told;
static int64_t at;
static int fault, record = -1;

/* Begin: the fault happens at the call with number `number` from now on (0: never); each call is recorded to a file. */
void soak_arm(void *shared, int64_t number, int kind, int handle)
{
    told = shared;
    at = number;
    fault = kind;
    record = handle;
}

static void end(void) { syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause(); }

static int counts(int handle)
{
    struct stat found;
    return told && syscall(SYS_fstat, handle, &found) == 0 && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
}

static void note(const char *call, const char *path)
{
    char line[4400];
    if (record < 0) return;
    int size = snprintf(line, sizeof line, "%s %d %s\n", call, (int)told->inside, path);
    syscall(SYS_write, record, line, size);
}

static void note_handle(const char *call, int handle)
{
    char link[64], path[4096];
    if (record < 0) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t size = readlink(link, path, sizeof path - 1);
    path[size < 0 ? 0 : size] = 0;
    note(call, path);
}

/* What is to become of the call that was just counted: 0, or the errno it fails with. `grows`: a full disk refuses it. */
static int verdict(int grows)
{
    int64_t n = ++told->calls;
    if (!at || n < at) return 0;
    if (n == at && fault == KILL_BEFORE) end();
    if (fault == FULL && (n == at || grows)) return ENOSPC;
    if (fault == ERROR && n == at) return EIO;
    if (fault == DEAD) return EIO;
    return 0;
}

static int is_last(void) { return told && at && told->calls == at && (fault == KILL_AFTER || fault == KILL_WITHIN); }
static int is_torn(void) { return told && at && told->calls == at && fault == KILL_WITHIN; }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, #name)
#define REFUSED(grows) { int no = verdict(grows); if (no) { errno = no; return -1; } }
#define DONE(result) { __typeof__(result) got = (result); int kept = errno; if (is_last()) end(); errno = kept; return got; }

ssize_t write(int handle, const void *data, size_t size)
{
    REAL(ssize_t, write, int, const void *, size_t);
    if (!counts(handle)) return real(handle, data, size);
    note_handle("write", handle);
    REFUSED(1);
    if (is_torn()) { real(handle, data, size / 2); end(); }
    DONE(real(handle, data, size));
}

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t place)
{
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    if (!counts(handle)) return real(handle, data, size, place);
    note_handle("pwrite", handle);
    REFUSED(1);
    if (is_torn()) { real(handle, data, size / 2, place); end(); }
    DONE(real(handle, data, size, place));
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t place) { return pwrite64(handle, data, size, place); }

ssize_t writev(int handle, const struct iovec *parts, int count)
{
    REAL(ssize_t, writev, int, const struct iovec *, int);
    if (!counts(handle)) return real(handle, parts, count);
    note_handle("write", handle);
    REFUSED(1);
    DONE(real(handle, parts, count));
}

ssize_t sendfile64(int out, int in, off64_t *place, size_t size)
{
    REAL(ssize_t, sendfile64, int, int, off64_t *, size_t);
    if (!counts(out)) return real(out, in, place, size);
    note_handle("sendfile", out);
    REFUSED(1);
    if (is_torn()) { real(out, in, place, 512); end(); }
    DONE(real(out, in, place, size));
}

ssize_t sendfile(int out, int in, off_t *place, size_t size) { return sendfile64(out, in, (off64_t *)place, size); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags)
{
    REAL(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned);
    if (!counts(out)) return real(in, from, out, to, size, flags);
    note_handle("copy_file_range", out);
    REFUSED(1);
    DONE(real(in, from, out, to, size, flags));
}

int fsync(int handle)
{
    REAL(int, fsync, int);
    if (!counts(handle)) return real(handle);
    note_handle("fsync", handle);
    REFUSED(1);
    DONE(real(handle));
}

int fdatasync(int handle)
{
    REAL(int, fdatasync, int);
    if (!counts(handle)) return real(handle);
    note_handle("fdatasync", handle);
    REFUSED(1);
    DONE(real(handle));
}

int ftruncate64(int handle, off64_t size)
{
    REAL(int, ftruncate64, int, off64_t);
    if (!counts(handle)) return real(handle, size);
    note_handle("ftruncate", handle);
    REFUSED(0);
    DONE(real(handle, size));
}

int ftruncate(int handle, off_t size) { return ftruncate64(handle, size); }

int rename(const char *from, const char *to)
{
    REAL(int, rename, const char *, const char *);
    if (!told) return real(from, to);
    note("rename", to);
    REFUSED(1);
    DONE(real(from, to));
}

int unlink(const char *path)
{
    REAL(int, unlink, const char *);
    if (!told) return real(path);
    note("unlink", path);
    REFUSED(0);
    DONE(real(path));
}

int unlinkat(int folder, const char *path, int flags)
{
    REAL(int, unlinkat, int, const char *, int);
    if (!told) return real(folder, path, flags);
    note("unlink", path);
    REFUSED(0);
    DONE(real(folder, path, flags));
}

int rmdir(const char *path)
{
    REAL(int, rmdir, const char *);
    if (!told) return real(path);
    note("rmdir", path);
    REFUSED(0);
    DONE(real(path));
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, mkdir, const char *, mode_t);
    if (!told) return real(path, mode);
    note("mkdir", path);
    REFUSED(1);
    DONE(real(path, mode));
}

/* Making a file, or emptying one while it is opened, changes files, too. */
#define OPENS(name) \
int name(const char *path, int flags, ...) \
{ \
    mode_t mode = 0; \
    if (flags & O_CREAT) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
    REAL(int, name, const char *, int, ...); \
    int makes = (flags & O_CREAT) && access(path, F_OK) != 0; \
    if (!told || !(makes || (flags & O_TRUNC)) || !strncmp(path, "/dev/", 5)) return real(path, flags, mode); \
    note(makes ? "create" : "empty", path); \
    REFUSED(makes); \
    DONE(real(path, flags, mode)); \
}
OPENS(open)
OPENS(open64)

/* SQLite marks a write transaction by a lock on one byte of the database. */
static int locked(int handle, int command, struct flock *lock, int result)
{
    if (!told || result != 0 || handle < 0 || handle >= HANDLES) return result;
    if ((command == F_SETLK || command == F_OFD_SETLK) && lock->l_start == RESERVED && lock->l_type == F_WRLCK) {
        if (!told->held[handle]) { told->held[handle] = 1; told->inside++; }
    } else if (command == F_SETLK && lock->l_type == F_UNLCK) {
        int all = lock->l_len == 0 || (lock->l_start <= RESERVED && lock->l_start + lock->l_len > RESERVED);
        if (all && told->held[handle]) { told->held[handle] = 0; told->inside--; }
    }
    return result;
}

#define LOCKS(name) \
int name(int handle, int command, ...) \
{ \
    va_list more; \
    va_start(more, command); \
    void *value = va_arg(more, void *); \
    va_end(more); \
    REAL(int, name, int, int, ...); \
    int result = real(handle, command, value); \
    if (command == F_SETLK && told) return locked(handle, command, value, result); \
    return result; \
}
LOCKS(fcntl)
LOCKS(fcntl64)
