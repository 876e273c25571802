/** Settings of one section, names with underscores. */
export type ConfSection = ReadonlyMap<string, string>;

/** A configuration file: `[section]` lines and `name = value` lines; `;` and `#` begin comments. Sections by name. */
export function parseConf(text: string): ReadonlyMap<string, ConfSection> {
  const sections = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(^|[^\\])[;#].*$/, '$1').trim();
    const [, section] = /^\[(.*)\]$/.exec(line) ?? [];
    if (section !== undefined) {
      current = sections.get(section.trim()) ?? new Map<string, string>();
      sections.set(section.trim(), current);
      continue;
    }
    const [, name, value = ''] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) current.set(name.trim().replace(/[\s-]+/g, '_'), value.trim());
  }
  return new Map([...sections].sort(([a], [b]) => (a < b ? -1 : 1)));
}
