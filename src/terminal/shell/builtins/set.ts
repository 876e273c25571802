import type { Task } from '../../../engine/base/task.ts';
import { EXIT_NOT_YET } from '../../cli/command.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';

const LETTERS: Readonly<Record<string, string>> = { e: 'errexit', u: 'nounset', x: 'xtrace' };
const NAMES: ReadonlySet<string> = new Set(['errexit', 'nounset', 'xtrace', 'pipefail']);

/** `set`, `set -eux`, `set -o pipefail`, `set -- ARGUMENTS`. */
export function* setBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  const { env, streams } = scope;
  if (argv.length === 1) {
    yield* streams.stdout.write(
      env
        .names()
        .map((name) => `${name}=${env.get(name) ?? ''}\n`)
        .join(''),
    );
    return 0;
  }
  const rest = argv.slice(1);
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--' || !/^[-+]./.test(word)) {
      env.arguments = word === '--' ? rest : [word, ...rest];
      return 0;
    }
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? (rest.shift() ?? '') : LETTERS[letter];
      if (name === undefined || !NAMES.has(name)) {
        yield* complain(scope, `set: ${letter === 'o' ? name : `${word.charAt(0)}${letter}`}: not there yet`);
        return EXIT_NOT_YET;
      }
      env.setOption(name, word.startsWith('-'));
    }
  }
  return 0;
}
