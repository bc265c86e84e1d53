# SPDX-License-Identifier: GPL-3.0-or-later
cockpit_test(tst_widgets LIBS cockpit_ui_widgets LABELS sanitize)
cockpit_test(tst_action_strip LIBS cockpit_ui_widgets LABELS sanitize)
