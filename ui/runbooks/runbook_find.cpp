// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_find.h"

#include <QTimer>

#include <algorithm>

namespace cockpit {

RunbookReader::RunbookReader(const RunbookFlow &flow, const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_flow(flow)
    , m_theme(theme)
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(0);
    connect(m_timer, &QTimer::timeout, this, &RunbookReader::slice);
}

void RunbookReader::stop()
{
    m_timer->stop();
    m_hits.clear();
    m_words.clear();
    m_searching = m_reading = false;
}

void RunbookReader::find(const QString &words)
{
    m_words = words;
    m_hits.clear();
    m_next = 0;
    m_searching = !words.isEmpty();
    if (m_searching)
        m_timer->start();
    Q_EMIT found();
}

void RunbookReader::read(const RunbookPosition &from, const RunbookPosition &to)
{
    m_from = std::min(from, to);
    m_to = std::max(from, to);
    m_readNext = m_from.unit;
    m_text.clear();
    m_reading = true;
    m_timer->start();
}

void RunbookReader::slice()
{
    const int count = int(m_flow.units().size());
    for (int done = 0; done < unitsAtOnce && m_reading; ++done) {
        if (m_readNext > m_to.unit || m_readNext >= count) {
            m_reading = false;
            Q_EMIT readDone(m_text);
            break;
        }
        readFrom(m_readNext++);
    }
    for (int done = 0; done < unitsAtOnce && m_searching; ++done) {
        if (m_next >= count || m_hits.size() >= hitLimit)
            m_searching = false;
        else
            findIn(m_next++);
    }
    if (!m_searching && !m_reading)
        m_timer->stop();
    if (!m_words.isEmpty())
        Q_EMIT found();
}

void RunbookReader::findIn(int unit)
{
    if (isFolded(m_flow.units()[size_t(unit)], m_flow.look()))
        return;
    const std::vector<StyledText> texts = textsOf(m_flow.units()[size_t(unit)], m_flow.look(), m_theme);
    for (size_t piece = 0; piece < texts.size(); ++piece) {
        qsizetype at = texts[piece].text.indexOf(m_words, 0, Qt::CaseInsensitive);
        while (at >= 0 && m_hits.size() < hitLimit) {
            m_hits.push_back({{unit, int(piece), int(at)}, int(m_words.size())});
            at = texts[piece].text.indexOf(m_words, at + m_words.size(), Qt::CaseInsensitive);
        }
    }
}

void RunbookReader::readFrom(int unit)
{
    const RunbookUnit &read = m_flow.units()[size_t(unit)];
    const std::vector<StyledText> texts = textsOf(read, m_flow.look(), m_theme);
    const bool table = m_flow.look().runbook->blocks.at(read.block).kind == RunbookBlock::Kind::Table;
    for (int piece = 0; piece < int(texts.size()); ++piece) {
        const RunbookPosition start{unit, piece, 0};
        if (RunbookPosition{unit, piece, int(texts[size_t(piece)].text.size())} < m_from || start > m_to)
            continue;
        QString text = texts[size_t(piece)].text;
        if (unit == m_to.unit && piece == m_to.piece)
            text.truncate(m_to.at);
        if (unit == m_from.unit && piece == m_from.piece)
            text.remove(0, m_from.at);
        if (!m_text.isEmpty())
            m_text += table && piece > 0 ? u'\t' : u'\n';
        m_text += text.replace(QChar::LineSeparator, u'\n');
    }
}

} // namespace cockpit
