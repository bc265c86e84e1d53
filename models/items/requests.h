// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/breaker.h"
#include "models/delivery_correction.h"
#include "models/feature_flag.h"
#include "models/incident_proposal.h"
#include "models/items/alert_list_model.h"
#include "models/runbook.h"
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
    /// Open the Rollouts page on this one.
    void rolloutRequested(const cockpit::ObjectKey &object);
    /// Arm automatic rollback of this one on this laptop; the guard appears in RolloutStore, a refusal in guardRefused.
    void guardArmRequested(const cockpit::ObjectKey &object);
    void guardDisarmRequested(const cockpit::ObjectKey &object);
    /// It was not armed, and why, in words.
    void guardRefused(const cockpit::ObjectKey &object, const QString &words);
    /// Measure and judge it now.
    void judgeRequested(const cockpit::ObjectKey &object);
    /// Manifests that let the cluster enforce its policy; `engine` is "argo-rollouts" or "flagger". The answer comes in
    /// policyExported: the manifests, or why not.
    void exportPolicyRequested(const cockpit::ObjectKey &object, const QString &engine);
    void policyExported(const cockpit::ObjectKey &object, const QByteArray &manifests, const QString &problem);
    /// Write these bytes to a file that a person chose; exportFinished tells how it went, `problem` empty when well.
    void exportRequested(const QString &path, const QByteArray &content);
    void exportFinished(const QString &path, const QString &problem);
    /// Open the Breakers page on this one.
    void breakerRequested(const cockpit::BreakerKey &breaker);
    /// Open the Breakers page with the switch of this flag open.
    void flagRequested(const cockpit::FlagKey &flag);
    /// Open the Runbooks page on this one, at that section (empty = its top).
    void runbookRequested(const cockpit::RunbookKey &runbook, const QString &slug);
    /// Read the ticks of an occasion into RunbookStore.
    void ticksRequested(const QString &occasion);
    /// Tick or skip a step; actor and time are filled in by app/.
    void tickRequested(const cockpit::RunbookTick &tick);
    void untickRequested(const QString &occasion, const cockpit::RunbookKey &runbook, const QString &step);
    /// Search all runbooks; the answer comes in RunbookStore::hits. Empty words clear it.
    void runbookSearchRequested(const QString &words);
    /// Ask Prometheus this query of a runbook in place; the answer comes in RunbookStore::answer.
    void runbookQueryRequested(const QString &query);
    /// Open the file in the person's editor at a line (from 1).
    void runbookEditRequested(const cockpit::RunbookKey &runbook, int line);
    /// Open it in the editor at the place for what was learned, which is made where there is none yet.
    void lessonRequested(const cockpit::RunbookKey &runbook);
    /// Write a runbook with all sections for this alert rule, where it would be looked for; it is then opened.
    void skeletonRequested(const QString &alertName);
    /// What became of one of the three above, in words.
    void runbookNoticed(const QString &words);
    /// Fill IncidentStore::proposal in from these alerts (none = from nothing).
    void incidentProposalRequested(const QList<cockpit::AlertKey> &alerts);
    /// Declare it as proposed (a person may have changed title, level and impactStarted), or join `proposal.join` when that
    /// is set; the Incident page then shows it.
    void incidentDeclareRequested(const cockpit::IncidentProposal &proposal);
    /// Append to an incident: id, times, actor and origin are filled in by app/ where they are empty.
    void incidentEntryRequested(const cockpit::IncidentId &incident, const cockpit::IncidentBody &body);
    /// It was not written, and why.
    void incidentRefused(const cockpit::IncidentId &incident, const QString &words);
    /// `incident` goes on as `into`.
    void incidentMergeRequested(const cockpit::IncidentId &incident, const cockpit::IncidentId &into);
    /// Show this one on the Incident page; empty = the page with whatever is current.
    void incidentRequested(const cockpit::IncidentId &incident);
    /// Write the postmortem to a file that a person chose: "md", "html" or "pdf"; exportFinished tells how it went.
    void postmortemExportRequested(const cockpit::IncidentId &incident, const QString &format, const QString &path);
    /// Say what a deployment (DeploymentRecord::id) counts as; actor and time are filled in by app/. The reports in
    /// ReviewStore follow, or deliveryCorrectionRefused says why not.
    void deliveryCorrectionRequested(const QString &deployment, cockpit::DeploymentCorrection::Verdict verdict,
                                     const QString &reason);
    void deliveryCorrectionRefused(const QString &deployment, const QString &words);
    /// A page by id: "triage", "services", "activity", "keys".
    void pageRequested(const QString &page);
    /// Open a checked http(s) address in the browser.
    void linkRequested(const QString &url);
    void themeRequested(const QString &theme);
};

} // namespace cockpit
