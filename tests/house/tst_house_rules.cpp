// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

struct SourceLine {
    QString file;
    int number = 0;
    QString text;
};

QStringList sourceFiles(const QStringList &folders, const QStringList &patterns)
{
    QStringList files;
    const QString root = QStringLiteral(COCKPIT_SOURCE_DIR);
    for (const QString &folder : folders) {
        QDirIterator walk(root + u'/' + folder, patterns, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext())
            files.append(walk.next());
    }
    files.sort();
    return files;
}

QStringList cppFiles(const QStringList &folders)
{
    return sourceFiles(folders, {QStringLiteral("*.h"), QStringLiteral("*.cpp")});
}

QString relative(const QString &file) { return QDir(QStringLiteral(COCKPIT_SOURCE_DIR)).relativeFilePath(file); }

QList<SourceLine> linesMatching(const QStringList &files, const QRegularExpression &pattern)
{
    QList<SourceLine> found;
    for (const QString &name : files) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
            continue;
        int number = 0;
        while (!file.atEnd()) {
            const QString line = QString::fromUtf8(file.readLine());
            ++number;
            if (pattern.match(line).hasMatch())
                found.append({relative(name), number, line.trimmed()});
        }
    }
    return found;
}

QByteArray report(const QList<SourceLine> &lines)
{
    QString text;
    for (const SourceLine &line : lines)
        text += u'\n' + line.file + u':' + QString::number(line.number) + QStringLiteral(": ") + line.text;
    return text.toUtf8();
}

void expectNone(const QList<SourceLine> &found) { QVERIFY2(found.isEmpty(), report(found).constData()); }

} // namespace

/// The rules of ARCHITECTURE.md that a reader of the sources can check: directions, clocks, licences, plain text.
class HouseRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void modelsIncludeNoOtherRoom()
    {
        expectNone(linesMatching(cppFiles({QStringLiteral("models")}),
                                 QRegularExpression(QStringLiteral("#include \"(app|ui|tests)/"))));
    }

    void uiIncludesModelsOnly()
    {
        expectNone(linesMatching(cppFiles({QStringLiteral("ui")}),
                                 QRegularExpression(QStringLiteral("#include \"(app|tests)/"))));
    }

    void theDemoSharesNoLogicWithTheProduct()
    {
        expectNone(linesMatching(
            cppFiles({QStringLiteral("app/demo")}),
            QRegularExpression(QStringLiteral("#include \"(app/(formats|net|backends|config|actions|store)|ui)/|"
                                              "#include \"models/(?!instant\\.h|result\\.h)"))));
    }

    void onlyTheClockReadsTheTime()
    {
        const QRegularExpression clocks(
            QStringLiteral("(system_clock|steady_clock|high_resolution_clock)::now|currentDateTime|"
                           "currentMSecsSinceEpoch|currentSecsSinceEpoch|QTime::currentTime|QDate::currentDate|"
                           "QElapsedTimer|gettimeofday|clock_gettime|\\btime\\((nullptr|NULL|0)\\)"));
        QStringList files = cppFiles({QStringLiteral("models"), QStringLiteral("ui"), QStringLiteral("app")});
        files.removeIf([](const QString &file) { return relative(file).startsWith(QStringLiteral("app/clock/")); });
        expectNone(linesMatching(files, clocks));
    }

    void parsersLiveInFormatsAlone()
    {
        QStringList files = cppFiles({QStringLiteral("models"), QStringLiteral("ui"), QStringLiteral("app")});
        files.removeIf([](const QString &file) {
            const QString path = relative(file);
            return path.startsWith(QStringLiteral("app/formats/")) || path.startsWith(QStringLiteral("app/demo/"))
                   || path.startsWith(QStringLiteral("app/config/"))
                   || path == QStringLiteral("app/kubernetes/kubeconfig_reader.cpp"); // a configuration too
        });
        expectNone(linesMatching(files, QRegularExpression(QStringLiteral(
                                            "#include <(simdjson|nlohmann/|yaml-cpp/|QJson|cmark|pg_query)"))));
    }

    void nothingWaitsInANestedLoop()
    {
        expectNone(linesMatching(cppFiles({QStringLiteral("models"), QStringLiteral("ui"), QStringLiteral("app")}),
                                 QRegularExpression(QStringLiteral("processEvents|QEventLoop|QMessageBox::|"
                                                                   "BlockingQueuedConnection|usleep\\("))));
    }

    void labelsShowPlainText()
    {
        QStringList files = cppFiles({QStringLiteral("ui"), QStringLiteral("app")});
        // The PDF is drawn from our own HTML, in which outside text is escaped, by a document that fetches nothing.
        files.removeIf([](const QString &file) {
            return file.contains(QStringLiteral("plain_label")) || file.contains(QStringLiteral("postmortem_pdf"));
        });
        expectNone(linesMatching(files, QRegularExpression(QStringLiteral(
                                            "new QLabel|\\bQLabel \\w+|setHtml\\(|Qt::RichText|Qt::AutoText"))));
    }

    void everyFileNamesItsLicence()
    {
        QStringList missing;
        const QStringList files =
            sourceFiles({QStringLiteral("models"), QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("tests"),
                         QStringLiteral("packaging"), QStringLiteral("resources")},
                        {QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("CMakeLists.txt"),
                         QStringLiteral("*.cmake"), QStringLiteral("*.yaml"), QStringLiteral("*.yml"),
                         QStringLiteral("*.svg")});
        for (const QString &name : files) {
            QFile file(name);
            if (name.contains(QStringLiteral("/fixtures/")) || !file.open(QIODevice::ReadOnly))
                continue;
            if (!file.read(600).contains("SPDX-License-Identifier: GPL-3.0-or-later"))
                missing.append(relative(name));
        }
        QVERIFY2(missing.isEmpty(), missing.join(u'\n').toUtf8().constData());
    }

    void nothingIsLeftUndone()
    {
        expectNone(linesMatching(cppFiles({QStringLiteral("models"), QStringLiteral("ui"), QStringLiteral("app")}),
                                 QRegularExpression(QStringLiteral("\\b(TODO|FIXME|XXX|HACK)\\b"))));
    }
};

QTEST_GUILESS_MAIN(HouseRulesTest)
#include "tst_house_rules.moc"
