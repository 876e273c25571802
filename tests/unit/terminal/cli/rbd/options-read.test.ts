import { describe, expect, it, vi } from 'vitest';
import type { CommandRecord } from '../../../../../src/terminal/cli/command.ts';
import { rbdCommandList } from '../../../../../src/terminal/cli/rbd/find-command.ts';
import { Bench } from '../run-tool.ts';

/** A story that every command has a part in; what it answers is looked at elsewhere. */
const STORY = `
ceph osd pool create rbd 8
rbd pool init rbd
rbd create -s 16M i
rbd create -s 16M --thick-provision i0
rbd bench --io-type rw --io-size 4M --io-total 4M i
rbd bench-write --io-total 1M i
rbd snap create --no-progress i@s
rbd snap create i@s2
rbd snap protect i@s
rbd clone i@s c
rbd children i@s
rbd info i
rbd ls -l
rbd config global set global rbd_cache false
rbd config global get global rbd_cache
rbd config global list global
rbd config global remove global rbd_cache
rbd config image set i rbd_cache false
rbd config image get i rbd_cache
rbd config image list i
rbd config image remove i rbd_cache
rbd config pool set rbd rbd_cache false
rbd config pool get rbd rbd_cache
rbd config pool list rbd
rbd config pool remove rbd rbd_cache
rbd copy i i2
rbd deep copy i i3
rbd device map i
rbd device map -t nbd i
rbd device list
rbd device unmap i
rbd device unmap -t nbd i
rbd device attach --device /dev/rbd0 i
rbd device attach --device /dev/nbd0 -t nbd i
rbd device detach i
rbd device detach -t nbd i
rbd diff i
rbd disk-usage i
rbd export i /tmp/x
rbd export --export-format 2 i /tmp/x2
rbd export-diff i@s /tmp/xd
rbd import /tmp/x imp
rbd import --export-format 2 /tmp/x2 imp2
rbd import-diff /tmp/xd imp
rbd export-diff --from-snap s i /tmp/xd2
rbd merge-diff /tmp/xd /tmp/xd2 /tmp/xd3
rbd feature disable i fast-diff
rbd feature enable i fast-diff
rbd group create g
rbd group image add g i
rbd group image list g
rbd group info g
rbd group list
rbd group snap create g@gs
rbd group snap list g
rbd group snap info g@gs
rbd group snap rename g@gs gs2
rbd group snap rollback g@gs2
rbd group snap remove g@gs2
rbd group image remove g i
rbd group rename g g2
rbd group remove g2
rbd image-meta set i k v
rbd image-meta get i k
rbd image-meta list i
rbd image-meta remove i k
rbd lock add i l
rbd lock list i
rbd lock remove i l client.1
rbd create -s 16M i5
rbd snap create i5@s1
rbd snap rename i5@s1 i5@s2
rbd snap list i5
rbd snap limit set --limit 5 i5
rbd snap limit clear i5
rbd snap rollback i5@s2
rbd snap remove i5@s2
rbd snap create i5@s3
rbd snap purge i5
rbd snap unprotect i@s
rbd resize -s 32M i5
rbd rename i5 i6
rbd sparsify i6
rbd status i6
rbd object-map check i6
rbd object-map rebuild i6
rbd watch i6
rbd flatten c
rbd trash move i6
rbd trash list -l
rbd trash purge
rbd trash remove x
rbd trash restore x
rbd trash purge schedule add 1h
rbd trash purge schedule list
rbd trash purge schedule status
rbd trash purge schedule remove 1h
rbd namespace create rbd/n
rbd namespace list rbd
rbd namespace remove rbd/n
rbd pool init rbd
rbd pool stats rbd
rbd create -s 16M m
rbd migration prepare m m2
rbd migration execute m2
rbd migration commit m2
rbd create -s 16M m6
rbd snap create m6@s
rbd clone --rbd-default-clone-format 2 m6@s m6c
rbd migration prepare m6 m7
rbd migration execute m7
rbd migration commit m7
rbd create -s 16M m4
rbd migration prepare m4 m5
rbd migration abort m5
rbd mirror pool enable rbd image
rbd mirror pool status rbd
rbd mirror pool peer bootstrap create rbd
rbd mirror pool peer bootstrap import rbd /tmp/x
rbd mirror pool peer add rbd b
rbd mirror pool info rbd
rbd mirror pool peer set rbd x client client.b
rbd mirror pool peer remove rbd x
rbd create -s 16M mi
rbd mirror image enable mi snapshot
rbd mirror image snapshot mi
rbd mirror image status mi
rbd mirror image demote mi
rbd mirror image promote mi
rbd mirror image resync mi
rbd mirror image disable mi
rbd mirror pool demote rbd
rbd mirror pool promote rbd
rbd mirror snapshot schedule add 1h
rbd mirror snapshot schedule list
rbd mirror snapshot schedule status
rbd mirror snapshot schedule remove
rbd create -s 16M --image-feature exclusive-lock,journaling j
rbd bench --io-type write --io-size 4M --io-total 8M j
rbd journal info --image j
rbd journal status --image j
rbd create -s 16M --image-feature exclusive-lock,journaling j3
rbd device map -t nbd j3
dd if=/dev/urandom of=/dev/nbd0 bs=64K count=1
rbd journal inspect --image j3
rbd journal reset --image j
rbd journal export --image j3 --path /tmp/j
rbd create -s 16M --image-feature exclusive-lock,journaling j2
rbd journal import --dest j2 --path /tmp/j
rbd journal client disconnect --image j
rbd mirror pool disable rbd
rbd encryption format i0 luks2 /tmp/x
rbd perf image iostat nopool
rbd perf image iotop nopool
rbd persistent-cache flush i
rbd persistent-cache invalidate i
rbd rm --no-progress j
`;

