// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QChartView>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QStandardItemModel>
#include <QTableView>
#include <QTimer>

#include <cstdio>

// The floor of the start: the least that Qt needs for a window with one chart and one table. Says "painted" once.

namespace {

class Window : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (m_said)
            return;
        m_said = true;
        QTimer::singleShot(0, this, [] {
            std::puts("painted");
            std::fflush(stdout);
        });
    }

private:
    bool m_said = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    auto *line = new QLineSeries;
    for (int i = 0; i < 200; ++i)
        line->append(i, i % 17);
    auto *chart = new QChart;
    chart->addSeries(line);
    chart->createDefaultAxes();
    QStandardItemModel rows(20, 6);
    for (int row = 0; row < rows.rowCount(); ++row) {
        for (int column = 0; column < rows.columnCount(); ++column)
            rows.setItem(row, column, new QStandardItem(QString::number(row * column)));
    }
    auto *table = new QTableView;
    table->setModel(&rows);
    Window window;
    auto *layout = new QHBoxLayout(&window);
    layout->addWidget(table);
    layout->addWidget(new QChartView(chart));
    window.resize(1366, 768);
    window.show();
    return QApplication::exec();
}
