// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/qt_keychain_reader.h"

#include "app/config/config_words.h"

#include <qt6keychain/keychain.h>

namespace cockpit {

namespace {

/// Runs on the main thread: QtKeychain has one queue for the process, which lives where its first job ran.
void startKeychainJob(const QString &service, const QString &account, std::function<void(Result<QByteArray>)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(service); // deletes itself when it has finished
    job->setInsecureFallback(false);
    job->setKey(account);
    QObject::connect(job, &QKeychain::Job::finished, job, [service, account, done](QKeychain::Job *finished) {
        if (finished->error() == QKeychain::NoError) {
            // A text is stored as text by most tools: then there is no binary data.
            const auto *reading = static_cast<QKeychain::ReadPasswordJob *>(finished);
            const QByteArray binary = reading->binaryData();
            done(binary.isEmpty() ? reading->textData().toUtf8() : binary);
            return;
        }
        const bool missing = finished->error() == QKeychain::EntryNotFound;
        done(Error{missing ? Error::Kind::NotFound : Error::Kind::Invalid,
                   missing ? ConfigWords::tr("The keychain has no entry %1/%2.").arg(service, account)
                           : ConfigWords::tr("The keychain cannot be read: %1.").arg(finished->errorString()),
                   {}, {}});
    });
    job->start();
}

} // namespace

KeychainReader qtKeychainReader()
{
    return [](const QString &service, const QString &account, std::function<void(Result<QByteArray>)> done) {
        QCoreApplication *application = QCoreApplication::instance();
        if (!application) {
            done(Error{Error::Kind::Invalid, ConfigWords::tr("The keychain needs a running application."), {}, {}});
            return;
        }
        QMetaObject::invokeMethod(
            application, [service, account, done = std::move(done)] { startKeychainJob(service, account, done); },
            Qt::QueuedConnection);
    };
}

} // namespace cockpit
