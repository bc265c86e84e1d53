// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cascade_layout.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <numeric>

namespace cockpit {

namespace {

constexpr int orderingSweeps = 6;
constexpr int placingSweeps = 4;
/// Between boxes of one layer, and between a box and the way of a long edge.
constexpr double boxGap = 22;
constexpr double wayGap = 12;
constexpr double trackGap = 7;

/// A box, or a place that a long edge needs in a layer between its ends.
struct Spot {
    int node = -1; ///< index into Cascade::nodes; -1 = a place of a long edge
    int layer = 0;
    double along = 0; ///< across the layers' direction: the middle of it
    double size = 0;
    std::vector<int> before{}; ///< spots of the layer before that it is joined to
    std::vector<int> after{};
};

/// One edge with all the spots on its way, in the direction of the layers.
struct Chain {
    int edge = 0;
    bool reversed = false; ///< it was turned round to break a cycle
    std::vector<int> spots{};
};

class Layering {
public:
    Layering(const Cascade &cascade, const CascadeFrame &frame)
        : m_cascade(cascade)
        , m_frame(frame)
    {}

    CascadeLayout make()
    {
        choose();
        breakCycles();
        assignLayers();
        makeChains();
        order();
        place();
        return draw();
    }

private:
    void choose()
    {
        const int count = static_cast<int>(m_cascade.nodes.size());
        for (int i = 0; i < count; ++i)
            m_index.insert(m_cascade.nodes[static_cast<size_t>(i)].name, i);
        QSet<int> kept;
        const bool all = m_frame.most == 0 || count <= m_frame.most;
        for (int i = 0; i < count; ++i) {
            if (all || m_cascade.nodes[static_cast<size_t>(i)].rank > 0)
                kept.insert(i);
        }
        if (!all) {
            const QSet<int> trouble = kept;
            for (const CascadeEdge &edge : m_cascade.edges) {
                const int from = m_index.value(edge.from);
                const int to = m_index.value(edge.to);
                if (trouble.contains(from))
                    kept.insert(to);
                if (trouble.contains(to))
                    kept.insert(from);
            }
        }
        if (!all && kept.size() > 2 * m_frame.most)
            kept = mostTroubled();
        m_kept = kept;
        m_hidden = count - static_cast<int>(kept.size());
        m_out.resize(static_cast<size_t>(count));
        for (int e = 0; e < static_cast<int>(m_cascade.edges.size()); ++e) {
            const CascadeEdge &edge = m_cascade.edges[static_cast<size_t>(e)];
            const int from = m_index.value(edge.from, -1);
            const int to = m_index.value(edge.to, -1);
            if (from >= 0 && to >= 0 && kept.contains(from) && kept.contains(to))
                m_out[static_cast<size_t>(from)].push_back({to, e});
        }
    }

    /// Where even the neighbours are too many: those in trouble alone, the likeliest causes first.
    QSet<int> mostTroubled() const
    {
        QSet<int> kept;
        for (int i = 0; i < static_cast<int>(m_cascade.nodes.size()); ++i) {
            const int rank = m_cascade.nodes[static_cast<size_t>(i)].rank;
            if (rank > 0 && rank <= 2 * m_frame.most)
                kept.insert(i);
        }
        return kept;
    }

    /// Depth first; an edge to a node that is still open closes a ring and is turned round.
    void breakCycles()
    {
        std::vector<int> state(m_out.size(), 0);
        std::vector<int> starts(m_kept.cbegin(), m_kept.cend());
        std::vector<int> callers(m_out.size(), 0);
        for (const auto &targets : m_out) {
            for (const auto &[to, edge] : targets)
                ++callers[static_cast<size_t>(to)];
        }
        std::sort(starts.begin(), starts.end(), [&callers](int a, int b) {
            return callers[static_cast<size_t>(a)] != callers[static_cast<size_t>(b)]
                       ? callers[static_cast<size_t>(a)] < callers[static_cast<size_t>(b)]
                       : a < b;
        });
        for (const int start : starts) {
            if (state[static_cast<size_t>(start)] == 0)
                visit(start, state);
        }
    }

