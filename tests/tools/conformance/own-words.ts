import type { StepResult } from './compare.ts';

/** What stands in a usage text of each tool and nowhere else. */
const USAGE: Readonly<Record<string, RegExp>> = {
  rados: /^usage: rados \[options\]/m,
  crushtool: /^usage: crushtool/m,
  osdmaptool: /usage: \[--print\]|^ {3}--createsimple/m,
  rbd: /^usage: rbd/m,
};

/** True where all that differs is help, which is in our own words: behind the same usage of a `ceph` command, or in a tool's whole usage text. */
export function differsInHelp(result: StepResult): boolean {
  const { step, answer, differences } = result;
  if (answer === undefined || differences.some(({ kind }) => kind !== 'stdout' && kind !== 'stderr')) return false;
  const [tool = ''] = step.argv ?? step.line.split(' ');
  if (tool === 'ceph' && /^ General usage:/m.test(textOf(step))) return /^ General usage:/m.test(textOf(answer));
  const usage = USAGE[tool];
  if (usage !== undefined) return usage.test(textOf(step)) && usage.test(textOf(answer));
  return tool === 'ceph' && withoutHelp(textOf(step)) === withoutHelp(textOf(answer));
}

interface Printed {
  readonly stdout?: string | undefined;
  readonly stderr?: string | undefined;
}

function textOf({ stdout = '', stderr = '' }: Printed): string {
  return `${stdout}\n${stderr}`;
}

/** `osd map <pool> <object> :  what it does`: the words after the colon go. */
function withoutHelp(text: string): string {
  return text.replaceAll(/ : {1,2}\S.*$/gm, ' :').trimEnd();
}
