// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

#include <QList>

class QLineEdit;

namespace cockpit {

class Button;
class PlainLabel;
class Requests;
class TimeChart;

/// Where a chart or a text is saved, in place and never in a window of its own: a file name, what to write, Cancel. It
/// asks through Requests::exportRequested and tells how it went.
class ExportBar : public ThemedWidget {
    Q_OBJECT
public:
    ExportBar(Requests &requests, const Theme &theme, QWidget *parent = nullptr);
    /// What these charts show now, as one picture or as tables. They must outlive the bar.
    void open(const QString &name, const QList<TimeChart *> &charts);
    /// Some text: manifests, say; `suffix` without a dot.
    void openText(const QString &name, const QString &suffix, const QByteArray &text);
    void close();
    bool isOpen() const { return m_open; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void show(const QString &name, const QString &suffix);
    QString pathWith(const QString &suffix) const;
    void write(const QString &suffix, const QByteArray &content);
    QByteArray picture() const;
    QByteArray tables() const;

    Requests &m_requests;
    QLineEdit *m_path;
    Button *m_picture;
    Button *m_table;
    Button *m_text;
    Button *m_cancel;
    PlainLabel *m_words;
    QList<TimeChart *> m_charts{};
    QByteArray m_content{};
    QString m_suffix{};
    QString m_written{};
    bool m_open = false;
};

} // namespace cockpit
