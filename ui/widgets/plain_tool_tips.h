// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QApplication;

namespace cockpit {

/// Makes every tool tip of the application plain text, item views' too: Qt would read them as markup and load
/// pictures. Keep it alive as long as the application.
class PlainToolTips : public QObject {
    Q_OBJECT
public:
    explicit PlainToolTips(QApplication &application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

/// Text from outside as a tool tip: lines of at most 90 characters, at most 12 of them.
QString wrappedToolTip(const QString &text);

} // namespace cockpit
