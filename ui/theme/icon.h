// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"

#include <QRectF>

class QPainter;

namespace cockpit {

class Theme;

/// Line drawings of resources/icons, drawn in whatever colour a role has.
enum class Icon {
    Activity,  ///< Triage
    Grid,      ///< Services
    Steps,     ///< Rollouts
    Breaker,
    Book,      ///< Runbooks
    Flag,      ///< Incident, feature flags
    Bars,      ///< Review
    Keyboard,
    List,      ///< Activity log
    Search,
    Clock,
    Copy,
    Check,
    Close,
    ChevronRight,
    ChevronDown,
    ChevronLeft,
    External,
    Document,
    Scale,     ///< more or fewer pods
    Bell,
    BellOff,
    Note,
    Person,
    Hash,      ///< a channel of the chat
    Clip       ///< an attachment
};

/// Fills `rect` with the icon in that colour, sharp at the painter's device pixel ratio.
void paintIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &color);

} // namespace cockpit
