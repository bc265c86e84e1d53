// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/override_banner.h"

#include "models/plain_line.h"
#include "ui/breakers/breaker_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct OverrideBannerWords {
    Q_DECLARE_TR_FUNCTIONS(OverrideBanner)
};

} // namespace

const Override *loudestOverride(const QList<Override> &overrides, Instant now)
{
    const auto loudness = [now](const Override &one) {
        return (one.isOverdue(now) ? 2 : 0) + (one.trouble.isEmpty() ? 0 : 1);
    };
    const auto found =
        std::max_element(overrides.cbegin(), overrides.cend(), [&](const Override &a, const Override &b) {
            return loudness(a) != loudness(b) ? loudness(a) < loudness(b) : a.until > b.until;
        });
    return found == overrides.cend() ? nullptr : &*found;
}

BannerView overrideBanner(const QList<Override> &overrides, Instant now)
{
    const Override *one = loudestOverride(overrides, now);
    if (!one)
        return {};
    const QString what = plainLine(one->target, 80) + u' ' + plainLine(one->is, 40);
    const QString who = plainLine(one->actor, 40);
    BannerView view{.glyph = StateGlyph::Warning, .action = OverrideBannerWords::tr("Show it")};
    if (one->isOverdue(now)) {
        view.glyph = StateGlyph::Critical;
        // With a way back the trouble says itself since when, and why.
        view.title = one->revert && !one->trouble.isEmpty()
                         ? OverrideBannerWords::tr("%1 by %2. ").arg(what, who) + plainLine(one->trouble, 160)
                         : OverrideBannerWords::tr("%1 by %2 should have ended %3 ago")
                               .arg(what, who, roughDurationText(now - one->until));
        if (!one->revert && !one->trouble.isEmpty())
            view.title += QStringLiteral(": ") + plainLine(one->trouble, 160);
    } else {
        view.title = OverrideBannerWords::tr("%1 by %2, ends by itself in %3").arg(what, who, countdownText(*one, now));
        if (!one->trouble.isEmpty())
            view.title += QStringLiteral(". ") + plainLine(one->trouble, 160);
    }
    if (overrides.size() > 1)
        view.title += OverrideBannerWords::tr("; and %1 more").arg(overrides.size() - 1);
    return view;
}

} // namespace cockpit
