// Runs a program and everything it starts, counts each system call that changes something below a folder, and at the
// N-th of them does what a bad day does: kills, tears a write, answers with an error, or holds everything still while
// something else happens. Counted are calls of the kernel (seccomp(2), ptrace(2)), whoever makes them: the runtime, a
// library, ddrescue's stdio. So a point is the same place in the program's work at every run, however slow the machine.
//
//   tripwire --below DIR [--at N | --on KINDS:END] [--do WHAT] [--count FILE] [--log FILE] -- PROGRAM ARGUMENT...
//
//   kill        all processes end before call N is made                 (the power goes, the container is killed)
//   tear        half of call N's bytes are written, then all end         (other calls: as kill)
//   killmain    the first process ends before call N; its children live  (kill -9 of the program)
//   once:ERRNO  call N fails with that number                            (a moment's fault)
//   from:ERRNO  call N and all after it fail                             (full, read-only, away)
//   hold:CMD    every process stands still while sh -c CMD runs, then all go on as if nothing had been
//   holdmain:CMD  the first process stands still, its children go on
//
// --on names the call by what it does: the first of one of KINDS (unlink,rename) whose path ends in END.
// --count FILE gets the number of calls; --log FILE gets each call that was done, with its bytes (see emit below).
// Exit status: the program's; 128 + signal where one ended it.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#ifndef NT_ARM_SYSTEM_CALL
#define NT_ARM_SYSTEM_CALL 0x404
#endif
#else
#error "tripwire knows x86_64 and aarch64"
#endif

enum { MAX_TASKS = 4096 };

// How a call names what it changes.
enum place { BY_FD, BY_PATH, BY_AT, BY_TWO_PATHS, BY_TWO_AT, BY_OPEN, BY_OPENAT, BY_SECOND_AT };

struct call {
  long number;
  const char *kind;
  enum place place;
  int argument;  // which argument has the descriptor or path
};

static const struct call calls[] = {
  {__NR_write, "write", BY_FD, 0},
  {__NR_pwrite64, "pwrite", BY_FD, 0},
  {__NR_writev, "writev", BY_FD, 0},
  {__NR_pwritev, "pwritev", BY_FD, 0},
  {__NR_copy_file_range, "copy", BY_FD, 2},
  {__NR_sendfile, "sendfile", BY_FD, 0},
  {__NR_ftruncate, "truncate", BY_FD, 0},
  {__NR_fallocate, "fallocate", BY_FD, 0},
  {__NR_fsync, "fsync", BY_FD, 0},
  {__NR_fdatasync, "fsync", BY_FD, 0},
  {__NR_syncfs, "syncfs", BY_FD, 0},
  {__NR_openat, "open", BY_OPENAT, 0},
  {__NR_renameat2, "rename", BY_TWO_AT, 0},
  {__NR_linkat, "link", BY_TWO_AT, 0},
  {__NR_symlinkat, "symlink", BY_SECOND_AT, 1},
  {__NR_mkdirat, "mkdir", BY_AT, 0},
  {__NR_unlinkat, "unlink", BY_AT, 0},
  {__NR_utimensat, "times", BY_AT, 0},
#ifdef __NR_open
  {__NR_open, "open", BY_OPEN, 0},
  {__NR_creat, "open", BY_PATH, 0},
  {__NR_rename, "rename", BY_TWO_PATHS, 0},
  {__NR_link, "link", BY_TWO_PATHS, 0},
  {__NR_mkdir, "mkdir", BY_PATH, 0},
  {__NR_rmdir, "rmdir", BY_PATH, 0},
  {__NR_unlink, "unlink", BY_PATH, 0},
  {__NR_truncate, "truncatepath", BY_PATH, 0},
#endif
#ifdef __NR_renameat
  {__NR_renameat, "rename", BY_TWO_AT, 0},
#endif
};

enum { CALLS = sizeof calls / sizeof calls[0] };

