// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/top_bar.h"

#include "models/items/time_model.h"
#include "ui/frame/clock_face.h"

#include <QHBoxLayout>

namespace cockpit {

TopBar::TopBar(const Theme &theme, const QAbstractItemModel &sources, const TimeModel &time, QWidget *parent)
    : Panel(theme, Role::Raised, Qt::BottomEdge, parent), m_tag(new EnvironmentTag(theme, this)),
      m_location(new ElidedLabel(theme, FontRole::Row12, Role::Muted, this)),
      m_connectivity(new GlyphLabel(theme, FontRole::Row12, this)), m_incident(new IncidentChip(theme, this)), m_pills(new SourcePills(theme, sources, this)), m_clock(new ClockFace(theme, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(16), 0, theme.px(12), 0);
    layout->setSpacing(theme.px(12));
    m_location->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    layout->addWidget(m_tag);
    layout->addWidget(m_location);
    layout->addWidget(m_connectivity);
    m_connectivity->hide();
    layout->addWidget(m_incident);
    layout->addWidget(m_pills, 1);
    layout->addWidget(m_clock);
    const auto tick = [this, &time] { m_clock->setNow(time.now()); };
    connect(&time, &TimeModel::ticked, this, tick);
    tick();
}

void TopBar::setConnectivity(StateGlyph glyph, const QString &title, const QString &details)
{
    m_connectivity->setVisible(!title.isEmpty());
    if (title.isEmpty())
        return;
    m_connectivity->setState(glyph, title);
    m_connectivity->setAccessibleDescription(details);
    m_connectivity->setToolTip(details);
}

void TopBar::setEnvironment(const EnvironmentView &environment)
{
    m_tag->setKind(environment.kind);
    m_location->setText(environment.location.isEmpty() ? environment.name
                                                       : environment.name + QStringLiteral(" · ") + environment.location);
}

} // namespace cockpit
