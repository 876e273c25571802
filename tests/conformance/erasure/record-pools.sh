#!/usr/bin/env bash
# Writes one JSON line for each shard of an object in real erasure coded pools, and one for each pool.
#   record-pools.sh DIR > pools.jsonl
# DIR is the folder of a cluster of at least 12 OSDs on this host, made with memstore and osd fast shutdown = false (its ceph.conf, osdN
# and pids are in it); this script stops it.
# The object holds what input.py makes; every pool has one PG and failure domain osd.
set -uo pipefail
DIR=${1:?usage: record-pools.sh DIR}
HERE=$(cd "$(dirname "$0")" && pwd)
export CEPH_CONF=$DIR/ceph.conf
TMP=$(mktemp -d)
python3 "$HERE/input.py" 20001 > "$TMP/big"
python3 "$HERE/input.py" 100 > "$TMP/small"
mapfile -t PROFILES < "$HERE/pools.txt"
n=0
for profile in "${PROFILES[@]}"; do
  n=$((n + 1))
  fast=
  [[ $profile == FAST* ]] && fast=yes && profile=${profile#FAST }
  # shellcheck disable=SC2086
  ceph osd erasure-code-profile set "p$n" $profile crush-failure-domain=osd >&2 || continue
  ceph osd pool create "e$n" 1 1 erasure "p$n" >&2 || continue
  [[ -z $fast ]] || ceph osd pool set "e$n" allow_ec_optimizations true >&2
  timeout 30 rados -p "e$n" put big "$TMP/big" >&2
  timeout 30 rados -p "e$n" put small "$TMP/small" >&2
done
ceph osd pool ls detail -f json > "$TMP/pools"
while read -r pid; do kill "$pid" 2>/dev/null; done < "$DIR/pids"
sleep 15
python3 "$HERE/read-shards.py" "$DIR" "$TMP" "$HERE/pools.txt"
rm -rf "$TMP"
