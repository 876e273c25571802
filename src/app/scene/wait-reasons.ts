/** Why a command waits, where it is no PG that is to blame, with a command that helps or tells more. */
export type WaitReason =
  | { readonly kind: 'readsPaused' | 'writesPaused' | 'full'; readonly help: string }
  | { readonly kind: 'poolFull'; readonly pool: string; readonly help: string }
  | { readonly kind: 'silentOsd'; readonly osd: string; readonly help: string }
  | { readonly kind: 'lockByHand' | 'idleImages' | 'clusterLog'; readonly help: string };

/** The engine's words for a wait, and what they mean. */
const REASONS: readonly (readonly [RegExp, (part: string, image: string) => WaitReason])[] = [
  [/^reads are paused/, () => ({ kind: 'readsPaused', help: 'ceph osd unpause' })],
  [/^writes are paused/, () => ({ kind: 'writesPaused', help: 'ceph osd unpause' })],
  [/^pool '(.*)' is full$/, (pool) => ({ kind: 'poolFull', pool, help: `ceph osd pool get-quota ${pool}` })],
  [/^the cluster is full$/, () => ({ kind: 'full', help: 'ceph df' })],
  [/^(osd\.\d+) of PG \S+ does not answer/, (osd) => ({ kind: 'silentOsd', osd, help: 'ceph osd tree' })],
  [/^the lock '.*' made by hand$/, () => ({ kind: 'lockByHand', help: 'rbd help lock rm' })],
  [/^a line in the cluster log/, () => ({ kind: 'clusterLog', help: 'ceph log hello' })],
  [
    /^an image is read or written$/,
    (_, image) => ({ kind: 'idleImages', help: `rbd bench --io-type write --io-total 64M ${image}` }),
  ],
];

/** Reads the reason of a wait; null where the page has no words of its own for it. `image` is one that there is. */
export function waitReason(reason: string, image = 'IMAGE'): WaitReason | null {
  for (const [pattern, meaning] of REASONS) {
    const match = pattern.exec(reason);
    if (match !== null) return meaning(match[1] ?? '', image);
  }
  return null;
}
