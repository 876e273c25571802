import type { IoCtx } from '../../../src/engine/librados/io-ctx.ts';
import { listImages } from '../../../src/engine/librbd/operation/list.ts';
import { listTrash } from '../../../src/engine/librbd/operation/trash.ts';
import { imageBytes, poolObjects } from '../cluster-checks.ts';
import type { TestMachine } from '../machine.ts';

/** All that can be seen of the images of some pools, without ids and times: what an operation came to. */
export function imagesState(machine: TestMachine, pools: readonly string[]): string {
  const io = machine.cluster.connect();
  return pools.map((pool) => poolState(machine, io.ioCtx(pool), pool)).join('\n');
}

function poolState(machine: TestMachine, io: IoCtx, pool: string): string {
  const images = machine.cluster.run(listImages(io));
  const trash = machine.cluster.run(listTrash(io));
  const names = new Map(
    [...images, ...trash.map(({ id, spec }) => ({ id, name: spec.name }))].map((at) => [at.id, at.name]),
  );
  const told = (line: string) => withoutIds(machine.must(line), names);
  return [
    told(`rbd ls ${pool}`),
    told(`rbd trash ls --all ${pool}`),
    told(`rbd group ls ${pool}`),
    ...machine
      .must(`rbd group ls ${pool}`)
      .split('\n')
      .filter(Boolean)
      .flatMap((group) => [told(`rbd group image ls ${pool}/${group}`), told(`rbd group snap ls ${pool}/${group}`)]),
    ...images.map(({ name }) => imageState(machine, io, `${pool}/${name}`, name, told)),
    objectsOf(machine, io, names).join(' '),
  ].join('\n');
}

function imageState(
  machine: TestMachine,
  io: IoCtx,
  spec: string,
  name: string,
  told: (line: string) => string,
): string {
  const snaps = [...machine.must(`rbd snap ls ${spec}`).matchAll(/^ +\d+ +(\S+)/gm)].map(([, snap]) => snap);
  const bytes = [undefined, ...snaps].map((snap) => `${snap} ${runsOf(imageBytes(machine.cluster, io, name, snap))}`);
  return [told(`rbd info ${spec}`), told(`rbd snap ls --all ${spec}`), ...bytes].join('\n');
}

/** Bytes as runs of the same. */
function runsOf(bytes: Uint8Array): string {
  const out: string[] = [];
  for (let at = 0, from = 0; at < bytes.length; at++) {
    if (at + 1 < bytes.length && bytes[at + 1] === bytes[at]) continue;
    out.push(`${at + 1 - from}*${bytes[at]}`);
    from = at + 1;
  }
  return out.join(' ');
}

function objectsOf({ cluster }: TestMachine, io: IoCtx, names: ReadonlyMap<string, string>): string[] {
  return poolObjects(cluster, io.poolId)
    .map(({ hoid }) => withoutIds(hoid.oid, names))
    .sort();
}

/** Ids of images by their names, those of snapshots and groups by nothing; times away. */
function withoutIds(text: string, names: ReadonlyMap<string, string>): string {
  let out = text;
  for (const [id, name] of names) out = out.replaceAll(id, `<${name}>`);
  return out
    .replace(/\w{3} \w{3} +\d+ [\d:]+ \d+/g, 'TIME')
    .replace(/^( +)?(\d+|[0-9a-f]{10,}) +/gm, 'ID ')
    .replace(/\(\S+ \S+\)|[0-9a-f]{12,}/g, 'ID')
    .replace(/ +/g, ' ');
}
