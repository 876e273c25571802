import { expect, test } from 'vitest';
import type { TimedEvent } from '../../../../src/engine/base/events.ts';
import { byteStringOf, utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { pageEvent } from '../../../../src/worker/projection/page-event.ts';

function told(...keys: Uint8Array[]): readonly string[] {
  const place = { pool: 2, nspace: '', oid: 'rbd_children', pgid: '2.0', osds: [0, 1, 2] };
  const set = keys.map((key) => byteStringOf(key));
  const timed: TimedEvent = { at_us: 1, event: { ...place, type: 'rados/omap-changed', set, removed: set } };
  const { event } = pageEvent(timed);
  if (event.type !== 'rados/omap-changed') throw new Error(event.type);
  expect(event.removed).toEqual(event.set);
  return event.set;
}

test('keys that are text are told as text, in any script', () => {
  expect(told(utf8Encode('name_image1'), utf8Encode('name_镜像'))).toEqual(['name_image1', 'name_镜像']);
});

test('keys that are bytes are told in hex, the long ones shortened', () => {
  expect(told(Uint8Array.of(0, 255, 16))).toEqual(['0x00ff10']);
  expect(told(Uint8Array.from({ length: 30 }, (_, index) => index))).toEqual(['0x0001020304050607…']);
});
