// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/runbooks_world.h"

#include <algorithm>

namespace cockpit {

namespace {

const QString sourceName = QStringLiteral("dark-tower");

RunbookPtr small(const QString &path, const QString &title)
{
    auto runbook = std::make_shared<Runbook>();
    runbook->key = {sourceName, path};
    runbook->title = title;
    runbook->reviewedAt = worldNow() - std::chrono::hours(24 * 30);
    runbook->blocks = {heading(1, title, title.toLower()), paragraph(QStringLiteral("What to do about it."))};
    return runbook;
}

RunbookCoverage covered(const QString &alert, RunbookCoverage::State state, int sections, int days, int links,
                        int anchors)
{
    RunbookCoverage row;
    row.alert = alert;
    row.state = state;
    row.sections = sections;
    row.sectionsAsked = 6;
    if (state != RunbookCoverage::State::Missing) {
        row.reviewedAt = worldNow() - std::chrono::hours(24 * days);
        row.link.found = true;
        row.link.runbook = {sourceName, QStringLiteral("docs/runbooks/alerts/") + alert + QStringLiteral(".md")};
    }
    row.deadLinks = links;
    row.unresolvedAnchors = anchors;
    return row;
}

QList<RunbookCoverage> coverageRows()
{
    using State = RunbookCoverage::State;
    QList<RunbookCoverage> rows;
    for (const char *name : {"MHTurnCredentialExpiry", "MCCapacityWarning", "MCMeetingStale", "RedisEvictions"})
        rows.append(covered(QString::fromLatin1(name), State::Missing, 0, 0, 0, 0));
    rows.append(covered(QStringLiteral("MCGCHeartbeatWarning"), State::NeedsWork, 4, 148, 1, 0));
    rows.append(covered(QStringLiteral("MHHighJitter"), State::NeedsWork, 6, 31, 2, 0));
    for (int index = 0; index < 52; ++index)
        rows.append(
            covered(QStringLiteral("Rule%1").arg(index, 2, 10, QLatin1Char('0')), State::Complete, 6, index, 0, 0));
    rows[6].alert = QStringLiteral("GCHighErrorRate");
    rows[6].link.runbook.path = QStringLiteral("docs/runbooks/alerts/GCHighErrorRate.md");
    return rows;
}

} // namespace

RunbookBlock paragraph(const QString &text, int ofStep)
{
    RunbookBlock block;
    block.text = {RunbookSpan{.text = text}};
    block.ofStep = ofStep;
    block.depth = ofStep >= 0 ? 1 : 0;
    return block;
}

RunbookBlock heading(int level, const QString &text, const QString &slug)
{
    RunbookBlock block = paragraph(text);
    block.kind = RunbookBlock::Kind::Heading;
    block.level = level;
    block.slug = slug;
    return block;
}

RunbookBlock codeBlock(const QString &code, const QString &language, int ofStep)
{
    RunbookBlock block;
    block.kind = RunbookBlock::Kind::Code;
    block.code = code;
    block.language = language;
    block.ofStep = ofStep;
    block.depth = ofStep >= 0 ? 1 : 0;
    return block;
}

void addStep(Runbook &runbook, const QString &text, const QString &section)
{
    RunbookStep step;
    step.text = text;
    step.section = section;
    step.number = static_cast<int>(runbook.steps.size()) + 1;
    step.id = section + u'/' + QString::number(qHash(text) % 100000) + u'/' + text.left(20);
    step.block = static_cast<int>(runbook.blocks.size());
    RunbookBlock block = paragraph(text);
    block.kind = RunbookBlock::Kind::ListItem;
    block.marker = QString::number(step.number) + u'.';
    block.depth = 1;
    block.step = static_cast<int>(runbook.steps.size());
    runbook.steps.append(step);
    runbook.blocks.append(block);
}

RunbookPtr errorRateRunbook()
{
    auto runbook = std::make_shared<Runbook>();
    Runbook &r = *runbook;
    r.key = {sourceName, QStringLiteral("docs/runbooks/alerts/GCHighErrorRate.md")};
    r.title = QStringLiteral("GCHighErrorRate");
    r.severity = QStringLiteral("page");
    r.owner = QStringLiteral("team gc");
    r.reviewedAt = worldNow() - std::chrono::hours(24 * 12);
    r.reviewedBy = QStringLiteral("release");
    r.blocks = {heading(1, r.title, QStringLiteral("gchigherrorrate")),
                heading(2, QStringLiteral("Symptoms"), QStringLiteral("symptoms"))};
    RunbookBlock symptoms = paragraph(QStringLiteral("More than "));
    symptoms.text.append(RunbookSpan{.text = QStringLiteral("1 %"), .code = true});
    symptoms.text.append(
        RunbookSpan{.text = QStringLiteral(" of requests to gc-service answer 4xx or 5xx for 5 minutes. See ")});
    symptoms.text.append(
        RunbookSpan{.text = QStringLiteral("the dashboard"), .link = QStringLiteral("https://grafana.example/d/gc")});
    symptoms.text.append(RunbookSpan{.text = QStringLiteral(" or ")});
    symptoms.text.append(RunbookSpan{.text = QStringLiteral("how to roll back"),
                                     .link = QStringLiteral("../deployment/gc.md#roll-back")});
    symptoms.text.append(RunbookSpan{.text = QStringLiteral(". Then ")});
    symptoms.text.append(RunbookSpan{.text = QStringLiteral("mitigate"), .link = QStringLiteral("#mitigation")});
    r.blocks.append(symptoms);
    r.blocks.append(heading(2, QStringLiteral("Diagnosis"), QStringLiteral("diagnosis")));
    addStep(r, QStringLiteral("Compare canary with stable"), QStringLiteral("diagnosis"));
    addStep(r, QStringLiteral("Find the failing endpoint"), QStringLiteral("diagnosis"));
    r.blocks.append(codeBlock(
        QStringLiteral(
            "sum by(endpoint, status_code) (rate(\n  gc_http_requests_total{status_code=~\"[45]..\"}[5m]))\n"),
        QStringLiteral("promql"), 1));
    addStep(r, QStringLiteral("Check what changed in the last hour"), QStringLiteral("diagnosis"));
    r.blocks.append(heading(2, QStringLiteral("Mitigation"), QStringLiteral("mitigation")));
    addStep(r, QStringLiteral("Roll back if the canary is the cause"), QStringLiteral("mitigation"));
    r.blocks.append(paragraph(QStringLiteral("Use the button: it does the same and is recorded. By hand:"), 3));
    r.blocks.append(
        codeBlock(QStringLiteral("kubectl argo rollouts abort <SERVICE> \\\n  -n <NAMESPACE> --context eu-west-1\n"),
                  QStringLiteral("bash"), 3));
    addStep(r, QStringLiteral("Turn fast-join off if errors stay above 1 %"), QStringLiteral("mitigation"));
    r.blocks.append(paragraph(QStringLiteral("Wait 2 minutes after step 4."), 4));
    addStep(r, QStringLiteral("Check that breaker gc → mc closes"), QStringLiteral("mitigation"));
    r.blocks.append(codeBlock(QStringLiteral("curl -f mc-service.$NAMESPACE:8080/ready\n"), QStringLiteral("bash"), 5));
    addStep(r, QStringLiteral("Verify recovery"), QStringLiteral("mitigation"));
    r.blocks.append(codeBlock(QStringLiteral("sum(rate(gc_http_requests_total{\n  status_code=~\"[45]..\"}[5m]))\n/ "
                                             "sum(rate(gc_http_requests_total[5m]))\n"),
                              QStringLiteral("promql"), 6));
    r.blocks.append(paragraph(QStringLiteral("Must return less than 0.01 for 10 minutes."), 6));
    r.blocks.append(heading(2, QStringLiteral("If it is not the canary"), QStringLiteral("causes")));
    RunbookBlock table;
    table.kind = RunbookBlock::Kind::Table;
    for (const auto &[cause, sign] : {std::pair{"Cause", "How to see it"},
                                      {"Database errors", "gc_db_queries_total, status error"},
                                      {"mc-service refuses", "503 on join, breaker open"},
                                      {"Token refresh fails", "401 on signed endpoints"}})
        table.rows.append(
            {{RunbookSpan{.text = QString::fromLatin1(cause)}}, {RunbookSpan{.text = QString::fromLatin1(sign)}}});
    table.alignments = {-1, -1};
    r.blocks.append(table);
    r.blocks.append(heading(2, QStringLiteral("Escalation"), QStringLiteral("escalation")));
    r.blocks.append(paragraph(QStringLiteral("After 30 min: team gc.")));
    return runbook;
}

RunbookPtr longRunbook(int sections)
{
    auto runbook = std::make_shared<Runbook>();
    Runbook &r = *runbook;
    r.key = {sourceName, QStringLiteral("docs/runbooks/long.md")};
    r.title = QStringLiteral("Long");
    for (int index = 0; index < sections; ++index) {
        const QString slug = QStringLiteral("scenario-%1").arg(index);
        r.blocks.append(heading(3, QStringLiteral("Scenario %1: what may happen").arg(index), slug));
        r.blocks.append(paragraph(
            QStringLiteral("Words about it that are long enough to wrap at any width that a column may have. ")
                .repeated(3)));
        addStep(r, QStringLiteral("Look at number %1").arg(index), slug);
        r.blocks.append(
            codeBlock(QStringLiteral("kubectl get pods -n <NAMESPACE>\n").repeated(6), QStringLiteral("bash"), index));
        RunbookBlock table;
        table.kind = RunbookBlock::Kind::Table;
        for (int row = 0; row < 4; ++row)
            table.rows.append({{RunbookSpan{.text = QStringLiteral("cell %1").arg(row)}},
                               {RunbookSpan{.text = QStringLiteral("more words")}}});
        r.blocks.append(table);
    }
    return runbook;
}

RunbookPtr hostileRunbook(const QString &text)
{
    auto runbook = std::make_shared<Runbook>();
    Runbook &r = *runbook;
    r.key = {sourceName, QStringLiteral("hostile.md")};
    r.title = text;
    r.blocks = {heading(1, text, QStringLiteral("a")), paragraph(text), codeBlock(text, QStringLiteral("bash"))};
    RunbookBlock raw = paragraph(text);
    raw.kind = RunbookBlock::Kind::RawHtml;
    RunbookBlock quote = paragraph(text);
    quote.kind = RunbookBlock::Kind::Quote;
    quote.depth = 60;
    RunbookBlock picture = paragraph(text);
    picture.kind = RunbookBlock::Kind::Image;
    RunbookBlock table;
    table.kind = RunbookBlock::Kind::Table;
    for (int row = 0; row < 3; ++row)
        table.rows.append(QList<RunbookText>(
            30, RunbookText{RunbookSpan{.text = text.left(3000), .link = QStringLiteral("https://example.org")}}));
    r.blocks << raw << quote << picture << table;
    addStep(r, text, QStringLiteral("a"));
    RunbookBlock rule;
    rule.kind = RunbookBlock::Kind::Rule;
    r.blocks << rule;
    return runbook;
}

const Alert &alertNamed(const PagesWorld &world, const QString &name)
{
    const auto &alerts = world.fleet.fleet().alerts;
    return *std::find_if(alerts.begin(), alerts.end(), [&name](const Alert &alert) { return alert.name == name; });
}

void answerTicks(PagesWorld &world)
{
    QObject::connect(&world.requests, &Requests::tickRequested, &world.requests, [&world](RunbookTick tick) {
        tick.actor = QStringLiteral("you");
        tick.at = world.time.now();
        world.runbooks.setTicks(tick.occasion, world.runbooks.ticks(tick.occasion) << tick);
    });
    QObject::connect(&world.requests, &Requests::untickRequested, &world.requests,
                     [&world](const QString &occasion, const RunbookKey &, const QString &step) {
                         QList<RunbookTick> ticks = world.runbooks.ticks(occasion);
                         ticks.removeIf([&step](const RunbookTick &tick) { return tick.step == step; });
                         world.runbooks.setTicks(occasion, ticks);
                     });
}

void fillRunbooks(PagesWorld &world)
{
    RunbookLibrary library;
    RunbookSourceState source;
    source.name = sourceName;
    source.kind = RunbookSourceState::Kind::Git;
    source.root = QStringLiteral("/home/you/dark-tower");
    source.revision = QStringLiteral("4f2a9c1");
    source.changedAt = worldNow() - std::chrono::minutes(22);
    source.offline = true;
    library.sources = {source};
    const RunbookPtr main = errorRateRunbook();
    library.runbooks = {main, longRunbook(100)};
    for (const char *name :
         {"GCDown", "GCHighLatency", "GCMCAssignmentSlow", "MCDown", "MCGCHeartbeat", "MHHighJitter"})
        library.runbooks.append(small(QStringLiteral("docs/runbooks/alerts/%1.md").arg(QString::fromLatin1(name)),
                                      QString::fromLatin1(name)));
    library.runbooks.append(
        small(QStringLiteral("docs/runbooks/deployment/gc.md"), QStringLiteral("Deploy gc-service")));
    library.runbooks.append(small(QStringLiteral("docs/runbooks/databases/restore.md"), QStringLiteral("Restore")));
    std::sort(library.runbooks.begin(), library.runbooks.end(),
              [](const RunbookPtr &a, const RunbookPtr &b) { return a->key < b->key; });
    world.runbooks.setLibrary(std::make_shared<const RunbookLibrary>(library));
    QHash<AlertKey, RunbookLink> links;
    for (const Alert &alert : world.fleet.fleet().alerts) {
        RunbookLink link;
        link.problem = QStringLiteral("No annotation, file or line names one.");
        if (alert.name == u"GCHighErrorRate") {
            link = RunbookLink();
            link.found = true;
            link.runbook = main->key;
        } else if (alert.name == u"GCHighLatency") {
            link = RunbookLink();
            link.found = true;
            link.runbook = {sourceName, QStringLiteral("docs/runbooks/long.md")};
            link.anchor = QStringLiteral("scenario-42");
        } else if (alert.name == u"GCErrorBudgetBurnRateCritical") {
            link.problem.clear();
            link.candidates = {main->key, {sourceName, QStringLiteral("docs/runbooks/alerts/GCDown.md")}};
        }
        links.insert(alert.key, link);
    }
    world.runbooks.setLinks(links);
    world.runbooks.setCoverage(coverageRows());
    QList<RunbookTick> ticks;
    const QString occasion = occasionOf(alertNamed(world, QStringLiteral("GCHighErrorRate")));
    for (int step = 0; step < 3; ++step) {
        RunbookTick tick;
        tick.occasion = occasion;
        tick.runbook = main->key;
        tick.step = main->steps.at(step).id;
        tick.actor = QStringLiteral("you");
        tick.at = worldNow() - std::chrono::minutes(10 - 3 * step);
        ticks.append(tick);
    }
    world.runbooks.setTicks(occasion, ticks);
}

} // namespace cockpit
