import { must } from '../base/assert.ts';

/** A value of an option as it is kept; null where there is no such option, or it is no value of it. */
type ParseConfig = (name: string, value: string) => string | null;

let loaded: ParseConfig | undefined;

/** Loads what knows the options of the configuration: a page that only shows a cluster does without. */
export function loadConfigParser(parse: ParseConfig): void {
  loaded = parse;
}

export function parseConfig(name: string, value: string): string | null {
  return must(loaded, 'the parser of the configuration')(name, value);
}
