// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/items/rollout_store.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QTimer;

namespace cockpit {

class ActionPlace;
class ExportBar;
class RolloutCharts;
class RollbackSection;
class VerdictSection;

/// The selected rollout: charts at the left, verdict and policy, what a rollback would do. A strip opens at the top of
/// the two right columns, so that the charts stay in sight while it works. While it is shown it keeps the plan of the
/// rollback fresh; nothing is ever sent by that.
class RolloutDetail : public QWidget {
    Q_OBJECT
public:
    RolloutDetail(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Shows it as it is now. Another object closes what was only being decided and follows what runs on it.
    void setEntry(const RolloutEntry &entry);
    void clear();
    /// Asks for data and plans only while it is on show.
    void setActive(bool active);
    /// Opens the strip. A disabled offer, or one while another action of it runs, does nothing.
    void ask(const RolloutOffer &offer, bool byKey);
    /// Why the rollback does nothing now; empty when it works.
    QString rollbackRefusal() const;
    /// Why the newest look at a rollback of that object says that it cannot be done at all; empty when it can, or when
    /// it was not looked at.
    QString planRefusal(const ObjectKey &key) const;
    /// Whose strip is open, and for which offer.
    std::optional<ObjectKey> armedObject() const;
    const QString &armedOffer() const { return m_armedOffer; }
    ActionPlace *place() const { return m_place; }

Q_SIGNALS:
    void armedChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeRight();
    void connectParts();
    QString refusal() const;
    void refreshSections();
    void watchStrip();
    void schedulePreview(bool atOnce);
    void preview();
    void remember(const ActionRecord &record);

    CockpitModels &m_models;
    Theme &m_theme;
    RolloutCharts *m_charts;
    VerdictSection *m_verdict;
    RollbackSection *m_rollback;
    ActionPlace *m_place;
    ActionPlace *m_preview;
    ExportBar *m_export;
    QTimer *m_previewTimer;
    QWidget *m_right = nullptr;
    QWidget *m_third = nullptr;
    std::optional<RolloutEntry> m_entry{};
    std::optional<Rollout> m_askedOf{}; ///< the object as it was when the strip opened
    QString m_armedOffer{};
    QHash<ObjectKey, ActionId> m_running{}; ///< sent and not yet read to its end by the person
    QString m_previewedBasis{};
    QString m_planRefusal{}; ///< why the newest preview says that it cannot be done at all
    bool m_active = false;
    bool m_switching = false;
};

} // namespace cockpit
