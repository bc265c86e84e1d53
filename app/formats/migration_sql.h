// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/migration.h"

#include <QByteArray>

namespace cockpit {

/// Reads one migration: layout by its path and its section comments (`-- migrate:up`, `-- +goose Up`, Alembic's
/// "Running upgrade"), statements split first and parsed each, so that a broken one hides no other. Text that is not
/// UTF-8 is read as UTF-16 by its mark, else as Latin-1, and said so; one statement above 1 MiB is said and not parsed.
/// Pure; safe in any thread.
MigrationFile readMigration(const QString &path, const QByteArray &bytes);

} // namespace cockpit
