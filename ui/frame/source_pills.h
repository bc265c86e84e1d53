// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pill.h"
#include "ui/widgets/plain_label.h"

#include <QList>

class QAbstractItemModel;

namespace cockpit {

/// One pill per source, right-aligned, fed by a model with SourceRoles. When they do not fit, well ones give way to a
/// count; one that is not well is shown as long as anything fits.
class SourcePills : public ThemedWidget {
    Q_OBJECT
public:
    SourcePills(const Theme &theme, const QAbstractItemModel &sources, QWidget *parent = nullptr);
    /// Marks the source whose details are open; empty: none.
    void setOpenSource(const QString &name);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sourceClicked(const QString &name);

protected:
    void themeChanged() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void arrange();

    const QAbstractItemModel &m_sources;
    QList<Pill *> m_pills{};
    PlainLabel *m_more;
    QString m_open{};
};

} // namespace cockpit
