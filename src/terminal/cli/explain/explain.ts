/** Words about commands in the language of whoever reads: takes them in English, and gives them as they are where it knows no others. */
export type Explain = (english: string) => string;

/** Explanations of one language, by what they are in English. */
export type Explanations = Readonly<Record<string, string>>;

export const inEnglish: Explain = (english) => english;

const languages = new Map<string, Explanations>();

/** Makes a language (`zh`) known. Those that nobody reads need not be there. */
export function addLanguage(language: string, explanations: Explanations): void {
  languages.set(language, explanations);
}

/**
 * Explains a text of which each line has its explanation from a column on, behind a blank. Of lines without one, those
 * that are not indented are taken as a whole.
 */
export function explainLines(text: string, column: number, say: Explain): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.charAt(column - 1) === ' ' && line.charAt(column).trim() !== '')
        return line.slice(0, column) + say(line.slice(column));
      return line.startsWith(' ') || line === '' ? line : say(line);
    })
    .join('\n');
}

/**
 * How a program with these variables explains itself: LC_ALL, LC_MESSAGES and LANG say so, the first that is set, as
 * everywhere. Only our own words are concerned: what Ceph's tools print has one language.
 */
export function explainFor(env: ReadonlyMap<string, string>): Explain {
  const locale = env.get('LC_ALL') || env.get('LC_MESSAGES') || env.get('LANG') || '';
  const words = languages.get(locale.split(/[_.@]/)[0] ?? '');
  return words === undefined ? inEnglish : (english) => words[english] ?? english;
}
