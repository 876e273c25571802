const FILES = ['fruit.txt', 'words.txt', 'numbers.txt', 'table.csv', 'empty.txt', 'short.bin', 'noend.txt'];
const SOURCES = [
  'cat FILE',
  'cat FILE FILE',
  'head -n N FILE',
  'tail -n N FILE',
  'sort FILE',
  'seq N',
  'printf "%s\\n" b a c a',
  'grep -n a FILE',
  'head -c N FILE',
  'cut -c 1-N FILE',
  'tail -c N FILE',
];
const FILTERS = [
  'cat',
  'cat -n',
  'sort',
  'sort -r',
  'sort -n',
  'sort -u',
  'sort -k 2',
  'sort -t , -k 2',
  'sort -nr',
  'uniq',
  'uniq -c',
  'uniq -d',
  'head -n N',
  'tail -n N',
  'head -c N',
  'tail -c N',
  'tail -n +N',
  'head -n -N',
  'grep a',
  'grep -v a',
  'grep -c e',
  'grep -i B',
  'grep -n "[0-9]"',
  'grep -E "^(a|p)"',
  'grep -F .',
  'grep -o "[a-z]*e"',
  'wc',
  'wc -l',
  'wc -c',
  'wc -w',
  'cut -c N',
  'cut -d " " -f 1',
  'cut -d , -f 2-',
  'tr a-z A-Z',
  'tr -d aeiou',
  'tr -s " "',
  'tr "[:space:]" "\\n"',
  'hexdump -C',
  'hexdump',
  'xargs',
  'xargs -n N echo',
  'tee /dev/null',
  'md5sum',
  'sha256sum',
  'sed -n 1p',
].filter((filter) => !filter.startsWith('sed'));

/** Pipelines of one to four stages, and how they end: always the same ones for a seed. */
export function randomPipelines(seed: number, count: number): string[] {
  const random = stream(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const fill = (text: string): string =>
    text.replaceAll('FILE', () => pick(FILES)).replaceAll(/\bN\b/g, () => String(1 + Math.floor(random() * 6)));
  return Array.from({ length: count }, () => {
    const stages = [pick(SOURCES), ...Array.from({ length: Math.floor(random() * 4) }, () => pick(FILTERS))];
    const line = stages.map(fill).join(' | ');
    const end = random();
    if (end < 0.15) return `${line} && echo yes || echo no`;
    return end < 0.25 ? `echo "$(${line})"` : line;
  });
}

function stream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
