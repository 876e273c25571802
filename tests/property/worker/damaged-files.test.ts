import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../helpers/property-runs.ts';
import { caseFile, newRoom } from '../../unit/worker/maps/room-kit.ts';

const FILES = [
  ...['mixed-algs', 'choose-args', 'classes', 'tree-argonaut'].map((name) => caseFile(name, 'crushmap.bin')),
  ...['temps', 'choose-args'].map((name) => caseFile(name, 'osdmap.bin')),
  caseFile('classes', 'crush.txt'),
];

test('a damaged file opens, or is refused in words; the room that opens can be asked', async () => {
  const change = fc.tuple(fc.nat(), fc.nat(255));
  const damaged = fc.record({
    file: fc.constantFrom(...FILES),
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    cut: fc.option(fc.nat()),
  });
  await fc.assert(
    fc.asyncProperty(damaged, async ({ file, changes, cut }) => {
      const bytes = file.bytes.slice(0, cut === null ? undefined : cut % file.bytes.length);
      for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
      const room = newRoom();
      const result = await room.open([{ name: 'damaged', bytes }]);
      if (!result.ok) {
        expect(result.error.file).toBe('damaged');
        expect(result.error.message).not.toBe('');
        return;
      }
      for (const { id } of result.room.pools) {
        const why = await room.whyHere(`${id}.0`, 'after');
        expect(why?.steps.findLast(({ text }) => text === 'step emit')?.out ?? []).toEqual(why?.raw);
      }
      const tree = await room.run('ceph osd tree');
      expect(tree.exitCode).toBe(0);
    }),
    propertyRuns(60),
  );
});
