import { bytesOfData } from '../../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { utf8Decode } from '../../../../engine/base/utf8.ts';
import { optionValue } from '../../command.ts';
import { openSource } from '../byte-source.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { checkDirection, DIRECTION, POOL_NAME, SITE_NAME } from '../mirror-options.ts';
import { setSiteName } from '../mirror-site.ts';
import { importToken } from '../mirror-token.ts';
import { POOL } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

const MOST_BYTES = 1023;

export const mirrorPoolPeerBootstrapImport = rbdCommand(
  {
    words: ['mirror', 'pool', 'peer', 'bootstrap', 'import'],
    summary: 'Take a token of the other cluster.',
    description: 'There is no other cluster here: its monitors are not reached, and an own token is refused.',
    positionals: [
      POOL_NAME,
      { name: 'token-path', type: 'file', summary: 'A file, or - for the standard input', optional: true },
    ],
    options: [
      POOL,
      SITE_NAME,
      { long: 'token-path', type: 'file', summary: 'The file, or - for the standard input' },
      DIRECTION,
    ],
  },
  function* (run) {
    checkDirection(run.args);
    const { pool, nspace } = run.specs.pool({ validate: true, nspace: false });
    const path = optionValue(run.args, 'token-path') ?? run.specs.nextPositional() ?? '';
    if (path === '') throw new RbdError('token path was not specified', ERRNO.EINVAL);
    const token = yield* readToken(run, path);
    yield* run.open({ pool, nspace });
    const name = optionValue(run.args, 'site-name');
    if (name !== undefined) setSiteName(run, name);
    yield* orFail('failed to import peer bootstrap token', importToken(token));
  },
);

function* readToken(run: RbdRun, path: string): Task<string> {
  try {
    const data = yield* openSource(run.process, path).read(MOST_BYTES);
    return utf8Decode(bytesOfData(data, 0, data.length));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(`error opening ${path}: ${cppStrerror(error.errno)}`, error.errno);
  }
}
