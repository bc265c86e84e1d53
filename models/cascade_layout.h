// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cascade.h"

#include <QPointF>
#include <QRectF>

#include <vector>

namespace cockpit {

/// Where a node is drawn, in px of the design.
struct PlacedNode {
    int node = 0; ///< index into Cascade::nodes
    QRectF box{};
};

/// The way of an edge: horizontal and vertical pieces from the caller's box to the dependency's.
struct PlacedEdge {
    int edge = 0; ///< index into Cascade::edges
    std::vector<QPointF> way{};
};

/// A drawing of a cascade.
struct CascadeLayout {
    std::vector<PlacedNode> nodes{};
    std::vector<PlacedEdge> edges{};
    QRectF bounds{};
    int hidden = 0; ///< nodes left out: neither in trouble nor next to one that is
};

/// What the drawing has to fit.
struct CascadeFrame {
    double width = 448;
    double boxWidth = 104;
    double boxHeight = 32;
    int most = 14; ///< with more nodes than this only those in trouble and their neighbours are drawn; 0 = all are
};

/// Layers from callers to dependencies, left to right where they fit, else from the top (Sugiyama: cycles broken at
/// their later edge, longest path, places for long edges, sweeps by barycentre). Pure; made to run off the GUI thread.
CascadeLayout layOut(const Cascade &cascade, const CascadeFrame &frame);

} // namespace cockpit
