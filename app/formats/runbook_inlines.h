// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/runbook_markdown.h"

#include <QList>

#include <cmark-gfm.h>

namespace cockpit {

/// Collects the inline nodes of one paragraph, heading or table cell as spans, from the events of a tree's iterator.
class RunbookInlines {
public:
    RunbookInlines(const RunbookReading &options, const QString &document, QList<RunbookLinkTarget> &links)
        : m_options(options)
        , m_document(document)
        , m_links(links)
    {}

    /// Begins anew; `line` is where the block starts.
    void begin(int line);
    /// One event of an inline node.
    void take(cmark_node *node, bool entering);

    /// What was collected; adjacent spans of one look are one.
    RunbookText &text() { return m_text; }
    /// The images met, in order.
    const QList<RunbookBlock> &images() const { return m_images; }

private:
    void add(const QString &words, bool code = false);
    void enterLink(cmark_node *node);
    void leaveLink();
    void enterImage(cmark_node *node);
    void leaveImage();
    void breakLine(cmark_node *node);
    void html(cmark_node *node);

    const RunbookReading &m_options;
    const QString &m_document;
    QList<RunbookLinkTarget> &m_links;
    RunbookText m_text{};
    QList<RunbookBlock> m_images{};
    QString m_alternative{};
    QString m_link{};
    qsizetype m_linkIndex = -1;
    int m_line = 0;
    int m_bold = 0;
    int m_italic = 0;
    int m_struck = 0;
    int m_inImage = 0;
};

/// UTF-8 of a node as text; null is empty.
QString nodeText(const char *utf8);

} // namespace cockpit
