// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_tree.h"

#include "app/formats/format_words.h"
#include "app/formats/runbook_action_yaml.h"
#include "app/formats/runbook_inlines.h"
#include "app/formats/runbook_slug.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

namespace cockpit {

namespace {

constexpr int mostNesting = 50;
constexpr qsizetype mostBlocks = 50'000;

bool isNode(cmark_node *node, const char *type) { return std::strcmp(cmark_node_get_type_string(node), type) == 0; }

/// Turns the events of the tree's iterator into blocks; nothing here recurses, however deep the tree is.
class TreeReader {
public:
    TreeReader(int firstLine, const RunbookReading &options, Runbook &into, QHash<int, bool> &tasks)
        : m_firstLine(firstLine)
        , m_into(into)
        , m_tasks(tasks)
        , m_inlines(options, into.key.path, into.links)
    {}

    void take(cmark_node *node, bool entering)
    {
        if (m_into.blocks.size() >= mostBlocks) {
            tellOnce(m_isCut, FormatWords::tr("Cut after 50 000 blocks."));
            return;
        }
        if (m_isText && !isTextBlock(node)) {
            m_inlines.take(node, entering);
            return;
        }
        takeBlock(node, entering);
    }

private:
    struct Container {
        bool isQuote = false;
        bool isOrdered = false;
        int number = 0;
    };
    using Kind = RunbookBlock::Kind;

    static bool isTextBlock(cmark_node *node)
    {
        const cmark_node_type type = cmark_node_get_type(node);
        return type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING || isNode(node, "table_cell");
    }

    void takeBlock(cmark_node *node, bool entering);
    void takeTable(cmark_node *node, bool entering);
    void takeItem(cmark_node *node, bool entering);
    void takeText(cmark_node *node, bool entering);
    void addText(cmark_node *node);
    void addCode(cmark_node *node);
    void addHtml(cmark_node *node);

    int lineOf(cmark_node *node) const { return std::max(1, cmark_node_get_start_line(node)) + m_firstLine; }

    void tellOnce(bool &told, const QString &words)
    {
        if (!std::exchange(told, true))
            m_into.problems.append(words);
    }

    RunbookBlock &add(Kind kind, int line)
    {
        if (!m_marker.isEmpty() && kind != Kind::ListItem)
            add(Kind::ListItem, line).marker = std::exchange(m_marker, QString());
        RunbookBlock block{.kind = kind, .line = line};
        if (m_containers.size() > mostNesting)
            tellOnce(m_isFlat, FormatWords::tr("What is nested more than 50 deep is shown flat."));
        block.depth = static_cast<int>(std::min<qsizetype>(m_containers.size(), mostNesting));
        m_into.blocks.append(block);
        if (kind == Kind::ListItem && m_task)
            m_tasks.insert(static_cast<int>(m_into.blocks.size()) - 1, *std::exchange(m_task, std::nullopt));
        return m_into.blocks.last();
    }

    int m_firstLine;
    Runbook &m_into;
    QHash<int, bool> &m_tasks;
    RunbookInlines m_inlines;
    RunbookSlugs m_slugs{};
    QList<Container> m_containers{};
    QString m_marker{}; ///< of a list item whose first block has not come yet
    std::optional<bool> m_task{};
    bool m_isText = false;
    bool m_isCut = false;
    bool m_isFlat = false;
};

void TreeReader::takeBlock(cmark_node *node, bool entering)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        return takeText(node, entering);
    case CMARK_NODE_LIST:
    case CMARK_NODE_BLOCK_QUOTE:
        if (!entering) {
            m_containers.removeLast();
            return;
        }
        if (!m_marker.isEmpty()) // a list that is the first thing of an item
            add(Kind::ListItem, lineOf(node)).marker = std::exchange(m_marker, QString());
        m_containers.append({.isQuote = cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE,
                             .isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
                             .number = cmark_node_get_list_start(node)});
        return;
    case CMARK_NODE_ITEM:
        return takeItem(node, entering);
    case CMARK_NODE_CODE_BLOCK:
        return addCode(node);
    case CMARK_NODE_HTML_BLOCK:
        return addHtml(node);
    case CMARK_NODE_THEMATIC_BREAK:
        add(Kind::Rule, lineOf(node));
        return;
    default:
        return isNode(node, "tasklist") ? takeItem(node, entering) : takeTable(node, entering);
    }
}

