// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

namespace cockpit {

/// One line under a document: asks before an address is opened in the browser, or says in words what happened.
class LinkStrip : public ThemedWidget {
    Q_OBJECT
public:
    explicit LinkStrip(const Theme &theme, QWidget *parent = nullptr);
    /// "Open grafana.example in the browser?" with the whole address.
    void ask(const QString &host, const QString &address);
    /// Words that go away by themselves or by Esc.
    void say(const QString &words);

Q_SIGNALS:
    void openRequested(const QString &address);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    PlainLabel *m_words;
    ElidedLabel *m_address;
    Button *m_open;
    Button *m_close;
    QString m_target{};
    int m_said = 0;
};

} // namespace cockpit
