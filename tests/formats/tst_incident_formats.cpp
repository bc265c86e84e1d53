// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/incident_codec.h"
#include "app/formats/incident_json.h"
#include "app/formats/incidents_import.h"
#include "app/formats/postmortem_html.h"
#include "app/formats/postmortem_markdown.h"

#include <QTest>

#include <chrono>
#include <set>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant codecStart = *parseRfc3339("2026-11-23T03:12:40.123Z");
const QString hostile = QStringLiteral("<img src=x> [x](javascript:alert(1)) | a `b` **c** &lt; \\| <!-- http://d/");

QString ofQuotes(const char *text) { return QString::fromUtf8(text).replace(u'\'', u'"'); }

IncidentEntry codecEntry(int id, IncidentBody body)
{
    return {EntryId(QStringLiteral("e%1").arg(id)),
            IncidentId(QStringLiteral("i")),
            codecStart + id * 1min,
            codecStart + id * 1min + 2ms,
            QStringLiteral("ada"),
            QStringLiteral("window"),
            std::move(body)};
}

/// One of every kind, each field set to something of its own; `text` is where words from outside stand.
std::vector<IncidentEntry> oneOfEach(const QString &text)
{
    const ServiceId service(QStringLiteral("gc-service"));
    const ActionId action(QStringLiteral("a1"));
    const std::vector<IncidentBody> bodies{
        IncidentOpened{text, Priority::P1, service, QStringLiteral("because"), codecStart - 5min},
        IncidentAlert{{QStringLiteral("eu"), QStringLiteral("f1")},
                      text,
                      service,
                      QStringLiteral("critical"),
                      true,
                      codecStart - 2min,
                      QStringLiteral("summary")},
        IncidentAction{action, QStringLiteral("rollout.abort"), QStringLiteral("gc"), service, ActionState::Succeeded,
                       text, QStringLiteral("reason")},
        IncidentChange{IncidentChange::Kind::Breaker, service, text, QStringLiteral("grace"), true},
        IncidentTick{QStringLiteral("runbooks/gc.md#undo"), text},
        IncidentNote{text},
        IncidentMessage{QStringLiteral("#inc-42"), text, 2, action, QStringLiteral("17.1")},
        IncidentPhaseSet{IncidentPhase::Mitigation, text},
        IncidentLevelSet{Priority::P2, text, true},
        IncidentRoleSet{IncidentRole::OperationsLead, QStringLiteral("grace"), text},
        IncidentFieldSet{IncidentField::Cause, text, QStringLiteral("before")},
        IncidentTask{QStringLiteral("t1"), text, QStringLiteral("ada"), codecStart + 10min, IncidentTask::State::Done,
                     QStringLiteral("quiet")},
        IncidentCan{text, QStringLiteral("actions"), QStringLiteral("needs")},
        IncidentFollowUp{QStringLiteral("f1"), text, QStringLiteral("ada"), codecStart + 24h, true},
        IncidentPage{IncidentPage::State::Escalated, QStringLiteral("pagerduty"), QStringLiteral("P1"),
                     QStringLiteral("grace"), text, QStringLiteral("https://pages.example/P1")},
        IncidentAttachment{QStringLiteral("graph.png"), QStringLiteral("image/png"), QByteArray("\0\xff\n\"", 4)},
        IncidentCorrection{EntryId(QStringLiteral("e5")), text, codecStart + 3min},
        IncidentMerge{{}, IncidentId(QStringLiteral("j")), QStringLiteral("INC-41")}};
    std::vector<IncidentEntry> entries;
    for (const IncidentBody &body : bodies)
        entries.push_back(codecEntry(static_cast<int>(entries.size()), body));
    return entries;
}

IncidentHead codecHead(std::optional<qint64> number = 42)
{
    return {IncidentId(QStringLiteral("i")), QStringLiteral("production"), number, 3, codecStart};
}

IncidentPtr codecIncident(const QString &text)
{
    return std::make_shared<const Incident>(*foldIncident(codecHead(), oneOfEach(text)));
}

/// The number of cells of a row of a table: bars that are not escaped, less one.
qsizetype cellsOf(const QString &line)
{
    qsizetype bars = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line.at(i) == u'\\')
            ++i;
        else if (line.at(i) == u'|')
            ++bars;
    }
    return bars - 1;
}

} // namespace

