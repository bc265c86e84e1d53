// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_scene.h"

#include "models/items/activity_model.h"
#include "models/items/alert_list_model.h"
#include "models/items/chart_store.h"
#include "models/items/command_registry.h"
#include "models/items/fleet_model.h"
#include "models/items/service_table_model.h"
#include "models/items/source_list_model.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;

class TestItemModels : public QObject {
    Q_OBJECT

    static std::vector<ReceivedAlert> storm(int count)
    {
        std::vector<ReceivedAlert> many;
        many.reserve(size_t(count));
        for (int i = 0; i < count; ++i) {
            ReceivedAlert one;
            one.fingerprint = QStringLiteral("%1").arg(i, 16, 16, QLatin1Char('0'));
            one.labels = Labels({{text("alertname"), QStringLiteral("Alert%1").arg(i % 40)},
                                 {text("severity"), i % 3 == 0 ? text("page") : text("warning")},
                                 {text("service"), QStringLiteral("service-%1").arg(i % 100)},
                                 {text("instance"), QStringLiteral("10.0.%1.%2:9090").arg(i / 250).arg(i % 250)}});
            one.annotations = Labels({{text("summary"), QStringLiteral("Something of %1 is broken").arg(i)}});
            many.push_back(std::move(one));
        }
        return many;
    }

