import type { Task } from '../../../engine/base/task.ts';
import type { Program } from '../../process.ts';
import { fail } from './options.ts';

const EXIT_NOT_FOUND = 127;

/** `sudo [-u USER] COMMAND…`: everybody here is root already, so that it only runs the command. */
export function sudoProgram(programs: () => ReadonlyMap<string, Program>): Program {
  return function* (process): Task<number> {
    const words = process.argv.slice(1);
    while (words[0]?.startsWith('-')) if (words.shift() === '-u') words.shift();
    const [name] = words;
    if (name === undefined) {
      yield* process.stderr.write('usage: sudo [-u user] command\n');
      return 1;
    }
    const program = programs().get(name);
    if (program === undefined) {
      yield* fail(process, `${name}: command not found`);
      return EXIT_NOT_FOUND;
    }
    return yield* program({ ...process, argv: words });
  };
}