    void visit(int start, std::vector<int> &state)
    {
        struct Frame {
            int node;
            size_t next;
        };
        std::vector<Frame> open{{start, 0}};
        state[static_cast<size_t>(start)] = 1;
        while (!open.empty()) {
            Frame &top = open.back();
            const auto &targets = m_out[static_cast<size_t>(top.node)];
            if (top.next == targets.size()) {
                state[static_cast<size_t>(top.node)] = 2;
                m_topological.push_back(top.node);
                open.pop_back();
                continue;
            }
            const auto [to, edge] = targets[top.next++];
            const bool back = state[static_cast<size_t>(to)] == 1;
            m_links.push_back(back ? Link{to, top.node, edge, true} : Link{top.node, to, edge, false});
            if (state[static_cast<size_t>(to)] == 0) {
                state[static_cast<size_t>(to)] = 1;
                open.push_back({to, 0});
            }
        }
    }

    void assignLayers()
    {
        std::reverse(m_topological.begin(), m_topological.end());
        QHash<int, QList<int>> ahead;
        for (const Link &link : m_links)
            ahead[link.from].append(link.to);
        for (const int node : m_topological) {
            for (const int to : ahead.value(node))
                m_layerOf[to] = std::max(m_layerOf.value(to), m_layerOf.value(node) + 1);
        }
        for (const int node : m_topological)
            m_layerCount = std::max(m_layerCount, m_layerOf.value(node) + 1);
        m_sideways = m_layerCount * m_frame.boxWidth + (m_layerCount - 1) * 30 <= m_frame.width;
    }

    int addSpot(int node, int layer)
    {
        Spot spot;
        spot.node = node;
        spot.layer = layer;
        spot.size = node < 0 ? wayGap : m_sideways ? m_frame.boxHeight : m_frame.boxWidth;
        m_spots.push_back(spot);
        const int id = static_cast<int>(m_spots.size()) - 1;
        m_layers[static_cast<size_t>(layer)].push_back(id);
        return id;
    }

    void makeChains()
    {
        m_layers.resize(static_cast<size_t>(std::max(1, m_layerCount)));
        QHash<int, int> spotOf;
        for (const int node : m_topological)
            spotOf.insert(node, addSpot(node, m_layerOf.value(node)));
        for (const Link &link : m_links) {
            Chain chain{link.edge, link.reversed, {spotOf.value(link.from)}};
            for (int layer = m_layerOf.value(link.from) + 1; layer < m_layerOf.value(link.to); ++layer)
                chain.spots.push_back(addSpot(-1, layer));
            chain.spots.push_back(spotOf.value(link.to));
            for (size_t i = 1; i < chain.spots.size(); ++i) {
                m_spots[static_cast<size_t>(chain.spots[i - 1])].after.push_back(chain.spots[i]);
                m_spots[static_cast<size_t>(chain.spots[i])].before.push_back(chain.spots[i - 1]);
            }
            m_chains.push_back(chain);
        }
    }

    void order()
    {
        std::vector<double> rank(m_spots.size(), 0);
        const auto number = [&rank](const std::vector<int> &layer) {
            for (size_t i = 0; i < layer.size(); ++i)
                rank[static_cast<size_t>(layer[i])] = double(i);
        };
        for (const auto &layer : m_layers)
            number(layer);
        for (int sweep = 0; sweep < orderingSweeps; ++sweep) {
            const bool forward = sweep % 2 == 0;
            for (size_t l = 0; l < m_layers.size(); ++l) {
                auto &layer = m_layers[forward ? l : m_layers.size() - 1 - l];
                std::vector<double> wish(m_spots.size(), 0);
                for (const int id : layer) {
                    const Spot &spot = m_spots[static_cast<size_t>(id)];
                    const auto &joined = forward ? spot.before : spot.after;
                    double sum = 0;
                    for (const int other : joined)
                        sum += rank[static_cast<size_t>(other)];
                    wish[static_cast<size_t>(id)] =
                        joined.empty() ? rank[static_cast<size_t>(id)] : sum / double(joined.size());
                }
                std::stable_sort(layer.begin(), layer.end(), [&wish](int a, int b) {
                    return wish[static_cast<size_t>(a)] < wish[static_cast<size_t>(b)];
                });
                number(layer);
            }
        }
    }