struct task {
  pid_t id;
  int is_held;          // its status waits for the end of a hold
  int held_status;
  int is_in_call;       // its call's end is awaited
  int is_torn;
  struct __ptrace_syscall_info info;
  const struct call *call;
  char path[PATH_MAX], second[PATH_MAX];
  int64_t offset;       // where a write goes
  char *bytes;
  size_t length;
};

static struct task tasks[MAX_TASKS];
static int task_count;
static const char *below = "", *count_file, *log_file, *on_kinds, *on_end;
static long trip_at = -1, counted;
static char action[32];
static const char *action_text = "";
static int action_errno;
static FILE *journal;
static pid_t first_process;
static int first_status = -1;

static void on_status(pid_t id, int status);

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("tripwire: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(125);
}

static struct task *task_of(pid_t id) {
  for (int index = 0; index < task_count; index++) {
    if (tasks[index].id == id) return &tasks[index];
  }
  if (task_count == MAX_TASKS) fail("too many threads");
  struct task *task = &tasks[task_count++];
  memset(task, 0, offsetof(struct task, path));
  task->id = id;
  task->bytes = NULL;
  return task;
}

static void forget(pid_t id) {
  struct task *task = task_of(id);
  free(task->bytes);
  *task = tasks[--task_count];
}

static pid_t process_of(pid_t id) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/status", id);
  FILE *status = fopen(path, "r");
  pid_t process = id;
  while (status && fgets(line, sizeof line, status)) {
    if (sscanf(line, "Tgid: %d", &process) == 1) break;
  }
  if (status) fclose(status);
  return process;
}

// --- what a call is about

static size_t peek(pid_t id, uint64_t address, void *buffer, size_t length) {
  struct iovec here = {buffer, length}, there = {(void *)(uintptr_t)address, length};
  ssize_t count = process_vm_readv(id, &here, 1, &there, 1, 0);
  return count < 0 ? 0 : (size_t)count;
}

static void peek_text(pid_t id, uint64_t address, char *text, size_t room) {
  size_t done = 0;
  while (done + 1 < room) {
    size_t chunk = 256 - (address + done) % 256;  // never over a page's end
    if (chunk > room - 1 - done) chunk = room - 1 - done;
    size_t got = peek(id, address + done, text + done, chunk);
    if (got == 0) break;
    char *end = memchr(text + done, 0, got);
    if (end) return;
    done += got;
  }
  text[done] = 0;
}

static void link_target(char *target, const char *format, ...) {
  char link[64];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(link, sizeof link, format, arguments);
  va_end(arguments);
  ssize_t length = readlink(link, target, PATH_MAX - 1);
  target[length < 0 ? 0 : length] = 0;
}

static void path_at(pid_t id, int folder, uint64_t address, char *path) {
  char text[PATH_MAX];
  text[0] = 0;
  if (address) peek_text(id, address, text, sizeof text);
  if (text[0] == '/') {
    strcpy(path, text);
    return;
  }
  if (folder == AT_FDCWD) link_target(path, "/proc/%d/cwd", id);
  else link_target(path, "/proc/%d/fd/%d", id, folder);
  if (text[0]) {
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", text);
  }
}

