#!/bin/bash
# The qemu-img that is installed ($QEMU_IMG), which reaches images of a real cluster alone: it is handed a copy of the
# image in a file.
case $QEMU_IMG in
  '') echo 'qemu-img is not installed' >&2; exit 127 ;;
esac
words=() copies=()
for word; do
  case $word in
    rbd:*)
      copy=$(mktemp)
      copies+=("$copy")
      rm "$copy"
      rbd export --no-progress "${word#rbd:}" "$copy" || exit
      words+=("$copy")
      ;;
    *) words+=("$word") ;;
  esac
done
"$QEMU_IMG" "${words[@]}"
end=$?
rm -f "${copies[@]}"
exit $end
