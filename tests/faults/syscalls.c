/* Runs a program and strikes at the N-th thing it does to its state.
 *
 *   syscalls ROOT KINDS AT DEED REPORT DISK PROGRAM [ARGUMENT...]
 *
 * Every call that changes a file below ROOT (or, for `n`, sends to a socket) is counted before it is made. KINDS picks those that
 * count: `w` bytes written or cut off, `s` syncs, `d` names made, moved, removed and times set, `n` bytes sent to the network.
 * At the AT-th one (0: never) DEED happens: `kill` the program dies before the call; `torn` half of the bytes are written, then it
 * dies; `eio`, `enospc` this call fails; `eio+`, `enospc+` this one and all after it fail; `hold` the program stands still there
 * until this process reads a line. REPORT gets the number of calls and what stood at AT. Ends as the program ends.
 *
 * Into the folder DISK (`-`: nowhere) goes what a disk would hold that writes nothing before it is told to sync: `f<inode>` the bytes
 * of a file, `d<inode>` the names in a folder (inode, `f` or `d`, name), each as of its last sync; at first everything counts as
 * synced.
 *
 * It uses the kernel's seccomp user notification (seccomp_unotify(2)), so no call escapes, whoever makes it, and no root is needed.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "unknown machine"
#endif

/* What a call is: its kind, and which of its arguments names the file: `f` an open file, `p` a path, `@` a folder and a path in it. */
struct call { int number; char kind; char named; int at; const char *name; };

static const struct call CALLS[] = {
    {SYS_write, 'w', 'f', 0, "write"},
    {SYS_writev, 'w', 'f', 0, "writev"},
    {SYS_pwrite64, 'w', 'f', 0, "pwrite"},
    {SYS_pwritev, 'w', 'f', 0, "pwritev"},
    {SYS_ftruncate, 'w', 'f', 0, "ftruncate"},
    {SYS_fsync, 's', 'f', 0, "fsync"},
    {SYS_fdatasync, 's', 'f', 0, "fdatasync"},
    {SYS_syncfs, 's', 'f', 0, "syncfs"},
    {SYS_openat, 'd', '@', 0, "open"},
    {SYS_mkdirat, 'd', '@', 0, "mkdir"},
    {SYS_unlinkat, 'd', '@', 0, "unlink"},
    {SYS_renameat, 'd', '@', 0, "rename"},
    {SYS_renameat2, 'd', '@', 0, "rename"},
    {SYS_linkat, 'd', '@', 2, "link"},
    {SYS_utimensat, 'd', '@', 0, "utimens"},
#ifdef __x86_64__
    {SYS_open, 'd', 'p', 0, "open"},
    {SYS_mkdir, 'd', 'p', 0, "mkdir"},
    {SYS_rmdir, 'd', 'p', 0, "rmdir"},
    {SYS_unlink, 'd', 'p', 0, "unlink"},
    {SYS_rename, 'd', 'p', 0, "rename"},
#endif
    {SYS_sendto, 'n', 'f', 0, "send"},
};
enum { COUNT = sizeof CALLS / sizeof *CALLS };

static void die(const char *what) {
    perror(what);
    _exit(97);
}

/* Installs the filter in the program to be and gives the listener to the parent. */
static void install(int channel) {
    struct sock_filter filter[2 * COUNT + 8];
    int n = 0;
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < COUNT; i++) {
        filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CALLS[i].number, 0, 1);
        filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    }
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = n, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) die("no_new_privs");
    int listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    if (listener < 0) die("seccomp");
    char byte = 0, control[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec one = {&byte, 1};
    struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &listener, sizeof listener);
    if (sendmsg(channel, &message, 0) < 0) die("sendmsg");
    close(listener);
    close(channel);
}

static int receive(int channel) {
    char byte, control[CMSG_SPACE(sizeof(int))];
    struct iovec one = {&byte, 1};
    struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    if (recvmsg(channel, &message, 0) != 1 || !CMSG_FIRSTHDR(&message)) die("the program did not start");
    int listener;
    memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof listener);
    return listener;
}