static int is_below(const char *path) {
  size_t length = strlen(below);
  return strncmp(path, below, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_open_for_writing(uint64_t flags) {
  return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
}

// Fills in the paths. False where the call changes nothing below the folder.
static int concerns(struct task *task) {
  const uint64_t *args = task->info.seccomp.args;
  pid_t id = task->id;
  int at = task->call->argument;
  task->path[0] = task->second[0] = 0;
  switch (task->call->place) {
    case BY_FD: link_target(task->path, "/proc/%d/fd/%d", id, (int)args[at]); break;
    case BY_PATH: path_at(id, AT_FDCWD, args[at], task->path); break;
    case BY_AT: path_at(id, (int)args[at], args[at + 1], task->path); break;
    case BY_SECOND_AT: path_at(id, (int)args[at], args[at + 1], task->path); break;
    case BY_TWO_PATHS:
      path_at(id, AT_FDCWD, args[0], task->path);
      path_at(id, AT_FDCWD, args[1], task->second);
      break;
    case BY_TWO_AT:
      path_at(id, (int)args[0], args[1], task->path);
      path_at(id, (int)args[2], args[3], task->second);
      break;
    case BY_OPEN:
      if (!is_open_for_writing(args[1])) return 0;
      path_at(id, AT_FDCWD, args[0], task->path);
      break;
    case BY_OPENAT:
      if (!is_open_for_writing(args[2])) return 0;
      path_at(id, (int)args[0], args[1], task->path);
      break;
  }
  return is_below(task->path) || (task->second[0] && is_below(task->second));
}

// True for the first call that --on means.
static int is_meant(const struct task *task) {
  if (!on_end || trip_at >= 0) return 0;
  size_t length = strlen(task->path), end = strlen(on_end), kind = strlen(task->call->kind);
  if (length < end || strcmp(task->path + length - end, on_end) != 0) return 0;
  for (const char *at = on_kinds; at; at = strchr(at, ','), at = at ? at + 1 : NULL) {
    if (strncmp(at, task->call->kind, kind) == 0 && (at[kind] == ',' || at[kind] == ':')) return 1;
  }
  return 0;
}

// --- the journal

static int64_t position_of(pid_t id, int descriptor) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", id, descriptor);
  FILE *facts = fopen(path, "r");
  long long position = 0;
  unsigned flags = 0;
  while (facts && fgets(line, sizeof line, facts)) {
    sscanf(line, "pos: %lld", &position);
    sscanf(line, "flags: %o", &flags);
  }
  if (facts) fclose(facts);
  if (flags & O_APPEND) {
    struct stat status;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", id, descriptor);
    if (stat(path, &status) == 0) position = status.st_size;
  }
  return position;
}

static int is_write(const struct call *call) {
  return strcmp(call->kind, "write") == 0 || strcmp(call->kind, "pwrite") == 0 || strcmp(call->kind, "writev") == 0
    || strcmp(call->kind, "pwritev") == 0 || strcmp(call->kind, "copy") == 0 || strcmp(call->kind, "sendfile") == 0;
}

static void note_write(struct task *task) {
  const uint64_t *args = task->info.seccomp.args;
  const char *kind = task->call->kind;
  int is_positioned = kind[0] == 'p';
  int64_t theirs = 0;
  if (is_positioned) task->offset = (int64_t)args[3];
  else if (strcmp(kind, "copy") == 0 && args[3]) {
    peek(task->id, args[3], &theirs, sizeof theirs);
    task->offset = theirs;
  } else task->offset = position_of(task->id, (int)args[task->call->argument]);
}

// What is in the file after the call is what the call wrote: nobody else writes there in the same moment.
static void read_back(struct task *task, size_t length) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/fd/%d", task->id, (int)task->info.seccomp.args[task->call->argument]);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  task->bytes = realloc(task->bytes, length ? length : 1);
  task->length = 0;
  while (file >= 0 && task->length < length) {
    ssize_t count = pread(file, task->bytes + task->length, length - task->length, task->offset + (int64_t)task->length);
    if (count <= 0) break;
    task->length += (size_t)count;
  }
  if (file >= 0) close(file);
}

