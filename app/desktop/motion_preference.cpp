// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/motion_preference.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPointer>
#include <QThreadPool>

namespace cockpit {

namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString settingsInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString gnomeInterface = QStringLiteral("org.gnome.desktop.interface");
const QString kdeGlobals = QStringLiteral("org.kde.kdeglobals.KDE");

/// A value may lie in variants of variants.
QVariant plainSetting(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

std::optional<QVariant> settingAt(const DesktopSettings &settings, const QString &settingNamespace, const QString &key)
{
    const QVariant value = plainSetting(settings.value(settingNamespace).value(key));
    return value.isValid() ? std::optional(value) : std::nullopt;
}

/// The session's bus, opened once by whoever asks first: never the GUI thread, for that would wait for it.
QDBusConnection sessionBus() { return QDBusConnection::sessionBus(); }

} // namespace

std::optional<bool> asksForLessMotion(const DesktopSettings &settings)
{
    if (const auto reduced = settingAt(settings, appearance, QStringLiteral("reduced-motion")))
        return reduced->toUInt() == 1;
    if (const auto animations = settingAt(settings, gnomeInterface, QStringLiteral("enable-animations")))
        return !animations->toBool();
    if (const auto factor = settingAt(settings, kdeGlobals, QStringLiteral("AnimationDurationFactor"))) {
        bool isNumber = false;
        const double duration = factor->toDouble(&isNumber);
        return isNumber ? std::optional(duration <= 0.0) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<bool> lessMotionByEnvironment()
{
    const QString word = qEnvironmentVariable("DT_COCKPIT_REDUCED_MOTION").trimmed().toLower();
    for (const auto &[yes, no] : {std::pair{u"1", u"0"}, {u"true", u"false"}, {u"yes", u"no"}, {u"on", u"off"}}) {
        if (word == QStringView(yes))
            return true;
        if (word == QStringView(no))
            return false;
    }
    return std::nullopt;
}

MotionPreference::MotionPreference(QObject *parent) : QObject(parent) {}

MotionPreference::~MotionPreference() = default;

void MotionPreference::start()
{
    if (lessMotionByEnvironment())
        return tell();
    QThreadPool::globalInstance()->start([preference = QPointer(this)] {
        if (!sessionBus().isConnected())
            return;
        QMetaObject::invokeMethod(
            qApp, [preference] {
                if (preference)
                    preference->readAll();
            },
            Qt::QueuedConnection);
    });
}

void MotionPreference::readAll()
{
    sessionBus().connect(portalService, portalPath, settingsInterface, QStringLiteral("SettingChanged"), this,
                         SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(portalService, portalPath, settingsInterface, QStringLiteral("ReadAll"));
    call << QStringList{appearance, gnomeInterface, kdeGlobals};
    auto *watcher = new QDBusPendingCallWatcher(sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        if (reply.type() != QDBusMessage::ReplyMessage || reply.signature() != QStringLiteral("a{sa{sv}}"))
            return; // no portal: the desktop says nothing
        const auto told = qdbus_cast<DesktopSettings>(reply.arguments().value(0));
        for (auto one = told.begin(); one != told.end(); ++one)
            m_settings[one.key()].insert(one.value());
        tell();
    });
}

void MotionPreference::settingChanged(const QString &settingNamespace, const QString &key, const QDBusVariant &value)
{
    m_settings[settingNamespace].insert(key, value.variant());
    tell();
}

void MotionPreference::tell()
{
    const std::optional<bool> byEnvironment = lessMotionByEnvironment();
    const std::optional<bool> reduced = byEnvironment ? byEnvironment : asksForLessMotion(m_settings);
    if (!reduced || reduced == m_told)
        return;
    m_told = reduced;
    Q_EMIT changed(*reduced);
}

} // namespace cockpit
