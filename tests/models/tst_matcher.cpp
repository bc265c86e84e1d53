// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_scene.h"

#include "models/matcher.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;

class TestMatcher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("normal"); // empty: refused
        QTest::newRow("equal") << text("a=b") << text("a=\"b\"");
        QTest::newRow("blanks") << text("  a  !=  \"b c\" ") << text("a!=\"b c\"");
        QTest::newRow("regex") << text("a=~\"b|c\"") << text("a=~\"b|c\"");
        QTest::newRow("not regex") << text("a!~b.*") << text("a!~\"b.*\"");
        QTest::newRow("escapes") << text("a=\"x\\\"y\\\\z\\n\\u00e9\"") << text("a=\"x\\\"y\\\\z\\n\u00e9\"");
        QTest::newRow("utf-8 name") << text("\"caf\u00e9 name\"=x") << text("\"caf\u00e9 name\"=\"x\"");
        QTest::newRow("utf-8 bare") << text("\u00fcber=x") << text("\"\u00fcber\"=\"x\"");
        QTest::newRow("empty quoted") << text("a=\"\"") << text("a=\"\"");
        QTest::newRow("direction mark") << text("a=\"x\u202Ey\"") << text("a=\"x\\u202ey\"");
        QTest::newRow("classic rest") << text("a=~^(x|y){2}$") << text("a=~\"^(x|y){2}$\"");
        QTest::newRow("classic blanks") << text("foo=bar baz") << text("foo=\"bar baz\"");
        QTest::newRow("empty value") << text("a=") << QString();
        QTest::newRow("no operator") << text("abc") << QString();
        QTest::newRow("no name") << text("=x") << QString();
        QTest::newRow("open quote") << text("a=\"x") << QString();
        QTest::newRow("half a character") << text("a=\"\\xff\"") << QString();
        QTest::newRow("bad escape") << text("a=\"\\q\"") << QString();
        QTest::newRow("surrogate") << text("a=\"\\ud800\"") << QString();
        QTest::newRow("empty") << QString() << QString();
    }
    void reads()
    {
        QFETCH(QString, written);
        QFETCH(QString, normal);
        const Result<Matcher> read = parseMatcher(written);
        QCOMPARE(read.has_value(), !normal.isEmpty());
        if (!read) {
            QVERIFY(!read.error().what.isEmpty());
            return;
        }
        QCOMPARE(read->toString(), normal);
        const Result<Matcher> again = parseMatcher(read->toString());
        QVERIFY(again && *again == *read);
    }

    void listsReadWithAndWithoutBraces()
    {
        for (const char *written : {"a=\"1\",b=~2", "{a=\"1\", b=~\"2\"}", "{a=1,b=~2,}", "a=1,b=~2,"}) {
            const Result<QList<Matcher>> read = parseMatchers(text(written));
            QVERIFY2(read, written);
            QCOMPARE(read->size(), 2);
        }
        for (const char *written : {"{a=1", "a=1 b=2", "{a=1}x", "a=1,,b=2", "a=1}"})
            QVERIFY2(!parseMatchers(text(written)), written);
        QVERIFY(parseMatchers(u"{}")->isEmpty());
    }

    void filterTellsWordsFromMatchers()
    {
        QCOMPARE(parseAlertFilter(u"  GC latency ")->words, text("GC latency"));
        QCOMPARE(parseAlertFilter(u"severity=~\"page|warning\"")->matchers.matchers().size(), 1);
        QVERIFY(parseAlertFilter(u"")->isEmpty());
        const Result<AlertFilter> unfinished = parseAlertFilter(u"severity=");
        QVERIFY(!unfinished);
        QVERIFY2(unfinished.error().what.contains(text("character 10")), qPrintable(unfinished.error().what));
        QVERIFY(!parseAlertFilter(u"a=~\"(\""));
    }

    void expressionsAreAnchored()
    {
        const MatcherSet set = *MatcherSet::compile({Matcher{text("a"), text("b|c"), true, true}});
        QVERIFY(set.matches(labels({{"a", "b"}})));
        QVERIFY(!set.matches(labels({{"a", "bb"}})));
        QVERIFY(!set.matches(labels({{"a", "c\n"}})));
    }
    void absentIsEmpty()
    {
        QVERIFY(MatcherSet::compile({Matcher{text("a"), {}, false, true}})->matches({}));
        QVERIFY(MatcherSet::compile({Matcher{text("a"), text("x"), false, false}})->matches({}));
        QVERIFY(!MatcherSet::compile({Matcher{text("a"), text(".+"), true, true}})->matches({}));
    }
    void whatRe2DoesNotKnowIsRefused()
    {
        for (const char *pattern : {"(?=a)", "(?<!a)b", "(a)\\1", "(?>a)", "(*LIMIT_MATCH=9)a"})
            QVERIFY2(!MatcherSet::compile({Matcher{text("a"), text(pattern), true, true}}), pattern);
        for (const char *pattern : {"[(?=]", "\\\\1", "(?i)a", "(?:a)"})
            QVERIFY2(MatcherSet::compile({Matcher{text("a"), text(pattern), true, true}}), pattern);
        QVERIFY(!MatcherSet::compile({Matcher{}}));
    }
    // qt.md §4: a catastrophic expression ends at its bound, and says so.
    void catastrophicExpressionIsStopped()
    {
        const MatcherSet set = *MatcherSet::compile({Matcher{text("a"), text("(x+x+)+[yz]"), true, true}});
        QCOMPARE(set.match(Labels({{text("a"), QString(60, u'x')}})), MatcherSet::Outcome::TooComplex);
        QCOMPARE(set.match(labels({{"a", "xxy"}})), MatcherSet::Outcome::Yes);
    }
    void longTextIsNoReasonToStop()
    {
        const MatcherSet set = *MatcherSet::compile({Matcher{text("a"), text(".*needle.*"), true, true}});
        QCOMPARE(set.match(Labels({{text("a"), QString(10240, u'x') + text("needle")}})), MatcherSet::Outcome::Yes);
    }
};

QTEST_APPLESS_MAIN(TestMatcher)
#include "tst_matcher.moc"
