// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_steps.h"

#include "app/formats/runbook_outline.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

bool asksForDoing(RunbookSection section)
{
    return section == RunbookSection::Investigation || section == RunbookSection::Remediation ||
           section == RunbookSection::Verification;
}

/// Nothing but links: an entry of a table of contents, or of related documents.
bool isOnlyLinks(const RunbookText &text)
{
    bool hasLink = false;
    for (const RunbookSpan &span : text) {
        if (span.link.isEmpty() && !span.text.trimmed().isEmpty())
            return false;
        hasLink = hasLink || !span.link.isEmpty();
    }
    return hasLink;
}

bool isCheckOrFix(const QString &words)
{
    static const QRegularExpression shape(QStringLiteral("^(?:check|fix|verify|confirm)\\b"),
                                          QRegularExpression::CaseInsensitiveOption);
    return shape.match(words.trimmed()).hasMatch();
}

class StepFinder {
public:
    StepFinder(const QHash<int, bool> &tasks, Runbook &into)
        : m_tasks(tasks)
        , m_into(into)
    {}

    void find()
    {
        for (int i = 0; i < static_cast<int>(m_into.blocks.size()); ++i) {
            RunbookBlock &block = m_into.blocks[i];
            if (block.kind == RunbookBlock::Kind::Heading)
                enterHeading(i, block);
            else
                takeBlock(i, block);
        }
    }

private:
    void enterHeading(int index, RunbookBlock &block)
    {
        m_itemDepth = 0;
        m_slug = block.slug;
        m_heading = plainText(block.text);
        m_isContents = isContentsHeading(m_heading);
        const bool isDeeper = m_stepLevel > 0 && block.level > m_stepLevel;
        if (!isDeeper) {
            m_current = -1;
            m_stepLevel = 0;
        }
        const bool isKnown = block.section != RunbookSection::None;
        const bool isNumbered = block.level > 1 && numberOfHeading(m_heading) > 0;
        if (isNumbered && (asksForDoing(block.section) || !isKnown)) {
            start(index, block);
            m_stepLevel = block.level;
        } else if (isDeeper) {
            block.ofStep = m_current;
        }
    }

    void takeBlock(int index, RunbookBlock &block)
    {
        const bool isItem = block.kind == RunbookBlock::Kind::ListItem && !block.marker.isEmpty();
        // What stands outside of the list ends its last step, but not the step of a numbered heading.
        if (m_itemDepth > 0 && block.depth < m_itemDepth) {
            m_itemDepth = 0;
            m_current = headingStep();
        }
        if (isItem && isStep(index, block)) {
            start(index, block);
            m_itemDepth = block.depth;
        } else if (m_current >= 0) {
            if (isItem && m_itemDepth > 0 && block.depth <= m_itemDepth) {
                m_itemDepth = 0;
                m_current = headingStep();
            }
            block.ofStep = m_current;
        }
    }

    bool isStep(int index, const RunbookBlock &block) const
    {
        if (m_isContents || isOnlyLinks(block.text))
            return false;
        if (m_tasks.contains(index))
            return true;
        if (m_itemDepth > 0 && block.depth > m_itemDepth)
            return false;
        const QString words = plainText(block.text).trimmed();
        if (words.isEmpty())
            return false;
        const bool isOrdered = block.marker.endsWith(u'.');
        if (block.section == RunbookSection::Causes)
            return isCheckOrFix(words);
        if (m_stepLevel > 0)
            return isOrdered && (asksForDoing(block.section) || block.section == RunbookSection::None);
        return asksForDoing(block.section) || (block.section == RunbookSection::None && isOrdered && !m_slug.isEmpty());
    }

    void start(int index, RunbookBlock &block)
    {
        RunbookStep step;
        step.text = plainText(block.text).simplified();
        step.id = idOf(step.text);
        step.number = static_cast<int>(m_into.steps.size()) + 1;
        step.block = index;
        step.section = m_slug;
        step.done = m_tasks.value(index, false);
        m_current = static_cast<int>(m_into.steps.size());
        block.step = m_current;
        block.ofStep = m_current;
        m_into.steps.append(step);
        if (block.kind == RunbookBlock::Kind::Heading)
            m_headings.append(m_current);
    }

    QString idOf(const QString &text)
    {
        const QString words = m_heading.simplified().toLower() + u'\n' + text.toLower();
        const QByteArray hash = QCryptographicHash::hash(words.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
        const QString id = QString::fromLatin1(hash);
        const int before = m_ids[id]++;
        return before == 0 ? id : id + u'-' + QString::number(before);
    }

    int headingStep() const { return m_stepLevel > 0 && !m_headings.isEmpty() ? m_headings.last() : -1; }

    const QHash<int, bool> &m_tasks;
    Runbook &m_into;
    QHash<QString, int> m_ids{};
    QList<int> m_headings{};
    QString m_heading{};
    QString m_slug{};
    int m_current = -1;
    int m_itemDepth = 0; ///< of the list item that is the current step; 0 = none
    int m_stepLevel = 0; ///< of the heading that is a step; 0 = none
    bool m_isContents = false;
};

} // namespace

void findRunbookSteps(const QHash<int, bool> &tasks, Runbook &into) { StepFinder(tasks, into).find(); }

} // namespace cockpit
