// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/alert_list_model.h"
#include "models/series.h"

#include <QObject>

namespace cockpit {

/// Everything that pages may ask for. Pages emit, app/ answers into the models. GUI thread.
class Requests : public QObject {
    Q_OBJECT
public:
    explicit Requests(QObject *parent = nullptr);

Q_SIGNALS:
    /// Plan this action; the record appears in ActionStore under request.id (pages make ids with newActionRequested:
    /// an empty id is replaced by app/ and told through planStarted of the same object).
    void planRequested(const cockpit::ActionRequest &request);
    void planStarted(const cockpit::ActionRequest &request);
    void confirmRequested(const cockpit::ActionId &id, const QStringList &accepted);
    void cancelRequested(const cockpit::ActionId &id);
    /// Keep this chart fresh while it is shown; an answer has at most about 2 points per pixel.
    void chartRequested(const cockpit::ChartKey &key, int widthPx);
    void chartReleased(const cockpit::ChartKey &key);
    void filterRequested(const QString &text, cockpit::AlertScope scope, const QStringList &collapsed);
    /// The filter text does not parse: what was expected, for the field.
    void filterRefused(const QString &words);
    void retryRequested(const cockpit::SourceId &source);
    void alertRequested(const cockpit::AlertKey &key);
    void serviceRequested(const cockpit::ServiceId &service);
    /// A page by id: "triage", "services", "activity", "keys".
    void pageRequested(const QString &page);
    /// Open a checked http(s) address in the browser.
    void linkRequested(const QString &url);
    void themeRequested(const QString &theme);
};

} // namespace cockpit
