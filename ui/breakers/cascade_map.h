// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cascade_layout.h"
#include "models/items/cockpit_models.h"
#include "ui/widgets/themed_widget.h"

#include <QFutureWatcher>

#include <memory>

namespace cockpit {

/// The services as a graph with their state; what is in trouble is numbered, the likeliest cause first, and says
/// because of whom. It is folded and laid out off the GUI thread. A click on an edge, or Enter on the one that the
/// arrow keys chose, selects its breaker.
class CascadeMap : public ThemedWidget {
    Q_OBJECT
public:
    CascadeMap(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// Folds again when something it rests on changed; what is shown stays until the new one is there.
    void refresh();
    const Cascade &cascade() const { return m_shown.cascade; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void breakerChosen(const cockpit::BreakerKey &key);
    /// A new drawing is shown.
    void drawn();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Drawing {
        Cascade cascade{};
        CascadeLayout layout{};
    };
    void take();
    QHash<QString, QString> hints() const;
    double scale(int width) const;
    QPointF origin() const;
    void paintNode(QPainter &painter, const PlacedNode &placed) const;
    void paintEdge(QPainter &painter, const PlacedEdge &placed, bool chosen) const;
    void paintSentences(QPainter &painter) const;
    int edgeAt(const QPointF &at) const;
    void choose(int placedEdge);
    QString edgeWords(const CascadeEdge &edge) const;

    CockpitModels &m_models;
    QFutureWatcher<std::shared_ptr<Drawing>> m_watcher{};
    Drawing m_shown{};
    bool m_again = false;
    std::shared_ptr<const Fleet> m_foldedFleet{}; ///< what the newest fold rests on
    std::vector<BreakerPtr> m_foldedBreakers{};
    QHash<QString, QString> m_foldedHints{};
    int m_chosen = -1; ///< index into the layout's edges; -1 = none
};

} // namespace cockpit
