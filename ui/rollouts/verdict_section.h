// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rollout_store.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace cockpit {

class Card;
class ElidedLabel;
class GlyphLabel;
class RunLabel;
class RunParagraph;
class RunTable;

/// The middle column of the selected rollout: what must be known first, the verdict per criterion, both colours of a
/// blue-green rollout, the policy in words, what the cluster itself measured.
class VerdictSection : public QWidget {
    Q_OBJECT
public:
    explicit VerdictSection(const Theme &theme, QWidget *parent = nullptr);
    void setEntry(const RolloutEntry &entry, Instant now);

private:
    struct Notice {
        Card *card;
        GlyphLabel *title;
        RunParagraph *body;
    };
    Notice makeNotice();
    void setNotices(const RolloutEntry &entry);
    void setCriteria(const RolloutEntry &entry, Instant now);
    void setColours(const Rollout &rollout, Instant now);
    void setPolicy(const RolloutEntry &entry);
    void setAnalyses(const Rollout &rollout);

    const Theme &m_theme;
    std::vector<Notice> m_notices{};
    RunLabel *m_age;
    RunTable *m_criteria;
    RunParagraph *m_empty;
    QWidget *m_coloursHead;
    RunTable *m_colours;
    QWidget *m_policyHead;
    RunParagraph *m_policy;
    ElidedLabel *m_policyFile;
    QWidget *m_analysesHead;
    RunTable *m_analyses;
};

/// A heading of a section inside a column: 12/600 with something muted at the right.
QWidget *makeSectionTitle(const Theme &theme, const QString &title, RunLabel *trailing = nullptr);

} // namespace cockpit
