// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/requests.h"

namespace cockpit {

Requests::Requests(QObject *parent) : QObject(parent) {}

} // namespace cockpit
