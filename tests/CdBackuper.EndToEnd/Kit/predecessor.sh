#!/bin/bash
# What the script that cdbackuper succeeds leaves behind for one disc, as its guide describes it: the same layout, the same tools, the same
# faults. Usage: predecessor.sh IMAGE ARCHIVE [MAPFILE of bad sectors]
set -euo pipefail
disc=$1 archive=$2 bad=${3:-}
PATH=$PATH:/usr/sbin
uuid=$(blkid -p -o value -s UUID "$disc") label=$(blkid -p -o value -s LABEL "$disc")
out=$archive/${uuid}_${label}
retry=false
[ -d "$out" ] && retry=true
mkdir -p "$out"
started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
blkid -p "$disc" >"$out/blkid.txt"
isoinfo -d -i "$disc" >"$out/isoinfo.txt"
[ -f "$out/ddrescue-output.txt" ] && mv "$out/ddrescue-output.txt" "$out/ddrescue-output.txt.backup-$(date +%Y%m%d-%H%M%S)"
test_mode=()
[ -n "$bad" ] && test_mode=("--test-mode=$bad")
ddrescue -b 2048 -n "${test_mode[@]}" "$disc" "$out/disc.iso" "$out/ddrescue.mapfile" >"$out/ddrescue-output.txt" 2>&1
ddrescue -b 2048 -r 1 "${test_mode[@]}" "$disc" "$out/disc.iso" "$out/ddrescue.mapfile" >>"$out/ddrescue-output.txt" 2>&1
mkdir -p "$out/files"
status=partial
if isoinfo -d -i "$out/disc.iso" >/dev/null 2>&1 && bsdtar -xf "$out/disc.iso" -C "$out/files"; then
    # 95 % is called success, and the image deleted, whatever the files hold.
    status=success
    rm -f "$out/disc.iso"
fi
cat >"$out/status.json" <<JSON
{
  "node": "old-node",
  "status": "$status",
  "message": "Archived",
  "iso": "disc.iso",
  "uuid": "$uuid",
  "started": "$started",
  "finished": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "is_retry": $retry,
  "retry_nodes": ["old-node"],
  "ddrescue": {"rescued": "$(stat -c %s "$disc")", "rescued_pct": "99.93", "read_errors": "2"}
}
JSON
