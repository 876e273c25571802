import { CephError } from '../../engine/base/errno.ts';
import { type RecordStore, tableName } from '../../engine/base/records.ts';

/** What `Table` and `Map` both offer, so that a subshell's copy and the shell's own records are used alike. */
interface Store<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  entries(): IterableIterator<[string, V]>;
}

interface Variable {
  readonly value: string;
  readonly exported: boolean;
}

const VARIABLES = tableName<Variable>('shell/variables');
const STATE = tableName<string>('shell/state');

export const HOME = '/root';
const LONGEST_VALUE = 1 << 24;
const PATH = '/usr/local/bin:/usr/bin:/bin';
const DEFAULTS: readonly (readonly [string, string])[] = [
  ['HOME', HOME],
  ['PATH', PATH],
  ['USER', 'root'],
  ['SHELL', '/bin/bash'],
  ['LANG', 'C.UTF-8'],
];

/** Variables that come from outside, and are no part of the machine's state. */
export type Brought = () => ReadonlyMap<string, string>;

const NOTHING_BROUGHT: Brought = () => new Map();

/** Variables, working directory and last exit code of a shell or of a subshell. */
export class Environment {
  readonly #variables: Store<Variable>;
  readonly #state: Store<string>;
  readonly #brought: Brought;

  private constructor(variables: Store<Variable>, state: Store<string>, brought: Brought) {
    this.#variables = variables;
    this.#state = state;
    this.#brought = brought;
  }

  /** The shell's own: kept in the records, so that undo and reload bring it back. */
  static ofRecords(records: RecordStore, brought: Brought = NOTHING_BROUGHT): Environment {
    return new Environment(records.table(VARIABLES), records.table(STATE), brought);
  }

  /** A copy that changes alone, as a subshell or a stage of a pipeline has it. */
  fork(): Environment {
    return new Environment(new Map(this.#variables.entries()), new Map(this.#state.entries()), this.#brought);
  }

  get(name: string): string | undefined {
    const variable = this.#variables.get(name);
    if (variable !== undefined) return variable.value;
    if (name === 'PWD') return this.cwd;
    return this.#given().get(name);
  }

  /** Variables that nobody has set here. */
  #given(): Map<string, string> {
    return new Map([...DEFAULTS, ...this.#brought()]);
  }

  /** ENOMEM for a value beyond 16 MiB. */
  set(name: string, value: string): void {
    if (value.length > LONGEST_VALUE) throw new CephError('ENOMEM', name);
    const exported = this.#variables.get(name)?.exported ?? this.#given().has(name);
    this.#variables.set(name, { value, exported });
  }

  export(name: string): void {
    this.#variables.set(name, { value: this.get(name) ?? '', exported: true });
  }

  unset(name: string): void {
    this.#variables.delete(name);
  }

  names(): string[] {
    const own = [...this.#variables.entries()].map(([name]) => name);
    return [...new Set([...this.#given().keys(), ...own, 'PWD'])].sort();
  }

  /** What programs are given. */
  exported(): Map<string, string> {
    const out = this.#given();
    out.set('PWD', this.cwd);
    for (const [name, variable] of this.#variables.entries()) {
      if (variable.exported) out.set(name, variable.value);
      else out.delete(name);
    }
    return out;
  }

  get cwd(): string {
    return this.#state.get('cwd') ?? HOME;
  }

  set cwd(path: string) {
    this.#state.set('cwd', path);
  }

  /** `$?`. */
  get lastExit(): number {
    return Number(this.#state.get('exit') ?? 0);
  }

  set lastExit(code: number) {
    this.#state.set('exit', String(code));
  }

  /** An option of `set`: errexit, nounset, pipefail, xtrace. */
  option(name: string): boolean {
    return this.#state.get(`option ${name}`) === 'on';
  }

  setOption(name: string, on: boolean): void {
    if (on) this.#state.set(`option ${name}`, 'on');
    else this.#state.delete(`option ${name}`);
  }

  /** `$0` and `$1` and so on. */
  get arguments(): readonly string[] {
    const stored = this.#state.get('arguments');
    return stored === undefined || stored === '' ? [] : stored.split('\0');
  }

  set arguments(values: readonly string[]) {
    this.#state.set('arguments', values.join('\0'));
  }
}
