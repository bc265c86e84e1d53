// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

#include "models/state_glyph.h"

class QAbstractItemModel;
class QTimer;

namespace cockpit {

/// The strip at the bottom, h28: the newest event with its time; all of it is one button that opens the activity log.
class EventStrip : public ThemedButton {
    Q_OBJECT
public:
    EventStrip(const Theme &theme, const QAbstractItemModel &activity, QWidget *parent = nullptr);
    /// What happened to the fleet; shown when it is newer than the newest action.
    void setNews(qint64 atMs, StateGlyph glyph, const QString &text);
    /// Says something in place of the newest event until the next one, or for 8 s.
    void showNotice(const QString &words);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void setLine(const QString &time, StateGlyph glyph, const QString &line);
    double paintTrailing(QPainter &painter) const;

    const QAbstractItemModel &m_activity;
    QString m_time{};
    QString m_line{};
    StateGlyph m_glyph = StateGlyph::Info;
    QString m_since{};
    int m_count = 0;
    qint64 m_newsAtMs = 0;
    StateGlyph m_newsGlyph = StateGlyph::Info;
    QString m_newsText{};
    QTimer *m_noticeEnd;
};

} // namespace cockpit