// One record: number, kind, two numbers, two paths below the folder, each ended by NUL; then, of a write, its bytes.
static void emit(struct task *task, int64_t result) {
  const uint64_t *args = task->info.seccomp.args;
  const char *kind = task->call->kind, *name = kind;
  long long one = 0, two = 0;
  size_t root = strlen(below);
  task->length = 0;
  if (is_write(task->call)) {
    read_back(task, (size_t)result);
    name = "write";
    one = task->offset;
    two = (long long)task->length;
  } else if (strcmp(kind, "truncate") == 0 || strcmp(kind, "truncatepath") == 0) {
    name = "truncate";
    one = (long long)args[1];
  } else if (strcmp(kind, "open") == 0) {
    uint64_t flags = task->call->place == BY_OPEN ? args[1] : task->call->place == BY_OPENAT ? args[2] : O_CREAT | O_TRUNC;
    one = (flags & O_TRUNC) != 0;
  } else if (strcmp(kind, "times") == 0) {
    int64_t times[4] = {0};  // of the last use and of the last change, in seconds and nanoseconds
    if (args[2]) peek(task->id, args[2], times, sizeof times);
    one = times[2];
    two = times[3];
  } else if (strcmp(kind, "unlink") == 0 && task->call->place == BY_AT && (args[2] & AT_REMOVEDIR)) {
    name = "rmdir";
  }
  fprintf(journal, "%ld%c%s%c%lld%c%lld%c%s%c%s%c", counted, 0, name, 0, one, 0, two, 0,
    is_below(task->path) ? task->path + root : "", 0, is_below(task->second) ? task->second + root : "", 0);
  fwrite(task->bytes, 1, task->length, journal);
}

// --- what happens at the N-th call

static void set_result(struct task *task, long number, int64_t result) {
#if defined(__x86_64__)
  struct user_regs_struct registers;
  struct iovec all = {&registers, sizeof registers};
  ptrace(PTRACE_GETREGSET, task->id, NT_PRSTATUS, &all);
  registers.orig_rax = (unsigned long long)number;
  registers.rax = (unsigned long long)result;
  ptrace(PTRACE_SETREGSET, task->id, NT_PRSTATUS, &all);
#else
  struct user_pt_regs registers;
  struct iovec all = {&registers, sizeof registers};
  int system_call = (int)number;
  struct iovec which = {&system_call, sizeof system_call};
  ptrace(PTRACE_GETREGSET, task->id, NT_PRSTATUS, &all);
  registers.regs[0] = (uint64_t)result;
  ptrace(PTRACE_SETREGSET, task->id, NT_PRSTATUS, &all);
  ptrace(PTRACE_SETREGSET, task->id, NT_ARM_SYSTEM_CALL, &which);
#endif
}

static void set_length(struct task *task, uint64_t length) {
#if defined(__x86_64__)
  struct user_regs_struct registers;
  struct iovec all = {&registers, sizeof registers};
  ptrace(PTRACE_GETREGSET, task->id, NT_PRSTATUS, &all);
  registers.rdx = length;
#else
  struct user_pt_regs registers;
  struct iovec all = {&registers, sizeof registers};
  ptrace(PTRACE_GETREGSET, task->id, NT_PRSTATUS, &all);
  registers.regs[2] = length;
#endif
  ptrace(PTRACE_SETREGSET, task->id, NT_PRSTATUS, &all);
}

static void note_end(pid_t id, int status) {
  if (id == first_process) first_status = status;
  forget(id);
}

static void kill_all(void) {
  for (int index = 0; index < task_count; index++) kill(tasks[index].id, SIGKILL);
  while (task_count > 0) {
    int status;
    pid_t id = waitpid(-1, &status, __WALL);
    if (id < 0) break;
    if (WIFEXITED(status) || WIFSIGNALED(status)) note_end(id, status);
    else kill(id, SIGKILL), ptrace(PTRACE_CONT, id, 0, 0);
  }
}

static void run_hook(void) {
  pid_t hook = fork();
  if (hook == 0) {
    execl("/bin/sh", "sh", "-c", action_text, (char *)NULL);
    _exit(127);
  }
  int status = 0;
  // Those that do not stand still go on meanwhile.
  for (pid_t id = 0; id != hook;) {
    id = waitpid(-1, &status, __WALL);
    if (id < 0 && errno != EINTR) return;
    if (id > 0 && id != hook) on_status(id, status);
  }
  if (status != 0) fprintf(stderr, "tripwire: the hook ended with status %d\n", status);
}