/** Options that are read and then change nothing, or are not read in the story, and why that is so. */
const UNREAD: Readonly<Record<string, readonly [options: string, why: string]>> = {
  'device attach': [
    'device show-cookie read-only exclusive quiesce quiesce-hook snap-id options',
    'there is nothing to attach to',
  ],
  'device detach': ['pool namespace image snap snap-id options', 'there is nothing to detach'],
  'device map': ['show-cookie cookie', 'of processes that die, which they do not do here'],
  'mirror pool promote': ['force', 'no other cluster leads an image here'],
  'journal export': ['no-error', 'asked for where an entry is bad, of which there is none'],
  'journal import': ['no-error', 'asked for where an entry is bad, of which there is none'],
  'mirror image promote': ['force', 'no other cluster leads an image here'],
  'persistent-cache flush': ['image-id', 'the real tool does not read it either'],
  'persistent-cache invalidate': ['image-id', 'the real tool does not read it either'],
};

/** Runs the story; gives for each command the options that it never asked for. */
function neverRead(): ReadonlyMap<string, readonly string[] | null> {
  const read = new Map<string, Set<string>>();
  for (const command of rbdCommandList) spyOn(command, read);
  const bench = new Bench();
  for (const line of STORY.trim().split('\n')) {
    try {
      bench.run(line);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('blocked: ')) throw error;
    }
  }
  vi.restoreAllMocks();
  const unread = ({ words, options }: CommandRecord): [string, readonly string[] | null] => {
    const name = words.join(' ');
    const seen = read.get(name);
    return [name, seen === undefined ? null : options.map(({ long }) => long).filter((long) => !seen.has(long))];
  };
  return new Map(rbdCommandList.map(unread));
}

function spyOn(command: CommandRecord, read: Map<string, Set<string>>): void {
  const name = command.words.join(' ');
  const run = command.run.bind(command);
  vi.spyOn(command, 'run').mockImplementation((process, args) => {
    const seen = read.get(name) ?? new Set<string>();
    read.set(name, seen);
    return run(process, { ...args, options: new Noting(args.options, seen) });
  });
}

/** Options that remember who asked for them. */
class Noting extends Map<string, readonly string[]> {
  readonly #seen: Set<string>;

  constructor(options: ReadonlyMap<string, readonly string[]>, seen: Set<string>) {
    super([...options]);
    this.#seen = seen;
  }

  override get(key: string) {
    this.#seen.add(key);
    return super.get(key);
  }

  override has(key: string) {
    this.#seen.add(key);
    return super.has(key);
  }
}

describe('options of rbd', () => {
  it('are all read by their commands, but for those that are named here', () => {
    const unread = [...neverRead()].flatMap(([name, options]) => {
      const known = new Set(UNREAD[name]?.[0].split(' '));
      const left = options === null ? ['(not run)'] : options.filter((long) => !known.has(long));
      return left.length === 0 ? [] : [`${name}: ${left.join(' ')}`];
    });
    expect(unread).toEqual([]);
  });
});
