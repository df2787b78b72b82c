#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build.sh [TARGET...]: configures the preset `release` when needed and builds the targets (all of them without names).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ -f build/release/build.ninja ] || cmake --preset release
# LibTorch's and ITK's headers take up to 2 GB a compiler: leave that much for each of them.
free_mb=$(awk '/MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)
jobs=$(nproc)
by_memory=$((free_mb / 2000))
[ "$by_memory" -ge 1 ] || by_memory=1
[ "$jobs" -le "$by_memory" ] || jobs=$by_memory
cmake --build --preset release --parallel "$jobs" ${1:+--target "$@"}
