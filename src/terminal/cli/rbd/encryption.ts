import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type EncryptionSpec, loadEncryption } from '../../../engine/librbd/crypto/load-crypto.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import type { Process } from '../../process.ts';
import { openSource } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';
import { invalid } from './values.ts';

/** Longer files are no passphrases: cryptsetup reads 8 MiB of a key file at most. */
const MOST_PASSPHRASE_BYTES = 8 * 1024 * 1024;

/** A format by its name; undefined for another. */
export function formatNamed(text: string): EncryptionSpec['format'] | undefined {
  return text === 'luks' || text === 'luks1' || text === 'luks2' ? text : undefined;
}

/**
 * What `--encryption-format` and `--encryption-passphrase-file` say: one of each for the image and each of its ancestors. Without
 * formats all are `luks`.
 *
 * @ceph src/tools/rbd/Utils.cc get_encryption_options — exact
 */
export function* encryptionSpecs(run: RbdRun): Task<EncryptionSpec[]> {
  const files = run.args.options.get('encryption-passphrase-file') ?? [];
  const typed = run.args.options.get('encryption-format');
  const formats = typed?.map((text) => formatNamed(text) ?? invalid('encryption-format'));
  if (formats !== undefined && formats.length !== files.length) {
    throw new RbdError('encryption formats count does not match passphrase files count', ERRNO.EINVAL);
  }
  const specs: EncryptionSpec[] = [];
  for (const [index, path] of files.entries()) {
    const passphrase = yield* readPassphrase(run.process, path);
    specs.push({ format: formats?.[index] ?? 'luks', passphrase });
  }
  return specs;
}

/** The passphrase is the whole file, with its newline where it ends with one. */
export function* readPassphrase(process: Process, path: string, tool = 'rbd: '): Task<Uint8Array> {
  try {
    return bytesOfData(yield* openSource(process, path === '-' ? './-' : path).read(MOST_PASSPHRASE_BYTES));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = cppStrerror(error.errno);
    throw new RbdError(`unable to open passphrase file '${path}': ${reason}`, error.errno, tool);
  }
}

/** Unlocks an open image where specs were given. */
export function* unlockImage(image: ImageCtx, specs: readonly EncryptionSpec[]): Task<void> {
  if (specs.length === 0) return;
  try {
    yield* loadEncryption(image, specs);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new RbdError(`encryption load failed: ${cppStrerror(error.errno)}`, error.errno);
  }
}
