// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <QVariantMap>

#include <functional>
#include <optional>

class QDBusVariant;

namespace cockpit {

/// Settings of the desktop as its portal tells them: by namespace, then key.
using DesktopSettings = QMap<QString, QVariantMap>;

/// Whether the desktop asks for less motion: `org.freedesktop.appearance` reduced-motion 1, GNOME's enable-animations
/// false, or KDE's AnimationDurationFactor 0. Nothing when it says nothing of it.
std::optional<bool> asksForLessMotion(const DesktopSettings &settings);

/// DT_COCKPIT_REDUCED_MOTION: 1, true, yes or on; 0, false, no or off. Nothing when unset or another word.
std::optional<bool> lessMotionByEnvironment();

/// Asks the desktop (org.freedesktop.portal.Settings on the session bus) whether to move less, and follows it when it
/// changes. The environment's word stands above the desktop's. Without a bus or a portal it says nothing. Never waits.
class MotionPreference : public QObject {
    Q_OBJECT
public:
    explicit MotionPreference(QObject *parent = nullptr);
    ~MotionPreference() override;
    /// Call once changed() is connected.
    void start();

Q_SIGNALS:
    void changed(bool reduced);

private Q_SLOTS:
    void settingChanged(const QString &settingNamespace, const QString &key, const QDBusVariant &value);

private:
    void readAll();
    void tell();

    DesktopSettings m_settings{};
    std::optional<bool> m_told{};
};

} // namespace cockpit
