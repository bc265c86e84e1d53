// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace cockpit {

struct AlertRule;

/// Everything else that is known of the alert: timing, who holds it, annotations with checked links, labels with copy
/// buttons, where it goes, and the rule behind it. Rebuilt only when the alert itself changed.
class AlertDetails : public QWidget {
    Q_OBJECT
public:
    AlertDetails(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void setAlert(const Alert &alert);

private:
    void rebuild(const Alert &alert);
    void addTiming(const Alert &alert);
    void addAnnotations(const Alert &alert);
    void addLabels(const Alert &alert);
    void addReceivers(const Alert &alert);
    /// Why Alertmanager sends the alert there; empty where its routing is not known.
    QString routeWords(const Alert &alert, const QString &receiver) const;
    void addRule(const Alert &alert);
    void addSection(const QString &title);
    void addPair(const QString &name, const QString &value, bool mono);
    void addText(const QString &name, const QString &value);
    void addLink(const QString &name, const QString &address);
    void addCopyRow(const QString &name, const QString &value);
    const AlertRule *ruleOf(const Alert &alert) const;

    CockpitModels &m_models;
    Theme &m_theme;
    QWidget *m_body = nullptr;
    QVBoxLayout *m_layout = nullptr;
    Alert m_shown{};
    const void *m_rules = nullptr; ///< which rules were shown with it
    bool m_hasShown = false;
};

} // namespace cockpit
