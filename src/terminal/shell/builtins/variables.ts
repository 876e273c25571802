import type { Task } from '../../../engine/base/task.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';

const NAME = /^[A-Za-z_]\w*$/;

/** `export`, `export NAME`, `export NAME=VALUE`. */
export function* exportBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  const words = argv.slice(1).filter((word) => word !== '-p');
  if (words.length === 0) {
    const all = [...scope.env.exported()].sort(([a], [b]) => (a < b ? -1 : 1));
    yield* scope.streams.stdout.write(all.map(([name, value]) => `declare -x ${name}="${escaped(value)}"\n`).join(''));
    return 0;
  }
  let code = 0;
  for (const word of words) {
    const at = word.indexOf('=');
    const name = at < 0 ? word : word.slice(0, at);
    if (!NAME.test(name)) {
      yield* complain(scope, `export: \`${word}': not a valid identifier`);
      code = 1;
      continue;
    }
    if (at >= 0) scope.env.set(name, word.slice(at + 1));
    scope.env.export(name);
  }
  return code;
}

export function* unsetBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  for (const name of argv.slice(1)) if (name !== '-v') scope.env.unset(name);
  return 0;
}

export function* shiftBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  const count = Number(argv[1] ?? 1);
  const values = scope.env.arguments;
  if (!Number.isInteger(count) || count < 0 || count > values.length) return 1;
  scope.env.arguments = values.slice(count);
  return 0;
}

function escaped(value: string): string {
  return value.replace(/[\\"$`]/g, '\\$&');
}
