#!/bin/sh
# The tests drive a real browser, a real spreadsheet program and a real program for slides.
missing=""
command -v chromium >/dev/null || missing="$missing chromium fonts-dejavu-core"
command -v soffice >/dev/null || missing="$missing libreoffice-calc-nogui"
[ -e /usr/lib/libreoffice/program/libsdlo.so ] || missing="$missing libreoffice-impress-nogui fonts-liberation"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "Not installed:$missing. The tests that need them are left out and say so." >&2
echo "To run them too: sudo apt-get install$missing" >&2
