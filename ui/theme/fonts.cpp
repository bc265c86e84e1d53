// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QDir>
#include <QFontDatabase>

// Resources of a static library are only linked in when somebody asks for them, outside of any namespace.
static void initializeThemeResources()
{
    Q_INIT_RESOURCE(cockpit_fonts);
    Q_INIT_RESOURCE(cockpit_icons);
}

namespace cockpit {

bool Theme::loadFonts()
{
    initializeThemeResources();
    // Qt makes FreeType thicken the stems of outlines such as Inter's, so that 400 looks like 500. FreeType reads this
    // when the first font is opened; what a person has set stays.
    if (qEnvironmentVariableIsEmpty("FREETYPE_PROPERTIES"))
        qputenv("FREETYPE_PROPERTIES", "cff:darkening-parameters=500,0,1000,0,1667,0,2333,0");
    const QStringList files = QDir(QStringLiteral(":/fonts")).entryList(QDir::Files);
    bool complete = files.size() == COCKPIT_FONT_COUNT;
    for (const QString &file : files)
        complete = QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + file) >= 0 && complete;
    return complete;
}

} // namespace cockpit
