# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where, and the Debian package (`packaging/deb`).
include(GNUInstallDirs)

install(TARGETS dt-cockpit dt-cockpit-sim RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
set(desktop ${CMAKE_SOURCE_DIR}/packaging/desktop)
install(FILES ${desktop}/dt-cockpit.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${desktop}/io.github.darktower.cockpit.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${desktop}/dt-cockpit.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/packaging/kubernetes/clusterrole.yaml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES ${CMAKE_SOURCE_DIR}/resources/default-config.yaml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
        RENAME cockpit.yaml)

# Completions and the manual page come from the program's own table of commands.
set(pages ${CMAKE_BINARY_DIR}/pages)
install(CODE "
  file(MAKE_DIRECTORY \"${pages}\")
  foreach(pair bash:dt-cockpit zsh:_dt-cockpit fish:dt-cockpit.fish man:dt-cockpit.1)
    string(REPLACE \":\" \";\" parts \"\${pair}\")
    list(GET parts 0 kind)
    list(GET parts 1 name)
    file(MAKE_DIRECTORY \"${pages}/\${kind}\")
    execute_process(COMMAND \"$<TARGET_FILE:dt-cockpit>\" completion \${kind}
      OUTPUT_FILE \"${pages}/\${kind}/\${name}\" COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  execute_process(COMMAND gzip -9nf \"${pages}/man/dt-cockpit.1\" COMMAND_ERROR_IS_FATAL ANY)
  file(CREATE_LINK dt-cockpit.1.gz \"${pages}/man/dt-cockpit-sim.1.gz\" SYMBOLIC)")
install(FILES ${pages}/bash/dt-cockpit DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${pages}/zsh/_dt-cockpit DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${pages}/fish/dt-cockpit.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${pages}/man/dt-cockpit.1.gz ${pages}/man/dt-cockpit-sim.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${desktop}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(CODE "
  execute_process(COMMAND gzip -9nc \"${desktop}/changelog\" OUTPUT_FILE \"${pages}/changelog.gz\" COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${pages}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dt-cockpit)
set(CPACK_PACKAGE_VERSION ${COCKPIT_VERSION_TEXT})
set(CPACK_PACKAGE_CONTACT "The Dark Tower Cockpit team <cockpit@darktower.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "desktop cockpit for oncall")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Live service health, firing alerts, canary charts and the runbook of the firing
 alert in one window, with rollback, circuit breaker override and feature kill
 switch that call the real systems; incidents up to the postmortem.")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded at run time, so that no symbol names them.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6, fonts-inter, fonts-jetbrains-mono, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libqt6sql6-psql")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gnome-keyring | kwalletmanager")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
