import { describe, expect, it } from 'vitest';
import { isIncomplete } from '../../../../src/terminal/shell/shell.ts';
import type { Command, Script, Word } from '../../../../src/terminal/shell/syntax/ast.ts';
import { parseScript } from '../../../../src/terminal/shell/syntax/parser.ts';
import { NotYetError, ShellSyntaxError } from '../../../../src/terminal/shell/syntax/syntax-error.ts';

/** A script in a short notation: words in brackets, quoted text in «», parameters as $name. */
function shown(script: Script): string {
  return script
    .map(({ first, rest }) => [first, ...rest.map(({ pipeline }) => pipeline)])
    .map((pipelines, index) =>
      pipelines
        .map(({ negated, stages }, at) => {
          const op = at === 0 ? '' : ` ${script[index]?.rest[at - 1]?.op} `;
          return op + (negated ? '! ' : '') + stages.map(command).join(' | ');
        })
        .join(''),
    )
    .join(' ; ');
}

function command(node: Command): string {
  const redirects = node.redirects.map((redirect) => {
    if (redirect.kind === 'here') return ` {${redirect.fd}< ${word(redirect.body.word)}}`;
    if (redirect.kind === 'both') return ` {&${redirect.append ? '>>' : '>'} ${word(redirect.target)}}`;
    return ` {${redirect.fd}${redirect.kind === 'dup' ? '&' : redirect.op} ${word(redirect.target)}}`;
  });
  return body(node) + redirects.join('');
}

function body(node: Command): string {
  switch (node.kind) {
    case 'simple':
      return [...node.assignments.map(({ name, value }) => `${name}=${word(value)}`), ...node.words.map(word)].join(
        ' ',
      );
    case 'for':
      return `for ${node.variable} in ${node.words.map(word).join(' ')} (${shown(node.body)})`;
    case 'while':
      return `${node.until ? 'until' : 'while'} (${shown(node.condition)}) (${shown(node.body)})`;
    case 'if':
      return `${node.branches.map(({ condition, body: then }) => `if (${shown(condition)}) (${shown(then)})`).join(' else ')} else (${shown(node.otherwise)})`;
    case 'group':
      return `${node.subshell ? 'sub' : 'group'}(${shown(node.body)})`;
  }
}

function word(parts: Word): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.quoted ? `«${part.text}»` : part.text;
      if (part.kind === 'param') return `${part.quoted ? '«' : ''}${part.raw}${part.quoted ? '»' : ''}`;
      if (part.kind === 'command') return `$(${shown(part.script)})`;
      return `$((${word(part.expression)}))`;
    })
    .join('');
}

describe('parser', () => {
  it.each([
    ['echo a b', 'echo a b'],
    ['  echo   a\t b  ', 'echo a b'],
    ['a;b ; c', 'a ; b ; c'],
    ['a && b || c', 'a && b || c'],
    ['a | b |& c', 'a | b {2& 1} | c'],
    ['! a | b', '! a | b'],
    [`echo 'a b' "c $d" e\\ f`, 'echo «a b» «c »«$d» e« »f'],
    [`echo a'b'"c"`, 'echo a«b»«c»'],
    [`echo ""`, 'echo «»'],
    [`echo $'a\\tb'`, 'echo «a\tb»'],
    ['echo $? $$ $1 $x_1y', 'echo $? $$ $1 $x_1y'],
    ['echo $ 5$', 'echo «$» 5«$»'],
    ['A=1 B="x y" cmd', 'A=1 B=«x y» cmd'],
    ['A=1', 'A=1'],
    ['cmd A=1', 'cmd A=1'],
    ['1A=x', '1A=x'],
    ['a >f 2>&1 <g', 'a {1> f} {2& 1} {0< g}'],
    ['a >>f 2>/dev/null', 'a {1>> f} {2> /dev/null}'],
    ['a &>f', 'a {&> f}'],
    ['>f a', 'a {1> f}'],
    ['a 2', 'a 2'],
    ['a 2 >f', 'a 2 {1> f}'],
    ['cat <<E\nx $y\nE\necho', 'cat {0< «x »«$y»«\n»} ; echo'],
    ["cat <<'E'\nx $y\nE", 'cat {0< «x $y\n»}'],
    ['cat <<-E\n\tx\n\tE', 'cat {0< «x\n»}'],
    ['cat <<< "a b"', 'cat {0< «a b»}'],
    ['echo $(a | b) `c`', 'echo $(a | b) $(c)'],
    ['echo "$(a "b")"', 'echo $(a «b»)'],
    ['echo $((1 + $x))', 'echo $((«1 + »«$x»))'],
    ['for i in a b; do echo $i; done', 'for i in a b (echo $i)'],
    ['for i in a b\ndo\necho $i\ndone | wc', 'for i in a b (echo $i) | wc'],
    ['while a; do b; done < f', 'while (a) (b) {0< f}'],
    ['until a; do b; done', 'until (a) (b)'],
    ['if a; then b; elif c; then d; else e; fi', 'if (a) (b) else if (c) (d) else (e)'],
    ['echo x; if a; then b; fi; echo y', 'echo x ; if (a) (b) else () ; echo y'],
    ['( a; b ) && { c; }', 'sub(a ; b) && group(c)'],
    ['# only a comment', ''],
    ['a # b', 'a'],
    ['a #b\nc', 'a ; c'],
    ['a#b', 'a#b'],
    ['a \\\n b', 'a b'],
    ['a |\n b', 'a | b'],
    ['a &&\n\n b', 'a && b'],
    ['echo if then', 'echo if then'],
  ])('%j', (text, want) => {
    expect(shown(parseScript(text))).toBe(want);
  });

  it.each([
    ['a | | b', "syntax error near unexpected token `|'"],
    ['; a', "syntax error near unexpected token `;'"],
    ['a ;; b', "syntax error near unexpected token `;;'"],
    ['a >', "syntax error near unexpected token `newline'"],
    ['a > | b', "syntax error near unexpected token `|'"],
    ['echo )', "syntax error near unexpected token `)'"],
    ['fi', "syntax error near unexpected token `fi'"],
    ['if a; then fi', "syntax error near unexpected token `fi'"],
    ['for i in a; echo; done', "syntax error near unexpected token `echo'"],
    ['ls (a)', "syntax error near unexpected token `a'"],
    ['if a; then b', 'syntax error: unexpected end of file'],
    ['a |', 'syntax error: unexpected end of file'],
    ['echo "a', 'unexpected EOF while looking for matching `"\''],
    ["echo 'a", "unexpected EOF while looking for matching `''"],
    ['echo $(a', "unexpected EOF while looking for matching `)'"],
    ['echo `a', "unexpected EOF while looking for matching ``'"],
  ])('refuses %j', (text, message) => {
    expect(() => parseScript(text)).toThrow(ShellSyntaxError);
    expect(() => parseScript(text)).toThrow(message);
  });

  it.each([
    'a &',
    'f() { a; }',
    'case x in x) a;; esac',
    '[[ a ]]',
    'cat <(a)',
    'for ((;;)); do a; done',
  ])('says that %j is not there yet', (text) => {
    expect(() => parseScript(text)).toThrow(NotYetError);
  });

  it('tells lines that want another one', () => {
    expect(['a |', 'if a', 'echo "x', 'for i in a; do', 'a &&'].map(isIncomplete)).toEqual(Array(5).fill(true));
    expect(['a', '', 'a | | b', 'echo )'].map(isIncomplete)).toEqual(Array(4).fill(false));
  });
});
