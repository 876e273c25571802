import { CephError } from '../base/errno.ts';
import { type Decoder, encode } from './denc.ts';
import { TRASH_SOURCES, TRASH_STATES, type TrashImageSpec } from './rbd-types.ts';
import { showTime } from './show.ts';

/**
 * A value of `rbd_trash`, under `id_ID`.
 * @ceph src/cls/rbd/cls_rbd_types.cc TrashImageSpec::encode — exact, version 2
 */
export function encodeTrashSpec(spec: TrashImageSpec): Uint8Array {
  return encode((encoder) =>
    encoder.struct(2, 1, (e) =>
      e
        .u8(TRASH_SOURCES.indexOf(spec.source))
        .string(spec.name)
        .utime(spec.deletion_us)
        .utime(spec.defermentEnd_us)
        .u8(TRASH_STATES.indexOf(spec.state)),
    ),
  );
}

export function decodeTrashSpec(decoder: Decoder): TrashImageSpec {
  return decoder.struct(2, (d, version) => ({
    source: d.field('source', (f) => oneOf(TRASH_SOURCES, f.u8(), 'trash source')),
    name: d.field('name', (f) => f.string()),
    deletion_us: d.field('deletion_time', (f) => f.utime(), showTime),
    defermentEnd_us: d.field('deferment_end_time', (f) => f.utime(), showTime),
    state: version >= 2 ? d.field('state', (f) => oneOf(TRASH_STATES, f.u8(), 'trash state')) : 'normal',
  }));
}

function oneOf<T>(values: readonly T[], code: number, what: string): T {
  const value = values[code];
  if (value === undefined) throw new CephError('EINVAL', `${what} ${code}`);
  return value;
}
