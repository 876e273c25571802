import type { Explanations } from '../explain.ts';
import { cephZh } from './ceph.ts';
import { cephOsdZh } from './ceph-osd.ts';
import { configZh } from './config.ts';
import { mapToolsZh } from './map-tools.ts';
import { radosZh } from './rados.ts';
import { rbdZh } from './rbd.ts';
import { shellZh } from './shell.ts';

/** Chinese for all that is said of commands, their arguments and options, by its English. */
export const explanationsZh: Explanations = {
  ...cephZh,
  ...cephOsdZh,
  ...radosZh,
  ...rbdZh,
  ...mapToolsZh,
  ...shellZh,
  ...configZh,
};
