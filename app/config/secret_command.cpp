// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/secret_command.h"

#include "app/config/child_command.h"
#include "app/config/config_words.h"

namespace cockpit {

namespace {

Error secretCommandError(Error::Kind kind, const QString &program, const QString &what)
{
    return {kind, ConfigWords::tr("The command %1 for a secret %2.").arg(program, what), {}, {}};
}

Error secretCommandFailure(const ChildFailure &failure, const QString &program, std::chrono::milliseconds limit)
{
    switch (failure.reason) {
    case ChildFailure::Reason::Timeout:
        return secretCommandError(Error::Kind::Timeout, program,
                                  ConfigWords::tr("did not end within %1 s").arg(double(limit.count()) / 1000.0));
    case ChildFailure::Reason::Cancelled:
        return secretCommandError(Error::Kind::Cancelled, program, ConfigWords::tr("was cancelled"));
    case ChildFailure::Reason::TooLarge:
        return secretCommandError(Error::Kind::TooLarge, program, ConfigWords::tr("printed more than 64 KiB"));
    case ChildFailure::Reason::NotFound:
    case ChildFailure::Reason::CannotStart:
        break;
    }
    return secretCommandError(Error::Kind::Invalid, program,
                              ConfigWords::tr("cannot be started: %1").arg(qt_error_string(failure.errorNumber)));
}

} // namespace

Result<QByteArray> runSecretCommand(const QStringList &command, std::chrono::milliseconds limit,
                                    const std::atomic_bool *stop)
{
    if (command.isEmpty())
        return secretCommandError(Error::Kind::Invalid, {}, ConfigWords::tr("is empty"));
    const auto ran = runChildCommand({.command = command, .limit = limit, .stop = stop});
    if (const auto *failure = std::get_if<ChildFailure>(&ran))
        return secretCommandFailure(*failure, command.first(), limit);
    const ChildEnd &end = std::get<ChildEnd>(ran);
    if (end.signalled)
        return secretCommandError(Error::Kind::Invalid, command.first(), ConfigWords::tr("was ended by a signal"));
    if (end.exitCode != 0)
        return secretCommandError(Error::Kind::Invalid, command.first(),
                                  ConfigWords::tr("failed with exit code %1").arg(end.exitCode));
    return end.output;
}

} // namespace cockpit
