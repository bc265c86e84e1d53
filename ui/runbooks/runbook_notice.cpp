// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_notice.h"

#include "models/plain_line.h"

#include <QCoreApplication>
#include <QUrl>
#include <QVBoxLayout>

namespace cockpit {

namespace {

class NoticeWords {
    Q_DECLARE_TR_FUNCTIONS(cockpit::RunbookNotice)
};

} // namespace

RunbookNoticeView runbookNotice(const std::optional<RunbookLink> &link, const RunbookLibrary &library, bool known,
                                const QString &alertName)
{
    RunbookNoticeView view;
    const QString name = plainLine(alertName, 80);
    if (!known || !link) {
        view.title = NoticeWords::tr("Reading the runbooks.");
        return view;
    }
    if (!link->candidates.isEmpty()) {
        view.glyph = StateGlyph::Warning;
        view.title = NoticeWords::tr("Several runbooks fit. Choose one:");
        view.candidates = link->candidates;
        return view;
    }
    view.glyph = StateGlyph::Warning;
    view.url = link->url;
    view.body = plainLine(link->problem, 500);
    if (!link->url.isEmpty()) {
        view.title = NoticeWords::tr("Its runbook is a page on the web, not among the sources.");
        return view;
    }
    view.title = NoticeWords::tr("This alert has no runbook.");
    if (library.sources.isEmpty()) {
        view.body =
            NoticeWords::tr("No source of runbooks is configured: name a folder under runbooks: in the configuration.");
        return view;
    }
    if (view.body.isEmpty())
        view.body = NoticeWords::tr(
            "An alert that nobody says how to handle is noise. Write one from the rule, with all sections.");
    view.skeletonFor = name;
    return view;
}

RunbookNotice::RunbookNotice(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new GlyphLabel(theme, FontRole::Strong13))
    , m_body(new ElidedLabel(theme, FontRole::Row12, Role::Muted, nullptr, 5))
    , m_choices(new QWidget)
    , m_list(new QVBoxLayout(m_choices))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12));
    rows->setSpacing(theme.px(8));
    rows->addWidget(m_title);
    rows->addWidget(m_body);
    rows->addWidget(m_choices);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(theme.px(6));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    m_body->hide();
    m_choices->hide();
}

void RunbookNotice::setView(const RunbookNoticeView &view)
{
    if (view == m_view)
        return;
    m_view = view;
    m_title->setState(view.glyph, view.title);
    m_body->setText(view.body);
    m_body->setVisible(!view.body.isEmpty());
    while (QLayoutItem *item = m_list->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const auto add = [this](const QString &text, Button::Kind kind) {
        auto *button = new Button(m_theme, text, kind);
        m_list->addWidget(button, 0, Qt::AlignLeft);
        return button;
    };
    for (const RunbookKey &key : view.candidates.mid(0, 12)) {
        const QString text = plainLine(key.path, 48);
        Button *button = add(text, Button::Kind::Normal);
        button->setAccessibleDescription(key.source);
        connect(button, &Button::clicked, this, [this, key] { Q_EMIT chosen(key); });
    }
    if (!view.url.isEmpty()) {
        Button *button = add(tr("Open at %1").arg(plainLine(QUrl(view.url).host(), 48)), Button::Kind::Normal);
        button->setGlyphIcon(Icon::External);
        connect(button, &Button::clicked, this, [this] { Q_EMIT linkAsked(m_view.url); });
    }
    if (!view.skeletonFor.isEmpty()) {
        Button *button = add(tr("Write from template"), Button::Kind::Normal);
        connect(button, &Button::clicked, this, [this] { Q_EMIT skeletonAsked(m_view.skeletonFor); });
    }
    m_choices->setVisible(m_list->count() > 0);
}

} // namespace cockpit
