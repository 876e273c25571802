/** Programs that people look for and that are not here, with what to do instead. */
const ABSENT: Readonly<Record<string, string>> = {
  'vi vim nano emacs ed': "There is no editor here: 'sed -i' changes a file, 'cat > FILE << EOF' writes one.",
  'less more': "There is no pager here: the terminal scrolls, 'head' and 'tail' show parts.",
  'awk gawk perl python python3 jq': "That is not here: 'grep', 'sed', 'cut', 'tr', 'sort', 'uniq' and 'wc' are.",
  'mount umount': "Nothing is mounted here: 'hexdump', 'dd' and 'cmp' read the device itself.",
  'fdisk parted gdisk': "Disks are not divided here: 'lsblk' lists them, 'mkfs.ext4' takes a whole one.",
  'apt apt-get yum dnf pip': "Nothing can be installed here: 'help' lists what there is.",
  'ssh scp': 'There is no need to go elsewhere: commands reach all of the cluster from here.',
  'cephadm ceph-deploy ceph-volume': "The cluster is set up already: 'ceph -s' shows it.",
  'dmesg journalctl': "The machines keep no log here: 'ceph log last' shows the cluster's.",
  'ps top kill killall': "OSDs are the only processes here: 'systemctl' starts and stops them.",
  'reboot shutdown poweroff':
    "'sim power-off HOST' lets the power of a machine fail, 'sim power-on HOST' brings it back.",
  'iptables ifconfig ip': "'sim cut-off HOST' cuts a machine's network, 'sim reconnect HOST' mends it.",
};

export const ABSENT_WORDS: readonly string[] = Object.values(ABSENT);

const BY_NAME = new Map(
  Object.entries(ABSENT).flatMap(([names, text]) => names.split(' ').map((name) => [name, text])),
);

/** What is said of a program that many expect; undefined of all others. */
export function insteadOf(name: string): string | undefined {
  return BY_NAME.get(name);
}
