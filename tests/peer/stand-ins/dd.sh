#!/bin/sh
# In place of the file system that merge_diff.sh mounts: what dd would write to a file in it is written to the image of
# that name, as a diff of one piece. A file of many GiB is made without its bytes.
image= seek=0 count=1 file=
for word; do
  case $word in
    of=mnt/*) image=${word#of=mnt/} ;;
    of=*) file=${word#of=} ;;
    seek=*) seek=${word#seek=} ;;
    count=*) count=${word#count=} ;;
  esac
done
[ "$count" -lt 10000 ] || exec truncate -s "${count}M" "$file"
[ -n "$image" ] || exec /bin/dd "$@"
u64() {
  value=$1
  for place in 1 2 3 4 5 6 7 8; do
    printf "\\$(printf %o $((value & 255)))"
    value=$((value >> 8))
  done
}
bytes=$((count << 20))
{ printf 'rbd diff v1\nw'; u64 $((seek << 20)); u64 $bytes; head -c $bytes /dev/urandom; printf e; } |
  exec rbd import-diff --no-progress - "rbd/$image"
