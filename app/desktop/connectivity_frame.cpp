// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/connectivity_frame.h"

namespace cockpit {

ConnectivityFrame::ConnectivityFrame(Cockpit &cockpit, MainWindow &window, QObject *parent)
    : QObject(parent), m_cockpit(cockpit), m_window(window)
{
    connect(&cockpit.connectivity(), &ConnectivityService::changed, this, &ConnectivityFrame::refresh);
    connect(&m_sleep, &SleepSignal::awakened, &cockpit, &Cockpit::resume);
    m_sleep.start();
    refresh();
}

void ConnectivityFrame::refresh()
{
    const Connectivity &state = m_cockpit.connectivity().state();
    const ConnectivityWords words = connectivityWords(state, m_cockpit.models().time.now());
    const StateGlyph glyph =
        state.state == Connectivity::State::Offline ? StateGlyph::Critical : StateGlyph::Stale;
    m_window.setConnectivity(glyph, words.title, words.text);
}

} // namespace cockpit
