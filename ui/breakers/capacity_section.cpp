// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/capacity_section.h"

#include "models/items/breaker_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/services/figure_words.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>

namespace cockpit {

namespace {

constexpr qsizetype shownWorkloads = 12;
constexpr Duration limitsFor{std::chrono::hours(4)};

QString limitsText(const Capacity &one)
{
    if (!one.minimum || !one.maximum)
        return CapacitySection::tr("fixed");
    return QStringLiteral("%1…%2").arg(*one.minimum).arg(*one.maximum);
}

RunRow capacityRow(const Capacity &one, Instant now)
{
    RunRow row;
    row.id = one.workload.path();
    QString advice = plainLine(one.advice.text, 100);
    if (one.atMaximum && one.atMaximumSince)
        advice = CapacitySection::tr("at its maximum for %1").arg(roughDurationText(now - *one.atMaximumSince));
    const StateGlyph glyph = one.atMaximum ? StateGlyph::Warning : verdictGlyph(one.advice.verdict);
    const FigureText load = figureText(Figure::Saturation, one.saturation);
    const QString cost = one.costPerHour ? QString::number(*one.costPerHour, 'f', 2) : QStringLiteral("–");
    row.cells = {{{{plainLine(one.workload.name, 40), FontRole::Row12, Role::Text}}, glyph, {}, Role::Muted},
                 {{{QString::number(one.current), FontRole::Mono12, Role::Text}}, {}, {}, Role::Muted},
                 {{{limitsText(one), FontRole::Mono12, Role::Muted}}, {}, {}, Role::Muted},
                 {{{load.joined(), FontRole::Mono12, one.saturation.value_or(0) >= 0.85 ? Role::Warning : Role::Muted}},
                  {},
                  {},
                  Role::Muted},
                 {{{cost, FontRole::Mono12, Role::Muted}}, {}, {}, Role::Muted},
                 {}};
    if (!one.autoscaler.name.isEmpty())
        row.button = CapacitySection::tr("Limits");
    row.lit = one.atMaximum;
    row.tip = plainLine(one.workload.path(), 200) + u'\n' + advice;
    return row;
}

QLineEdit *numberField(const Theme &theme, const QString &name)
{
    auto *field = new QLineEdit;
    field->setAccessibleName(name);
    field->setFont(theme.font(FontRole::Mono12));
    field->setFixedSize(theme.px(48), theme.px(28));
    field->setValidator(new QIntValidator(0, 10000, field));
    return field;
}

} // namespace

CapacitySection::CapacitySection(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_table(new RunTable(theme, tr("Capacity"),
                           {{tr("Capacity"), 0, Qt::AlignLeft},
                            {tr("Pods"), 44, Qt::AlignRight},
                            {tr("Limits"), 60, Qt::AlignRight},
                            {tr("Load"), 60, Qt::AlignRight},
                            {tr("per hour"), 60, Qt::AlignRight},
                            {{}, 68, Qt::AlignRight}},
                           24))
    , m_place(new ActionPlace(models, theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(4));
    layout->addWidget(m_table);
    layout->addWidget(makeForm());
    layout->addWidget(m_place);
    connect(m_table, &RunTable::buttonClicked, this, &CapacitySection::choose);
    connect(m_place, &ActionPlace::openChanged, this, [this] {
        if (!m_place->isOpen())
            m_chosen.clear();
        refreshForm();
    });
}

QWidget *CapacitySection::makeForm()
{
    m_form = new QWidget;
    auto *rows = new QVBoxLayout(m_form);
    rows->setContentsMargins(0, m_theme.px(4), 0, m_theme.px(4));
    rows->setSpacing(m_theme.px(6));
    m_what = new PlainLabel(m_theme, FontRole::Row12);
    rows->addWidget(m_what);
    auto *line = new QHBoxLayout;
    line->setSpacing(m_theme.px(8));
    m_least = numberField(m_theme, tr("At least so many pods"));
    m_most = numberField(m_theme, tr("At most so many pods"));
    m_reason = new QLineEdit;
    m_reason->setAccessibleName(tr("Reason of the new limits"));
    m_reason->setPlaceholderText(tr("Why? Others read this"));
    m_reason->setFixedHeight(m_theme.px(28));
    m_reason->setMaxLength(500);
    m_run = new Button(m_theme, tr("Set for 4 h"));
    line->addWidget(m_least);
    line->addWidget(new PlainLabel(m_theme, tr("to"), FontRole::Row12, Role::Muted));
    line->addWidget(m_most);
    line->addWidget(m_reason, 1);
    line->addWidget(m_run);
    rows->addLayout(line);
    m_why = new PlainLabel(m_theme, FontRole::Chip11, Role::StaleText);
    rows->addWidget(m_why);
    for (QLineEdit *field : {m_least, m_most, m_reason})
        connect(field, &QLineEdit::textEdited, this, &CapacitySection::refreshForm);
    connect(m_run, &Button::clicked, this, &CapacitySection::submit);
    m_form->hide();
    return m_form;
}

void CapacitySection::refresh()
{
    QList<RunRow> rows;
    for (const CapacityPtr &one : m_models.breakers.capacities()) {
        if (rows.size() < shownWorkloads)
            rows.append(capacityRow(*one, m_models.time.now()));
    }
    m_table->setRows(rows);
    setVisible(!rows.isEmpty());
    refreshForm();
}

CapacityPtr CapacitySection::chosen() const
{
    for (const CapacityPtr &one : m_models.breakers.capacities()) {
        if (one->workload.path() == m_chosen)
            return one;
    }
    return nullptr;
}

void CapacitySection::choose(const QString &id)
{
    if (m_place->isOpen())
        m_place->close();
    m_chosen = id;
    if (const CapacityPtr one = chosen()) {
        m_least->setText(QString::number(one->minimum.value_or(1)));
        m_most->setText(QString::number(one->maximum.value_or(one->current)));
        m_reason->clear();
    }
    refreshForm();
    m_most->setFocus();
}

void CapacitySection::refreshForm()
{
    const CapacityPtr one = chosen();
    m_form->setVisible(one != nullptr && !m_place->isOpen());
    if (!one)
        return;
    m_what->setText(
        tr("Limits of %1, back to %2 by themselves").arg(plainLine(one->workload.name, 60), limitsText(*one)));
    const int least = m_least->text().toInt();
    const int most = m_most->text().toInt();
    QString why;
    if (least < 1 || most < least)
        why = tr("From 1 on, and the second not below the first.");
    else if (least == one->minimum && most == one->maximum)
        why = tr("It has these limits.");
    else if (m_reason->text().trimmed().isEmpty())
        why = tr("Say why, so that others know.");
    m_run->setDisabledReason(why);
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void CapacitySection::submit()
{
    refreshForm();
    const CapacityPtr one = chosen();
    if (!one || !m_run->disabledReason().isEmpty())
        return;
    SetReplicaLimits intent;
    intent.object = one->autoscaler;
    intent.minimum = m_least->text().toInt();
    intent.maximum = m_most->text().toInt();
    intent.endsAt = m_models.time.now() + limitsFor;
    ActionRequest request;
    request.target = plainLine(one->workload.name, 80);
    request.service = one->service;
    request.intent = intent;
    request.reason = m_reason->text().trimmed();
    m_place->ask(request, false);
}

} // namespace cockpit