void TreeReader::takeTable(cmark_node *node, bool entering)
{
    if (isNode(node, "table_cell"))
        return takeText(node, entering);
    if (!entering)
        return;
    if (isNode(node, "table")) {
        RunbookBlock &table = add(Kind::Table, lineOf(node));
        const uint8_t *letters = cmark_gfm_extensions_get_table_alignments(node);
        for (int i = 0; i < cmark_gfm_extensions_get_table_columns(node); ++i)
            table.alignments.append(letters[i] == 'r' ? 1 : letters[i] == 'c' ? 0 : -1);
    } else if (isNode(node, "table_header") || isNode(node, "table_row")) {
        m_into.blocks.last().rows.append(QList<RunbookText>());
    }
}

void TreeReader::takeItem(cmark_node *node, bool entering)
{
    if (!entering) {
        if (!m_marker.isEmpty())
            add(Kind::ListItem, lineOf(node)).marker = std::exchange(m_marker, QString());
        return;
    }
    Container &list = m_containers.last();
    m_marker = list.isOrdered ? QString::number(list.number++) + u'.' : QStringLiteral("•");
    m_task =
        isNode(node, "tasklist") ? std::optional(cmark_gfm_extensions_get_tasklist_item_checked(node)) : std::nullopt;
}

void TreeReader::takeText(cmark_node *node, bool entering)
{
    m_isText = entering;
    if (entering)
        m_inlines.begin(lineOf(node));
    else
        addText(node);
}

void TreeReader::addText(cmark_node *node)
{
    RunbookText &text = m_inlines.text();
    if (isNode(node, "table_cell")) {
        for (const RunbookBlock &image : m_inlines.images())
            text.append(image.text);
        m_into.blocks.last().rows.last().append(text);
        return;
    }
    const bool isHeading = cmark_node_get_type(node) == CMARK_NODE_HEADING;
    const bool isQuote = !m_containers.isEmpty() && m_containers.last().isQuote;
    if (isHeading || !plainText(text).trimmed().isEmpty() || m_inlines.images().isEmpty()) {
        const Kind kind = isHeading             ? Kind::Heading
                          : !m_marker.isEmpty() ? Kind::ListItem
                          : isQuote             ? Kind::Quote
                                                : Kind::Paragraph;
        RunbookBlock &block = add(kind, lineOf(node));
        if (kind == Kind::ListItem)
            block.marker = std::exchange(m_marker, QString());
        block.text = text;
        if (isHeading) {
            block.level = cmark_node_get_heading_level(node);
            block.slug = m_slugs.next(plainText(text));
        }
    }
    for (const RunbookBlock &image : m_inlines.images()) {
        RunbookBlock &block = add(Kind::Image, image.line);
        block.text = image.text;
        block.image = image.image;
    }
}

void TreeReader::addCode(cmark_node *node)
{
    QString code = nodeText(cmark_node_get_literal(node));
    if (code.endsWith(u'\n'))
        code.chop(1);
    const QString language = nodeText(cmark_node_get_fence_info(node)).section(u' ', 0, 0).toLower();
    const bool isAction = language == u"cockpit";
    RunbookBlock &block = add(isAction ? Kind::Action : Kind::Code, lineOf(node));
    block.language = language;
    block.code = code;
    if (isAction)
        block.action = readRunbookAction(code);
}

void TreeReader::addHtml(cmark_node *node)
{
    const QString source = nodeText(cmark_node_get_literal(node)).trimmed();
    const bool isComment = source.startsWith(u"<!--") && source.indexOf(u"-->") == source.size() - 3;
    if (!isComment)
        add(Kind::RawHtml, lineOf(node)).text = {RunbookSpan{.text = source}};
}

struct FreeParser {
    void operator()(cmark_parser *parser) const { cmark_parser_free(parser); }
};
struct FreeTree {
    void operator()(cmark_node *root) const { cmark_node_free(root); }
};
struct FreeIterator {
    void operator()(cmark_iter *iterator) const { cmark_iter_free(iterator); }
};

std::unique_ptr<cmark_node, FreeTree> parsed(const QByteArray &markdown)
{
    // The library keeps its special characters in a global while it parses.
    static std::mutex parsing;
    const std::lock_guard lock(parsing);
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    for (const char *name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (cmark_syntax_extension *extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), markdown.constData(), static_cast<size_t>(markdown.size()));
    return std::unique_ptr<cmark_node, FreeTree>(cmark_parser_finish(parser.get()));
}

} // namespace

QHash<int, bool> readRunbookTree(const QByteArray &markdown, int firstLine, const RunbookReading &options,
                                 Runbook &into)
{
    QHash<int, bool> tasks;
    const auto root = parsed(markdown);
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(root.get()));
    TreeReader reader(firstLine, options, into, tasks);
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        cmark_node *node = cmark_iter_get_node(iterator.get());
        if (cmark_node_get_type(node) != CMARK_NODE_DOCUMENT)
            reader.take(node, event == CMARK_EVENT_ENTER);
    }
    return tasks;
}

} // namespace cockpit
