// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/counter_button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/level_bar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/sparkline.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QStringListModel>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

using namespace cockpit;

namespace {

QLabel *shownToolTip()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->inherits("QTipLabel") && widget->isVisible())
            return static_cast<QLabel *>(widget);
    }
    return nullptr;
}

int inkedPixels(const QImage &image, const QColor &ground)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) != ground ? 1 : 0;
    }
    return count;
}

} // namespace

class WidgetsTest : public QObject {
    Q_OBJECT

    Theme m_theme{};
    std::unique_ptr<PlainToolTips> m_toolTips{};

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(Theme::loadFonts());
        m_theme.apply(*qApp);
        m_toolTips = std::make_unique<PlainToolTips>(*qApp);
    }

    void aQueryWithoutAPlaceToBreakStaysInItsLabel()
    {
        ElidedLabel label(m_theme, FontRole::Mono12, Role::Text, nullptr, 8);
        label.setText(QString(60, u'x'));
        const int line = m_theme.lineHeight(FontRole::Mono12);
        const int half = label.sizeHint().width() / 2 + 10;
        QCOMPARE(label.heightForWidth(half), 2 * line);
        label.setText(QStringLiteral("two words"));
        QCOMPARE(label.heightForWidth(half), line);
    }

    void cleanupTestCase() { m_toolTips.reset(); }

    void hostileTextIsShownAsItIs()
    {
        for (const QString &text : cockpit::testing::hostileTexts()) {
            QWidget window;
            auto *layout = new QVBoxLayout(&window);
            auto *elided = new ElidedLabel(m_theme, FontRole::Row12, Role::Text, &window, 3);
            elided->setText(text);
            auto *runs = new RunLabel(m_theme, &window);
            runs->setRuns(numberRuns(text, FontRole::Row12, FontRole::Mono12));
            auto *glyph = new GlyphLabel(m_theme, FontRole::Row12, &window);
            glyph->setState(StateGlyph::Critical, text);
            auto *chip = new Chip(m_theme, &window);
            chip->setView({text, Icon::Flag});
            auto *pill = new Pill(m_theme, &window);
            pill->setView({text, QStringLiteral("2 s"), StateGlyph::Ok, false, text});
            auto *banner = new Banner(m_theme, &window);
            banner->setView({StateGlyph::Critical, text, text, QStringLiteral("Retry now"), text});
            auto *header = new SectionHeader(m_theme, text, &window);
            auto *reason = new ReasonedButton(m_theme, QStringLiteral("Silence"), Button::Kind::Normal, Qt::Vertical, &window);
            reason->setDisabledReason(text);
            for (QWidget *widget : {static_cast<QWidget *>(elided), static_cast<QWidget *>(runs), static_cast<QWidget *>(glyph),
                                    static_cast<QWidget *>(chip), static_cast<QWidget *>(pill), static_cast<QWidget *>(banner),
                                    static_cast<QWidget *>(header), static_cast<QWidget *>(reason)})
                layout->addWidget(widget);
            window.resize(400, 500);
            const QPixmap picture = window.grab();
            QVERIFY(picture.width() <= 1400);
            QVERIFY2(window.minimumSizeHint().width() < 1366, qPrintable(QString::number(window.minimumSizeHint().width())));
            QCOMPARE(cockpit::testing::windowProblems(window), QStringList());
        }
    }

    void toolTipsArePlainAndBounded()
    {
        QWidget window;
        window.resize(200, 100);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (const QString &text : cockpit::testing::hostileTexts()) {
            QToolTip::showText(window.mapToGlobal(QPoint(10, 10)), wrappedToolTip(text), &window);
            QLabel *tip = shownToolTip();
            QVERIFY(tip);
            QCOMPARE(tip->textFormat(), Qt::PlainText);
            QVERIFY2(tip->width() < 1366 && tip->height() < 400, qPrintable(QString::number(tip->width())));
            QToolTip::hideText();
        }
    }

    void glyphsDiffer()
    {
        const QColor ground = m_theme.color(Role::Surface);
        QList<QImage> images;
        for (int glyph = 0; glyph <= static_cast<int>(StateGlyph::Info); ++glyph) {
            QImage image(20, 20, QImage::Format_RGB32);
            image.fill(ground);
            QPainter painter(&image);
            paintGlyph(painter, QRectF(0, 0, 20, 20), static_cast<StateGlyph>(glyph), m_theme.color(Role::Text));
            painter.end();
            QVERIFY(inkedPixels(image, ground) > 20);
            for (const QImage &other : std::as_const(images))
                QVERIFY(image != other);
            images.append(image);
            QVERIFY(!glyphWord(static_cast<StateGlyph>(glyph)).isEmpty());
        }
    }

    void aGapInASparklineStaysAGap()
    {
        const double gap = std::numeric_limits<double>::quiet_NaN();
        const QColor ground = m_theme.color(Role::Surface);
        QImage image(100, 24, QImage::Format_RGB32);
        image.fill(ground);
        QPainter painter(&image);
        paintSparkline(painter, QRectF(0, 0, 100, 24), {{1, 1, 1, gap, gap, gap, gap, 1, 1, 1}}, m_theme);
        painter.end();
        const QImage middle = image.copy(35, 0, 30, 24);
        QCOMPARE(inkedPixels(middle, ground), 0);
        QVERIFY(inkedPixels(image, ground) > 0);

        QImage empty(100, 24, QImage::Format_RGB32);
        empty.fill(ground);
        QPainter second(&empty);
        paintSparkline(second, QRectF(0, 0, 100, 24), {{gap, gap, gap}}, m_theme);
        second.end();
        QCOMPARE(inkedPixels(empty, ground), 0);
    }

    void numbersAreMonoAndNamesAreNot()
    {
        const QList<TextRun> runs = numberRuns(QStringLiteral("p99 412 ms of gc-1 over 6.8 %, since 03:02:00."), FontRole::Row12,
                                               FontRole::Mono12);
        QStringList mono;
        QString all;
        for (const TextRun &run : runs) {
            all += run.text;
            if (run.font == FontRole::Mono12)
                mono.append(run.text);
        }
        QCOMPARE(mono, QStringList({QStringLiteral("412 ms"), QStringLiteral("6.8 %"), QStringLiteral("03:02:00")}));
        QCOMPARE(all, QStringLiteral("p99 412 ms of gc-1 over 6.8 %, since 03:02:00."));
    }

    void aDisabledButtonSaysWhy()
    {
        Button button(m_theme, QStringLiteral("Silence"));
        QSignalSpy clicked(&button, &Button::clicked);
        button.setDisabledReason(QStringLiteral("Alertmanager is down"));
        QVERIFY(!button.isEnabled());
        QCOMPARE(button.accessibleDescription(), QStringLiteral("Alertmanager is down"));
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(clicked.count(), 0);
        button.setDisabledReason(QString());
        QTest::mouseClick(&button, Qt::LeftButton);
        QTest::keyClick(&button, Qt::Key_Return);
        QTest::keyClick(&button, Qt::Key_Space);
        QCOMPARE(clicked.count(), 3);
    }

    void aHeldKeyPressesOnce()
    {
        Button button(m_theme, QStringLiteral("Run"));
        QSignalSpy clicked(&button, &Button::clicked);
        for (int repeat = 0; repeat < 5; ++repeat) {
            QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QString(), repeat > 0);
            QApplication::sendEvent(&button, &press);
        }
        QCOMPARE(clicked.count(), 1);
    }

    void anUnknownCountIsNotZero()
    {
        CounterButton counter(m_theme, QStringLiteral("Firing"));
        QVERIFY(counter.accessibleName().contains(QStringLiteral("not known")));
        counter.setCount(4);
        QCOMPARE(counter.accessibleName(), QStringLiteral("Firing, 4"));
        counter.setCount(4, true);
        QVERIFY(counter.accessibleName().contains(QStringLiteral("old data")));
    }

    void segmentsFollowTheArrows()
    {
        SegmentedControl segments(m_theme, QStringLiteral("Range"),
                                  {{QStringLiteral("1h"), QStringLiteral("1 h")}, {QStringLiteral("6h"), QStringLiteral("6 h")}});
        QSignalSpy selected(&segments, &SegmentedControl::selected);
        segments.setCurrent(QStringLiteral("1h"));
        QCOMPARE(selected.count(), 0);
        QTest::keyClick(&segments, Qt::Key_Right);
        QCOMPARE(segments.current(), QStringLiteral("6h"));
        QTest::keyClick(&segments, Qt::Key_Right);
        QCOMPARE(selected.count(), 1);
    }

    void theFieldClearsOnEscAndShowsItsProblem()
    {
        SearchField field(m_theme, QStringLiteral("Filter"), QStringLiteral("Words"), QStringLiteral("Ctrl+F"));
        field.show();
        field.setText(QStringLiteral("severity=~"));
        field.setProblem(QStringLiteral("A value is expected after =~"));
        QCOMPARE(field.lineEdit()->accessibleDescription(), QStringLiteral("A value is expected after =~"));
        QCOMPARE(field.grab().isNull(), false);
        QTest::keyClick(field.lineEdit(), Qt::Key_Escape);
        QCOMPARE(field.text(), QString());
    }

    void everythingFollowsTheTheme()
    {
        Card card(m_theme);
        Chip chip(m_theme, &card);
        chip.setView({QStringLiteral("page"), {}, Role::Critical, Role::Critical, Role::Critical});
        LevelBar bar(m_theme, QStringLiteral("Budget"), 6, &card);
        bar.setLevel(0.41, Role::Warning);
        card.resize(200, 100);
        const QImage night = card.grab().toImage();
        m_theme.setVariant(ThemeVariant::Day);
        QVERIFY(card.grab().toImage() != night);
        m_theme.setVariant(ThemeVariant::Night);
        QCOMPARE(card.grab().toImage(), night);
        const int width = chip.sizeHint().width();
        m_theme.setScale(2);
        QVERIFY(chip.sizeHint().width() > width * 3 / 2);
        m_theme.setScale(1);
    }

    void anUnknownLevelIsNotAnEmptyOne()
    {
        LevelBar bar(m_theme, QStringLiteral("Budget"), 6);
        QVERIFY(bar.accessibleName().contains(QStringLiteral("not known")));
        bar.setLevel(std::nan(""), Role::Ok);
        QVERIFY(bar.accessibleName().contains(QStringLiteral("not known")));
        bar.setLevel(0.5, Role::Ok);
        QCOMPARE(bar.accessibleName(), QStringLiteral("Budget: 50 percent"));
    }
};

QTEST_MAIN(WidgetsTest)
#include "tst_widgets.moc"
