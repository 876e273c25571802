import type { Builtin } from '../exec/scope.ts';
import { breakBuiltin, continueBuiltin, exitBuiltin } from './control.ts';
import { cdBuiltin, pwdBuiltin } from './directory.ts';
import { evalBuiltin, sourceBuiltin } from './eval.ts';
import { historyBuiltin } from './history.ts';
import { readBuiltin } from './read.ts';
import { setBuiltin } from './set.ts';
import { typeBuiltin } from './type.ts';
import { exportBuiltin, shiftBuiltin, unsetBuiltin } from './variables.ts';

/** Commands that work on the shell itself, by name. They come before programs of the same name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [
    ':',
    function* () {
      return 0;
    },
  ],
  ['.', sourceBuiltin],
  ['break', breakBuiltin],
  ['cd', cdBuiltin],
  ['command', typeBuiltin],
  ['continue', continueBuiltin],
  ['eval', evalBuiltin],
  ['exit', exitBuiltin],
  ['export', exportBuiltin],
  ['history', historyBuiltin],
  ['pwd', pwdBuiltin],
  ['read', readBuiltin],
  ['set', setBuiltin],
  ['shift', shiftBuiltin],
  ['source', sourceBuiltin],
  ['type', typeBuiltin],
  ['unset', unsetBuiltin],
  ['which', typeBuiltin],
]);
