// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/postmortem_html.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>

namespace cockpit {

namespace {

struct FreePostmortem {
    void operator()(cmark_parser *parser) const { cmark_parser_free(parser); }
    void operator()(cmark_node *root) const { cmark_node_free(root); }
    void operator()(char *text) const { std::free(text); }
};

constexpr const char *kPostmortemHead =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Postmortem</title>\n<style>\n"
    "body { font-family: sans-serif; max-width: 50em; margin: 2em auto; line-height: 1.5; }\n"
    "table { border-collapse: collapse; }\n"
    "th, td { border: 1px solid #999; padding: 4px 8px; text-align: left; vertical-align: top; }\n"
    "</style>\n</head>\n<body>\n";

} // namespace

QByteArray postmortemHtml(const QByteArray &markdown)
{
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, FreePostmortem> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    if (cmark_syntax_extension *table = cmark_find_syntax_extension("table"))
        cmark_parser_attach_syntax_extension(parser.get(), table);
    cmark_parser_feed(parser.get(), markdown.constData(), static_cast<size_t>(markdown.size()));
    const std::unique_ptr<cmark_node, FreePostmortem> root(cmark_parser_finish(parser.get()));
    const std::unique_ptr<char, FreePostmortem> body(
        cmark_render_html(root.get(), CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser.get())));
    return QByteArray(kPostmortemHead) + body.get() + "</body>\n</html>\n";
}

} // namespace cockpit
