// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/store_thread.h"
#include "tests/store/store_fixture.h"

#include <QCoreApplication>
#include <QTest>
#include <QThread>

using namespace cockpit;
using namespace cockpit::testing;

class StoreThreadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersInOrderOnThePostedThread();
    void waitingJobsRunBeforeItEnds();
    void failedOpenAnswersEveryJob();

private:
    Post postHere()
    {
        return [this](std::function<void()> call) {
            QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
        };
    }
    LiveClock m_clock;
};

void StoreThreadTest::answersInOrderOnThePostedThread()
{
    const QTemporaryDir folder;
    StoreThread thread(optionsIn(folder), m_clock, postHere());
    QList<int> answers;
    bool rightThread = true;
    for (int number = 0; number < 50; ++number) {
        const ActionRecord record = armedRecord(QString::number(number));
        thread.ask<Done>([record](Store &store) { return store.journal().writeAction(record); },
                         [&, number](const Result<Done> &done) {
                             rightThread = rightThread && QThread::currentThread() == this->thread() && done;
                             answers.append(number);
                         });
    }
    QTRY_COMPARE(answers.size(), 50);
    QVERIFY(rightThread);
    QVERIFY(std::is_sorted(answers.begin(), answers.end()));
}

void StoreThreadTest::waitingJobsRunBeforeItEnds()
{
    const QTemporaryDir folder;
    int answered = 0;
    {
        StoreThread thread(optionsIn(folder), m_clock, postHere());
        for (int number = 0; number < 20; ++number) {
            thread.ask<Done>(
                [number](Store &store) { return store.journal().writeAction(armedRecord(QString::number(number))); },
                [&](const Result<Done> &done) { answered += done ? 1 : 0; });
        }
    }
    QTRY_COMPARE(answered, 20);
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    QCOMPARE((*store)->journal().verifyChain()->entries, 40);
}

void StoreThreadTest::failedOpenAnswersEveryJob()
{
    StoreThread thread(StoreOptions{QStringLiteral("/proc/nowhere/journal.sqlite"), QStringLiteral("o"), {}}, m_clock,
                       postHere());
    QList<Error> errors;
    for (int number = 0; number < 2; ++number) {
        thread.ask<ChainReport>([](Store &store) { return store.journal().verifyChain(); },
                                [&](const Result<ChainReport> &report) {
                                    if (!report)
                                        errors.append(report.error());
                                });
    }
    QTRY_COMPARE(errors.size(), 2);
    QVERIFY(errors.first().kind == Error::Kind::Storage);
    QVERIFY(!errors.first().next.isEmpty());
}

QTEST_GUILESS_MAIN(StoreThreadTest)
#include "tst_store_thread.moc"
