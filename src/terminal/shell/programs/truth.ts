import type { Task } from '../../../engine/base/task.ts';

export function* trueProgram(): Task<number> {
  return 0;
}

export function* falseProgram(): Task<number> {
  return 1;
}
