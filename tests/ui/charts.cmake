# SPDX-License-Identifier: GPL-3.0-or-later
cockpit_test(tst_time_chart SOURCES tst_time_chart.cpp LIBS cockpit_ui_charts cockpit_ui_theme LABELS sanitize)
