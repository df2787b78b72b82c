#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 to the workstation on the demo case. With no display the same job runs through sulcus-cli and
# ends in a mask, a verdict and a report. Arguments go to the workstation (packaging/run.sh /path/to/case).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=${LC_ALL:-C.UTF-8}
# Threads that wait for one another sleep: beside other programs a case takes a quarter less time, alone as much.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}

packaging/install-dependencies.sh
bin=$PWD/build/release/bin

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    packaging/build.sh sulcus sulcus-cli
    [ $# -gt 0 ] || set -- --demo
    exec "$bin/sulcus" "$@"
fi
packaging/build.sh sulcus-cli

out=${SULCUS_OUT:-$PWD/build/demo}
case_folder=$out/SulcusDemo_0001
mkdir -p "$out"
echo "No display: the demo case goes through sulcus-cli."
[ -f "$case_folder/SulcusDemo_0001_seg.nii.gz" ] || "$bin/sulcus-cli" demo "$case_folder" --seed 1
mask=$out/mask.nii.gz
"$bin/sulcus-cli" segment "$case_folder" --bundle brain-tumour -o "$mask"
"$bin/sulcus-cli" compare "$mask" "$case_folder/SulcusDemo_0001_seg.nii.gz" --scheme brats
symptoms=weakness_one_side:left,apathy,headache
"$bin/sulcus-cli" cross-check "$case_folder" --mask "$mask" --symptoms "$symptoms" --handedness right --json >"$out/verdict.json"
"$bin/sulcus-cli" cross-check "$case_folder" --mask "$mask" --symptoms "$symptoms" --handedness right
"$bin/sulcus-cli" report "$case_folder" --mask "$mask" --truth "$case_folder/SulcusDemo_0001_seg.nii.gz" \
    --symptoms "$symptoms" --handedness right -o "$out/report.png"
printf '\nmask     %s\nverdict  %s\nreport   %s\n' "$mask" "$out/verdict.json" "$out/report.png"
