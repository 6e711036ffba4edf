#!/bin/sh
# Runs as root after the deb or rpm was unpacked, also after an update. electron-builder replaces the names in ${}.
set -e
app='/opt/${sanitizedProductName}'
profile='/etc/apparmor.d/${executable}'

# For each command, a link in /usr/bin, unless another program has that name, also through a link.
for name in '${executable}' r1; do
  link="/usr/bin/$name"
  if [ -e "$link" ] || [ -L "$link" ]; then
    case "$(readlink "$link")" in "/etc/alternatives/$name" | "$app/$name") ;; *) continue ;; esac
  fi
  if command -v update-alternatives >/dev/null 2>&1; then
    update-alternatives --install "/usr/bin/$name" "$name" "$app/$name" 100 || true
  elif [ ! -e "/usr/bin/$name" ]; then
    ln -sf "$app/$name" "/usr/bin/$name"
  fi
done

# Chromium's own sandbox helper, used where ordinary users may not create namespaces. Whether they may cannot be tested
# as root.
chown root:root "$app/chrome-sandbox"
chmod 4755 "$app/chrome-sandbox"

# Ubuntu 24.04 lets only programs with a profile create namespaces. Older AppArmor cannot read ours and needs none.
if command -v apparmor_parser >/dev/null 2>&1 &&
  apparmor_parser --skip-kernel-load --debug "$app/resources/apparmor-profile" >/dev/null 2>&1; then
  cp -f "$app/resources/apparmor-profile" "$profile"
  if ! { command -v ischroot >/dev/null 2>&1 && ischroot; } && aa-status --enabled >/dev/null 2>&1; then
    apparmor_parser --replace --write-cache --skip-read-cache "$profile" || true
  fi
fi

command -v update-mime-database >/dev/null 2>&1 && update-mime-database /usr/share/mime || true
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database /usr/share/applications || true
exit 0
