/** What the finder must know of an option. */
interface Named {
  readonly names: readonly string[];
  readonly kind: string;
}

export interface FoundOption<Name extends string, Spec> {
  readonly name: Name;
  readonly spec: Spec;
  /** The value after `=`. */
  readonly attached: string | undefined;
}

/**
 * The option that a word of a command line is, if it is any; `=` is none for one that takes no value.
 *
 * @ceph src/common/ceph_argparse.cc ceph_argparse_flag, ceph_argparse_witharg — exact
 */
export function findOption<Name extends string, Spec extends Named>(
  table: readonly (readonly [Name, Spec])[],
  word: string,
): FoundOption<Name, Spec> | undefined {
  const equals = word.indexOf('=', 2);
  const plain = underscored(equals < 0 ? word : word.slice(0, equals));
  const attached = equals < 0 ? undefined : word.slice(equals + 1);
  for (const [name, spec] of table) {
    if (!spec.names.some((each) => underscored(each) === plain)) continue;
    if (spec.kind !== 'flag' || attached === undefined) return { name, spec, attached };
  }
  return undefined;
}

/** Option names with dashes and with underscores are the same, but for the dashes before them. */
function underscored(name: string): string {
  return name.slice(0, 2) + name.slice(2).replaceAll('-', '_');
}

/** What an option's number is read as. */
export interface ReadNumber {
  /** Where the text is no good: 1 if it is no number at all, else 0. */
  readonly value: number;
  /** What is wrong with the text; empty where nothing is. */
  readonly problem: string;
}

const INT_MAX = 0x7fff_ffff;

/** @ceph src/common/ceph_argparse.cc ceph_argparse_witharg — the forms for int and float, exact */
export function readNumber(text: string, kind: 'int' | 'float'): ReadNumber {
  const numeric = /^-?[0-9]*\.?[0-9]*$/.test(text) && text !== '-';
  const wrong = (problem: string, value = 0) => ({ value, problem });
  if (text.startsWith('--') || (!numeric && text.startsWith('-'))) return wrong('Missing option value', 1);
  if (!numeric) return wrong(`The option value '${text}' is invalid`, 1);
  const value = Number(text);
  if (kind === 'float') return { value: Math.fround(value), problem: '' };
  if (!/^-?[0-9]+$/.test(text)) return wrong(`Expected option value to be integer, got '${text}'`);
  if (value > INT_MAX || value < -INT_MAX - 1) return wrong(`The option value '${text}' seems to be invalid`);
  return { value, problem: '' };
}
