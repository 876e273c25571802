import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const FILE = join(import.meta.dirname, '../../conformance/workunits.json');

const record = v.object({
  name: v.string(),
  passed: v.boolean(),
  commands: v.number(),
  at: v.optional(v.string()),
  said: v.optional(v.string()),
});

/** What came of a script of Ceph's own tests, or of one of its functions. */
type WorkunitRecord = v.InferOutput<typeof record>;
/** By the tool that they try. */
export type Workunits = Readonly<Record<string, readonly WorkunitRecord[]>>;

/** Why one that does not pass cannot, where that is known. */
const REASONS: Readonly<Record<string, string>> = {
  test_import_nbd_stream: 'imports from an NBD server: a page cannot open a connection to one, and rbd says so',
};

/** What the scripts in `tests/peer` have recorded; nothing where none has run. */
export function readWorkunits(): Workunits {
  return existsSync(FILE) ? v.parse(v.record(v.string(), v.array(record)), JSON.parse(readFileSync(FILE, 'utf8'))) : {};
}

/** A table by script, and what stopped those that did not pass. */
export function workunitLines(all: Workunits): string[] {
  const records = Object.values(all).flat();
  if (records.length === 0) return [];
  const scripts = new Map<string, WorkunitRecord[]>();
  for (const each of records) {
    const script = each.name.split(' ')[0] ?? each.name;
    scripts.set(script, [...(scripts.get(script) ?? []), each]);
  }
  const failed = records.filter(({ passed }) => !passed);
  return [
    '## Ceph’s own scripts',
    '',
    'Scripts of `qa/workunits` of Ceph’s source, unmodified, in a real bash through `radoscope serve`; those of functions',
    'go function by function. Programs that would reach a real cluster or mount a file system have stand-ins, in',
    '`tests/peer/stand-ins`. Recorded by the scripts in `tests/peer` with `--record`.',
    '',
    '| script | passed | of |',
    '| --- | ---: | ---: |',
    ...[...scripts].map(
      ([name, list]) => `| ${name} | ${list.filter(({ passed }) => passed).length} | ${list.length} |`,
    ),
    '',
    ...failed.map(failedLine),
    ...(failed.length > 0 ? [''] : []),
  ];
}

function failedLine({ name, commands, at = '', said = '' }: WorkunitRecord): string {
  const reason = Object.entries(REASONS).find(([part]) => name.includes(part))?.[1];
  const told = reason === undefined ? '' : ` (${reason})`;
  return `- ${name}${told}: after ${commands} commands, at ${code(at.replace(/^\++ /, ''))}: ${code(said.trim())}`;
}

function code(text: string): string {
  return `\`${text.slice(0, 160).replaceAll('`', "'")}\``;
}
