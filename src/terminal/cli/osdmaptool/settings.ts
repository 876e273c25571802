/** Settings of Ceph that the tool heeds, with their values where none is given. */
const DEFAULTS = {
  osd_pool_default_size: '3',
  osd_pool_default_min_size: '0',
  osd_pool_default_crush_rule: '-1',
  osd_pool_default_pg_autoscale_mode: 'on',
  osd_pool_default_flags: '0',
  osd_pool_default_flag_hashpspool: 'true',
  osd_pool_default_flag_nodelete: 'false',
  osd_pool_default_flag_nopgchange: 'false',
  osd_pool_default_flag_nosizechange: 'false',
  osd_pool_default_flag_bulk: 'false',
  osd_crush_chooseleaf_type: '1',
  osd_calc_pg_upmaps_aggressively: 'true',
  osd_calc_pg_upmaps_aggressively_fast: 'true',
  osd_calc_pg_upmaps_local_fallback_retries: '100',
} as const;

export type SettingName = keyof typeof DEFAULTS;

/** Settings that every tool takes, and that change nothing here. */
const HEEDLESS = /^--(debug_[a-z_]+|log_[a-z_]+|err_to_stderr|log_to_stderr|osd_pool_default_[a-z_]+|mon_[a-z_]+)$/;

/** Values of settings, as `--name value`, `--name=value` and a configuration file give them. */
export class Settings {
  readonly #values = new Map<string, string>();

  /** Takes settings out of a command line; gives what is left of it. */
  take(words: readonly string[]): string[] {
    const left: string[] = [];
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (word === '--') return [...left, ...words.slice(at)];
      const [, plain = '', attached] = /^(--[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
      const name = plain.replaceAll('-', '_').replace(/^__/, '--');
      if (!(name.slice(2) in DEFAULTS) && !HEEDLESS.test(name)) left.push(word);
      else this.#values.set(name.slice(2), attached ?? words[++at] ?? '');
    }
    return left;
  }

  /** Takes a setting of a configuration file; the command line has the last word. */
  offer(name: string, value: string): void {
    if (!this.#values.has(name)) this.#values.set(name, value);
  }

  text(name: SettingName): string {
    return this.#values.get(name) ?? DEFAULTS[name];
  }

  number(name: SettingName): number {
    const value = Number.parseInt(this.text(name), 10);
    return Number.isNaN(value) ? Number(DEFAULTS[name]) : value;
  }

  isOn(name: SettingName): boolean {
    return ['true', '1', 'yes', 'on'].includes(this.text(name).toLowerCase());
  }
}
