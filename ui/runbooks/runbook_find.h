// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_flow.h"

#include <QObject>

class QTimer;

namespace cockpit {

/// A place in the text of a document.
struct RunbookPosition {
    int unit = 0;
    int piece = 0;
    int at = 0;
    auto operator<=>(const RunbookPosition &) const = default;
};

/// Reads through the texts of a document a slice at a time, so that no slot is long whatever the file holds: for
/// finding words, and for copying a long selection.
class RunbookReader : public QObject {
    Q_OBJECT
public:
    struct Hit {
        RunbookPosition from{};
        int length = 0;
    };

    RunbookReader(const RunbookFlow &flow, const Theme &theme, QObject *parent = nullptr);
    /// Finds the words, case aside, from the first unit on. Empty words end it.
    void find(const QString &words);
    const std::vector<Hit> &hits() const { return m_hits; }
    bool isSearching() const { return m_searching; }
    /// Reads what lies between; the text comes in `read`.
    void read(const RunbookPosition &from, const RunbookPosition &to);
    /// The document is another one.
    void stop();

    static constexpr int unitsAtOnce = 100;
    static constexpr size_t hitLimit = 5000;

Q_SIGNALS:
    /// More hits may be there, or the search has ended.
    void found();
    void readDone(const QString &text);

private:
    void slice();
    void findIn(int unit);
    void readFrom(int unit);

    const RunbookFlow &m_flow;
    const Theme &m_theme;
    QTimer *m_timer;
    QString m_words{};
    std::vector<Hit> m_hits{};
    int m_next = 0;
    bool m_searching = false;
    bool m_reading = false;
    int m_readNext = 0;
    RunbookPosition m_from{};
    RunbookPosition m_to{};
    QString m_text{};
};

} // namespace cockpit
