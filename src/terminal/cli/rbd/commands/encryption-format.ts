import { ERRNO } from '../../../../engine/base/errno.ts';
import { type CipherAlg, type FormatName, formatImage } from '../../../../engine/librbd/crypto/format-image.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { readPassphrase } from '../encryption.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';
import { invalid } from '../values.ts';

export const encryptionFormat = rbdCommand(
  {
    words: ['encryption', 'format'],
    summary: 'Write a LUKS header into an image: all that is written from then on is encrypted.',
    description:
      'What the image holds is lost. Of a clone, the parent keeps its own encryption, and shows through decrypted. ' +
      'Key derivation costs as little as cryptsetup accepts, so that a page can wait for it: use it for nothing secret.',
    positionals: [
      IMAGE_SPEC,
      { name: 'format', type: 'enum:luks1|luks2', summary: 'Version of LUKS', optional: true },
      { name: 'passphrase-file', type: 'file', summary: 'File that is the passphrase', optional: true },
    ],
    options: [
      ...FOR_IMAGE,
      { long: 'cipher-alg', type: 'enum:aes-128|aes-256', summary: 'Cipher: AES with 128 or 256 bits (256)' },
    ],
  },
  function* (run) {
    const cipher = cipherOf(run);
    const spec = run.specs.image();
    const format = run.specs.nextPositional() ?? '';
    if (format === '') throw new RbdError('must specify format.', ERRNO.EINVAL);
    const path = run.specs.nextPositional() ?? '';
    if (path === '') throw new RbdError('must specify passphrase-file.', ERRNO.EINVAL);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, {}, function* (image) {
      const passphrase = yield* readPassphrase(run.process, path);
      yield* orFail('encryption format error', formatImage(image, formatOf(format), passphrase, cipher));
    });
  },
);

function cipherOf({ args }: RbdRun): CipherAlg {
  const text = optionValue(args, 'cipher-alg') ?? 'aes-256';
  return text === 'aes-128' || text === 'aes-256' ? text : invalid('cipher-alg');
}

function formatOf(text: string): FormatName {
  if (text === 'luks1' || text === 'luks2') return text;
  throw new RbdError('unsupported encryption format', ERRNO.EOPNOTSUPP);
}
