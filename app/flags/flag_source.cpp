// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flags/flag_source.h"

#include <algorithm>

namespace cockpit {

const FlagState *FlagReading::state(const QString &environment) const
{
    const auto &states = parsed.flag.states;
    const auto found = std::find_if(states.cbegin(), states.cend(),
                                    [&](const FlagState &one) { return one.environment == environment; });
    return found == states.cend() ? nullptr : &*found;
}

EndpointPtr withPlainToken(const EndpointPtr &endpoint)
{
    if (!endpoint || endpoint->bearer.isEmpty())
        return endpoint;
    auto plain = std::make_shared<Endpoint>(*endpoint);
    plain->headers.append(HttpHeader{"Authorization", endpoint->bearer});
    plain->bearer.clear();
    return plain;
}

void addLastChanges(std::vector<ParsedFlag> &flags, const std::vector<FlagEvent> &events, const QString &here)
{
    QHash<FlagKey, const FlagEvent *> last;
    for (const FlagEvent &event : events) { // newest first: the first one stays
        const bool isHere = here.isEmpty() || event.environment.isEmpty() || event.environment == here;
        if (isHere && !last.contains(event.flag))
            last.insert(event.flag, &event);
    }
    for (ParsedFlag &one : flags) {
        if (const FlagEvent *event = last.value(one.flag.key)) {
            one.flag.changedAt = event->at;
            one.flag.changedBy = event->who;
        }
    }
}

std::shared_ptr<const std::vector<FlagPtr>> sharedFlags(std::vector<ParsedFlag> flags)
{
    auto list = std::make_shared<std::vector<FlagPtr>>();
    list->reserve(flags.size());
    for (ParsedFlag &one : flags) {
        if (!one.isArchived)
            list->push_back(std::make_shared<FeatureFlag>(std::move(one.flag)));
    }
    return list;
}

} // namespace cockpit
