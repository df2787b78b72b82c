#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 to all tests passed: installs what is missing, builds `release`, runs every test but the slow
# ones. Arguments go to ctest (packaging/test.sh -L unit). SULCUS_SLOW=1 runs the slow ones too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=${LC_ALL:-C.UTF-8}

packaging/install-dependencies.sh
packaging/build.sh
exclude=(-LE slow)
[ -z "${SULCUS_SLOW:-}" ] || exclude=()
[ -d ../shared/data ] || echo "Tests with the label 'data' skip: ../shared/data is not there."
ctest --preset release --no-tests=error "${exclude[@]}" "$@"
