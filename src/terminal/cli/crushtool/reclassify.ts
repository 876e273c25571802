import type { Task } from '../../../engine/base/task.ts';
import type { CrushMap } from '../../../engine/crush/crush-map.ts';
import { type BucketMatch, reclassify } from '../../../engine/crush/edit/reclassify.ts';
import type { Process } from '../../process.ts';
import type { Request } from './request.ts';
import { ToolError } from './tool-error.ts';

/** `--reclassify`: trees of old for each device type become one tree with classes. Says what it does. */
export function* reclassified(process: Process, request: Request, map: CrushMap): Task<CrushMap> {
  const roots = new Map(request.all('reclassifyRoot').map(({ values: [root = '', name = ''] }) => [root, name]));
  const matches = new Map(
    request
      .all('reclassifyBucket')
      .map(({ values: [match = '', className = '', parent = ''] }): [string, BucketMatch] => [
        match,
        { className, parent },
      ]),
  );
  const { map: changed, log } = reclassify(map, roots, matches);
  yield* process.stdout.write(log);
  if (changed === undefined) throw new ToolError('failed to reclassify map\n');
  return changed;
}
