import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { FEATURE } from '../../../../engine/codec/rbd-types.ts';
import { bitNames, FEATURE_NAMES, FLAG_NAMES, OP_FEATURE_NAMES } from '../../../../engine/librbd/features.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { type MirrorImageInfo, mirrorImageInfo } from '../../../../engine/librbd/mirror/image-info.ts';
import { groupOfImage, groupText } from '../../../../engine/librbd/operation/image-group.ts';
import { describeParent, type ParentDescription } from '../../../../engine/librbd/operation/parent-info.ts';
import { getSnapLimit } from '../../../../engine/librbd/operation/snap-limit.ts';
import { optionValue } from '../../command.ts';
import { ctimeText } from '../../format/dates.ts';
import { type EraText, eraText } from '../../format/era-text.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, FORMATS, IMAGE_ID, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { parentSpecText } from './list.ts';

interface Facts {
  readonly image: ImageCtx;
  readonly parent: ParentDescription | null;
  readonly dataPool: string | null;
  readonly snapLimit: number | null;
  readonly snapshotCount: number;
  /** `pool/group`. */
  readonly group: string | null;
  readonly mirror: MirrorImageInfo | null;
}

export const info = rbdCommand(
  {
    words: ['info'],
    summary: 'Tell size, objects, features and parent of an image.',
    positionals: [IMAGE_OR_SNAP_SPEC],
    options: [...FOR_SNAP, IMAGE_ID, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const id = optionValue(run.args, 'image-id');
    const { io, spec } = yield* run.openSpec({ snap: 'permitted', imageRequired: id === undefined });
    if (id !== undefined && spec.image !== '')
      throw new RbdError('trying to access image using both name and id. ', ERRNO.EINVAL);
    const snapName = spec.snap === '' ? {} : { snapName: spec.snap };
    const target = id === undefined ? { name: spec.image } : { id };
    yield* onImage(io, target, { readOnly: true, skipParent: true, ...snapName }, function* (image) {
      const facts = yield* factsOf(image);
      yield* run.print(
        format === null ? plainText(facts, eraText(run.process.cluster)) : formattedText(factsNode(facts), format),
      );
    });
  },
);

function* factsOf(image: ImageCtx): Task<Facts> {
  const { header } = image;
  const dataPool = header.dataPoolId === image.io.poolId ? null : image.io.rados.findPool(header.dataPoolId)?.name;
  return {
    image,
    parent: yield* describeParent(image),
    dataPool: dataPool ?? null,
    snapLimit: yield* snapLimitOf(image),
    group: yield* groupTextOf(image),
    mirror: image.oldFormat ? null : yield* mirrorImageInfo(image),
    snapshotCount: header.snaps.filter(({ namespace: { type } }) => type === 'user' || type === 'mirror').length,
  };
}

function* groupTextOf(image: ImageCtx): Task<string | null> {
  const group = yield* groupOfImage(image);
  return group === null ? null : groupText(group);
}

function* snapLimitOf(image: ImageCtx): Task<number | null> {
  try {
    return yield* getSnapLimit(image);
  } catch (error) {
    if (error instanceof CephError) return null;
    throw error;
  }
}

function isStriped({ header }: ImageCtx): boolean {
  return (header.features & FEATURE.STRIPINGV2) !== 0;
}

function plainText(facts: Facts, text: EraText): string {
  const lines = text.old
    ? oldLines(facts, text)
    : facts.image.oldFormat
      ? linesOfFormat1(facts, text)
      : linesOf(facts, text);
  return `rbd image '${facts.image.name}':\n${lines.map((line) => `\t${line}\n`).join('')}`;
}

/** @ceph src/rbd.cc do_show_info — as in 0.80 */
function oldLines({ image, parent }: Facts, text: EraText): string[] {
  const { header, oldFormat } = image;
  return [
    ...sizeLines(image, text),
    `block_name_prefix: ${header.objectPrefix}`,
    `format: ${oldFormat ? 1 : 2}`,
    ...(oldFormat ? [] : [`features: ${bitNames(header.features, FEATURE_NAMES).join(', ')}`]),
    ...protectedLine(image),
    ...(parent === null ? [] : parentLines(parent, text)),
    ...stripingLines(image, text),
  ];
}

function linesOfFormat1({ image, snapshotCount, snapLimit }: Facts, text: EraText): string[] {
  return [
    ...sizeLines(image, text),
    `snapshot_count: ${snapshotCount}`,
    `block_name_prefix: ${image.header.objectPrefix}`,
    'format: 1',
    ...protectedLine(image),
    ...(snapLimit === null ? [] : [`snapshot_limit: ${snapLimit}`]),
  ];
}

function sizeLines(image: ImageCtx, text: EraText): string[] {
  return [
    `size ${text.bytes(image.size)} in ${Math.ceil(image.size / image.objectSize)} objects`,
    `order ${image.header.order} (${text.bytes(image.objectSize)} objects)`,
  ];
}

function protectedLine({ snap }: ImageCtx): string[] {
  return snap === undefined ? [] : [`protected: ${snap.protection === 'protected' ? 'True' : 'False'}`];
}

function stripingLines(image: ImageCtx, text: EraText): string[] {
  if (!isStriped(image)) return [];
  return [`stripe unit: ${text.bytes(image.header.stripeUnit)}`, `stripe count: ${image.header.stripeCount}`];
}

/** @ceph src/tools/rbd/action/Info.cc do_show_info — exact for format 2, without mirroring */
function linesOf({ image, parent, dataPool, snapLimit, snapshotCount, group, mirror }: Facts, text: EraText): string[] {
  const { header } = image;
  return [
    ...sizeLines(image, text),
    `snapshot_count: ${snapshotCount}`,
    `id: ${image.id}`,
    ...(dataPool === null ? [] : [`data_pool: ${dataPool}`]),
    `block_name_prefix: ${header.objectPrefix}`,
    'format: 2',
    `features: ${bitNames(header.features, FEATURE_NAMES).join(', ')}`,
    `op_features: ${bitNames(header.opFeatures, OP_FEATURE_NAMES).join(', ')}`,
    `flags: ${bitNames(header.flags, FLAG_NAMES).join(', ')}`,
    ...(group === null ? [] : [`group: ${group}`]),
    `create_timestamp: ${ctimeText(header.created_us)}`,
    `access_timestamp: ${ctimeText(header.accessed_us)}`,
    `modify_timestamp: ${ctimeText(header.modified_us)}`,
    ...protectedLine(image),
    ...(snapLimit === null ? [] : [`snapshot_limit: ${snapLimit}`]),
    ...(parent === null ? [] : parentLines(parent, text)),
    ...stripingLines(image, text),
    ...((header.features & FEATURE.JOURNALING) === 0 ? [] : [`journal: ${image.id}`]),
    ...mirrorLines(image, mirror),
  ];
}

/** @ceph src/tools/rbd/action/Info.cc do_show_info — exact for mirroring by snapshots */
function mirrorLines(image: ImageCtx, mirror: MirrorImageInfo | null): string[] {
  if (mirror === null) return image.has(FEATURE.JOURNALING) ? ['mirroring state: disabled'] : [];
  return [
    `mirroring state: ${mirror.state}`,
    `mirroring mode: ${mirror.mode}`,
    `mirroring global id: ${mirror.globalId}`,
    `mirroring primary: ${mirror.primary}`,
  ];
}

function parentLines(parent: ParentDescription, text: EraText): string[] {
  const trash = parent.trash ? ` (trash ${parent.imageId})` : '';
  return [`parent: ${parentSpecText(parent)}${trash}`, `overlap: ${text.bytes(parent.overlap)}`];
}

function factsNode({ image, parent, dataPool, snapLimit, snapshotCount, group, mirror }: Facts): FormatNode {
  const { header } = image;
  const names = (name: string, item: string, values: readonly string[]) =>
    arrayNode(
      name,
      values.map((value) => valueNode(item, value)),
    );
  const before = nodeOf('image', {
    name: image.name,
    id: image.id,
    size: image.size,
    objects: Math.ceil(image.size / image.objectSize),
    order: header.order,
    object_size: image.objectSize,
    snapshot_count: snapshotCount,
    data_pool: dataPool ?? undefined,
    block_name_prefix: header.objectPrefix,
    format: image.oldFormat ? 1 : 2,
  });
  const after = nodeOf('image', {
    group: group ?? undefined,
    create_timestamp: ctimeText(header.created_us),
    access_timestamp: ctimeText(header.accessed_us),
    modify_timestamp: ctimeText(header.modified_us),
    protected: protectedWord(image),
    snapshot_limit: snapLimit ?? undefined,
    parent:
      parent === null
        ? undefined
        : {
            pool: parent.poolName,
            pool_namespace: parent.nspace,
            image: parent.imageName,
            id: parent.imageId,
            snapshot: parent.snapName,
            trash: parent.trash,
            overlap: parent.overlap,
          },
    stripe_unit: isStriped(image) ? header.stripeUnit : undefined,
    stripe_count: isStriped(image) ? header.stripeCount : undefined,
    journal: image.has(FEATURE.JOURNALING) ? image.id : undefined,
    mirroring:
      mirror === null
        ? undefined
        : { mode: mirror.mode, state: mirror.state, global_id: mirror.globalId, primary: mirror.primary },
  });
  if (image.oldFormat) {
    const oldAfter = nodeOf('image', { protected: protectedWord(image), snapshot_limit: snapLimit ?? undefined });
    return objectNode('image', [...childrenOf(before), ...childrenOf(oldAfter)]);
  }
  return objectNode('image', [
    ...childrenOf(before),
    names('features', 'feature', bitNames(header.features, FEATURE_NAMES)),
    names('op_features', 'op_feature', bitNames(header.opFeatures, OP_FEATURE_NAMES)),
    names('flags', 'flag', bitNames(header.flags, FLAG_NAMES)),
    ...childrenOf(after),
  ]);
}

function protectedWord({ snap }: ImageCtx): string | undefined {
  return snap === undefined ? undefined : snap.protection === 'protected' ? 'true' : 'false';
}

function childrenOf(node: FormatNode): readonly FormatNode[] {
  return node.kind === 'value' ? [] : node.children;
}
