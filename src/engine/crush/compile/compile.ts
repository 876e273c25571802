import { CephError } from '../../base/errno.ts';
import { utf8Encode } from '../../base/utf8.ts';
import { checkCrushMap } from '../check.ts';
import type { CrushMap } from '../crush-map.ts';
import { closeDraft, setName } from '../edit/draft.ts';
import { populateClasses } from '../edit/shadows.ts';
import { finalized } from '../finalize.ts';
import { compileBucket } from './bucket.ts';
import { compileChooseArgs } from './choose-args.ts';
import { type Compilation, CompileError, classOf, fail, intOf, newCompilation } from './compilation.ts';
import { parseCrushText } from './grammar.ts';
import { inOrder } from './order.ts';
import { compileRule } from './rule.ts';
import { parseErrorText, readSource } from './source.ts';
import type { BucketType, Device, Statement } from './statements.ts';
import { compileTunable } from './tunable.ts';

/** Bounds of a text: several times what 10,000 devices on as many hosts need. Ceph has none. */
const [MAX_TEXT, MAX_BUCKETS] = [4 * 1024 * 1024, 20_000] as const;

/** What came of a text: a map, or none; and the warnings or the error, as the tool prints them. */
export interface Compiled {
  readonly map: CrushMap | undefined;
  readonly messages: string;
}

/**
 * Makes a map from its text, as `crushtool -c` does.
 *
 * @param text the text, or its bytes
 * @param fileName what error messages call it
 * @ceph src/crush/CrushCompiler.cc CrushCompiler::compile — exact, but that a rule id above 255, a bucket hash that
 *   does not exist and a tree or a text too large to walk are errors, where Ceph writes a map that it cannot use
 */
export function compileCrushMap(text: string | Uint8Array, fileName = '<input>'): Compiled {
  if (text.length > MAX_TEXT)
    return { map: undefined, messages: `${fileName}: error: larger than ${MAX_TEXT} bytes\n` };
  const source = readSource(typeof text === 'string' ? utf8Encode(text) : text);
  const { statements, stop } = parseCrushText(source.text);
  if (stop !== undefined) return { map: undefined, messages: parseErrorText(source, fileName, stop) };
  const buckets = statements.filter(({ kind }) => kind === 'bucket').length;
  if (buckets > MAX_BUCKETS)
    return { map: undefined, messages: `${fileName}: error: more than ${MAX_BUCKETS} buckets\n` };
  const compilation = newCompilation();
  try {
    const map = compileStatements(compilation, statements);
    return { map, messages: compilation.messages.join('') };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { map: undefined, messages: compilation.messages.join('') + error.message };
  }
}

function compileStatements(compilation: Compilation, statements: readonly Statement[]): CrushMap {
  const ordered = inOrder(statements);
  reserveIds(compilation, ordered);
  let sawRule = false;
  for (const statement of ordered) {
    if (statement.kind === 'bucket' && sawRule) fail('buckets must be defined before rules\n');
    if (statement.kind === 'rule' && !sawRule) {
      sawRule = true;
      makeShadows(compilation);
    }
    compileStatement(compilation, statement);
  }
  return checked(finalized(closeDraft(compilation.draft)));
}

function compileStatement(compilation: Compilation, statement: Statement): void {
  if (statement.kind === 'tunable') compileTunable(compilation, statement);
  else if (statement.kind === 'device') compileDevice(compilation, statement);
  else if (statement.kind === 'type') compileType(compilation, statement);
  else if (statement.kind === 'bucket') compileBucket(compilation, statement);
  else if (statement.kind === 'rule') compileRule(compilation, statement);
  else compileChooseArgs(compilation, statement);
}

function compileType({ draft, typeIds }: Compilation, { id, name }: BucketType): void {
  typeIds.set(name, intOf(id));
  draft.types.set(intOf(id), name);
}

/** Ids that buckets and their shadows ask for, so that nobody else gets them. */
function reserveIds({ usedIds }: Compilation, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement.kind === 'bucket') for (const { id } of statement.ids) usedIds.add(intOf(id));
  }
}

/**
 * Shadow trees, as far as they can be made: Ceph does not look whether it could. A tree that cannot be walked is an
 * error here already, since shadows are made by walking it; Ceph breaks down.
 */
function makeShadows({ draft, classBuckets }: Compilation): void {
  checked(finalized(closeDraft(draft)));
  try {
    populateClasses(draft, classBuckets);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    if (error.is('ENOMEM')) fail(`${error.context}\n`);
  }
}

function compileDevice(compilation: Compilation, device: Device): void {
  const { draft, itemIds, usedIds } = compilation;
  const id = intOf(device.id);
  setName(draft, id, device.name);
  if (itemIds.has(device.name)) fail(`item ${device.name} defined twice\n`);
  itemIds.set(device.name, id);
  usedIds.add(id);
  if (device.className !== undefined) draft.deviceClasses.set(id, classOf(compilation, device.className));
}

function checked(map: CrushMap): CrushMap {
  try {
    return checkCrushMap(map);
  } catch (error) {
    if (error instanceof CephError) fail(`${error.context}\n`);
    throw error;
  }
}
