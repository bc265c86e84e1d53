// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;

namespace {

struct RolePair {
    Role text;
    Role ground;
};

/// Every text role on every ground that it is set on.
QList<RolePair> textPairs()
{
    QList<RolePair> pairs;
    for (const Role ground : {Role::Surface, Role::Raised}) {
        for (const Role text : {Role::Text, Role::Muted, Role::Accent, Role::Ok, Role::Warning, Role::Critical, Role::Info,
                                Role::Canary, Role::Stable, Role::StaleText, Role::Threshold})
            pairs.append({text, ground});
    }
    pairs += {{Role::Text, Role::Raised2}, {Role::Muted, Role::Raised2}, {Role::Accent, Role::Raised2}};
    for (const Role soft : {Role::CriticalSoft, Role::WarningSoft, Role::OkSoft, Role::AccentSoft})
        pairs.append({Role::Text, soft});
    pairs += {{Role::Muted, Role::CriticalSoft}, {Role::Accent, Role::AccentSoft},
              {Role::OnAccent, Role::Accent}, {Role::OnAccent, Role::Critical}, {Role::OnAccent, Role::Warning},
              {Role::EnvironmentText, Role::EnvironmentBackground}};
    return pairs;
}

} // namespace

class PaletteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastRatioIsTheOneOfWcag()
    {
        QCOMPARE(contrastRatio(QColor(Qt::white), QColor(Qt::black)), 21.0);
        QCOMPARE(contrastRatio(QColor(Qt::white), QColor(Qt::white)), 1.0);
        // #767676 on white is the known border of 4.5:1 (4.54).
        QVERIFY(qAbs(contrastRatio(QColor(0x76, 0x76, 0x76), QColor(Qt::white)) - 4.54) < 0.01);
    }

    void everyTextIsReadable_data()
    {
        QTest::addColumn<int>("variant");
        QTest::addColumn<double>("least");
        QTest::newRow("night") << static_cast<int>(ThemeVariant::Night) << 4.5;
        QTest::newRow("day") << static_cast<int>(ThemeVariant::Day) << 4.5;
        QTest::newRow("high contrast") << static_cast<int>(ThemeVariant::HighContrast) << 7.0;
    }

    void everyTextIsReadable()
    {
        QFETCH(int, variant);
        QFETCH(double, least);
        const Palette palette(static_cast<ThemeVariant>(variant));
        QStringList faint;
        for (const RolePair &pair : textPairs()) {
            const double ratio = contrastRatio(palette.color(pair.text), palette.color(pair.ground));
            if (ratio < least - 0.005)
                faint.append(QStringLiteral("role %1 on %2: %3").arg(static_cast<int>(pair.text))
                                 .arg(static_cast<int>(pair.ground)).arg(ratio));
        }
        QVERIFY2(faint.isEmpty(), qPrintable(faint.join(u'\n')));
    }

    void glyphsAndLinesAreVisible()
    {
        for (const ThemeVariant variant : {ThemeVariant::Night, ThemeVariant::Day, ThemeVariant::HighContrast}) {
            const Palette palette(variant);
            for (const Role ground : {Role::Surface, Role::Raised})
                QVERIFY(contrastRatio(palette.color(Role::Stale), palette.color(ground)) >= 3.0);
        }
    }

    void noColourLiteralOutsideThePalette()
    {
        const QRegularExpression literal(
            QStringLiteral("#[0-9a-fA-F]{6}\\b|#[0-9a-fA-F]{3}\\b(?=[\";])|QColor\\(\\s*\\d|qRgba?\\(|Qt::(black|white|red|green|"
                           "blue|cyan|magenta|yellow|gray|darkGray|lightGray|dark\\w+)\\b|0xff[0-9a-f]{6}"));
        QStringList found;
        QDirIterator walk(QStringLiteral(COCKPIT_SOURCE_DIR "/ui"), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                          QDir::Files, QDirIterator::Subdirectories | QDirIterator::FollowSymlinks);
        int files = 0;
        while (walk.hasNext()) {
            QFile file(walk.next());
            ++files;
            if (file.fileName().endsWith(QStringLiteral("theme/palette.cpp")) || !file.open(QIODevice::ReadOnly))
                continue;
            for (int number = 1; !file.atEnd(); ++number) {
                const QString line = QString::fromUtf8(file.readLine());
                if (literal.match(line).hasMatch())
                    found.append(QStringLiteral("%1:%2: %3").arg(file.fileName()).arg(number).arg(line.trimmed()));
            }
        }
        QVERIFY(files > 10);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void fontsAreBundled()
    {
        QVERIFY(Theme::loadFonts());
        const Theme theme;
        for (const FontRole role : {FontRole::Base13, FontRole::Strong13, FontRole::Heading18})
            QCOMPARE(QFontInfo(theme.font(role)).family(), QStringLiteral("Inter"));
        for (const FontRole role : {FontRole::Mono11, FontRole::MonoStrong15})
            QCOMPARE(QFontInfo(theme.font(role)).family(), QStringLiteral("JetBrains Mono"));
        QCOMPARE(theme.font(FontRole::Heading18).pixelSize(), 18);
        QCOMPARE(theme.font(FontRole::Mono12).wordSpacing(), -3.0);
    }

    void scaleEnlargesTypeAndMeasures()
    {
        Theme theme;
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setScale(2.0);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(theme.font(FontRole::Chip11).pixelSize(), 22);
        QCOMPARE(theme.px(44), 88);
        QCOMPARE(theme.lineHeight(FontRole::Row12), 32);
    }

    void switchingIsRememberedByName()
    {
        Theme theme;
        for (const QString &name : {QStringLiteral("day"), QStringLiteral("contrast"), QStringLiteral("night")}) {
            theme.setVariantName(name);
            QCOMPARE(theme.variantName(), name);
        }
        theme.setVariantName(QStringLiteral("nonsense"));
        QCOMPARE(theme.variant(), ThemeVariant::Night);
    }

    void theApplicationFollows()
    {
        Theme theme;
        theme.apply(*qApp);
        QCOMPARE(qApp->palette().color(QPalette::Window), theme.color(Role::Surface));
        theme.setVariant(ThemeVariant::Day);
        QCOMPARE(qApp->palette().color(QPalette::Window), theme.color(Role::Surface));
        QVERIFY(!qApp->styleSheet().contains(u'@'));
    }

    void everyIconDrawsInTheGivenColour()
    {
        QVERIFY(Theme::loadFonts());
        const QColor ink = Palette(ThemeVariant::Night).color(Role::Accent);
        for (int icon = 0; icon <= static_cast<int>(Icon::BellOff); ++icon) {
            QImage image(40, 40, QImage::Format_ARGB32);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            paintIcon(painter, QRectF(0, 0, 40, 40), static_cast<Icon>(icon), ink);
            painter.end();
            int inked = 0;
            for (int y = 0; y < 40; ++y) {
                for (int x = 0; x < 40; ++x)
                    inked += qAlpha(image.pixel(x, y)) > 128 && qAbs(image.pixelColor(x, y).hue() - ink.hue()) < 4 ? 1 : 0;
            }
            QVERIFY2(inked > 30, qPrintable(QString::number(icon)));
        }
    }
};

QTEST_MAIN(PaletteTest)
#include "tst_palette.moc"
