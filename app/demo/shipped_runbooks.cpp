// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/shipped_runbooks.h"

#include "app/demo/rule_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSaveFile>

namespace cockpit::demo {

std::string runbookFolderName(const std::string &configFile)
{
    return QFileInfo(QString::fromStdString(configFile)).completeBaseName().toStdString() + ".runbooks";
}

bool writeShippedRunbooks(const std::string &configFile)
{
    const QString prefix = QStringLiteral(":/demo/runbooks/");
    const QDir beside = QFileInfo(QString::fromStdString(configFile)).absoluteDir();
    const QDir folder(beside.filePath(QString::fromStdString(runbookFolderName(configFile))));
    shippedText("alerts.yml"); // makes the resources known
    QDirIterator files(prefix, {QStringLiteral("*.md")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next().mid(prefix.size());
        const QByteArray text = QByteArray::fromStdString(shippedText("runbooks/" + path.toStdString()));
        QSaveFile file(folder.filePath(path));
        const bool isWritten = folder.mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
                               file.write(text) == text.size() && file.commit();
        if (!isWritten)
            return false;
    }
    return true;
}

} // namespace cockpit::demo
