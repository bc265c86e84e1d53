# SPDX-License-Identifier: GPL-3.0-or-later
# Actions as JSON: what the journal keeps, what `--json` prints, what Alertmanager takes.
cockpit_library(cockpit_action_codec
  SOURCES action_codec.cpp action_codec_intents.cpp activity_json.cpp incident_codec.cpp incident_codec_bodies.cpp incident_codec_reading.cpp incident_figures_json.cpp incident_json.cpp lease_codec.cpp silence_json.cpp
  LIBS cockpit_models
  PRIVATE_LIBS nlohmann_json::nlohmann_json)
