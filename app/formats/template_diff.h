// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace cockpit {

/// What changes from one pod template (JSON) to another, by path, line by line: "- image: gc-service 1.43.0",
/// "+ image: gc-service 1.42.3", "+ env LOG_LEVEL: debug (gc-service)". Where a value comes from a Secret its name and
/// key are told; literal values of variables whose name speaks of a secret are hidden. Labels and times that
/// controllers add do not count. At most `lines` lines; the last one then says how many are left out. Empty when
/// nothing differs or one side is no JSON.
QString templateDiff(const QByteArray &from, const QByteArray &to, int lines = 200);

/// Equal but for the labels that controllers add (pod-template-hash and its kin) and creationTimestamp.
bool isSameTemplate(const QByteArray &a, const QByteArray &b);

} // namespace cockpit
