#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command on the display that is set, or on a virtual one of its own when there is none.
set -euo pipefail
if [ -n "${DISPLAY:-}" ] && [ -z "${SULCUS_VIRTUAL_DISPLAY:-}" ]; then
    exec "$@"
fi
exec xvfb-run --auto-servernum --server-args='-screen 0 1920x1080x24 +extension GLX' "$@"
