// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/chart_store.h"

namespace cockpit {

namespace {

/// Where nobody mapped a line to a service its labels name it, in the order of ServiceMap.
bool isLineOf(const Series &series, const ServiceId &service)
{
    if (!series.service.isEmpty())
        return series.service == service;
    for (const QStringView name : {QStringView(u"service"), QStringView(u"job"), QStringView(u"app")}) {
        if (const QString *value = series.labels.find(name))
            return *value == service.toString();
    }
    return false;
}

} // namespace

ChartStore::ChartStore(QObject *parent) : QObject(parent) {}

const ChartData *ChartStore::find(const ChartKey &key) const
{
    const auto found = m_data.constFind(key);
    return found == m_data.constEnd() ? nullptr : &*found;
}

const Series *ChartStore::seriesOf(const ChartKey &fleetKey, const ServiceId &service) const
{
    const ChartData *data = find(fleetKey);
    if (!data || !data->series)
        return nullptr;
    for (const Series &series : *data->series) {
        if (isLineOf(series, service))
            return &series;
    }
    return nullptr;
}

void ChartStore::setData(const ChartKey &key, ChartData data)
{
    m_order.removeOne(key);
    m_order.append(key);
    m_data.insert(key, std::move(data));
    while (m_order.size() > capacity)
        m_data.remove(m_order.takeFirst());
    Q_EMIT changed(key);
}

} // namespace cockpit
