// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/environment_tag.h"
#include "ui/frame/incident_chip.h"
#include "ui/frame/source_pills.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"

namespace cockpit {

class TimeModel;
class ClockFace;

/// The bar at the top, h44: where this window acts, the open incident, how its sources are, what time it is.
class TopBar : public Panel {
    Q_OBJECT
public:
    TopBar(const Theme &theme, const QAbstractItemModel &sources, const TimeModel &time, QWidget *parent = nullptr);
    void setEnvironment(const EnvironmentView &environment);
    SourcePills *pills() const { return m_pills; }
    /// How old the picture is while it is not of now; empty words take the chip away. Plain text.
    void setConnectivity(StateGlyph glyph, const QString &title, const QString &details);
    IncidentChip *incident() const { return m_incident; }

private:
    EnvironmentTag *m_tag;
    ElidedLabel *m_location;
    GlyphLabel *m_connectivity;
    IncidentChip *m_incident;
    SourcePills *m_pills;
    ClockFace *m_clock;
};

} // namespace cockpit
