import { loadPlugins } from '../engine/cluster/load-plugins.ts';
import { ceph } from './cli/ceph/ceph.ts';
import { cephCommands } from './cli/ceph/commands.ts';
import type { CommandRecord } from './cli/command.ts';
import { crushtoolCommands } from './cli/crushtool/commands.ts';
import { crushtool } from './cli/crushtool/crushtool.ts';
import { objectstoreTool } from './cli/objectstore-tool/objectstore-tool.ts';
import { osdmaptoolCommands } from './cli/osdmaptool/commands.ts';
import { osdmaptool } from './cli/osdmaptool/osdmaptool.ts';
import { radosCommands } from './cli/rados/commands.ts';
import { rados } from './cli/rados/rados.ts';
import { rbdCommands } from './cli/rbd/commands.ts';
import { rbd } from './cli/rbd/rbd.ts';
import type { Program } from './process.ts';
import { allPrograms } from './shell/programs/base-programs.ts';

/** Every command of Ceph's tools that is there: help, completion and the table of what is there are made from it. */
export const commandRecords: readonly CommandRecord[] = [
  ...cephCommands,
  ...radosCommands,
  ...rbdCommands,
  ...crushtoolCommands,
  ...osdmaptoolCommands,
];

const PROGRAMS = allPrograms(
  new Map<string, Program>([
    ['ceph', ceph],
    ['ceph-objectstore-tool', objectstoreTool],
    ['crushtool', crushtool],
    ['osdmaptool', osdmaptool],
    ['rados', rados],
    ['rbd', rbd],
  ]),
  commandRecords,
);

/** The programs of the simulated machine, by name. Whoever has them can reach OSDs, which load their plugins for that. */
export function programs(): ReadonlyMap<string, Program> {
  loadPlugins();
  return PROGRAMS;
}
