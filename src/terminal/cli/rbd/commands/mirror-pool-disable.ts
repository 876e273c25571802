import { mirrorMode, setMirrorMode } from '../../../../engine/librbd/mirror/pool-mode.ts';
import { rbdCommand } from '../command.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';

export const mirrorPoolDisable = rbdCommand(
  {
    words: ['mirror', 'pool', 'disable'],
    summary: 'Mirror a pool no more.',
    positionals: [POOL_SPEC],
    options: IN_POOL,
  },
  function* (run) {
    const io = yield* run.openPoolSpec({ validate: true });
    if ((yield* run.silently(mirrorMode(io))) === 'disabled') {
      yield* run.print('rbd: mirroring is already disabled\n');
      return;
    }
    yield* run.silently(setMirrorMode(io, 'disabled'));
  },
);
