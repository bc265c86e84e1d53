// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <string>

/// A recorded body, as the network client delivers it: with 64 spare bytes behind its end.
inline std::string paddedBody(std::string body)
{
    body.reserve(body.size() + 64);
    return body;
}

/// JSON written with ' for ", so that it can be read between the quotes of C++.
inline QByteArray jsonBytes(const char *text) { return QByteArray(text).replace('\'', '"'); }
inline std::string json(const char *text) { return jsonBytes(text).toStdString(); }

inline std::string fixture(const char *name)
{
    QFile file(QStringLiteral(COCKPIT_SOURCE_DIR "/tests/fixtures/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? paddedBody(file.readAll().toStdString()) : std::string();
}
