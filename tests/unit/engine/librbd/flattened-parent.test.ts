import { expect, it } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import { FEATURES_DEFAULT } from '../../../../src/engine/librbd/features.ts';
import { readImage, writeImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { openImage } from '../../../../src/engine/librbd/open.ts';
import { cloneImage } from '../../../../src/engine/librbd/operation/clone.ts';
import { createImage } from '../../../../src/engine/librbd/operation/create.ts';
import { flattenImage } from '../../../../src/engine/librbd/operation/flatten.ts';
import { initPool } from '../../../../src/engine/librbd/operation/pool-init.ts';
import { createSnap } from '../../../../src/engine/librbd/operation/snap-create.ts';
import { removeSnap } from '../../../../src/engine/librbd/operation/snap-remove.ts';
import { smallCluster } from '../../../helpers/cluster.ts';

const KIND = { features: FEATURES_DEFAULT, order: 12 };
const CLONE = { ...KIND, stripeUnit: 0, stripeCount: 0, cloneFormat: 2 } as const;

it('a child that is open reads its parent rightly when that was flattened, and the grandparent’s snapshot is gone', () => {
  const cluster = smallCluster();
  const run = cluster.run.bind(cluster);
  run(initPool(cluster.connect().ioCtx('p')));
  const [io, other] = [cluster.connect().ioCtx('p'), cluster.connect().ioCtx('p')];
  run(createImage(io, 'top', 4096, KIND));
  const top = run(openImage(io, { name: 'top' }));
  run(writeImage(top, 0, fillData(4096, 7)));
  run(createSnap(top, 's'));
  run(cloneImage({ io, imageName: 'top', snapName: 's' }, other, 'middle', CLONE));
  const middle = run(openImage(io, { name: 'middle' }));
  run(createSnap(middle, 't'));
  run(cloneImage({ io, imageName: 'middle', snapName: 't' }, other, 'low', CLONE));
  const low = run(openImage(other, { name: 'low' }));
  run(readImage(low, 0, 4096));
  run(flattenImage(middle));
  run(removeSnap(top, 's'));
  run(writeImage(top, 0, fillData(4096, 9)));
  expect([...new Set(bytesOfData(run(readImage(low, 0, 4096)), 0, 4096))]).toEqual([7]);
});
