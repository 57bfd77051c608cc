# Sourced by build.sh: without Qt's tools for developers, with an entry in the menu of the desktop.
(cd "$lib/packages/PySide6" && rm -rf scripts include typesystems doc glue assistant designer linguist lrelease lupdate \
    qmlformat qmllint qmlls balsam balsamui svgtoqml Qt/libexec)
install -D -m 644 "$here/$name/xinqiao.desktop" "$root/usr/share/applications/xinqiao.desktop"
install -D -m 644 resources/icons/xinqiao.svg "$root/usr/share/icons/hicolor/scalable/apps/xinqiao.svg"
