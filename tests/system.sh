#!/usr/bin/env bash
# Sees to what only the system can give: a Thai font for the plots and, unless it is called with `font`, a Chromium for the page's tests.
# Installs Debian's when it may; otherwise says what to install and fails. Prints the browser's path.
set -eu
need=${1:-all}

browser() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

thai_font() {
  { command -v fc-list >/dev/null && fc-list :lang=th | grep -q .; } || ls /usr/share/fonts/truetype/tlwg/*.ttf >/dev/null 2>&1
}

missing=()
[ "$need" = font ] || browser >/dev/null || missing+=(chromium)
thai_font || missing+=(fonts-thai-tlwg)

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    {
      wait=(-o DPkg::Lock::Timeout=600)
      apt-get "${wait[@]}" update
      DEBIAN_FRONTEND=noninteractive apt-get "${wait[@]}" install -y --no-install-recommends "${missing[@]}"
    } >&2
  else
    echo "missing: ${missing[*]}. Install with: sudo apt-get install ${missing[*]}  (or set CHROMIUM to a Chromium or Chrome)" >&2
    exit 1
  fi
fi
if [ "$need" != font ]; then browser; fi
