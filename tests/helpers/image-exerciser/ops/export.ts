import { createImage } from '../../../../src/engine/librbd/operation/create.ts';
import { type Content, firstDifference } from '../content.ts';
import type { Kind } from '../kinds.ts';
import type { ModelImage, ModelSnap } from '../model.ts';
import { PLACES } from '../places.ts';
import type { Step, World } from '../world.ts';
import { MOST_IMAGES, newModel } from './create.ts';
import { snapOf } from './snaps.ts';

const MOST_BYTES = 2 ** 20;
/** How the tool ends that did not find something. */
const ENOENT = 2;

/** A file has the bytes of the head or a snapshot. */
export function exportBytes(world: World, image: ModelImage, step: Step): void {
  const snap = snapOf(image, step.a);
  if (image.head.size > MOST_BYTES) return;
  exported(world, `export --export-format 1 ${specOf(image)}`, image.head);
  if (snap !== undefined) exported(world, `export --export-format 1 ${specOf(image)}@${snap.name}`, snap.content);
}

function exported(world: World, command: string, content: Content): void {
  world.machine.must(`rbd ${command} f --no-progress`);
  const data = world.machine.shell.files.get('/root/f');
  const at = data?.length === content.size ? firstDifference(content, 0, data) : content.size;
  world.machine.must('rm f');
  world.expect(at === null, `${command}: byte ${at} is wrong`);
}

/** With all snapshots into a file of format 2, and from it into an image. One in the trash the tool does not find. */
export function exportImport(world: World, image: ModelImage, step: Step): void {
  if (world.images.length >= MOST_IMAGES || image.head.size > MOST_BYTES || image.kind.format === 1) return;
  const command = `rbd export --export-format 2 ${specOf(image)} f --no-progress`;
  if (image.trashed.length > 0) {
    world.expect(world.machine.run(command).code === ENOENT, `${command}: it went through`);
    world.machine.must('rm f');
    return;
  }
  const model = newModel(world.newName('i'), step.a % 2, besideHeader(image), image.head);
  world.machine.must(command);
  world.machine.must(`rbd import --export-format 2 f ${specOf(model)} --no-progress && rm f`);
  world.images.push({ ...model, snaps: image.snaps.map((snap) => ({ ...snap, isLinked: false })) });
}

/** Through one diff from snapshot to snapshot each, the head's last. */
export function diffChain(world: World, image: ModelImage, step: Step): void {
  if (world.images.length >= MOST_IMAGES || image.head.size > MOST_BYTES || image.kind.format === 1) return;
  const kind = besideHeader(image);
  const model = newModel(world.newName('i'), step.a % 2, kind, image.head);
  world.run(createImage(world.io(model.place), model.name, step.b % MOST_BYTES, kind));
  let from = '';
  for (const snap of [...image.snaps.map(({ name }) => `@${name}`), '']) {
    world.machine.must(`rbd export-diff ${from} ${specOf(image)}${snap} f --no-progress`);
    world.machine.must(`rbd import-diff f ${specOf(model)} --no-progress && rm f`);
    from = `--from-snap ${snap.slice(1)}`;
  }
  world.images.push({ ...model, snaps: image.snaps.map(withoutTies) });
}

function withoutTies({ name, content }: ModelSnap): ModelSnap {
  return { name, content, isProtected: false, isLinked: false };
}

/** The same shape and features, without a pool for data. */
function besideHeader({ features, kind: { format, order, stripeUnit, stripeCount } }: ModelImage): Kind {
  return { format, features, order, stripeUnit, stripeCount };
}

export function specOf({ place, name }: ModelImage): string {
  const { pool, nspace } = PLACES[place] ?? PLACES[0];
  return nspace === '' ? `${pool}/${name}` : `${pool}/${nspace}/${name}`;
}
