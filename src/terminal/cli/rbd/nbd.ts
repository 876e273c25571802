import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type EncryptionSpec, loadEncryption } from '../../../engine/librbd/crypto/load-crypto.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import { optionValue } from '../command.ts';
import type { RbdRun } from './command.ts';
import { formatNamed, readPassphrase } from './encryption.ts';
import type { ImageSpec } from './image-spec.ts';
import { RbdError } from './rbd-error.ts';

const NBD = 'rbd-nbd: ';
const FAILED = 'rbd: rbd-nbd failed with error: /usr/bin/rbd-nbd: exit status: 1';

/** Options of rbd-nbd that change nothing here: who else writes, timeouts, the kernel's module. */
const IDLE_OPTIONS: ReadonlySet<string> = new Set([
  'device',
  'exclusive',
  'notrim',
  'io-timeout',
  'max_part',
  'nbds_max',
  'quiesce',
  'quiesce-hook',
  'reattach-timeout',
  'show-cookie',
  'cookie',
  'try-netlink',
]);

interface NbdOptions {
  readonly readOnly: boolean;
  readonly specs: readonly EncryptionSpec[];
}

/** `rbd device map -t nbd`: prints the device. @ceph src/tools/rbd/action/Nbd.cc, src/tools/rbd_nbd/rbd-nbd.cc do_map — exact in texts */
export function* mapNbd(run: RbdRun, { pool, nspace, image, snap }: ImageSpec): Task<void> {
  const { readOnly, specs } = yield* nbdOptions(run);
  const name = { pool: pool || run.defaultPool, nspace, image, snap: snap === '' ? null : snap };
  const prepare = function* (handle: ImageCtx): Task<void> {
    yield* unlock(handle, specs);
  };
  try {
    const device = yield* run.process.devices.map(name, { readOnly, type: 'nbd', prepare });
    yield* run.print(`${device}\n`);
  } catch (error) {
    // The real one has gone to the background by then: its words do not reach the terminal.
    if (error instanceof CephError) throw new RbdError(FAILED, ERRNO.EINVAL, '');
    throw error;
  }
}

function* unlock(image: ImageCtx, specs: readonly EncryptionSpec[]): Task<void> {
  if (specs.length === 0) return;
  try {
    yield* loadEncryption(image, specs);
  } catch (error) {
    if (error instanceof CephError) failed(`failed to load encryption: ${cppStrerror(error.errno)}`);
    throw error;
  }
}

function* nbdOptions(run: RbdRun): Task<NbdOptions> {
  const typed = (optionValue(run.args, 'options') ?? '').split(',').filter((text) => text !== '');
  const pairs = typed.map((text) => {
    const [name = '', ...value] = text.split('=');
    return { name, value: value.join('=') };
  });
  const of = (name: string): string[] => pairs.filter((pair) => pair.name === name).map(({ value }) => value);
  const known = ({ name }: { readonly name: string }): boolean =>
    IDLE_OPTIONS.has(name) || name.startsWith('encryption-') || name === 'read-only';
  const unknown = pairs.find((pair) => !known(pair));
  if (unknown !== undefined) failed(`unknown args: --${unknown.name}`);
  const readOnly = run.has('read-only') || of('read-only').length > 0;
  return { readOnly, specs: yield* nbdSpecs(run, of('encryption-format'), of('encryption-passphrase-file')) };
}

function* nbdSpecs(run: RbdRun, formats: readonly string[], files: readonly string[]): Task<EncryptionSpec[]> {
  const named = formats.map((text) => formatNamed(text) ?? failed('Invalid encryption format'));
  if (named.length > 0 && named.length !== files.length) {
    failed('Encryption formats count does not match passphrase files count');
  }
  const specs: EncryptionSpec[] = [];
  for (const [index, path] of files.entries()) {
    specs.push({ format: named[index] ?? 'luks', passphrase: yield* passphraseOf(run, path) });
  }
  return specs;
}

function* passphraseOf(run: RbdRun, path: string): Task<Uint8Array> {
  try {
    return yield* readPassphrase(run.process, path, '');
  } catch (error) {
    if (error instanceof RbdError) failed(error.message);
    throw error;
  }
}

/** What rbd-nbd says, and what rbd says of it. */
export function failed(message: string): never {
  throw new RbdError(`${NBD}${message}\n${FAILED}`, ERRNO.EINVAL, '');
}
