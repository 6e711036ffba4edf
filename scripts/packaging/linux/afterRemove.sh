#!/bin/sh
# Runs as root after the deb or rpm was removed or updated. What people made with the app is in their home folders and
# stays there.
set -e
app='/opt/${sanitizedProductName}'
profile='/etc/apparmor.d/${executable}'

# dpkg says what is happening; rpm says how many versions of the package remain.
case "$1" in
  remove | purge | disappear | 0) ;;
  *) exit 0 ;;
esac

for name in '${executable}' r1; do
  if command -v update-alternatives >/dev/null 2>&1; then
    update-alternatives --remove "$name" "$app/$name" || true
  elif [ "$(readlink "/usr/bin/$name")" = "$app/$name" ]; then
    rm -f "/usr/bin/$name"
  fi
done

if [ -f "$profile" ]; then
  if ! { command -v ischroot >/dev/null 2>&1 && ischroot; } && aa-status --enabled >/dev/null 2>&1; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

command -v update-mime-database >/dev/null 2>&1 && update-mime-database /usr/share/mime || true
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database /usr/share/applications || true
exit 0
