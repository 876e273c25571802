import { EXIT_NOT_YET, hasOption, type ParsedArgs } from '../command.ts';
import { RbdError } from './rbd-error.ts';

/** Options that unlock an encrypted image say that this is not there yet. */
export function refuseEncryption(args: ParsedArgs): void {
  for (const name of ['encryption-format', 'encryption-passphrase-file']) {
    if (hasOption(args, name)) throw new RbdError(`option '--${name}' is not there yet in Radoscope`, EXIT_NOT_YET);
  }
}
