import type { Profile } from '../../../engine/base/era.ts';
import type { Cluster } from '../../../engine/cluster/cluster.ts';
import { cephHexdump } from './hexdump.ts';
import { oldHexdump } from './old-hexdump.ts';
import { oldByteText } from './old-size-text.ts';
import { byteText } from './size-text.ts';
import type { TableStyle } from './text-table.ts';

/** What the tools of a cluster's time print differently. */
export interface EraText {
  /** True for tools of 20.2; those before tell less here and there. */
  readonly today: boolean;
  /** True for tools of Firefly, whose lists have fewer columns and lines. */
  readonly old: boolean;
  bytes(bytes: number): string;
  hexdump(bytes: Uint8Array): string;
  /** `value (8 bytes) :`, before a dump. */
  valueHead(what: string, bytes: number): string;
  /** The same of a key that is not all printable. */
  keyHead(bytes: number): string;
  readonly table: TableStyle;
}

const TODAY: EraText = {
  today: true,
  old: false,
  bytes: byteText,
  hexdump: cephHexdump,
  valueHead: (what, bytes) => `${what} (${bytes} bytes) :`,
  keyHead: (bytes) => `key (${bytes} bytes):`,
  table: {},
};

const PACIFIC: EraText = { ...TODAY, today: false };

const FIREFLY: EraText = {
  today: false,
  old: true,
  bytes: oldByteText,
  hexdump: oldHexdump,
  valueHead: (what, bytes) => `${what}: (${bytes} bytes) :`,
  keyHead: (bytes) => `key: (${bytes} bytes):`,
  table: { separator: ' ' },
};

const TEXTS: Readonly<Record<Profile, EraText>> = { tentacle: TODAY, pacific: PACIFIC, classic: FIREFLY };

export function eraText(cluster: Cluster): EraText {
  return TEXTS[cluster.context.era.profile];
}
