// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/secret_command.h"

#include "app/config/config_words.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
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

constexpr qsizetype mostSecretBytes = 64 * 1024;
constexpr int stopCheckMs = 100;

/// A file descriptor that closes itself.
class SecretFd {
public:
    explicit SecretFd(int fd = -1) : m_fd(fd) {}
    ~SecretFd() { reset(); }
    SecretFd(const SecretFd &) = delete;
    SecretFd &operator=(const SecretFd &) = delete;
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

Error secretCommandError(Error::Kind kind, const QString &program, const QString &what)
{
    return {kind, ConfigWords::tr("The command %1 for a secret %2.").arg(program, what), {}, {}};
}

/// One child process in its own group, from start to the last of its group.
class SecretChild {
public:
    ~SecretChild() { end(); }

    /// 0, or an errno.
    int start(const QStringList &command)
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return errno;
        m_output.reset(ends[0]);
        SecretFd writing(ends[1]);
        // Our end alone: a command does not expect that its own output refuses to wait.
        if (::fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
            return errno;
        std::vector<std::string> texts;
        for (const QString &part : command)
            texts.push_back(QFile::encodeName(part).toStdString());
        std::vector<char *> arguments;
        for (std::string &text : texts)
            arguments.push_back(text.data());
        arguments.push_back(nullptr);
        if (const int error = spawn(arguments, writing.get()))
            return error;
        m_exit.reset(::pidfd_open(m_pid, 0));
        return m_exit.get() < 0 ? errno : 0;
    }

    int output() const { return m_output.get(); }
    int exitSignal() const { return m_exit.get(); }

    /// Kills the group, reaps the child; its wait status (0: ended well).
    int end()
    {
        if (m_pid <= 0)
            return 0;
        int status = 0;
        ::kill(-m_pid, SIGKILL);
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = 0;
        return status;
    }

private:
    int spawn(const std::vector<char *> &arguments, int writing)
    {
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, writing, 1);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        const int error = ::posix_spawnp(&m_pid, arguments.front(), &actions, &attributes, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
        if (error)
            m_pid = 0;
        return error;
    }

    pid_t m_pid = 0;
    SecretFd m_output{};
    SecretFd m_exit{};
};

/// Takes what is there now. False once it is too much.
bool takeOutput(int fd, QByteArray &into)
{
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count <= 0)
            return true;
        into.append(buffer.data(), static_cast<qsizetype>(count));
        if (into.size() > mostSecretBytes)
            return false;
    }
}

int startTimer(SecretFd &timer, std::chrono::milliseconds limit)
{
    timer.reset(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
    itimerspec when{};
    when.it_value.tv_sec = limit.count() / 1000;
    when.it_value.tv_nsec = limit.count() % 1000 * 1000000 + 1;
    return ::timerfd_settime(timer.get(), 0, &when, nullptr);
}

/// Nothing when the child has ended; else why it is not waited for any longer, with words for it.
std::optional<std::pair<Error::Kind, QString>> waitForSecret(const SecretChild &child,
                                                             std::chrono::milliseconds limit,
                                                             const std::atomic_bool *stop, QByteArray &output)
{
    SecretFd timer;
    if (startTimer(timer, limit) != 0)
        return std::make_pair(Error::Kind::Invalid, ConfigWords::tr("cannot be limited in time"));
    bool open = true;
    for (;;) {
        std::array<pollfd, 3> waits{pollfd{child.exitSignal(), POLLIN, 0}, pollfd{timer.get(), POLLIN, 0},
                                    pollfd{open ? child.output() : -1, POLLIN, 0}};
        ::poll(waits.data(), waits.size(), stopCheckMs);
        if (open && waits[2].revents != 0) {
            if (!takeOutput(child.output(), output))
                return std::make_pair(Error::Kind::TooLarge, ConfigWords::tr("printed more than 64 KiB"));
            open = (waits[2].revents & POLLHUP) == 0;
        }
        if (waits[0].revents != 0) {
            takeOutput(child.output(), output);
            return std::nullopt;
        }
        if (waits[1].revents != 0)
            return std::make_pair(Error::Kind::Timeout,
                                  ConfigWords::tr("did not end within %1 s").arg(double(limit.count()) / 1000.0));
        if (stop && stop->load())
            return std::make_pair(Error::Kind::Cancelled, ConfigWords::tr("was cancelled"));
    }
}

} // namespace

Result<QByteArray> runSecretCommand(const QStringList &command, std::chrono::milliseconds limit,
                                    const std::atomic_bool *stop)
{
    if (command.isEmpty())
        return secretCommandError(Error::Kind::Invalid, {}, ConfigWords::tr("is empty"));
    const QString program = command.first();
    SecretChild child;
    if (const int error = child.start(command))
        return secretCommandError(Error::Kind::Invalid, program,
                                  ConfigWords::tr("cannot be started: %1").arg(qt_error_string(error)));
    QByteArray output;
    if (const auto reason = waitForSecret(child, limit, stop, output))
        return secretCommandError(reason->first, program, reason->second);
    const int status = child.end();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return output;
    return secretCommandError(Error::Kind::Invalid, program,
                              WIFEXITED(status) ? ConfigWords::tr("failed with exit code %1").arg(WEXITSTATUS(status))
                                                : ConfigWords::tr("was ended by a signal"));
}

} // namespace cockpit
