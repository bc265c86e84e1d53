// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/source_words.h"

#include "models/instant.h"
#include "models/items/source_roles.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString sourceText(const char *text) { return QCoreApplication::translate("cockpit::Sources", text); }

StateGlyph sourceGlyph(int state)
{
    switch (state) {
    case SourceRoles::Ok: return StateGlyph::Ok;
    case SourceRoles::Partial: return StateGlyph::Warning;
    case SourceRoles::Stale: return StateGlyph::Stale;
    case SourceRoles::Down:
    case SourceRoles::Unauthorized: return StateGlyph::Critical;
    default: break;
    }
    return StateGlyph::Unknown;
}

QString sourceWord(int state)
{
    switch (state) {
    case SourceRoles::Ok: return sourceText("answers");
    case SourceRoles::Partial: return sourceText("answers in part");
    case SourceRoles::Stale: return sourceText("has old data");
    case SourceRoles::Down: return sourceText("is down");
    case SourceRoles::Unauthorized: return sourceText("refuses the login");
    default: break;
    }
    return sourceText("is being reached");
}

QString sinceText(const QModelIndex &source)
{
    const qint64 last = source.data(SourceRoles::LastSuccessRole).toLongLong();
    return last > 0 ? sourceText("Last answer at %1.").arg(utcDateTimeText(fromEpochMs(last)))
                    : sourceText("It has not answered yet.");
}

QString nextTryText(const QModelIndex &source)
{
    const QVariant value = source.data(SourceRoles::NextTryMsRole);
    if (!value.isValid() || value.toLongLong() < 0)
        return {};
    return sourceText("Next try in %1").arg(roughDurationText(Duration(value.toLongLong())));
}

} // namespace

PillView pillView(const QModelIndex &source)
{
    const int state = source.data(SourceRoles::StateRole).toInt();
    const QVariant age = source.data(SourceRoles::AgeMsRole);
    PillView view;
    view.name = source.data(SourceRoles::NameRole).toString();
    view.glyph = sourceGlyph(state);
    view.urgent = state == SourceRoles::Down || state == SourceRoles::Unauthorized;
    if (age.isValid() && age.toLongLong() >= 0)
        view.age = roughDurationText(Duration(age.toLongLong()));
    const QString message = source.data(SourceRoles::MessageRole).toString();
    view.details = view.name + u' ' + sourceWord(state) + QStringLiteral(". ") + sinceText(source);
    if (!message.isEmpty())
        view.details += u'\n' + message;
    return view;
}

BannerView sourceBanner(const QModelIndex &source)
{
    const int state = source.data(SourceRoles::StateRole).toInt();
    BannerView view;
    view.glyph = sourceGlyph(state);
    view.title = source.data(SourceRoles::NameRole).toString() + u' ' + sourceWord(state);
    view.body = (source.data(SourceRoles::MessageRole).toString() + u' ' + sinceText(source)).trimmed();
    view.action = sourceText("Retry now");
    view.trailing = nextTryText(source);
    return view;
}

} // namespace cockpit