/// What archives keep of incidents, and what is exported of them.
class TestIncidentFormats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindComesBackAsItWas()
    {
        std::set<size_t> kinds;
        for (const QString &text :
             {QStringLiteral("words"), QString(), hostile, QStringLiteral("a\x01\x1b[31m\n\t\u2028é")}) {
            for (const IncidentEntry &entry : oneOfEach(text)) {
                kinds.insert(entry.body.index());
                const QByteArray line = encodeIncidentEntry(entry);
                QVERIFY(!line.contains('\n'));
                const auto read = decodeIncidentEntry(line);
                QVERIFY2(read && *read == entry, line.constData());
            }
        }
        QCOMPARE(kinds.size(), std::variant_size_v<IncidentBody>);
        for (const IncidentHead &head : {codecHead(), codecHead(std::nullopt)})
            QVERIFY(*decodeIncidentHead(encodeIncidentHead(head)) == head);
        const IncidentEntry optional = codecEntry(1, IncidentCorrection{EntryId(QStringLiteral("e5")), {}, {}});
        QVERIFY(*decodeIncidentEntry(encodeIncidentEntry(optional)) == optional);
    }

    void anUnknownKindIsKeptAsANote()
    {
        const QString line = ofQuotes("{'v':2,'id':'e1','incident':'i','at':'2026-11-23T03:12:40Z','recordedAt':"
                                      "'2026-11-23T03:12:41Z','actor':'ada','origin':'window','kind':'%1','body':%2}");
        for (const auto &[kind, body] : {std::pair("poll", "{'question':'roll back?'}"),
                                         std::pair("phase", "{'phase':'rest','question':'roll back?'}")}) {
            const auto read =
                decodeIncidentEntry(QString(line).arg(QString::fromLatin1(kind), ofQuotes(body)).toUtf8());
            QVERIFY(read);
            QCOMPARE(read->id.toString(), QStringLiteral("e1"));
            const auto *note = std::get_if<IncidentNote>(&read->body);
            QVERIFY(note && note->text.contains(QString::fromLatin1(kind)) &&
                    note->text.contains(QStringLiteral("roll back?")));
            QVERIFY(*decodeIncidentEntry(encodeIncidentEntry(*read)) == *read);
        }
    }

    void whatIsNoEntryIsAnError()
    {
        for (const char *bytes : {"", "{", "[]", "null", "{'v':1,'id':'','incident':'i'}", "{'id':7}"}) {
            const auto read = decodeIncidentEntry(ofQuotes(bytes).toUtf8());
            QVERIFY2(!read && read.error().kind == Error::Kind::Parse, bytes);
            QVERIFY2(!decodeIncidentHead(ofQuotes(bytes).toUtf8()), bytes);
            const auto imported = importIncidentsJson(ofQuotes(bytes).toUtf8());
            QVERIFY2(!imported && imported.error().kind == Error::Kind::Parse, bytes);
        }
        QVERIFY(!importIncidentsJson(QByteArray("\xff\xfe{}")));
        QVERIFY(
            !importIncidentsJson(ofQuotes("{'format':'dt-cockpit-incidents','version':2,'incidents':[]}").toUtf8()));
    }

    void whatIsTooLongIsCutAndSaysSo()
    {
        const auto read = decodeIncidentEntry(encodeIncidentEntry(codecEntry(1, IncidentNote{QString(1 << 20, u'x')})));
        QVERIFY(read);
        const QString text = std::get<IncidentNote>(read->body).text;
        QVERIFY(text.size() <= IncidentNote::kLongestNote);
        QVERIFY(text.endsWith(u']') && text.contains(QStringLiteral("1048576")));
        QVERIFY(*decodeIncidentEntry(encodeIncidentEntry(*read)) == *read);
        const QByteArray large(IncidentAttachment::kLargest + 1, 'x');
        const auto left = decodeIncidentEntry(encodeIncidentEntry(
            codecEntry(2, IncidentAttachment{QStringLiteral("dump.bin"), QStringLiteral("application/x"), large})));
        QVERIFY(left && std::get<IncidentNote>(left->body).text.contains(QStringLiteral("dump.bin")));
    }

    void exportAndImportMakeTheSame()
    {
        const IncidentPtr incident = codecIncident(hostile);
        const QByteArray exported = incidentsExport({incident});
        const auto imported = importIncidentsJson(exported);
        QVERIFY(imported);
        QCOMPARE(imported->size(), size_t{1});
        QVERIFY(imported->front().head == incident->head);
        const Incident again = *foldIncident(imported->front().head, imported->front().entries);
        QVERIFY(again == *incident);
        QCOMPARE(incidentsExport({std::make_shared<const Incident>(again)}), exported);
        QVERIFY(*withEntries(again, imported->front().entries) == *incident); // twice makes it once
        QVERIFY(importIncidentsJson(incidentsExport({}))->empty());
    }

    void whatIsPrintedKeepsTheContract()
    {
        const QByteArray list = incidentsJson({codecIncident(QStringLiteral("gc is slow"))});
        const QString start =
            ofQuotes("[{'id':'INC-42','title':'gc is slow','level':'P2','state':'mitigation','openedAt':"
                     "'2026-11-23T03:12:40.123Z'");
        QVERIFY2(QString::fromUtf8(list).startsWith(start), list.constData());
        QVERIFY(list.contains(ofQuotes("'mitigatedAt':null").toUtf8()) && !list.contains('\n'));
        const QByteArray one = incidentJson(*codecIncident(QStringLiteral("gc is slow")), codecStart + 1h, {});
        QVERIFY(one.contains(ofQuotes("'operations-lead':'grace'").toUtf8()));
        QVERIFY(one.contains(ofQuotes("'name':'resolve','seconds':").toUtf8()));
        QCOMPARE(incidentsJson({}), QByteArray("[]"));
    }

    void outsideTextStaysWordsInThePostmortem()
    {
        const QByteArray markdown =
            postmortemMarkdown(draftPostmortem(*codecIncident(hostile), codecStart + 1h, {}), QTimeZone::utc());
        int rows = 0;
        qsizetype cells = 0;
        for (const QString &line : QString::fromUtf8(markdown).split(u'\n')) {
            if (!line.startsWith(u'|')) {
                cells = 0;
                continue;
            }
            ++rows;
            if (cells > 0)
                QCOMPARE(cellsOf(line), cells);
            cells = cellsOf(line);
        }
        QVERIFY(rows > 15);
        const QByteArray html = postmortemHtml(markdown);
        for (const char *forbidden : {"<img", "<a ", "href", "<code", "<!-- "})
            QVERIFY2(!html.contains(forbidden), forbidden);
        QVERIFY(html.contains(hostile.toHtmlEscaped().toUtf8()));
        QCOMPARE(html.count("<table>"), 3);
    }

    void wordsThatLookLikeMarkdownAreWords_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"# head", "- list", "+ list",    "* list",   "1. one", "1.", "1.7 %", "12) one", "> quote", "=== x",
              "--- x",  "```",    "~~~",       "    code", "a_b_c",  "![x](y)", "[x]: y",  "<https://x.example>",
              "\\",     "a\\|b",  "| a | b |", "&amp;",    ":--- x", "_"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void wordsThatLookLikeMarkdownAreWords()
    {
        QFETCH(QString, text);
        const QByteArray html = postmortemHtml(markdownWords(text.trimmed()).toUtf8());
        const QByteArray expected = "<body>\n<p>" + text.trimmed().toHtmlEscaped().toUtf8() + "</p>\n</body>";
        QVERIFY2(html.contains(expected), html.mid(html.indexOf("<body>")).constData());
    }

    void aNumberIsWrittenAsItIs() { QCOMPARE(markdownWords(QStringLiteral("1.7 %")), QStringLiteral("1.7 %")); }

    void thePostmortemSaysWhatIsNotKnown()
    {
        const Incident bare = *foldIncident(codecHead(), {oneOfEach(QStringLiteral("gc is slow")).front()});
        const QString text =
            QString::fromUtf8(postmortemMarkdown(draftPostmortem(bare, codecStart + 1h, {}), QTimeZone(5400)));
        QVERIFY(text.startsWith(QStringLiteral("# Postmortem INC-42: gc is slow\n")));
        qsizetype from = 0;
        for (const char *name :
             {"Summary", "Impact", "Timeline", "Times", "Root cause", "Contributing factors", "What went well",
              "What could be improved", "Action items", "Lessons learned", "Runbooks used"}) {
            const qsizetype at = text.indexOf(QStringLiteral("\n## %1\n").arg(QLatin1String(name)));
            QVERIFY2(at > from, name);
            from = at;
        }
        QVERIFY(text.contains(QStringLiteral("Users affected: not known yet: add it when you know")));
        QVERIFY(text.contains(QStringLiteral("| 2026-11-23 03:12:40 | 2026-11-23 04:42:40 (UTC+01:30) |")));
    }
};

QTEST_GUILESS_MAIN(TestIncidentFormats)
#include "tst_incident_formats.moc"