static void hold(struct task *tripped, int only_first) {
  pid_t trip = tripped->id, held[MAX_TASKS];
  int count = 0;
  for (int index = 0; index < task_count; index++) {
    pid_t id = tasks[index].id;
    if (id == trip || (only_first && process_of(id) != first_process)) continue;
    if (ptrace(PTRACE_INTERRUPT, id, 0, 0) == 0) held[count++] = id;
  }
  for (int index = 0; index < count; index++) {
    int status;
    if (waitpid(held[index], &status, __WALL) != held[index]) continue;
    struct task *task = task_of(held[index]);
    task->is_held = 1;
    task->held_status = status;
  }
  run_hook();
}

static void resume(pid_t id, int request, int signal) {
  ptrace(request, id, 0, (void *)(intptr_t)signal);
}

// True where the call is to be made; its end is then awaited where need be.
static int trip(struct task *task) {
  if (strcmp(action, "kill") == 0) {
    kill_all();
    return 0;
  }
  if (strcmp(action, "tear") == 0) {
    uint64_t length = task->info.seccomp.args[2];
    int is_plain = strcmp(task->call->kind, "write") == 0 || strcmp(task->call->kind, "pwrite") == 0;
    if (is_plain && length > 1) {
      set_length(task, length / 2);
      task->is_torn = 1;
      return 1;
    }
    kill_all();
    return 0;
  }
  if (strcmp(action, "killmain") == 0) {
    kill(first_process, SIGKILL);
    // In the first process the call is never made; a child's own call goes on.
    return 1;
  }
  if (strcmp(action, "hold") == 0 || strcmp(action, "holdmain") == 0) {
    hold(task, action[4] != 0);
    return 1;
  }
  set_result(task, -1, -action_errno);
  return 1;
}

static void on_call(pid_t id) {
  struct task *task = task_of(id);
  ptrace(PTRACE_GET_SYSCALL_INFO, id, sizeof task->info, &task->info);
  task->call = &calls[task->info.seccomp.ret_data];
  if (!concerns(task)) {
    resume(id, PTRACE_CONT, 0);
    return;
  }
  counted++;
  if (is_meant(task)) trip_at = counted;
  int is_error = strcmp(action, "once") == 0 || strcmp(action, "from") == 0;
  int trips = counted == trip_at || (counted > trip_at && trip_at >= 0 && strcmp(action, "from") == 0);
  if (journal && is_write(task->call)) note_write(task);
  if (trips) {
    if (!trip(task)) return;
    task = task_of(id);
  }
  task->is_in_call = journal || task->is_torn;
  resume(id, task->is_in_call && !(trips && is_error) ? PTRACE_SYSCALL : PTRACE_CONT, 0);
  if (trips && (action[0] == 'h')) {
    // In the order in which the numbers stand; who came to a call of its own in the meantime makes it now.
    for (int index = 0; index < task_count; index++) {
      if (!tasks[index].is_held) continue;
      tasks[index].is_held = 0;
      on_status(tasks[index].id, tasks[index].held_status);
      index = -1;
    }
  }
}

static void on_call_end(pid_t id) {
  struct task *task = task_of(id);
  if (task->is_in_call) {
    task->is_in_call = 0;
    struct __ptrace_syscall_info end;
    ptrace(PTRACE_GET_SYSCALL_INFO, id, sizeof end, &end);
    if (end.op == PTRACE_SYSCALL_INFO_EXIT && end.exit.rval >= 0 && journal) emit(task, end.exit.rval);
    if (task->is_torn) {
      kill_all();
      return;
    }
  }
  resume(id, PTRACE_CONT, 0);
}

static void on_status(pid_t id, int status) {
  if (WIFEXITED(status) || WIFSIGNALED(status)) {
    note_end(id, status);
    return;
  }
  int signal = WSTOPSIG(status), event = status >> 16;
  task_of(id);
  if (event == PTRACE_EVENT_SECCOMP) on_call(id);
  else if (signal == (SIGTRAP | 0x80)) on_call_end(id);
  else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) resume(id, PTRACE_LISTEN, 0);
  else resume(id, PTRACE_CONT, event ? 0 : signal);
}

