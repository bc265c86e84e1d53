// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

#include <optional>

namespace cockpit {

/// A count that is also a filter: "4 Firing". h44, checkable.
class CounterButton : public ThemedButton {
    Q_OBJECT
public:
    CounterButton(const Theme &theme, const QString &word, QWidget *parent = nullptr);
    /// Nothing: not known, drawn as a dash (never 0). `stale` draws the number in staleText.
    void setCount(std::optional<int> count, bool stale = false);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString numberText() const;

    std::optional<int> m_count{};
    bool m_stale = false;
};

} // namespace cockpit
