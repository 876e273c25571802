/** What the parser makes of a command line. Values only; the executor walks them. */

export type Script = readonly AndOrList[];

/** Pipelines joined by `&&` and `||`, from left to right. */
export interface AndOrList {
  readonly first: Pipeline;
  readonly rest: readonly { readonly op: '&&' | '||'; readonly pipeline: Pipeline }[];
}

export interface Pipeline {
  /** `!` before it turns its exit code round. */
  readonly negated: boolean;
  readonly stages: readonly Command[];
}

export type Command = SimpleCommand | ForCommand | WhileCommand | IfCommand | GroupCommand;

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** Where it stands in a script, from 1. */
  readonly line: number;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

interface Compound {
  readonly redirects: readonly Redirect[];
  readonly line: number;
}

export interface ForCommand extends Compound {
  readonly kind: 'for';
  readonly variable: string;
  readonly words: readonly Word[];
  readonly body: Script;
}

export interface WhileCommand extends Compound {
  readonly kind: 'while';
  /** Runs on while the condition fails (`until`). */
  readonly until: boolean;
  readonly condition: Script;
  readonly body: Script;
}

export interface IfCommand extends Compound {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
  readonly otherwise: Script;
}

/** `{ …; }`, or `( … )` with variables and directory of its own. */
export interface GroupCommand extends Compound {
  readonly kind: 'group';
  readonly subshell: boolean;
  readonly body: Script;
}

export type Redirect =
  | { readonly kind: 'file'; readonly fd: number; readonly op: FileRedirectOp; readonly target: Word }
  /** `&>` and `&>>`: both outputs. */
  | { readonly kind: 'both'; readonly append: boolean; readonly target: Word }
  /** `2>&1`, `<&0`. */
  | { readonly kind: 'dup'; readonly fd: number; readonly target: Word }
  /** A here-document or here-string: text on standard input. */
  | { readonly kind: 'here'; readonly fd: number; readonly body: HereBody; readonly newline: boolean };

export type FileRedirectOp = '<' | '>' | '>>' | '<>';

/** Filled in once the lines after the command have been read. */
export interface HereBody {
  word: Word;
}

/** A word: parts that stand next to each other. */
export type Word = readonly WordPart[];

export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | ParamPart
  | { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean };

export interface ParamPart {
  readonly kind: 'param';
  readonly name: string;
  readonly quoted: boolean;
  /** `${#name}`. */
  readonly length: boolean;
  /** What follows the name in braces: `:-`, `%%`, `/` and so on, with its word or words. */
  readonly op: ParamOp | null;
  /** As written, for messages. */
  readonly raw: string;
}

export interface ParamOp {
  readonly op: string;
  readonly word: Word;
  /** The replacement of `${x/a/b}`, the length of `${x:1:2}`. */
  readonly second: Word | null;
}
