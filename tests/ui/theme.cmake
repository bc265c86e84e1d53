# SPDX-License-Identifier: GPL-3.0-or-later
cockpit_test(tst_palette LIBS cockpit_ui_theme LABELS sanitize)
