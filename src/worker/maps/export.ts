import { utf8Encode } from '../../engine/base/utf8.ts';
import { decompileCrushMap } from '../../engine/crush/decompile.ts';
import { encodeCrushMap } from '../../engine/crush/encode.ts';
import { encodeOsdMap } from '../../engine/osdmap/encode.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import type { MapEdit, MapExport, MapFile } from '../../protocol/maps.ts';

/** An edit that was made, with the map on both sides of it. */
export interface DoneEdit {
  readonly edit: MapEdit;
  /** Lines of a shell that make it on a real cluster. */
  readonly script: readonly string[];
  readonly before: OsdMap;
  readonly after: OsdMap;
}

/** A file for the user. Maps are written byte for byte as they were read, edits aside. */
export function exported(what: MapExport, brought: OsdMap, map: OsdMap, edits: readonly DoneEdit[]): MapFile {
  if (what === 'osdmap') return { name: `osdmap.${map.epoch}`, bytes: encodeOsdMap(map) };
  if (what === 'crushmap') return { name: 'crushmap', bytes: encodeCrushMap(map.crush) };
  if (what === 'crushmap-text') return { name: 'crushmap.txt', bytes: utf8Encode(decompileCrushMap(map.crush)) };
  return { name: 'changes.sh', bytes: utf8Encode(scriptOf(brought, edits)) };
}

function scriptOf(brought: OsdMap, edits: readonly DoneEdit[]): string {
  const head = [
    '#!/bin/bash',
    `# Changes to the cluster ${brought.fsid}, tried on its OSD map of epoch ${brought.epoch}.`,
    '# Look at each line, and at the cluster, before running it.',
    'set -e',
  ];
  const parts = edits.map(({ edit, script }, at) => [
    '',
    `# ${at + 1} of ${edits.length}${edit.kind === 'add-host' ? `: ${edit.line.replace(/^# /, '')}` : ''}`,
    ...script,
  ]);
  return `${[...head, ...parts.flat()].join('\n')}\n`;
}
