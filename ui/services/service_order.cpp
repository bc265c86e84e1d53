// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/service_order.h"

#include <algorithm>
#include <numeric>

namespace cockpit {

ServiceSort serviceSortFrom(const QString &id)
{
    if (id == QStringLiteral("name"))
        return ServiceSort::Name;
    return id == QStringLiteral("requests") ? ServiceSort::Requests : ServiceSort::Pain;
}

std::vector<size_t> serviceOrder(const Fleet &fleet, ServiceSort sort)
{
    std::vector<size_t> order(fleet.services.size());
    std::iota(order.begin(), order.end(), size_t(0));
    if (sort == ServiceSort::Pain)
        return order;
    const auto requests = [&](size_t index) {
        const auto &sample = fleet.services[index].figure(Figure::RequestsPerSecond);
        return sample ? sample->value : -1.0;
    };
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        if (sort == ServiceSort::Requests && requests(a) != requests(b))
            return requests(a) > requests(b);
        return fleet.services[a].id < fleet.services[b].id;
    });
    return order;
}

} // namespace cockpit
