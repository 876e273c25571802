/** The import table: what each folder may import; `~` means types only. docs/architecture.md shows the same in words. */
export const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  'engine/base': [],
  'engine/codec': ['engine/base'],
  'engine/crush': ['engine/base', 'engine/codec'],
  'engine/erasure-code': ['engine/base', 'engine/codec'],
  'engine/osdmap': ['engine/base', 'engine/codec', 'engine/crush'],
  'engine/os': ['engine/base', 'engine/codec', 'engine/osdmap'],
  'engine/cls': ['engine/base', 'engine/codec'],
  'engine/osd': [
    'engine/base',
    'engine/codec',
    'engine/crush',
    'engine/erasure-code',
    'engine/osdmap',
    'engine/os',
    'engine/cls',
  ],
  'engine/mon': ['engine/base', 'engine/codec', 'engine/crush', 'engine/erasure-code', 'engine/osdmap'],
  'engine/librados': ['engine/base', 'engine/codec', 'engine/osdmap'],
  'engine/librbd': ['engine/base', 'engine/codec', 'engine/librados', '~engine/osdmap'],
  'engine/cluster': [
    'engine/base',
    'engine/codec',
    'engine/cls',
    'engine/crush',
    'engine/erasure-code',
    'engine/osdmap',
    'engine/os',
    'engine/osd',
    'engine/mon',
    'engine/librados',
    'engine/librbd',
  ],
  terminal: ['engine/base', 'engine/cluster', '~terminal/shell', 'terminal/shell', 'terminal/cli'],
  'terminal/cli': [
    'engine/base',
    'engine/codec',
    'engine/crush',
    'engine/osdmap',
    'engine/mon',
    'engine/librados',
    'engine/librbd',
    'engine/cluster',
    '~terminal',
  ],
  'terminal/shell': [
    'engine/base',
    'engine/codec',
    'engine/librados',
    'engine/librbd',
    'engine/cluster',
    'terminal/cli',
    '~terminal',
  ],
  lessons: [],
  share: ['engine/base', '~protocol'],
  protocol: ['~engine/base', '~engine/codec'],
  'worker/store': ['engine/base', 'share', '~protocol'],
  'worker/projection': [
    'engine/base',
    'engine/codec',
    'engine/crush',
    'engine/erasure-code',
    'engine/osdmap',
    'engine/os',
    'engine/mon',
    'engine/osd',
    'engine/cluster',
    '~engine/librados',
    'protocol',
    '~terminal/shell',
  ],
  worker: [
    'worker/store',
    'worker/projection',
    'engine/base',
    'engine/cluster',
    'engine/librados',
    'terminal',
    '~terminal/cli',
    'terminal/shell',
    'share',
    'protocol',
  ],
  'worker/maps': [
    'engine/base',
    'engine/codec',
    'engine/crush',
    'engine/osdmap',
    'engine/cluster',
    'terminal',
    'terminal/shell',
    'worker',
    'protocol',
  ],
  headless: [
    'engine/base',
    'engine/codec',
    'engine/cluster',
    'engine/librados',
    'engine/librbd',
    'engine/mon',
    'terminal',
    'terminal/cli',
    'terminal/shell',
  ],
  'app/theme': [],
  'app/i18n': ['~engine/base', '~protocol', '~app/scene'],
  'app/scene': ['protocol', '~engine/base'],
  'app/state': ['protocol', 'share', 'app/scene', 'app/i18n', 'lessons', '~worker', '~worker/maps', '~engine/base'],
  'app/views': [
    'app/state',
    'app/scene',
    'app/i18n',
    'app/theme',
    'protocol',
    'share',
    'lessons',
    '~engine/base',
    '~engine/codec',
  ],
  '': ['app/views', 'app/state', 'app/i18n', 'app/theme'],
};

/** The folder of the table that holds a file given relative to src; the longest one that fits. */
export function folderOf(file: string): string | undefined {
  if (!file.includes('/')) return '';
  return Object.keys(IMPORTS)
    .filter((folder) => folder !== '' && file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** True where the table lets `from` import `to`. */
export function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to) return true;
  const allowed = IMPORTS[from] ?? [];
  return allowed.includes(to) || (typeOnly && allowed.includes(`~${to}`));
}

/** Zones that run anywhere: no DOM, no clock, no chance. */
export const PURE_ZONES = ['engine', 'terminal', 'lessons', 'share', 'protocol'];

export const PURE_BANNED = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bMath\.random\b/,
  /\.toLocale\w*String\b/,
  /\blocaleCompare\b/,
  /\bIntl\./,
];

/** Lines that a file may have; tables of data aside. */
export const MAX_LINES = 400;
export const TABLES = [/ln-figures\.ts$/, /messages\.[\w-]+\.ts$/, /\.(en|zh-CN)\.ts$/];