static const char *root;
static size_t root_length;

static int is_below(const char *path) { return !strncmp(path, root, root_length); }

/* The path of an open file of the program; false when it has none. */
static int path_of_fd(pid_t pid, int fd, char *path, size_t size) {
    char link[64];
    if (fd == AT_FDCWD) snprintf(link, sizeof link, "/proc/%d/cwd", pid);
    else snprintf(link, sizeof link, "/proc/%d/fd/%d", pid, fd);
    ssize_t got = readlink(link, path, size - 1);
    if (got <= 0) return 0;
    path[got] = 0;
    return 1;
}

static void text_of(pid_t pid, uint64_t address, char *text, size_t size) {
    struct iovec here = {text, size - 1}, there = {(void *)(uintptr_t)address, size - 1};
    ssize_t got;
    while ((got = process_vm_readv(pid, &here, 1, &there, 1, 0)) < 0 && here.iov_len > 16) here.iov_len = there.iov_len = here.iov_len / 2;
    text[got < 0 ? 0 : got] = 0;
}

/* Whether a call counts; `label` gets what it is done to. */
static int counts(const struct seccomp_notif *asked, const struct call *call, const char *kinds, char *label, size_t size) {
    const __u64 *args = asked->data.args;
    if (!strchr(kinds, call->kind)) return 0;
    if (call->named == 'f') {
        if (!path_of_fd(asked->pid, (int)args[call->at], label, size)) return 0;
        if (call->kind == 'n') return !strncmp(label, "socket:", 7) && args[4] == 0;
        return is_below(label);
    }
    int flags = O_CREAT;
    char name[4096];
    if (call->named == 'p') {
        if (call->number == SYS_openat) return 0;
#ifdef __x86_64__
        if (call->number == SYS_open) flags = (int)args[1];
#endif
        text_of(asked->pid, args[call->at], name, sizeof name);
    } else {
        if (call->number == SYS_openat) flags = (int)args[2];
        text_of(asked->pid, args[call->at + 1], name, sizeof name);
    }
    if (!(flags & (O_CREAT | O_TRUNC))) return 0;
    if (name[0] == '/') {
        snprintf(label, size, "%s", name);
    } else {
        int folder = call->named == 'p' ? AT_FDCWD : (int)args[call->at];
        if (!path_of_fd(asked->pid, folder, label, size)) return 0;
        if (name[0]) {
            size_t length = strlen(label);
            snprintf(label + length, size - length, "/%s", name);
        }
    }
    return is_below(label);
}

/* Writes the first half of what the program was about to write. */
static void half(const struct seccomp_notif *asked) {
    const __u64 *args = asked->data.args;
    int number = asked->data.nr;
    if (number != SYS_write && number != SYS_pwrite64) return;
    size_t size = args[2] / 2;
    char link[64], *bytes = malloc(size + 1);
    struct iovec here = {bytes, size}, there = {(void *)(uintptr_t)args[1], size};
    if (!bytes || process_vm_readv(asked->pid, &here, 1, &there, 1, 0) != (ssize_t)size) return;
    snprintf(link, sizeof link, "/proc/%d/fd/%d", asked->pid, (int)args[0]);
    int file = open(link, O_WRONLY);
    if (file < 0) return;
    if (number == SYS_pwrite64) {
        if (pwrite(file, bytes, size, (off_t)args[3]) < 0) perror("half");
    } else {
        /* the kernel's place in the file is the program's own; its end is good enough for files that only grow */
        lseek(file, 0, SEEK_END);
        if (write(file, bytes, size) < 0) perror("half");
    }
    close(file);
    free(bytes);
}

static const char *disk;

static void keep_file(const char *path, const struct stat *what) {
    char kept[4200], bytes[65536];
    snprintf(kept, sizeof kept, "%s/f%ju", disk, (uintmax_t)what->st_ino);
    int from = open(path, O_RDONLY), to = open(kept, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    struct timespec times[2] = {what->st_atim, what->st_mtim};
    ssize_t got = 0;
    while (from >= 0 && to >= 0 && (got = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)got) != got) die(kept);
    if (to < 0 || got < 0 || futimens(to, times)) die(kept);
    if (from >= 0) close(from);
    close(to);
}

