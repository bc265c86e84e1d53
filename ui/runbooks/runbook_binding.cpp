// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_binding.h"

#include "models/items/requests.h"
#include "models/items/rollout_store.h"
#include "models/items/runbook_store.h"
#include "ui/runbooks/link_strip.h"
#include "ui/runbooks/runbook_action_box.h"
#include "ui/runbooks/runbook_target.h"
#include "ui/runbooks/runbook_view.h"

namespace cockpit {

RunbookFilling fillingOf(const Alert &alert, const CockpitModels &models)
{
    RunbookFilling filling;
    filling.labels = alert.labels;
    QHash<QString, QString> &words = filling.words;
    words.insert(QStringLiteral("alert"), alert.name);
    if (!alert.service.isEmpty())
        words.insert(QStringLiteral("service"), alert.service.toString());
    for (const RolloutEntry &entry : models.rollouts.entries()) {
        const ObjectKey &object = entry.rollout->key;
        if (entry.rollout->service != alert.service || alert.service.isEmpty())
            continue;
        words.insert(QStringLiteral("context"), object.context);
        if (!words.contains(QStringLiteral("namespace")))
            words.insert(QStringLiteral("namespace"), object.nameSpace);
        break;
    }
    if (!alert.key.cluster.isEmpty())
        words.insert(QStringLiteral("cluster"), alert.key.cluster);
    return filling;
}

RunbookBinding::RunbookBinding(CockpitModels &models, const Theme &theme, RunbookView &view, LinkStrip &strip)
    : QObject(&view)
    , m_models(models)
    , m_theme(theme)
    , m_view(view)
    , m_strip(strip)
{
    view.setAnswers([&models](const QString &query) { return models.runbooks.answer(query); });
    view.setActionMaker([this](const RunbookBlock &block) -> QWidget * {
        return new RunbookActionBox(
            m_models, m_theme, filledAction(block.action.value_or(RunbookActionReference()), m_filling),
            m_filling.words.value(QStringLiteral("context")), m_filling.labels.value(u"namespace"));
    });
    connect(&view, &RunbookView::tickAsked, this, [this](int step) { emitTick(step, RunbookTick::State::Done, {}); });
    connect(&view, &RunbookView::skipAsked, this,
            [this](int step, const QString &reason) { emitTick(step, RunbookTick::State::Skipped, reason); });
    connect(&view, &RunbookView::untickAsked, this, [this](int step) {
        const RunbookPtr runbook = m_view.runbook();
        Q_EMIT m_models.requests.untickRequested(m_occasion, runbook->key, runbook->steps.at(step).id);
    });
    connect(&view, &RunbookView::linkAsked, this, &RunbookBinding::followLink);
    connect(&view, &RunbookView::queryAsked, &models.requests, &Requests::runbookQueryRequested);
    connect(&view, &RunbookView::noticed, &strip, &LinkStrip::say);
    connect(&view, &RunbookView::imageAsked, this, [this](const QString &path) {
        Q_EMIT m_models.requests.runbookEditRequested({m_view.runbook()->key.source, path}, 1);
    });
    connect(&models.runbooks, &RunbookStore::ticksChanged, this, [this](const QString &occasion) {
        if (occasion == m_occasion)
            readTicks();
    });
    connect(&models.runbooks, &RunbookStore::answerChanged, &view, &RunbookView::answerChanged);
    connect(&models.requests, &Requests::runbookNoticed, this, [this](const QString &words) {
        if (m_view.isVisible())
            m_strip.say(words);
    });
    connect(&strip, &LinkStrip::openRequested, &models.requests, &Requests::linkRequested);
}

bool RunbookBinding::show(const RunbookPtr &runbook, const QString &slug, const QString &occasion,
                          const RunbookFilling &filling)
{
    const bool sameFilling = m_filling.labels == filling.labels && m_filling.words == filling.words;
    const RunbookPtr shown = m_view.runbook();
    // Read again without a change it is another object of the same words.
    const bool sameText = shown && runbook && (shown == runbook || *shown == *runbook);
    if (sameText && slug == m_slug && occasion == m_occasion && sameFilling)
        return false;
    const bool other = !shown || !runbook || shown->key != runbook->key || slug != m_slug || occasion != m_occasion;
    const bool otherOccasion = occasion != m_occasion;
    m_slug = slug;
    m_occasion = occasion;
    m_filling = filling;
    m_view.setRunbook(runbook, slug, filling);
    if (otherOccasion)
        Q_EMIT m_models.requests.ticksRequested(occasion);
    readTicks();
    return other;
}

void RunbookBinding::clear()
{
    if (m_view.runbook())
        m_view.setRunbook(nullptr, {}, {});
    m_slug.clear();
    m_occasion.clear();
}

void RunbookBinding::readTicks()
{
    m_view.setTicks(m_models.runbooks.ticks(m_occasion));
    Q_EMIT progressChanged();
}

void RunbookBinding::emitTick(int step, RunbookTick::State state, const QString &reason)
{
    const RunbookPtr runbook = m_view.runbook();
    RunbookTick tick;
    tick.occasion = m_occasion;
    tick.runbook = runbook->key;
    tick.step = runbook->steps.at(step).id;
    tick.text = runbook->steps.at(step).text;
    tick.state = state;
    tick.reason = reason;
    Q_EMIT m_models.requests.tickRequested(tick);
}

void RunbookBinding::followLink(const QString &link)
{
    const RunbookTarget target = targetOf(link, m_view.runbook()->key, m_models.runbooks.library());
    switch (target.kind) {
    case RunbookTarget::Kind::Section:
        if (m_view.runbook()->headingAt(target.slug) < 0)
            m_strip.say(tr("This runbook has no section of this name: ") + target.slug.left(120));
        else if (!m_view.scrollToSlug(target.slug))
            Q_EMIT sectionAsked(target.slug);
        break;
    case RunbookTarget::Kind::Runbook:
        Q_EMIT m_models.requests.runbookRequested(target.runbook, target.slug);
        break;
    case RunbookTarget::Kind::Web:
        m_strip.ask(target.host, target.address);
        break;
    case RunbookTarget::Kind::Nothing:
        m_strip.say(target.problem);
        break;
    }
}

} // namespace cockpit
