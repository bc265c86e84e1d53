// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "ui/widgets/themed_widget.h"

#include <array>

namespace cockpit {

/// The five phases in a row, h40: what was passed with its time and length, the one of now, what is to come.
class PhaseStepper : public ThemedWidget {
    Q_OBJECT
public:
    explicit PhaseStepper(const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const Incident &incident, Instant now);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Step {
        enum class State { Done, Current, Ahead, Skipped };
        State state = State::Ahead;
        QString name{};
        QString below{};
        bool operator==(const Step &) const = default;
    };
    void paintStep(QPainter &painter, const QRectF &box, const Step &step, int number) const;

    std::array<Step, 5> m_steps{};
};

} // namespace cockpit
