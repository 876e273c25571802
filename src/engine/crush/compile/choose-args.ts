import type { DraftChooseArg } from '../edit/draft.ts';
import { fixedOfFloat } from '../text.ts';
import { type Compilation, fail, intOf } from './compilation.ts';
import type { ChooseArgStatement, ChooseArgsStatement } from './statements.ts';

/** @ceph src/crush/CrushCompiler.cc CrushCompiler::parse_choose_args — exact */
export function compileChooseArgs(compilation: Compilation, statement: ChooseArgsStatement): void {
  const { chooseArgs } = compilation.draft;
  const key = intOf(statement.key);
  if (chooseArgs.has(key)) fail(`${key} duplicated\n`);
  const args = new Map<number, DraftChooseArg>();
  for (const arg of statement.args) compileArg(compilation, args, arg);
  chooseArgs.set(key, args);
}

function compileArg({ draft }: Compilation, args: Map<number, DraftChooseArg>, arg: ChooseArgStatement): void {
  const bucketId = intOf(arg.bucketId);
  if (bucketId >= 0 || -bucketId > draft.maxBuckets) fail(`${bucketId} is out of range\n`);
  const bucket = draft.buckets.get(bucketId);
  if (bucket === undefined) fail(`${bucketId} does not exist\n`);
  const size = bucket.items.length;
  const before = args.get(bucketId) ?? { ids: [], weightSets: [] };
  const weightSets = arg.weightSets?.map((set) => {
    if (set.length !== size) fail(`${bucketId} needs exactly ${size} weights but got ${set.length}\n`);
    return set.map((weight) => fixedOfFloat(Number(weight)));
  });
  if (arg.ids !== undefined && arg.ids.length !== size) {
    fail(`${bucketId} needs exactly ${size} ids but got ${arg.ids.length}\n`);
  }
  args.set(bucketId, { ids: arg.ids?.map(intOf) ?? before.ids, weightSets: weightSets ?? before.weightSets });
}