/* Keeps a file or the names of a folder; with `deep` all that is below it too. */
static void keep(const char *path, int deep) {
    struct stat what;
    if (lstat(path, &what)) return;
    if (S_ISREG(what.st_mode)) keep_file(path, &what);
    if (!S_ISDIR(what.st_mode)) return;
    char kept[4200];
    snprintf(kept, sizeof kept, "%s/d%ju", disk, (uintmax_t)what.st_ino);
    DIR *folder = opendir(path);
    FILE *names = fopen(kept, "w");
    if (!folder || !names) die(kept);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        char below[8400];
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        struct stat one;
        if (lstat(below, &one)) continue;
        fprintf(names, "%ju %c %s\n", (uintmax_t)one.st_ino, S_ISDIR(one.st_mode) ? 'd' : 'f', entry->d_name);
        if (deep) keep(below, 1);
    }
    fclose(names);
    closedir(folder);
}

int main(int argc, char **argv) {
    if (argc < 8) {
        fprintf(stderr, "usage: syscalls ROOT KINDS AT DEED REPORT DISK PROGRAM [ARGUMENT...]\n");
        return 96;
    }
    root = argv[1];
    root_length = strlen(root);
    const char *kinds = argv[2], *deed = argv[4], *report = argv[5];
    long at = atol(argv[3]), done = 0;
    char struck[4600] = "nothing";
    disk = strcmp(argv[6], "-") ? argv[6] : NULL;
    if (disk) keep(root, 1);
    int channel[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel)) die("socketpair");
    pid_t program = fork();
    if (program < 0) die("fork");
    if (!program) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        install(channel[1]);
        execvp(argv[7], argv + 7);
        die(argv[7]);
    }
    close(channel[1]);
    int listener = receive(channel[0]);
    size_t failing = 0;
    for (;;) {
        struct pollfd ready = {.fd = listener, .events = POLLIN};
        if (poll(&ready, 1, -1) < 0 && errno != EINTR) die("poll");
        if (ready.revents & (POLLHUP | POLLERR)) break;
        if (!(ready.revents & POLLIN)) continue;
        struct seccomp_notif asked;
        struct seccomp_notif_resp answer;
        memset(&asked, 0, sizeof asked);
        memset(&answer, 0, sizeof answer);
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked)) continue;
        answer.id = asked.id;
        answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
        const struct call *call = NULL;
        for (int i = 0; i < COUNT && !call; i++)
            if (CALLS[i].number == asked.data.nr) call = &CALLS[i];
        char label[4200] = "";
        if (call && counts(&asked, call, kinds, label, sizeof label)) {
            done++;
            if (done == at) {
                snprintf(struck, sizeof struck, "%s %s", call->name, label);
                if (!strcmp(deed, "torn")) half(&asked);
                if (!strcmp(deed, "torn") || !strcmp(deed, "kill")) {
                    /* no answer: the call is never made */
                    kill(program, SIGKILL);
                    break;
                }
                if (!strcmp(deed, "hold")) {
                    char line[8];
                    printf("held\n");
                    fflush(stdout);
                    if (read(0, line, sizeof line) < 0) perror("hold");
                }
            }
            failing = at && (done == at || (done > at && deed[strlen(deed) - 1] == '+'));
            if (failing && (deed[0] == 'e')) {
                answer.flags = 0;
                answer.error = deed[1] == 'i' ? -EIO : -ENOSPC;
            } else if (disk && call->kind == 's') {
                keep(call->number == SYS_syncfs ? root : label, call->number == SYS_syncfs);
            }
        }
        /* one that died meanwhile needs no answer */
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) && errno != ENOENT) die("answer");
    }
    int status = 0;
    if (waitpid(program, &status, 0) < 0) die("waitpid");
    FILE *file = fopen(report, "w");
    if (!file) die(report);
    fprintf(file, "%ld\n%s\n", done, struck);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
