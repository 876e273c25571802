import type { ModelImage } from './model.ts';
import { check } from './ops/check.ts';
import { clone } from './ops/clone.ts';
import { compareAndWrite } from './ops/compare-and-write.ts';
import { copy } from './ops/copy.ts';
import { create } from './ops/create.ts';
import { deepCopy } from './ops/deep-copy.ts';
import { diff } from './ops/diff.ts';
import { discard } from './ops/discard.ts';
import { diffChain, exportBytes, exportImport } from './ops/export.ts';
import { features } from './ops/features.ts';
import { flatten } from './ops/flatten.ts';
import { read } from './ops/read.ts';
import { remove } from './ops/remove.ts';
import { rename } from './ops/rename.ts';
import { reopen } from './ops/reopen.ts';
import { resize } from './ops/resize.ts';
import { rollback, snapCreate, snapProtect, snapRemove } from './ops/snaps.ts';
import { sparsify } from './ops/sparsify.ts';
import { write, writeObject } from './ops/write.ts';
import { writeSame } from './ops/write-same.ts';
import { writeZeroes } from './ops/write-zeroes.ts';
import type { Step, World } from './world.ts';

type Exercise = (world: World, image: ModelImage, step: Step) => void;

/** What is done, and how often in comparison. */
export const OPS: Readonly<Record<string, readonly [weight: number, run: Exercise]>> = {
  write: [220, write],
  'write-object': [60, writeObject],
  read: [140, read],
  discard: [70, discard],
  'write-zeroes': [60, writeZeroes],
  'write-same': [40, writeSame],
  'compare-and-write': [40, compareAndWrite],
  resize: [40, resize],
  'snap-create': [70, snapCreate],
  'snap-remove': [35, snapRemove],
  'snap-protect': [15, snapProtect],
  rollback: [35, rollback],
  create: [15, create],
  clone: [45, clone],
  flatten: [25, flatten],
  copy: [6, copy],
  'deep-copy': [12, deepCopy],
  reopen: [25, reopen],
  remove: [20, remove],
  rename: [5, rename],
  sparsify: [8, sparsify],
  features: [10, features],
  check: [25, check],
  diff: [25, diff],
  export: [2, exportBytes],
  'export-import': [2, exportImport],
  'diff-chain': [2, diffChain],
};

/** The operations' names, each as often as its weight says. */
export const OP_NAMES: readonly string[] = Object.entries(OPS).flatMap(([name, [weight]]) =>
  Array.from({ length: weight }, () => name),
);