// --- the start

static void watch_calls(void) {
  struct sock_filter filter[2 * CALLS + 5];
  int next = 0;
  filter[next++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
  filter[next++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  filter[next++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[next++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int index = 0; index < CALLS; index++) {
    filter[next++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[index].number, 0, 1);
    filter[next++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | (unsigned)index);
  }
  filter[next++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {(unsigned short)next, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    fail("seccomp: %s", strerror(errno));
  }
}

static void start(char **command) {
  int gate[2];
  char go;
  if (pipe2(gate, O_CLOEXEC) != 0) fail("pipe: %s", strerror(errno));
  first_process = fork();
  if (first_process == 0) {
    close(gate[1]);
    if (read(gate[0], &go, 1) != 1) _exit(125);
    watch_calls();
    execvp(command[0], command);
    fail("%s: %s", command[0], strerror(errno));
  }
  close(gate[0]);
  long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK
    | PTRACE_O_TRACEVFORK | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SEIZE, first_process, 0, (void *)options) != 0) fail("ptrace: %s", strerror(errno));
  task_of(first_process);
  if (write(gate[1], "g", 1) != 1) fail("the child is gone");
  close(gate[1]);
}

static int errno_of(const char *name) {
  static const struct { const char *name; int number; } known[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EROFS", EROFS}, {"ESTALE", ESTALE}, {"EDQUOT", EDQUOT}, {"EACCES", EACCES}};
  for (size_t index = 0; index < sizeof known / sizeof known[0]; index++) {
    if (strcmp(known[index].name, name) == 0) return known[index].number;
  }
  fail("%s is no error that is known here", name);
  return 0;
}

static char **options(int count, char **arguments) {
  int index = 1;
  for (; index + 1 < count && strcmp(arguments[index], "--") != 0; index += 2) {
    char *value = arguments[index + 1];
    if (strcmp(arguments[index], "--below") == 0) below = value;
    else if (strcmp(arguments[index], "--at") == 0) trip_at = atol(value);
    else if (strcmp(arguments[index], "--on") == 0) {
      on_kinds = value;
      on_end = strchr(value, ':');
      if (!on_end++) fail("--on KINDS:END");
    } else if (strcmp(arguments[index], "--count") == 0) count_file = value;
    else if (strcmp(arguments[index], "--log") == 0) log_file = value;
    else if (strcmp(arguments[index], "--do") == 0) {
      char *colon = strchr(value, ':');
      snprintf(action, sizeof action, "%.*s", (int)(colon ? colon - value : (long)strlen(value)), value);
      action_text = colon ? colon + 1 : "";
      if (strcmp(action, "once") == 0 || strcmp(action, "from") == 0) action_errno = errno_of(action_text);
    } else fail("%s is no option", arguments[index]);
  }
  if (index + 1 >= count) fail("--below DIR [--at N | --on KINDS:END] [--do WHAT] [--count FILE] [--log FILE] -- PROGRAM ...");
  return arguments + index + 1;
}

int main(int count, char **arguments) {
  char **command = options(count, arguments);
  if (log_file && !(journal = fopen(log_file, "wb"))) fail("%s: %s", log_file, strerror(errno));
  start(command);
  while (task_count > 0) {
    int status;
    pid_t id = waitpid(-1, &status, __WALL);
    if (id < 0 && errno != EINTR) break;
    if (id > 0) on_status(id, status);
  }
  if (journal) fclose(journal);
  FILE *total = count_file ? fopen(count_file, "w") : NULL;
  if (total) fprintf(total, "%ld\n", counted), fclose(total);
  return WIFSIGNALED(first_status) ? 128 + WTERMSIG(first_status) : WEXITSTATUS(first_status);
}
