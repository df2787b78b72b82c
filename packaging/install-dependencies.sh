#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing of packaging/debian-packages.txt through apt (with sudo when not root). Does nothing, and
# needs no network, when all of it is there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "install-dependencies: this script needs Debian's apt; install the packages of packaging/debian-packages.txt by hand" >&2
    exit 1
fi

missing=()
while read -r package; do
    case "$package" in '' | '#'*) continue ;; esac
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done <"$here/debian-packages.txt"

[ ${#missing[@]} -gt 0 ] || exit 0
echo "Installing: ${missing[*]}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "install-dependencies: run as root, or install sudo" >&2; exit 1; }
    as_root=(sudo)
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
