// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_outline.h"

#include "app/formats/runbook_front_matter.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

/// Lower case, without "1.", "Step 2:", markup signs and end marks.
QString bareWords(const QString &words)
{
    static const QRegularExpression number(QStringLiteral("^(?:step\\s+)?\\d+(?:\\.\\d+)*\\s*[.:)–-]?\\s+"));
    static const QRegularExpression signs(QStringLiteral("[^\\p{L}\\p{N}'’ -]+"));
    QString bare = words.toLower().remove(number);
    bare.replace(signs, QStringLiteral(" "));
    return bare.simplified();
}

bool isFieldLabel(const QString &name)
{
    static const QStringList fields{
        QStringLiteral("alert"),           QStringLiteral("alerts"),        QStringLiteral("severity"),
        QStringLiteral("service"),         QStringLiteral("owner"),         QStringLiteral("team"),
        QStringLiteral("last updated"),    QStringLiteral("last reviewed"), QStringLiteral("reviewed"),
        QStringLiteral("updated"),         QStringLiteral("reviewed by"),   QStringLiteral("runbook section"),
        QStringLiteral("on-call rotation")};
    return fields.contains(bareWords(name));
}

bool beginsWithSeverity(const QString &words)
{
    static const QRegularExpression shape(
        QStringLiteral("^\\s*(?:critical|page|high|warning|medium|low|info|none|P[1-5]|SEV-?[1-5])\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return shape.match(words).hasMatch();
}

void appendLabel(const QString &boldWords, const QString &after, int line, QList<RunbookLabel> &labels)
{
    static const QRegularExpression remark(QStringLiteral("^\\([^)]*\\)\\s*(?=:)"));
    QString name = boldWords.trimmed();
    QString value = after.section(u'\n', 0, 0).trimmed().remove(remark);
    if (name.endsWith(u':'))
        name.chop(1);
    else if (value.startsWith(u':'))
        value = value.mid(1).trimmed();
    else
        return;
    if (!name.isEmpty() && name.size() <= 60)
        labels.append({name, value, line});
}

class OutlineReader {
public:
    OutlineReader(const RunbookReading &options, Runbook &into)
        : m_options(options)
        , m_into(into)
    {}

    void read()
    {
        for (RunbookBlock &block : m_into.blocks) {
            if (block.kind == RunbookBlock::Kind::Heading)
                enterHeading(block);
            else if ((block.kind == RunbookBlock::Kind::Paragraph || block.kind == RunbookBlock::Kind::ListItem) &&
                     !block.text.isEmpty())
                readLabels(block);
            block.section = m_labelled.value_or(m_levels[m_level]);
            // A field said in a section of its own ("## Severity") counts where no label does.
            if (block.kind == RunbookBlock::Kind::Paragraph && block.section == RunbookSection::Severity &&
                m_into.severity.isEmpty() && beginsWithSeverity(plainText(block.text)))
                m_into.severity = plainText(block.text).section(u'\n', 0, 0).left(120);
        }
    }

private:
    void enterHeading(const RunbookBlock &block)
    {
        const QString words = plainText(block.text);
        const auto section = sectionOf(words, m_options.sections);
        m_level = std::clamp(block.level, 1, 6);
        // The title of the document is for nothing; everything else passes on what it is for.
        const RunbookSection outer = m_level > 1 ? m_levels[m_level - 1] : RunbookSection::None;
        for (int level = m_level; level <= 6; ++level)
            m_levels[level] = m_level == 1 ? RunbookSection::None : section.value_or(outer);
        m_labelled.reset();
        m_slug = block.slug;
        if (m_into.title.isEmpty())
            m_into.title = words.trimmed();
    }

    void readLabels(const RunbookBlock &block)
    {
        for (const RunbookLabel &label : labelsOf(block.text)) {
            if (isFieldLabel(label.name)) {
                readField(bareWords(label.name), label.value);
            } else if (block.depth == 0) {
                // A label that says nothing known, alone on its line, is like a heading that says nothing known.
                const auto section = sectionOf(label.name, m_options.sections);
                if (section || label.value.isEmpty() || label.value.startsWith(u'('))
                    m_labelled = section.value_or(RunbookSection::None);
            }
        }
    }

    void readField(const QString &name, const QString &value)
    {
        if (value.isEmpty() || value.startsWith(u'['))
            return;
        if (name == u"alert" || name == u"alerts")
            readAlerts(value);
        else if (name == u"owner" || name == u"team")
            setOnce(m_into.owner, value);
        else if (name == u"service")
            setOnce(m_into.service, value);
        else if (name == u"severity" && m_alertSlug != m_slug) // else it is that of one alert among several
            setOnce(m_into.severity, value);
        else if (name == u"reviewed by")
            setOnce(m_into.reviewedBy, value);
        else if (const auto day = parseReviewDate(value); day && !m_into.reviewedAt)
            m_into.reviewedAt = day;
        else if (day && m_fieldDates)
            m_into.reviewedAt = std::max(*m_into.reviewedAt, *day);
    }

    static void setOnce(QString &into, const QString &value)
    {
        if (into.isEmpty())
            into = value.left(200);
    }

    void readAlerts(const QString &value)
    {
        // "`GCDown`, `GCDatabaseDown` (a remark)": code words, or words apart by commas.
        static const QRegularExpression name(QStringLiteral("[A-Za-z_][A-Za-z0-9_:]+"));
        static const QRegularExpression remark(QStringLiteral("\\([^)]*\\)"));
        QString names = value;
        for (const QString &part : names.remove(remark).split(QRegularExpression(QStringLiteral("[,;/]|\\sand\\s")))) {
            const QString word = part.trimmed();
            if (!QRegularExpression(QRegularExpression::anchoredPattern(name.pattern())).match(word).hasMatch())
                continue;
            if (!m_into.alerts.contains(word))
                m_into.alerts.append(word);
            if (m_level > 1)
                m_alertSlug = m_slug;
            if (!m_into.alertSections.contains(word) && m_level > 1)
                m_into.alertSections.insert(word, m_slug);
        }
    }

    const RunbookReading &m_options;
    Runbook &m_into;
    std::array<RunbookSection, 7> m_levels{};
    std::optional<RunbookSection> m_labelled{};
    QString m_slug{};
    QString m_alertSlug{u'?'}; ///< of the last section with alerts of its own
    int m_level = 0;
    bool m_fieldDates = !m_into.reviewedAt; ///< front matter said none: of several dates the newest counts
};

} // namespace

QList<RunbookLabel> labelsOf(const RunbookText &text)
{
    QList<RunbookLabel> labels;
    int line = 0;
    bool isLineStart = true;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].bold && isLineStart) {
            QString after;
            for (qsizetype next = i + 1; next < text.size() && !after.contains(u'\n'); ++next)
                after += text[next].text;
            appendLabel(text[i].text, after, line, labels);
        }
        line += static_cast<int>(text[i].text.count(u'\n'));
        isLineStart = text[i].text.endsWith(u'\n');
    }
    return labels;
}

