/** Runs tests in the form of `cram`: commands and what they print, one file after another. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A file may take so long. */
const LIMIT_MS = 300_000;
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;
const MARK = 'CRAM-MARK-5e1f';

/**
 * @typedef {{ command: string, expected: string[], line: number }} Step
 * @typedef {{ line: number, command: string, missing: string[], got: string[] }} Difference
 */

/** Commands with the lines expected after each. @param {string} text @returns {Step[]} */
export function readSteps(text) {
  const steps = [];
  for (const [index, line] of text.split('\n').entries()) {
    const last = steps.at(-1);
    if (line.startsWith('  $ ')) steps.push({ command: `${line.slice(4)}\n`, expected: [], line: index + 1 });
    else if (line.startsWith('  > ') && last !== undefined) last.command += `${line.slice(4)}\n`;
    else if (line.startsWith('  ') && last !== undefined) last.expected.push(line.slice(2));
  }
  return steps;
}

/**
 * Runs a file with `folders` before the search path. Gives what differs; null where it took too long.
 * @param {string} file @param {readonly string[]} folders @returns {Difference[] | null}
 */
export function runFile(file, folders) {
  const steps = readSteps(readFileSync(file, 'utf8'));
  const script = steps.map(({ command }, at) => `${command}echo "\n${MARK} ${at} $?"\n`).join('');
  const cwd = mkdtempSync(join(tmpdir(), 'cram-'));
  try {
    const run = spawnSync('/bin/sh', ['-'], {
      cwd,
      // Standard error goes the way of standard output, as in cram.
      input: `exec 2>&1\n${script}`,
      env: {
        ...process.env,
        LANG: 'C',
        LC_ALL: 'C',
        TZ: 'GMT',
        CDPATH: '',
        COLUMNS: '80',
        TESTDIR: dirname(file),
        TESTFILE: basename(file),
        PATH: [...folders, process.env.PATH].join(':'),
      },
      timeout: LIMIT_MS,
      maxBuffer: MOST_OUTPUT_BYTES,
    });
    return run.error === undefined ? differences(steps, run.stdout.toString('latin1')) : null;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** @param {Step[]} steps @param {string} output @returns {Difference[]} */
function differences(steps, output) {
  const out = [];
  let rest = output;
  for (const [at, step] of steps.entries()) {
    const [, before = '', code = '', after = ''] =
      new RegExp(`^([\\s\\S]*?)\\n${MARK} ${at} (\\d+)\\n([\\s\\S]*)$`).exec(rest) ?? [];
    rest = after;
    const got = before === '' ? [] : before.split('\n');
    if (got.at(-1) === '') got.pop();
    else if (got.length > 0) got.push(`${got.pop()} (no-eol)`);
    if (code !== '0') got.push(`[${code}]`);
    const expected = step.expected.map((line) => Buffer.from(line).toString('latin1'));
    if (!allMatch(expected, got)) out.push({ line: step.line, command: step.command, missing: expected, got });
  }
  return out;
}

/** @param {string[]} expected @param {string[]} got */
function allMatch(expected, got) {
  // Blank lines at the end of what is expected stand between two commands.
  const wanted = [...expected];
  while (wanted.length > got.length && wanted.at(-1) === '') wanted.pop();
  return wanted.length === got.length && wanted.every((line, at) => matches(line, got[at]));
}

/** @param {string} expected @param {string} got */
function matches(expected, got) {
  if (expected === got) return true;
  const [, text = '', kind] = /^([\s\S]*) \((re|glob|esc)\)$/.exec(expected) ?? [];
  if (kind === 'esc') return unescaped(text) === got;
  if (kind === 're') return new RegExp(`^(?:${text})$`).test(got);
  if (kind !== 'glob') return false;
  const pattern = text.replace(/\\([*?\\])|([*?])|([.+^${}()|[\]\\])/g, (_, plain, wild, other) => {
    if (plain !== undefined) return `\\${plain}`;
    return wild === undefined ? `\\${other}` : wild === '*' ? '.*' : '.';
  });
  return new RegExp(`^${pattern}$`).test(got);
}

/** @param {string} text */
function unescaped(text) {
  return text.replace(/\\(x[0-9a-f]{2}|.)/g, (_, code) => {
    if (code.startsWith('x')) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { t: '\t', n: '\n', r: '\r' }[code] ?? code;
  });
}
