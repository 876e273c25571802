import { ERRNO } from '../../../../engine/base/errno.ts';
import { mirrorMode, setMirrorMode } from '../../../../engine/librbd/mirror/pool-mode.ts';
import { EXIT_NOT_YET, optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { MIRROR_MODE } from '../mirror-options.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

export const mirrorPoolEnable = rbdCommand(
  {
    words: ['mirror', 'pool', 'enable'],
    summary: 'Mirror a pool.',
    description: 'In mode image each image is asked for; in mode pool all images with journals are mirrored.',
    positionals: [POOL_SPEC, MIRROR_MODE],
    options: [
      ...IN_POOL,
      { long: 'site-name', type: 'string', summary: 'Name of this cluster: not there yet' },
      { long: 'remote-namespace', type: 'namespace', summary: 'Namespace at the peer: not there yet' },
    ],
  },
  function* (run) {
    const { pool, nspace } = run.specs.pool({ validate: true });
    const mode = run.specs.nextPositional();
    if (mode !== 'image' && mode !== 'pool') throw new RbdError('mirror mode was not specified', ERRNO.EINVAL);
    for (const name of ['site-name', 'remote-namespace']) {
      if (optionValue(run.args, name) === undefined) continue;
      throw new RbdError(`option '--${name}' is not there yet in Radoscope`, EXIT_NOT_YET);
    }
    const io = yield* run.open({ pool, nspace });
    const before = yield* run.silently(mirrorMode(io));
    if (before === mode) {
      yield* run.print(`rbd: mirroring is already configured for ${mode} mode\n`);
      return;
    }
    if (before !== 'disabled') yield* run.print(`note: changing mirroring mode from ${before} to ${mode}\n`);
    yield* run.silently(setMirrorMode(io, mode));
  },
);