    double distance(int first, int second) const
    {
        const Spot &a = m_spots[static_cast<size_t>(first)];
        const Spot &b = m_spots[static_cast<size_t>(second)];
        const double gap = a.node >= 0 && b.node >= 0 ? boxGap : wayGap;
        return (a.size + b.size) / 2 + gap;
    }

    /// Each spot as near to the middle of those that it is joined to as its neighbours allow.
    void place()
    {
        for (const auto &layer : m_layers) {
            double at = 0;
            for (size_t i = 0; i < layer.size(); ++i) {
                at += i == 0 ? 0 : distance(layer[i - 1], layer[i]);
                m_spots[static_cast<size_t>(layer[i])].along = at;
            }
            for (const int id : layer)
                m_spots[static_cast<size_t>(id)].along -= at / 2;
        }
        for (int sweep = 0; sweep < placingSweeps; ++sweep) {
            const bool forward = sweep % 2 == 0;
            for (size_t l = 0; l < m_layers.size(); ++l)
                settle(m_layers[forward ? l : m_layers.size() - 1 - l]);
        }
    }

    void settle(const std::vector<int> &layer)
    {
        std::vector<double> wish;
        for (const int id : layer) {
            const Spot &spot = m_spots[static_cast<size_t>(id)];
            double sum = 0;
            for (const int other : spot.before)
                sum += m_spots[static_cast<size_t>(other)].along;
            for (const int other : spot.after)
                sum += m_spots[static_cast<size_t>(other)].along;
            const size_t joined = spot.before.size() + spot.after.size();
            wish.push_back(joined == 0 ? spot.along : sum / double(joined));
        }
        // Pushed apart from both ends, and the mean of the two: neither end is favoured.
        std::vector<double> low = wish;
        for (size_t i = 1; i < layer.size(); ++i)
            low[i] = std::max(low[i], low[i - 1] + distance(layer[i - 1], layer[i]));
        std::vector<double> high = wish;
        for (size_t i = layer.size(); i-- > 1;)
            high[i - 1] = std::min(high[i - 1], high[i] - distance(layer[i - 1], layer[i]));
        for (size_t i = 0; i < layer.size(); ++i)
            m_spots[static_cast<size_t>(layer[i])].along = (low[i] + high[i]) / 2;
    }

    double depth(int layer) const
    {
        const double box = m_sideways ? m_frame.boxWidth : m_frame.boxHeight;
        const double gap = !m_sideways ? 34.0
                           : m_layerCount < 2
                               ? 0.0
                               : std::min(90.0, (m_frame.width - m_layerCount * box) / (m_layerCount - 1));
        return layer * (box + gap);
    }

    QPointF point(double deep, double along) const { return m_sideways ? QPointF(deep, along) : QPointF(along, deep); }

    CascadeLayout draw()
    {
        CascadeLayout layout;
        layout.hidden = m_hidden;
        const QPointF half(m_frame.boxWidth / 2, m_frame.boxHeight / 2);
        for (const Spot &spot : m_spots) {
            if (spot.node < 0)
                continue;
            const double box = m_sideways ? m_frame.boxWidth : m_frame.boxHeight;
            const QPointF middle = point(depth(spot.layer) + box / 2, spot.along);
            layout.nodes.push_back({spot.node, QRectF(middle - half, middle + half)});
            layout.bounds |= layout.nodes.back().box;
        }
        countTracks();
        for (const Chain &chain : m_chains)
            layout.edges.push_back(way(chain));
        for (const PlacedEdge &edge : layout.edges) {
            for (const QPointF &at : edge.way)
                layout.bounds |= QRectF(at, QSizeF(0.1, 0.1));
        }
        moveToOrigin(layout);
        return layout;
    }

