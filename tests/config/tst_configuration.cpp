// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configuration_loader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;

/// Every shape of the contract is read; everything that is wrong is told at once, with its place.
class ConfigurationTest : public QObject {
    Q_OBJECT

    static LoadedConfiguration parse(const QByteArray &yaml, const EnvironmentVariables &environment = {})
    {
        return parseConfiguration(yaml, QStringLiteral("/etc/dt/config.yaml"), environment);
    }
    static QByteArray everyShape()
    {
        QFile file(QStringLiteral(COCKPIT_SOURCE_DIR "/tests/fixtures/config/every-shape.yaml"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QString words(const LoadedConfiguration &loaded)
    {
        QStringList lines;
        for (const Finding &problem : loaded.problems)
            lines.append(problem.rule + u' ' + problem.text());
        return lines.join(u'\n');
    }

private Q_SLOTS:
    void readsEveryShape()
    {
        const auto loaded = parse(everyShape(), {{QStringLiteral("PROM_TOKEN"), {}}, {QStringLiteral("A"), {}}, {QStringLiteral("P"), {}}});
        QVERIFY2(loaded.problems.isEmpty(), qPrintable(words(loaded)));
        const Configuration &c = loaded.configuration;
        QCOMPARE(c.environment.confirm, EnvironmentConfig::Confirm::Key);
        QVERIFY(c.environment.readOnly);
        QCOMPARE(c.prometheus.size(), 1);
        QCOMPARE(c.prometheus[0].interval, Duration(90000));
        QCOMPARE(c.prometheus[0].endpoint.auth.bearer.kind, SecretRef::Kind::Environment);
        QCOMPARE(c.prometheus[0].endpoint.headers[0].text, QStringLiteral("a"));
        QCOMPARE(c.alertmanagers[1].cluster, QStringLiteral("eu"));
        QCOMPARE(c.kubernetes->kubeconfig, QStringList{QStringLiteral("/etc/dt/kube")});
        QCOMPARE(c.kubernetes->namespaces, QStringList{QStringLiteral("dark-tower")});
        QCOMPARE(c.serviceDefinitions()[0].dependsOn.size(), 2);
        QCOMPARE(c.serviceDefinitions()[0].match.value(u"job"), QStringLiteral("gc-service"));
        QCOMPARE(c.runbooks[0].path, QStringLiteral("/etc/runbooks"));
        QCOMPARE(c.policies[0].file, QStringLiteral("/etc/dt/policies/default.yaml"));
        QVERIFY(c.severities.priorityOf(QStringLiteral("odd")) == Priority::P4);
        QVERIFY(!c.severities.priorityOf(QStringLiteral("page"))); // a given map replaces the default
        QCOMPARE(c.breakers[1].kind, BreakerConfig::Kind::Istio);
        QCOMPARE(c.pagerDuty->token.account, QStringLiteral("oncall"));
        QCOMPARE(c.slack->webhook.command.size(), 2);
        QCOMPARE(c.store.postgresql->port, 5433);
        QCOMPARE(c.health[0].ready->url, QStringLiteral("http://gc.example/ready"));
        QCOMPARE(c.quietHours->fromMinute, 22 * 60 + 30);
        QCOMPARE(c.theme, ThemeChoice::HighContrast);
        QCOMPARE(c.demo->speed, 10.0);
        QCOMPARE(toRfc3339(c.demo->start), QStringLiteral("2026-11-23T03:12:40.000Z"));
    }

    void readsPagingChatAndTargets()
    {
        const auto loaded = parse(
            "prometheus: {url: http://p}\n"
            "paging: {pagerduty: {routingKey: {env: A}, token: {env: A}, from: a@b.example, region: eu, url: http://pd, "
            "eventsUrl: http://ev, services: [S], policies: [P], interval: 5s}}\n"
            "chat: {slack: {token: {env: A}, channel: '#incidents', url: http://s, interval: 20s}}\n"
            "incidents: {acknowledge: {P1: 1m, P4: 2h}, mitigate: 20m, statusUpdate: {P2: 10m}, upgradeAfter: 1h, recovery: 5m}\n",
            {{QStringLiteral("A"), {}}});
        QVERIFY2(loaded.problems.isEmpty(), qPrintable(words(loaded)));
        const Configuration &c = loaded.configuration;
        QVERIFY(c.pagerDuty->europe && c.pagerDuty->routingKey.isSet());
        QCOMPARE(c.pagerDuty->from, QStringLiteral("a@b.example"));
        QCOMPARE(c.pagerDuty->services, QStringList{QStringLiteral("S")});
        QCOMPARE(c.pagerDuty->policies, QStringList{QStringLiteral("P")});
        QCOMPARE(c.pagerDuty->interval, Duration(5000));
        QCOMPARE(c.slack->channel, QStringLiteral("#incidents"));
        QCOMPARE(c.slack->interval, Duration(20000));
        const ResponseTargets standard;
        QCOMPARE(c.responseTargets.acknowledge[0], Duration(60'000));
        QCOMPARE(c.responseTargets.acknowledge[1], standard.acknowledge[1]); // what is not named keeps its own
        QCOMPARE(c.responseTargets.acknowledge[3], Duration(7'200'000));
        QCOMPARE(c.responseTargets.mitigate, Duration(1'200'000));
        QCOMPARE(c.responseTargets.statusUpdate[1], Duration(600'000));
        QCOMPARE(c.responseTargets.upgradeAfter, Duration(3'600'000));
        QCOMPARE(c.responseTargets.recovery, Duration(300'000));
    }
    void readsOtherPagingServices()
    {
        const auto genie = parse("prometheus: {url: http://p}\npaging: {opsgenie: {key: {env: A}, region: eu, user: a, schedules: [one, two]}}",
                                 {{QStringLiteral("A"), {}}});
        QVERIFY2(genie.problems.isEmpty(), qPrintable(words(genie)));
        QVERIFY(genie.configuration.opsgenie->europe);
        QCOMPARE(genie.configuration.opsgenie->schedules.size(), 2);
        const auto hook = parse("prometheus: {url: http://p}\npaging: {webhook: {url: http://x, trigger: '{\"k\": \"{dedupKey}\"}', resolve: '{}'}}");
        QVERIFY2(hook.problems.isEmpty(), qPrintable(words(hook)));
        QCOMPARE(hook.configuration.pagingWebhook->trigger, QStringLiteral("{\"k\": \"{dedupKey}\"}"));
        QVERIFY(hook.configuration.pagingWebhook->acknowledge.isEmpty());
    }

    void tellsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("object");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *yaml, const char *rule, const char *object, int line,
                            const char *says = "") {
            QTest::newRow(name) << QByteArray(yaml) << QString::fromLatin1(rule) << QString::fromLatin1(object) << line
                                << QString::fromLatin1(says);
        };
        row("unknown key", "\nprometeus: {}", "config-unknown-key", "prometeus", 2, "\"prometheus\"");
        row("nested unknown key", "alertmanagers:\n- {url: http://a, nam: x}", "config-unknown-key", "alertmanagers[0].nam", 2, "\"name\"");
        row("far unknown key", "zzzzzzzzz: 1", "config-unknown-key", "zzzzzzzzz", 1, "Known here");
        row("missing url", "prometheus:\n  cluster: eu", "config-missing-key", "prometheus.url", 2);
        row("null url", "prometheus: {url: }", "config-missing-key", "prometheus.url", 1);
        row("scheme", "prometheus: {url: ftp://x}", "config-wrong-value", "prometheus.url", 1, "http://");
        row("no host", "prometheus: {url: 'http://'}", "config-wrong-value", "prometheus.url", 1);
        row("user in url", "prometheus: {url: 'http://u:hunter2@x/'}", "config-inline-secret", "prometheus.url", 1);
        row("query in url", "prometheus: {url: 'http://x/?a=b'}", "config-wrong-value", "prometheus.url", 1);
        row("bearer text", "prometheus: {url: http://x, auth: {bearer: hunter2}}", "config-inline-secret", "prometheus.auth.bearer", 1, "env");
        row("bearer list", "prometheus: {url: http://x, auth: {bearer: [hunter2]}}", "config-inline-secret", "prometheus.auth.bearer", 1);
        row("bearer key", "prometheus: {url: http://x, auth: {bearer: {hunter2}}}", "config-wrong-value", "prometheus.auth.bearer", 1);
        row("auth text", "prometheus: {url: http://x, auth: hunter2}", "config-inline-secret", "prometheus.auth", 1);
        row("basic text", "prometheus: {url: http://x, auth: {basic: {user: u, password: hunter2}}}", "config-inline-secret", "prometheus.auth.basic.password", 1);
        row("secret header", "prometheus: {url: http://x, headers: {Authorization: hunter2}}", "config-inline-secret", "prometheus.headers.Authorization", 1);
        row("bad variable", "prometheus: {url: http://x, auth: {bearer: {env: 'hunter2 x'}}}", "config-wrong-value", "prometheus.auth.bearer.env", 1);
        row("secret file missing", "prometheus: {url: http://x, auth: {bearer: {file: /nonexistent/f}}}", "config-secret-missing", "prometheus.auth.bearer.file", 1);
        row("interval", "prometheus: {url: http://x, interval: 15}", "config-wrong-value", "prometheus.interval", 1, "15s");
        row("interval zero", "prometheus: {url: http://x, interval: 0s}", "config-wrong-value", "prometheus.interval", 1);
        row("preset", "prometheus: {url: http://x, preset: dark-towr}", "config-wrong-value", "prometheus.preset", 1, "\"dark-tower\"");
        row("cert alone", "prometheus: {url: http://x, tls: {cert: a}}", "config-wrong-value", "prometheus.tls", 1);
        row("kind", "environment: {name: a, kind: prod}", "config-wrong-value", "environment.kind", 1, "production, staging, demo");
        row("flag", "environment: {name: a, kind: demo, readOnly: perhaps}", "config-wrong-value", "environment.readOnly", 1);
        row("priority", "severities: {page: P7}", "config-wrong-value", "severities.page", 1);
        row("tier", "services: [{name: a, tier: 12}]", "config-wrong-value", "services[0].tier", 1);
        row("same service twice", "services: [{name: a}, {name: a}]", "config-repeated-name", "services", 1);
        row("key twice", "theme: day\ntheme: night", "config-repeated-key", "theme", 2);
        row("clock", "quietHours: {from: 25:00, to: '07:00'}", "config-wrong-value", "quietHours.from", 1);
        row("speed", "demo: {start: '2026-11-23T03:12:40Z', speed: 0, origin: '2026-11-23T03:12:40Z'}", "config-wrong-value", "demo", 1);
        row("paging twice", "paging: {pagerduty: {routingKey: {env: A}}, opsgenie: {key: {env: A}}}", "config-wrong-value", "paging", 1, "one of");
        row("pagerduty without a way in", "paging: {pagerduty: {from: a@b.example}}", "config-wrong-value", "paging.pagerduty", 1, "routingKey, token, or both");
        row("pagerduty key as text", "paging: {pagerduty: {routingKey: hunter2}}", "config-inline-secret", "paging.pagerduty.routingKey", 1);
        row("pagerduty region", "paging: {pagerduty: {routingKey: {env: A}, region: mars}}", "config-wrong-value", "paging.pagerduty.region", 1, "us, eu");
        row("opsgenie without a key", "paging: {opsgenie: {user: a}}", "config-missing-key", "paging.opsgenie.key", 1);
        row("unknown paging service", "paging: {pagerdty: {}}", "config-unknown-key", "paging.pagerdty", 1, "\"pagerduty\"");
        row("template of no known words", "paging: {webhook: {url: http://x, trigger: '{\"a\": \"{who}\"'}}", "config-wrong-value", "paging.webhook.trigger", 1, "{dedupKey}");
        row("webhook without a trigger", "paging: {webhook: {url: http://x}}", "config-missing-key", "paging.webhook.trigger", 1);
        row("chat both ways", "chat: {slack: {token: {env: A}, webhook: {env: A}, channel: c}}", "config-wrong-value", "chat.slack", 1, "either token or webhook");
        row("chat no way", "chat: {slack: {channel: c}}", "config-wrong-value", "chat.slack", 1, "either token or webhook");
        row("token without a channel", "chat: {slack: {token: {env: A}}}", "config-missing-key", "chat.slack.channel", 1);
        row("chat webhook as text", "chat: {slack: {webhook: https://hooks.example/hunter2}}", "config-inline-secret", "chat.slack.webhook", 1);
        row("level of no target", "incidents: {acknowledge: {P5: 5m}}", "config-unknown-key", "incidents.acknowledge.P5", 1, "P1");
        row("targets without levels", "incidents: {acknowledge: 5m}", "config-wrong-value", "incidents.acknowledge", 1);
        row("target without a unit", "incidents: {statusUpdate: {P1: 15}}", "config-wrong-value", "incidents.statusUpdate.P1", 1);
        row("mitigate of no time", "incidents: {mitigate: soon}", "config-wrong-value", "incidents.mitigate", 1);
        row("unknown target", "incidents: {mitigat: 10m}", "config-unknown-key", "incidents.mitigat", 1, "\"mitigate\"");
        row("store both", "store: {sqlite: a, postgresql: {}}", "config-wrong-value", "store", 1);
        row("a list at the top", "- a", "config-wrong-value", "", 1);
        row("not yaml", "a: [", "config-syntax", "", 1);
        row("tab", "a:\n\tb: 1", "config-syntax", "", 2);
    }
    void tellsWhatIsWrong()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, rule);
        QFETCH(QString, object);
        QFETCH(int, line);
        QFETCH(QString, says);
        const auto loaded = parse(yaml);
        QVERIFY(!loaded.isUsable());
        const auto found = std::find_if(loaded.problems.begin(), loaded.problems.end(), [&](const Finding &problem) {
            return problem.rule == rule && problem.object == object;
        });
        QVERIFY2(found != loaded.problems.end(), qPrintable(words(loaded)));
        if (rule != u"config-syntax")
            QCOMPARE(found->line, line);
        QVERIFY(found->line > 0 && found->column > 0);
        QCOMPARE(found->file, QStringLiteral("/etc/dt/config.yaml"));
        QVERIFY2(found->text().contains(says), qPrintable(found->text()));
        QVERIFY2(!words(loaded).contains(QStringLiteral("hunter2")), qPrintable(words(loaded)));
    }

    void tellsAllProblemsAtOnce()
    {
        const auto loaded = parse("environment: {kind: x}\nprometheus: {urll: 1}\nthem: day\n");
        QCOMPARE(loaded.problems.size(), 5); // kind, name missing, urll, url missing, them … and no more
    }

    void takesOverrides()
    {
        const EnvironmentVariables variables{
            {QStringLiteral("DT_COCKPIT__PROMETHEUS__URL"), QStringLiteral("http://other/")},
            {QStringLiteral("DT_COCKPIT__ALERTMANAGERS__1__URL"), QStringLiteral("http://second/")},
            {QStringLiteral("DT_COCKPIT__ENVIRONMENT__READONLY"), QStringLiteral("true")},
            {QStringLiteral("DT_COCKPIT__PROMETHEUS__AUTH__BEARER__ENV"), QStringLiteral("HOME")},
            {QStringLiteral("HOME"), QStringLiteral("/")}};
        const auto loaded = parse("environment: {name: a, kind: demo}\nprometheus: {url: http://first/}\n"
                                  "alertmanagers: [{name: a, url: http://a/}, {name: b, url: http://b/}]", variables);
        QVERIFY2(loaded.problems.isEmpty(), qPrintable(words(loaded)));
        QCOMPARE(loaded.configuration.prometheus[0].endpoint.url, QStringLiteral("http://other/"));
        QCOMPARE(loaded.configuration.alertmanagers[1].endpoint.url, QStringLiteral("http://second/"));
        QCOMPARE(loaded.configuration.alertmanagers[0].endpoint.url, QStringLiteral("http://a/"));
        QVERIFY(loaded.configuration.environment.readOnly);
        QCOMPARE(loaded.configuration.prometheus[0].endpoint.auth.bearer.name, QStringLiteral("HOME"));
        const auto made = parse("", {{QStringLiteral("DT_COCKPIT__PROMETHEUS__URL"), QStringLiteral("http://new/")}});
        QVERIFY2(made.isUsable(), qPrintable(words(made)));
        QCOMPARE(made.configuration.prometheus[0].endpoint.url, QStringLiteral("http://new/"));
    }

    void refusesOverridesThatPointNowhere()
    {
        const auto loaded = parse("alertmanagers: [{url: http://a/}]",
                                  {{QStringLiteral("DT_COCKPIT__ALERTMANAGERS__7__URL"), QStringLiteral("x")},
                                   {QStringLiteral("DT_COCKPIT__PROMETEUS__URL"), QStringLiteral("x")},
                                   {QStringLiteral("DT_COCKPIT__PROMETHEUS__URL"), QStringLiteral("ftp://x")}});
        QVERIFY(!loaded.isUsable());
        QCOMPARE(loaded.problems.size(), 3);
        QVERIFY2(words(loaded).contains(QStringLiteral("$DT_COCKPIT__PROMETHEUS__URL")), qPrintable(words(loaded)));
    }

    void findsTheFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("c.yaml"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QCOMPARE(*findConfiguration(path, {}), path);
        QCOMPARE(*findConfiguration({}, {{QStringLiteral("DT_COCKPIT_CONFIG"), path}}), path);
        QVERIFY(!findConfiguration(path + u'x', {{QStringLiteral("DT_COCKPIT_CONFIG"), path}}));
        QVERIFY(!loadConfiguration(path + u'x', {}).isUsable());
        QVERIFY(loadConfiguration(path, {}).isUsable()); // empty: nothing to look at, and it says so
        QCOMPARE(loadConfiguration(path, {}).problems.size(), 1);
    }

    void theDefaultIsWholeAndValid()
    {
        QByteArray text = defaultConfigurationText();
        QVERIFY(!text.isEmpty());
        QVERIFY(parse(text).isUsable());
        QByteArray active;
        for (const QByteArray &line : text.split('\n'))
            active += (line.startsWith("##") || !line.startsWith('#') || line.contains("SPDX") ? QByteArray() : line.mid(1)) + '\n';
        const auto loaded = parse(active.replace("~/", "/root/"));
        for (const Finding &problem : loaded.problems)
            QVERIFY2(problem.rule == u"config-secret-missing", qPrintable(problem.text()));
        QVERIFY(loaded.isUsable());
    }
};

QTEST_GUILESS_MAIN(ConfigurationTest)
#include "tst_configuration.moc"
