/** What an expression that cannot be evaluated says; bash ends the command with exit code 1. */
export class ArithmeticError extends Error {
  override readonly name = 'ArithmeticError';
}

const LONGEST = 2000;

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Evaluates what stands in `$(( ))`: whole numbers of 64 bits, C's operators, names of variables. */
export function evaluate(expression: string, lookUp: (name: string) => string, depth = 0): bigint {
  if (expression.length > LONGEST) throw new ArithmeticError('expression too long');
  if (depth > 50) throw new ArithmeticError(`${expression}: expression recursion level exceeded`);
  const tokens =
    expression.match(/\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[^\s])/g) ?? [];
  const parser = new Evaluator(
    tokens.map((token) => token.trim()),
    expression,
    (name) => evaluate(lookUp(name) || '0', lookUp, depth + 1),
  );
  return tokens.length === 0 ? 0n : parser.whole();
}

class Evaluator {
  readonly #tokens: readonly string[];
  readonly #expression: string;
  readonly #variable: (name: string) => bigint;
  #at = 0;

  constructor(tokens: readonly string[], expression: string, variable: (name: string) => bigint) {
    this.#tokens = tokens;
    this.#expression = expression;
    this.#variable = variable;
  }

  whole(): bigint {
    const value = this.#ternary();
    if (this.#at < this.#tokens.length) throw this.#error('syntax error in expression');
    return value;
  }

  #ternary(): bigint {
    const condition = this.#binary(0);
    if (!this.#accept('?')) return condition;
    const yes = this.#ternary();
    if (!this.#accept(':')) throw this.#error("`:' expected for conditional expression");
    const no = this.#ternary();
    return condition !== 0n ? yes : no;
  }

  #binary(level: number): bigint {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#power();
    let left = this.#binary(level + 1);
    for (;;) {
      const op = operators.find((candidate) => this.#tokens[this.#at] === candidate);
      if (op === undefined) return left;
      const operand = ++this.#at;
      const right = this.#binary(level + 1);
      if ((op === '/' || op === '%') && right === 0n) throw this.#error('division by 0', operand);
      left = BigInt.asIntN(64, OPERATIONS[op]?.(left, right) ?? 0n);
    }
  }

  #power(): bigint {
    const base = this.#unary();
    if (!this.#accept('**')) return base;
    const exponent = this.#power();
    if (exponent < 0n) throw this.#error('exponent less than 0');
    return BigInt.asIntN(64, base ** (exponent > 4096n ? 4096n : exponent));
  }

  #unary(): bigint {
    if (this.#accept('-')) return -this.#unary();
    if (this.#accept('+')) return this.#unary();
    if (this.#accept('!')) return this.#unary() === 0n ? 1n : 0n;
    if (this.#accept('~')) return ~this.#unary();
    if (!this.#accept('(')) return this.#operand();
    const value = this.#ternary();
    if (!this.#accept(')')) throw this.#error("missing `)'");
    return value;
  }

  #operand(): bigint {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.#error('syntax error: operand expected');
    if (/^0\d+$/.test(token)) return BigInt(`0o${token.slice(1)}`);
    if (/^\d/.test(token)) return BigInt(token);
    if (/^[A-Za-z_]/.test(token)) return this.#variable(token);
    throw this.#error('syntax error: operand expected');
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #error(message: string, at = this.#at): ArithmeticError {
    const token = this.#tokens.slice(at).join(' ') || this.#expression;
    return new ArithmeticError(`${this.#expression}: ${message} (error token is "${token}")`);
  }
}

const truth = (value: boolean): bigint => (value ? 1n : 0n);

const OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '||': (a, b) => truth(a !== 0n || b !== 0n),
  '&&': (a, b) => truth(a !== 0n && b !== 0n),
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '<=': (a, b) => truth(a <= b),
  '>=': (a, b) => truth(a >= b),
  '<': (a, b) => truth(a < b),
  '>': (a, b) => truth(a > b),
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};