    static void moveToOrigin(CascadeLayout &layout)
    {
        const QPointF origin = layout.bounds.topLeft();
        for (PlacedNode &node : layout.nodes)
            node.box.translate(-origin);
        for (PlacedEdge &edge : layout.edges) {
            for (QPointF &at : edge.way)
                at -= origin;
        }
        layout.bounds.moveTopLeft({0, 0});
    }

    /// How many ways leave and reach each spot: they part by some px, so that two never lie on each other.
    void countTracks()
    {
        m_leaving.assign(m_spots.size(), 0);
        m_reaching.assign(m_spots.size(), 0);
        for (const Chain &chain : m_chains) {
            for (size_t i = 1; i < chain.spots.size(); ++i) {
                ++m_leaving[static_cast<size_t>(chain.spots[i - 1])];
                ++m_reaching[static_cast<size_t>(chain.spots[i])];
            }
        }
        m_left.assign(m_spots.size(), 0);
        m_reached.assign(m_spots.size(), 0);
    }

    static double offset(int index, int count, double size)
    {
        const double gap = std::min(trackGap + 3, size / double(count + 1));
        return (index - (count - 1) / 2.0) * gap;
    }

    PlacedEdge way(const Chain &chain)
    {
        PlacedEdge placed{chain.edge, {}};
        const double box = m_sideways ? m_frame.boxWidth : m_frame.boxHeight;
        for (size_t i = 1; i < chain.spots.size(); ++i) {
            const auto a = static_cast<size_t>(chain.spots[i - 1]);
            const auto b = static_cast<size_t>(chain.spots[i]);
            const Spot &from = m_spots[a];
            const Spot &to = m_spots[b];
            const double out = from.node < 0 ? 0 : offset(m_left[a]++, m_leaving[a], from.size);
            const double in = to.node < 0 ? 0 : offset(m_reached[b]++, m_reaching[b], to.size);
            const double start = depth(from.layer) + (from.node < 0 ? box / 2 : box);
            const double end = depth(to.layer) + (to.node < 0 ? box / 2 : 0);
            const double middle = (depth(from.layer) + box + depth(to.layer)) / 2 + out / 2;
            if (placed.way.empty())
                placed.way.push_back(point(start, from.along + out));
            if (std::abs(from.along + out - to.along - in) > 0.5) {
                placed.way.push_back(point(middle, from.along + out));
                placed.way.push_back(point(middle, to.along + in));
            }
            placed.way.push_back(point(end, to.along + in));
        }
        if (chain.reversed)
            std::reverse(placed.way.begin(), placed.way.end());
        return placed;
    }

    struct Link {
        int from = 0;
        int to = 0;
        int edge = 0;
        bool reversed = false;
    };

    const Cascade &m_cascade;
    const CascadeFrame &m_frame;
    QHash<QString, int> m_index{};
    QSet<int> m_kept{};
    int m_hidden = 0;
    std::vector<std::vector<std::pair<int, int>>> m_out{}; ///< per node: where it calls, by which edge
    std::vector<Link> m_links{};
    std::vector<int> m_topological{};
    QHash<int, int> m_layerOf{};
    int m_layerCount = 0;
    bool m_sideways = true;
    std::vector<Spot> m_spots{};
    std::vector<std::vector<int>> m_layers{};
    std::vector<Chain> m_chains{};
    std::vector<int> m_leaving{};
    std::vector<int> m_reaching{};
    std::vector<int> m_left{};
    std::vector<int> m_reached{};
};

} // namespace

CascadeLayout layOut(const Cascade &cascade, const CascadeFrame &frame) { return Layering(cascade, frame).make(); }

} // namespace cockpit
