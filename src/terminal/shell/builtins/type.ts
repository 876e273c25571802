import type { Task } from '../../../engine/base/task.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';
import { BUILTINS } from './builtins.ts';

/** `type X`, `which X`, `command -v X`: what a command's name stands for. */
export function* typeBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  const [tool = 'type', ...rest] = argv;
  const names = rest.filter((name) => !name.startsWith('-'));
  if (tool === 'command' && rest[0] !== '-v' && rest[0] !== '-V') {
    yield* complain(scope, 'command: running a command by it is not there yet');
    return 95;
  }
  let code = 0;
  for (const name of names) {
    const text = describe(tool, name, scope.machine.programs.has(name));
    if (text !== null) yield* scope.streams.stdout.write(`${text}\n`);
    else {
      code = 1;
      if (tool === 'type') yield* complain(scope, `type: ${name}: not found`);
    }
  }
  return code;
}

function describe(tool: string, name: string, isProgram: boolean): string | null {
  const builtin = BUILTINS.has(name);
  if (tool === 'which') return isProgram ? `/usr/bin/${name}` : null;
  if (builtin) return tool === 'type' ? `${name} is a shell builtin` : name;
  if (!isProgram) return null;
  return tool === 'type' ? `${name} is /usr/bin/${name}` : `/usr/bin/${name}`;
}
