// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/manifest_yaml.h"

#include "app/formats/format_words.h"
#include "app/formats/manifest_objects_yaml.h"

#include <QRegularExpression>
#include <QStringDecoder>

namespace cockpit {

namespace {

constexpr qsizetype mostManifestBytes = 4 * 1024 * 1024;

struct YamlDocument {
    std::string text{};
    int linesBefore = 0;
};

/// "---" at the start of a line always is a mark between documents, in a scalar too (YAML 1.2, §9.1.4).
std::vector<YamlDocument> documentsOf(const QByteArray &text)
{
    std::vector<YamlDocument> documents(1);
    int line = 0;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype newline = text.indexOf('\n', at);
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        const QByteArray whole = QByteArray::fromRawData(text.constData() + at, end - at);
        const bool isMark = whole.startsWith("---") && (whole.size() == 3 || std::isspace(whole.at(3)));
        if (isMark && !documents.back().text.empty())
            documents.push_back({.text = {}, .linesBefore = line});
        documents.back().text.append(whole.constData(), static_cast<size_t>(whole.size()));
        at = end;
        ++line;
    }
    return documents;
}

void addUnchecked(ManifestSet &into, const QString &file, int line, const QString &words)
{
    const QString place = line > 0 ? file + u':' + QString::number(line) : file;
    into.notChecked.append(place + QStringLiteral(": ") + words);
}

void readOneDocument(const YamlDocument &document, const QString &file, ManifestSet &into)
{
    YamlLooks looks{.lineOffset = document.linesBefore};
    try {
        const YamlView root(YAML::Load(document.text), looks);
        readManifestObject(root, file, into);
        if (looks.areSpent())
            addUnchecked(into, file, document.linesBefore + 1,
                         FormatWords::tr("its aliases describe more than 100 000 nodes; not read to the end"));
    } catch (const YAML::Exception &error) {
        const int line = std::max(1, error.mark.line + 1) + document.linesBefore;
        addUnchecked(into, file, line,
                     FormatWords::tr("this is no YAML: ") + FormatWords::excerpt(error.msg) +
                         FormatWords::tr(". The other documents of the file were reviewed."));
    }
}

} // namespace

bool looksLikeManifest(const QByteArray &text)
{
    return text.contains("apiVersion") && text.contains("kind") &&
           (text.contains("kind:") || text.contains("\"kind\"") || text.contains("'kind'"));
}

bool isHelmTemplate(const QByteArray &text)
{
    // Alert rules have "{{ $labels.pod }}" too: only what Helm alone knows counts.
    static const QRegularExpression helm(
        QStringLiteral("\\{\\{-?\\s*(?:[a-z]+\\s+)*\\(?\\s*(?:[a-z]+\\s+)?(?:\\$?\\.(?:Values|Release|Chart|Files|"
                       "Capabilities|Template)\\b"
                       "|include\\s+\"|template\\s+\"|define\\s+\"|tpl\\s|toYaml\\s)"));
    return text.contains("{{") && helm.match(QString::fromUtf8(text)).hasMatch();
}

ManifestSet readManifests(const QByteArray &text, const QString &file)
{
    ManifestSet read;
    if (text.size() > mostManifestBytes) {
        addUnchecked(read, file, 0, FormatWords::tr("it is larger than 4 MiB"));
        return read;
    }
    QStringDecoder decoder(QStringConverter::encodingForData(text).value_or(QStringConverter::Utf8));
    const QString decoded = decoder.decode(text);
    if (decoder.hasError()) {
        addUnchecked(read, file, 0, FormatWords::tr("it is not UTF-8, which Kubernetes refuses"));
        return read;
    }
    const QByteArray utf8 = decoded.toUtf8();
    if (isHelmTemplate(utf8)) {
        addUnchecked(
            read, file, 0,
            FormatWords::tr("a template of Helm, which is not rendered here: review the output of `helm template`"));
        return read;
    }
    for (const YamlDocument &document : documentsOf(utf8))
        readOneDocument(document, file, read);
    return read;
}

} // namespace cockpit
