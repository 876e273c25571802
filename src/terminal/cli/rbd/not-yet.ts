/** Commands that the real tool has and this product does not have yet, with their aliases: it says so by name. */
const NAMES = `
config global get; config global list; config global ls; config global remove; config global rm; config global set
config image get; config image list; config image ls; config image remove; config image rm; config image set
config pool get; config pool list; config pool ls; config pool remove; config pool rm; config pool set
device attach; device detach
encryption format
journal client disconnect; journal export; journal import; journal info; journal inspect; journal reset; journal status
migration abort; migration commit; migration execute; migration prepare
mirror image demote; mirror image disable; mirror image enable; mirror image promote; mirror image resync
mirror image snapshot; mirror image status
mirror pool demote; mirror pool disable; mirror pool enable; mirror pool info; mirror pool promote; mirror pool status
mirror pool peer add; mirror pool peer bootstrap create; mirror pool peer bootstrap import; mirror pool peer remove
mirror pool peer set
mirror snapshot schedule add; mirror snapshot schedule list; mirror snapshot schedule ls
mirror snapshot schedule remove; mirror snapshot schedule rm; mirror snapshot schedule status
perf image iostat; perf image iotop
persistent-cache flush; persistent-cache invalidate
trash purge schedule add; trash purge schedule list; trash purge schedule ls; trash purge schedule remove
trash purge schedule rm; trash purge schedule status
watch
`;

export const NOT_YET: readonly (readonly string[])[] = NAMES.trim()
  .split(/[;\n]/)
  .map((text) => text.trim().split(' '));
