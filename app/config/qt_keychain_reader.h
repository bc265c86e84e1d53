// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/secret_resolver.h"

namespace cockpit {

/// The desktop's keychain through QtKeychain. It works on the application's main thread, whose event loop must run.
KeychainReader qtKeychainReader();

} // namespace cockpit