std::optional<RunbookSection> sectionOf(const QString &words, const QHash<QString, RunbookSection> &sections)
{
    const QStringList parts = bareWords(words).split(u' ', Qt::SkipEmptyParts);
    const qsizetype count = parts.size();
    for (qsizetype length = std::min<qsizetype>(count, 5); length > 0; --length) {
        const auto begins = sections.constFind(QStringList(parts.mid(0, length)).join(u' '));
        if (begins != sections.cend())
            return *begins;
        const auto ends = sections.constFind(QStringList(parts.mid(count - length)).join(u' '));
        if (count <= 4 && ends != sections.cend())
            return *ends;
    }
    return std::nullopt;
}

bool isContentsHeading(const QString &words)
{
    const QString bare = bareWords(words);
    return bare == u"table of contents" || bare == u"contents" || bare == u"toc";
}

int numberOfHeading(const QString &words)
{
    static const QRegularExpression shape(QStringLiteral("^\\s*(?:step\\s+(\\d{1,3})\\b|(\\d{1,3})\\s*[.)]\\s+\\S)"),
                                          QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = shape.match(words);
    return match.hasMatch() ? (match.captured(1) + match.captured(2)).toInt() : 0;
}

void readRunbookOutline(const RunbookReading &options, Runbook &into) { OutlineReader(options, into).read(); }

} // namespace cockpit
