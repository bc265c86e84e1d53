// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/update_queue.h"

#include <QTest>

#include <thread>

using namespace cockpit;

class UpdateQueueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void updatesComeInBatchesAndInOrder()
    {
        UpdateQueue queue;
        std::vector<int> seen;
        int batches = 0;
        connect(&queue, &UpdateQueue::updatesArrived, this, [&](const std::vector<SourceUpdate> &updates) {
            ++batches;
            for (const SourceUpdate &update : updates)
                seen.push_back(std::get<RulesUpdate>(update).brokenRecordingRules);
        });
        std::thread producer([sink = queue.sink()] {
            for (int i = 0; i < 1000; ++i)
                sink(RulesUpdate{.brokenRecordingRules = i});
        });
        producer.join();
        QTRY_COMPARE(seen.size(), size_t(1000));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QVERIFY2(batches < 10, "one wake-up for all that gathered");
    }

    void whatComesAfterTheEndIsDropped()
    {
        auto queue = std::make_unique<UpdateQueue>();
        const auto sink = queue->sink();
        const auto post = queue->poster();
        bool ran = false;
        queue.reset();
        sink(RulesUpdate{});
        post([&ran] { ran = true; });
        QCoreApplication::sendPostedEvents();
        QVERIFY(!ran);
    }
};

QTEST_GUILESS_MAIN(UpdateQueueTest)
#include "tst_update_queue.moc"
