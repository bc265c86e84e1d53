// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pictures of the pages, at the size that they have in a window of 1366×768, to look at.
#include "tests/ui/pages_world.h"
#include "tests/ui/rollouts_world.h"
#include "ui/rollouts/rollouts_page.h"
#include "ui/services/services_page.h"
#include "ui/theme/theme.h"
#include "ui/triage/triage_page.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTest>

#include <functional>

namespace {

using namespace cockpit;

struct Shot {
    QString name{};
    Fleet fleet{};
    bool incident = true;
    bool gap = false;
    QSize size{1302, 696};
    QString keys{};
    ThemeVariant variant = ThemeVariant::Night;
    std::function<void(PagesWorld &)> prepare{}; ///< before the page is made
    std::function<void(PagesWorld &)> move{};    ///< after its keys
};

void shoot(QApplication &application, const QDir &folder, const Shot &shot)
{
    Theme theme(shot.variant);
    theme.apply(application);
    PagesWorld world;
    world.answerPlans();
    world.show(shot.fleet);
    world.fillCharts(shot.incident, shot.gap);
    if (shot.prepare)
        shot.prepare(world);
    QWidget *page = nullptr;
    if (shot.name.startsWith(QStringLiteral("rollouts")))
        page = new RolloutsPage(world.models, theme);
    else if (shot.name.startsWith(QStringLiteral("services")))
        page = new ServicesPage(world.models, theme);
    else
        page = new TriagePage(world.models, theme);
    page->resize(shot.size);
    page->show();
    QTest::qWait(50);
    for (const QChar key : shot.keys) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page,
                        key == u'\n' ? Qt::Key_Return : Qt::Key(key.toUpper().unicode()), Qt::NoModifier);
        if (key == u'R' && qobject_cast<QLineEdit *>(QApplication::focusWidget()))
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("ollback is being rehearsed"));
    }
    QTest::qWait(shot.keys.isEmpty() ? 500 : 600);
    if (shot.move) {
        shot.move(world);
        QTest::qWait(200);
    }
    page->grab().save(folder.filePath(shot.name + QStringLiteral(".png")));
    delete page;
}

ActionId lastAction(const PagesWorld &world) { return ActionId(QStringLiteral("action-%1").arg(world.planned.size())); }

void startCountdown(PagesWorld &world)
{
    RolloutGuard guard;
    guard.object = rolloutNamed(world, QStringLiteral("gc-service")).rollout->key;
    guard.state = RolloutGuard::State::Counting;
    guard.armedBy = QStringLiteral("you");
    guard.actsAt = worldNow() + std::chrono::seconds(8);
    guard.words = QStringLiteral("error rate 6.8 % over 5 %");
    world.rollouts.setGuard(guard.object, guard);
}

Fleet forbiddenFleet()
{
    Fleet fleet = incidentFleet();
    SourceStatus status;
    status.id = SourceId(QStringLiteral("kubernetes/eu-west-1"));
    status.name = QStringLiteral("Kubernetes eu-west-1");
    status.kind = SourceStatus::Kind::Kubernetes;
    status.cluster = QStringLiteral("eu-west-1");
    status.state = SourceStatus::State::Unauthorized;
    status.message = QStringLiteral("You may not list rollouts.argoproj.io in dark-tower. Ask for the ClusterRole of the README.");
    fleet.sources.append(status);
    return fleet;
}

Shot rolloutShot(const QString &name, const QString &keys, const std::function<void(PagesWorld &)> &more = {},
                 const std::function<void(PagesWorld &)> &move = {}, QSize size = {1302, 696},
                 ThemeVariant variant = ThemeVariant::Night)
{
    return {name, incidentFleet(), true, false, size, keys, variant,
            [more](PagesWorld &world) {
                fillRollouts(world);
                if (more)
                    more(world);
            },
            move};
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    Theme::loadFonts();
    const QDir folder(argc > 1 ? QFile::decodeName(argv[1]) : QStringLiteral("."));
    const QList<Shot> shots{
        {QStringLiteral("triage"), incidentFleet()},
        {QStringLiteral("triage-1920"), incidentFleet(), true, false, {1856, 1008}},
        {QStringLiteral("triage-day"), incidentFleet(), true, false, {1302, 696}, {}, ThemeVariant::Day},
        {QStringLiteral("degraded"), degradedFleet(), true, true},
        {QStringLiteral("triage-silence"), incidentFleet(), true, false, {1302, 696}, QStringLiteral("SR")},
        {QStringLiteral("triage-strip"), incidentFleet(), true, false, {1302, 696}, QStringLiteral("A")},
        rolloutShot(QStringLiteral("triage-canary"), {}),
        rolloutShot(QStringLiteral("triage-canary-1920"), {}, {}, {}, {1856, 1008}),
        rolloutShot(QStringLiteral("triage-rollback"), QStringLiteral("R")),
        rolloutShot(QStringLiteral("triage-recovered"), QStringLiteral("R"), {},
                    [](PagesWorld &world) { moveAction(world, lastAction(world), ActionState::Verifying); }),
        {QStringLiteral("calm"), calmFleet(), false},
        {QStringLiteral("doubt"), doubtfulFleet(), false},
        {QStringLiteral("connecting"), Fleet{}, false},
        rolloutShot(QStringLiteral("rollouts"), {}),
        rolloutShot(QStringLiteral("rollouts-1920"), {}, {}, {}, {1856, 1008}),
        rolloutShot(QStringLiteral("rollouts-1280"), {}, {}, {}, {1216, 648}),
        rolloutShot(QStringLiteral("rollouts-day"), {}, {}, {}, {1302, 696}, ThemeVariant::Day),
        rolloutShot(QStringLiteral("rollouts-strip"), QStringLiteral("R")),
        rolloutShot(QStringLiteral("rollouts-serious"), QStringLiteral("R"), [](PagesWorld &world) { world.seriousPlans = true; }),
        rolloutShot(QStringLiteral("rollouts-running"), QStringLiteral("R"), {},
                    [](PagesWorld &world) { moveAction(world, lastAction(world), ActionState::Verifying); }),
        rolloutShot(QStringLiteral("rollouts-failed"), QStringLiteral("R"), {},
                    [](PagesWorld &world) {
                        moveAction(world, lastAction(world), ActionState::Failed,
                                   QStringLiteral("The API server refused it: release wrote the object at 03:12:41. Nothing was changed. "
                                                  "Read it again and decide anew."));
                    }),
        rolloutShot(QStringLiteral("rollouts-bluegreen"), QStringLiteral("J")),
        rolloutShot(QStringLiteral("rollouts-platform"), {}, blameThePlatform),
        rolloutShot(QStringLiteral("rollouts-guard"), {}, startCountdown),
        rolloutShot(QStringLiteral("rollouts-many"), {}, [](PagesWorld &world) { fillManyRollouts(world, 1000); }),
        {QStringLiteral("rollouts-empty"), incidentFleet()},
        {QStringLiteral("rollouts-forbidden"), forbiddenFleet()},
        {QStringLiteral("services"), incidentFleet()},
        {QStringLiteral("services-many"), largeFleet(100)},
    };
    const QString only = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    for (const Shot &shot : shots) {
        if (shot.name.startsWith(only))
            shoot(application, folder, shot);
    }
    return 0;
}
