# SPDX-License-Identifier: GPL-3.0-or-later
cockpit_test(tst_frame LIBS cockpit_ui_frame LABELS sanitize)
