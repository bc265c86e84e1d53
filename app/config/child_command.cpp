// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/child_command.h"

#include <QFile>
#include <QStandardPaths>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" {
#include <sys/pidfd.h> // glibc 2.36 forgot to declare it for C++
}

extern char **environ; // NOLINT: POSIX names it so

namespace cockpit {

namespace {

constexpr qsizetype mostErrorBytes = 4 * 1024;
constexpr int stopCheckMs = 100;

/// A file descriptor that closes itself.
class ChildFd {
public:
    explicit ChildFd(int fd = -1) : m_fd(fd) {}
    ~ChildFd() { reset(); }
    ChildFd(const ChildFd &) = delete;
    ChildFd &operator=(const ChildFd &) = delete;
    int get() const { return m_fd; }
    void reset(int fd = -1)
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = fd;
    }

private:
    int m_fd;
};

/// Strings as posix_spawn wants them.
class ChildTexts {
public:
    void add(std::string text) { m_texts.push_back(std::move(text)); }
    std::vector<char *> pointers()
    {
        std::vector<char *> all;
        for (std::string &text : m_texts)
            all.push_back(text.data());
        all.push_back(nullptr);
        return all;
    }

private:
    std::vector<std::string> m_texts{};
};

/// Our end of a pipe alone does not wait: a program does not expect that its own output refuses to.
int openPipe(ChildFd &reading, ChildFd &writing)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return errno;
    reading.reset(ends[0]);
    writing.reset(ends[1]);
    return ::fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0 ? errno : 0;
}

/// The program's file; empty when there is none.
QString programFile(const ChildCommand &child)
{
    const QString &program = child.command.first();
    if (program.contains(u'/'))
        return QFile::exists(program) ? program : QString();
    QStringList folders;
    if (child.environment)
        folders = child.environment->value(QStringLiteral("PATH")).split(u':', Qt::SkipEmptyParts);
    return QStandardPaths::findExecutable(program, folders);
}

/// One child process in its own group, from start to the last of its group.
class ChildProcess {
public:
    ~ChildProcess() { end(true); }

    /// 0, or an errno.
    int start(const QString &program, const ChildCommand &child)
    {
        ChildFd outputEnd, errorEnd;
        if (const int error = openPipe(m_output, outputEnd))
            return error;
        if (const int error = openPipe(m_errors, errorEnd))
            return error;
        ChildTexts arguments, variables;
        for (const QString &part : child.command)
            arguments.add(QFile::encodeName(part).toStdString());
        if (child.environment) {
            for (auto it = child.environment->begin(); it != child.environment->end(); ++it)
                variables.add((it.key() + u'=' + it.value()).toLocal8Bit().toStdString());
        }
        const int error = spawn(QFile::encodeName(program), arguments.pointers().data(),
                                child.environment ? variables.pointers().data() : environ,
                                {outputEnd.get(), errorEnd.get()});
        if (error)
            return error;
        m_exit.reset(::pidfd_open(m_pid, 0));
        return m_exit.get() < 0 ? errno : 0;
    }

    int output() const { return m_output.get(); }
    int errors() const { return m_errors.get(); }
    int exitSignal() const { return m_exit.get(); }

    /// Reaps the child, and kills its group first when asked; its wait status (0: ended well).
    int end(bool killsGroup)
    {
        if (m_pid <= 0)
            return 0;
        int status = 0;
        if (killsGroup)
            ::kill(-m_pid, SIGKILL);
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = 0;
        return status;
    }

private:
    int spawn(const QByteArray &program, char *const *arguments, char *const *variables, std::pair<int, int> writing)
    {
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, writing.first, 1);
        posix_spawn_file_actions_adddup2(&actions, writing.second, 2);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        const int error = ::posix_spawn(&m_pid, program.constData(), &actions, &attributes, arguments, variables);
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
        if (error)
            m_pid = 0;
        return error;
    }

    pid_t m_pid = 0;
    ChildFd m_output{};
    ChildFd m_errors{};
    ChildFd m_exit{};
};

/// Appends what is there now; false at the end of the pipe.
bool takeOutput(int fd, QByteArray &into)
{
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count == 0)
            return false;
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        into.append(buffer.data(), static_cast<qsizetype>(count));
    }
}

void keepTail(QByteArray &text)
{
    if (text.size() > mostErrorBytes)
        text = text.right(mostErrorBytes);
}

bool startTimer(ChildFd &timer, std::chrono::milliseconds limit)
{
    timer.reset(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
    itimerspec when{};
    when.it_value.tv_sec = limit.count() / 1000;
    when.it_value.tv_nsec = limit.count() % 1000 * 1000000 + 1;
    return ::timerfd_settime(timer.get(), 0, &when, nullptr) == 0;
}

/// Reads while it runs. Nothing when it has ended; else why it is not waited for any longer.
std::optional<ChildFailure::Reason> waitForChild(const ChildProcess &process, const ChildCommand &child, ChildEnd &end)
{
    ChildFd timer;
    if (!startTimer(timer, child.limit))
        return ChildFailure::Reason::CannotStart;
    bool outputOpen = true;
    bool errorsOpen = true;
    for (;;) {
        std::array<pollfd, 4> waits{pollfd{process.exitSignal(), POLLIN, 0}, pollfd{timer.get(), POLLIN, 0},
                                    pollfd{outputOpen ? process.output() : -1, POLLIN, 0},
                                    pollfd{errorsOpen ? process.errors() : -1, POLLIN, 0}};
        ::poll(waits.data(), waits.size(), stopCheckMs);
        const bool ended = waits[0].revents != 0;
        if (outputOpen && (ended || waits[2].revents != 0))
            outputOpen = takeOutput(process.output(), end.output);
        if (errorsOpen && (ended || waits[3].revents != 0))
            errorsOpen = takeOutput(process.errors(), end.errorTail);
        keepTail(end.errorTail);
        if (end.output.size() > child.mostBytes)
            return ChildFailure::Reason::TooLarge;
        if (ended)
            return std::nullopt;
        if (waits[1].revents != 0)
            return ChildFailure::Reason::Timeout;
        if (child.stop && child.stop->load())
            return ChildFailure::Reason::Cancelled;
    }
}

} // namespace

std::variant<ChildEnd, ChildFailure> runChildCommand(const ChildCommand &child)
{
    const QString program = programFile(child);
    if (program.isEmpty())
        return ChildFailure{ChildFailure::Reason::NotFound, ENOENT, {}};
    ChildProcess process;
    if (const int error = process.start(program, child))
        return ChildFailure{ChildFailure::Reason::CannotStart, error, {}};
    ChildEnd end;
    if (const auto reason = waitForChild(process, child, end))
        return ChildFailure{*reason, 0, end.errorTail};
    const int status = process.end(child.endsItsGroup);
    end.signalled = WIFSIGNALED(status);
    end.exitCode = end.signalled ? WTERMSIG(status) : WEXITSTATUS(status);
    return end;
}

} // namespace cockpit