    static QStringList outline(const AlertListModel &model)
    {
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows.append(model.index(row).data().toString());
        return rows;
    }

private Q_SLOTS:
    void rowsAreGroupedAndSectioned()
    {
        FleetScene scene;
        ReceivedAlert silenced = FleetScene::alert("4", "S", "page", "mc-service");
        silenced.suppressed = true;
        silenced.silencedBy = {text("s")};
        scene.tell("a", {FleetScene::alert("1", "A", "page"), FleetScene::alert("2", "B", "warning"),
                         FleetScene::alert("3", "C", "warning", "mc-service"), silenced});
        scene.fold();
        AlertListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setRows(buildAlertRows(scene.last, {}));
        QCOMPARE(outline(model), QStringList({text("gc-service"), text("A"), text("B"), text("mc-service"), text("C"),
                                              text("Silenced"), text("S")}));
        QCOMPARE(model.row(0).count, 2);
        QCOMPARE(model.row(6).kind, AlertRow::Kind::ShortAlert);
        QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));

        AlertQuery query;
        query.collapsed.insert(text("gc-service"));
        model.setRows(buildAlertRows(scene.last, query));
        QCOMPARE(model.rowCount(), 5);
        query = {};
        query.scope = AlertScope::Silenced;
        model.setRows(buildAlertRows(scene.last, query));
        QCOMPARE(outline(model), QStringList({text("mc-service"), text("S")}));
        QCOMPARE(model.row(1).kind, AlertRow::Kind::Alert);
    }

    void filtersByWordsAndMatchers()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "GCHighErrorRate", "page"), FleetScene::alert("2", "GCLatency", "warning")});
        scene.fold();
        const auto matching = [&](const char *written) {
            AlertQuery query;
            query.filter = *parseAlertFilter(text(written));
            return buildAlertRows(scene.last, query)->matching;
        };
        QCOMPARE(matching("gc"), 2);
        QCOMPARE(matching("gc error"), 1);
        QCOMPARE(matching("PAGE high"), 1);
        QCOMPARE(matching("severity=~\"page|warning\""), 2);
        QCOMPARE(matching("severity=warning"), 1);
        QCOMPARE(matching("nothing"), 0);
    }
    void anExpressionThatNeedsTooMuchWorkHidesNothing()
    {
        FleetScene scene;
        ReceivedAlert hostile = FleetScene::alert("1", "A", "page");
        hostile.labels = Labels({{text("alertname"), text("A")}, {text("x"), QString(60, u'x')}});
        scene.tell("a", {hostile, FleetScene::alert("2", "B", "page")});
        scene.fold();
        AlertQuery query;
        query.filter = *parseAlertFilter(u"x=~\"(x+x+)+[yz]\"");
        const auto rows = buildAlertRows(scene.last, query);
        QCOMPARE(rows->matching, 2);
        QVERIFY(!rows->problem.isEmpty());
        QCOMPARE(rows->rows.front().kind, AlertRow::Kind::Note);
    }
    void notKnownIsSaid()
    {
        AlertListModel model;
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.row(0).kind, AlertRow::Kind::Note);
    }

    // Speed: 10 000 alerts, 1 % changes; what is selected stays selected.
    void selectionSurvivesOnePercentOf10000()
    {
        FleetScene scene;
        std::vector<ReceivedAlert> many = storm(10000);
        scene.tell("a", many);
        scene.fold();
        AlertListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setRows(buildAlertRows(scene.last, {}));
        QCOMPARE(model.rowCount(), 10100);
        QItemSelectionModel selection(&model);
        const Alert *chosen = model.alertAt(5000) ? model.alertAt(5000) : model.alertAt(5001);
        const AlertKey key = chosen->key;
        selection.select(model.index(model.rowOf(key)), QItemSelectionModel::Select);
        const QPersistentModelIndex current = model.index(model.rowOf(key));
        for (size_t i = 0; i < 100; ++i) {
            ReceivedAlert &one = many[i * 97];
            if (one.fingerprint != key.fingerprint)
                one.labels = FleetScene::alert("", "Moved", "critical", "service-0").labels;
        }
        many.erase(many.begin() + 9990, many.end());
        scene.now += 15s;
        scene.tell("a", many);
        scene.fold();
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setRows(buildAlertRows(scene.last, {}));
        QCOMPARE(resets.count(), 0);
        QVERIFY(current.isValid());
        QVERIFY(model.alertAt(current.row())->key == key);
        QCOMPARE(selection.selectedRows().size(), 1);
        QVERIFY(model.alertAt(selection.selectedRows().first().row())->key == key);
    }

    void valuesThatChangeInPlaceMoveNothing()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page"), FleetScene::alert("2", "B", "warning")});
        scene.fold();
        AlertListModel model;
        model.setRows(buildAlertRows(scene.last, {}));
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        scene.now += 15s;
        ReceivedAlert changed = FleetScene::alert("2", "B", "warning");
        changed.startsAt = scene.now - 10min - 15s;
        changed.annotations = labels({{"summary", "new words"}});
        ReceivedAlert same = FleetScene::alert("1", "A", "page");
        same.startsAt = scene.now - 10min - 15s;
        scene.tell("a", {same, changed});
        scene.fold();
        model.setRows(buildAlertRows(scene.last, {}));
        QCOMPARE(layouts.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes.first().first().toModelIndex().row(), model.rowOf({text("eu"), text("2")}));
    }

    void servicesKeepTheirSelectionThroughEachOrder()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page", "z")});
        scene.tellFigure(Figure::RequestsPerSecond, {{labels({{"service", "m"}}), 5.0}, {labels({{"service", "b"}}), 900.0}});
        scene.fold();
        ServiceTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setFleet(scene.last);
        QCOMPARE(model.service(0).id, ServiceId(text("z")));
        const QPersistentModelIndex m = model.index(model.rowOf(ServiceId(text("m"))), ServiceTableModel::RequestsColumn);
        model.setOrder(ServiceTableModel::Order::Requests);
        QCOMPARE(model.service(0).id, ServiceId(text("b")));
        model.setOrder(ServiceTableModel::Order::Name);
        QCOMPARE(model.service(0).id, ServiceId(text("b")));
        QCOMPARE(model.service(m.row()).id, ServiceId(text("m")));
        QCOMPARE(m.data().toString(), text("5.0 /s"));
        QCOMPARE(model.index(m.row(), ServiceTableModel::ErrorsColumn).data().toString(), text("\u2013"));
        QVERIFY(!model.index(m.row(), ServiceTableModel::ErrorsColumn).data(ServiceTableModel::SortValueRole).isValid());
        scene.tellFigure(Figure::RequestsPerSecond, {{labels({{"service", "m"}}), 6.0}, {labels({{"service", "b"}}), 1.0}});
        scene.fold();
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setFleet(scene.last);
        QCOMPARE(changes.count(), 2);
    }

    void sourcesTickByAgeOnly()
    {
        FleetScene scene;
        SourceListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        SourceStatus status = scene.status("a", SourceStatus::Kind::Alertmanager, SourceStatus::State::Ok);
        model.setSources({status}, scene.now);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.tick(scene.now + 5s);
        QCOMPARE(changes.count(), 1);
        const auto roles = changes.first().at(2).value<QList<int>>();
        QVERIFY(roles.contains(SourceRoles::AgeMsRole) && !roles.contains(SourceRoles::StateRole));
        QCOMPARE(model.index(0).data(SourceRoles::AgeMsRole).toLongLong(), 5000);
        model.tick(scene.now + 31s);
        QCOMPARE(model.index(0).data(SourceRoles::StateRole).toInt(), int(SourceRoles::Stale));
        status.lastSuccess.reset();
        model.setSources({status}, scene.now);
        QCOMPARE(model.index(0).data(SourceRoles::AgeMsRole).toLongLong(), -1);
        QCOMPARE(model.index(0).data(SourceRoles::LastSuccessRole).toLongLong(), -1);
    }

    void activityIsNewestFirstAndBounded()
    {
        ActivityModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const auto entry = [](qint64 sequence) {
            ActivityEntry made;
            made.sequence = sequence;
            made.text = QString::number(sequence);
            return made;
        };
        QList<ActivityEntry> many;
        for (qint64 i = 1; i <= ActivityModel::capacity; ++i)
            many.append(entry(i));
        model.setEntries(many);
        const QPersistentModelIndex held = model.index(3);
        const QString words = held.data(ActivityRoles::TextRole).toString();
        model.append(entry(ActivityModel::capacity + 1));
        model.append(entry(ActivityModel::capacity + 1));
        QCOMPARE(model.rowCount(), int(ActivityModel::capacity));
        QCOMPARE(model.index(0).data().toString(), QString::number(ActivityModel::capacity + 1));
        QCOMPARE(held.data(ActivityRoles::TextRole).toString(), words);
        many.append(entry(ActivityModel::capacity + 1));
        many.append(entry(ActivityModel::capacity + 2));
        model.setEntries(many);
        QVERIFY(held.isValid());
        QCOMPARE(held.data(ActivityRoles::TextRole).toString(), words);
    }

    void commandsAreRefusedWithTheReason()
    {
        CommandRegistry registry;
        QSignalSpy refused(&registry, &CommandRegistry::refused);
        int ran = 0;
        QString reason = text("Nothing is selected.");
        registry.add({text("x"), {}, {}, {}, {}}, [&] { return reason; }, [&] { ++ran; });
        QCOMPARE(registry.commands().first().disabledReason, reason);
        QCOMPARE(registry.run(text("x")), reason);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(ran, 0);
        reason.clear();
        QVERIFY(registry.run(text("x")).isEmpty());
        QCOMPARE(ran, 1);
        QVERIFY(!registry.run(text("unknown")).isEmpty());
    }

    void chartsAreBoundedAndFoundByService()
    {
        ChartStore store;
        const ChartKey fleet{};
        Series line;
        line.labels = labels({{"job", "gc-service"}});
        ChartData data;
        data.series = std::make_shared<const std::vector<Series>>(std::vector<Series>{line});
        store.setData(fleet, data);
        QVERIFY(store.seriesOf(fleet, ServiceId(text("gc-service"))));
        QVERIFY(!store.seriesOf(fleet, ServiceId(text("other"))));
        for (int i = 0; i < ChartStore::capacity; ++i)
            store.setData({ServiceId(QString::number(i)), Figure::ErrorRatio, 1h}, {});
        QVERIFY(!store.find(fleet));
    }

    void theFleetModelFindsByKey()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page")});
        scene.fold();
        FleetModel model;
        QSignalSpy changed(&model, &FleetModel::changed);
        model.setFleet(scene.last);
        QCOMPARE(changed.count(), 1);
        QVERIFY(model.alert({text("eu"), text("1")}));
        QVERIFY(!model.alert({text("us"), text("1")}));
        QVERIFY(model.service(ServiceId(text("gc-service"))));
    }

    void tenThousandAlertsFold()
    {
        FleetScene scene;
        scene.tell("a", storm(10000));
        scene.tell("b", storm(10000));
        scene.fold();
        QBENCHMARK { scene.fold(); }
        QCOMPARE(scene.last->counts.firing, 10000);
    }
    void tenThousandAlertsToRows()
    {
        FleetScene scene;
        scene.tell("a", storm(10000));
        scene.fold();
        AlertQuery query;
        query.filter = *parseAlertFilter(u"service broken");
        QBENCHMARK { buildAlertRows(scene.last, query); }
    }
};

QTEST_GUILESS_MAIN(TestItemModels)
#include "tst_item_models.moc"
