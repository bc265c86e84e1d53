// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// Which environment this window acts on.
struct EnvironmentView {
    enum class Kind { Production, Staging, Demo };
    QString name{};     ///< "prod-eu"
    Kind kind = Kind::Production;
    QString location{}; ///< beside the tag: "dark-tower · eu-west-1 + 2"
    bool operator==(const EnvironmentView &) const = default;
};

/// The tag at the left of the top bar. Production is solid, staging has an info outline, a demo a dashed one: never
/// alike at a glance.
class EnvironmentTag : public ThemedWidget {
    Q_OBJECT
public:
    explicit EnvironmentTag(const Theme &theme, QWidget *parent = nullptr);
    void setKind(EnvironmentView::Kind kind);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString word() const;

    EnvironmentView::Kind m_kind = EnvironmentView::Kind::Production;
};

} // namespace cockpit
