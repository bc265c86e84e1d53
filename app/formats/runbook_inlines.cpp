// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_inlines.h"

#include "models/link_target.h"

#include <QRegularExpression>

#include <cstring>

namespace cockpit {

QString nodeText(const char *utf8) { return utf8 ? QString::fromUtf8(utf8) : QString(); }

void RunbookInlines::begin(int line)
{
    m_text.clear();
    m_images.clear();
    m_link.clear();
    m_linkIndex = -1;
    m_line = line;
    m_bold = m_italic = m_struck = m_inImage = 0;
}

void RunbookInlines::add(const QString &words, bool code)
{
    if (words.isEmpty())
        return;
    if (m_inImage > 0) {
        m_alternative += words;
        return;
    }
    RunbookSpan span{.text = words, .bold = m_bold > 0, .italic = m_italic > 0, .code = code, .struck = m_struck > 0};
    span.link = m_link;
    if (m_linkIndex >= 0)
        m_links[m_linkIndex].text += words;
    if (!m_text.isEmpty()) {
        RunbookSpan &last = m_text.last();
        span.text = last.text;
        if (span == last) {
            last.text += words;
            return;
        }
        span.text = words;
    }
    m_text.append(span);
}

void RunbookInlines::enterLink(cmark_node *node)
{
    const QString target = nodeText(cmark_node_get_url(node));
    const LinkTarget read = readLinkTarget(target, m_document);
    const bool isPath = read.kind == LinkTarget::Kind::Path;
    const bool allowed = isPath || read.kind == LinkTarget::Kind::Anchor || read.kind == LinkTarget::Kind::Web;
    m_link = allowed ? target : QString();
    m_links.append({.target = target,
                    .line = m_line,
                    .isBlocked = !allowed,
                    .isMissing = isPath && m_options.pathInSource && !m_options.pathInSource(read.path)});
    m_linkIndex = m_links.size() - 1;
}

void RunbookInlines::leaveLink()
{
    m_link.clear();
    m_linkIndex = -1;
}

void RunbookInlines::enterImage(cmark_node *node)
{
    if (m_inImage++ > 0)
        return;
    m_alternative.clear();
    const QString target = nodeText(cmark_node_get_url(node));
    const LinkTarget read = readLinkTarget(target, m_document);
    QString path = read.kind == LinkTarget::Kind::Path ? read.path : QString();
    RunbookLinkTarget link{.target = target, .line = m_line, .isImage = true, .isBlocked = path.isEmpty()};
    if (!path.isEmpty() && m_options.pathInSource && !m_options.pathInSource(path)) {
        link.isMissing = true;
        path.clear();
    }
    m_links.append(link);
    m_images.append({.kind = RunbookBlock::Kind::Image, .line = m_line, .image = path});
}

void RunbookInlines::leaveImage()
{
    if (--m_inImage > 0)
        return;
    m_images.last().text = {RunbookSpan{.text = m_alternative}};
    for (qsizetype i = m_links.size(); i-- > 0;) {
        if (m_links[i].isImage) {
            m_links[i].text = m_alternative;
            break;
        }
    }
}

/// A line break of the source is a blank, as on GitHub; but one before a bold label ("**Owner**:") stays, so that the
/// fields of a runbook stand below each other.
void RunbookInlines::breakLine(cmark_node *node)
{
    ++m_line;
    const cmark_node *next = cmark_node_next(node);
    const bool isLabel = next && cmark_node_get_type(const_cast<cmark_node *>(next)) == CMARK_NODE_STRONG;
    add(isLabel || cmark_node_get_type(node) == CMARK_NODE_LINEBREAK ? QStringLiteral("\n") : QStringLiteral(" "));
}

void RunbookInlines::html(cmark_node *node)
{
    static const QRegularExpression lineBreak(QStringLiteral("^<br\\s*/?>$"),
                                              QRegularExpression::CaseInsensitiveOption);
    const QString source = nodeText(cmark_node_get_literal(node));
    if (lineBreak.match(source).hasMatch())
        add(QStringLiteral("\n"));
    else if (!source.startsWith(u"<!--"))
        add(source);
}

void RunbookInlines::take(cmark_node *node, bool entering)
{
    const int by = entering ? 1 : -1;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        return add(nodeText(cmark_node_get_literal(node)));
    case CMARK_NODE_CODE:
        return add(nodeText(cmark_node_get_literal(node)), true);
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        return breakLine(node);
    case CMARK_NODE_HTML_INLINE:
        return html(node);
    case CMARK_NODE_STRONG:
        m_bold += by;
        return;
    case CMARK_NODE_EMPH:
        m_italic += by;
        return;
    case CMARK_NODE_LINK:
        return entering ? enterLink(node) : leaveLink();
    case CMARK_NODE_IMAGE:
        return entering ? enterImage(node) : leaveImage();
    default:
        if (std::strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
            m_struck += by;
    }
}

} // namespace cockpit
