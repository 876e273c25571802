import { CephError } from '../base/errno.ts';
import { parseConfig } from '../librados/config-parser.ts';
import { RBD_CONFIG_OPTIONS } from './config-options.ts';
import { featuresOfText } from './features.ts';

const PREFIX = 'conf_';

/** The option that a key of an image's or a pool's metadata overrides; undefined where it is another key. */
export function overriddenOption(key: string): string | undefined {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

/** EINVAL for an option that an image or pool cannot override, or that has no such value. */
export function checkOverride(level: 'pool' | 'image', key: string, value: string): void {
  const name = overriddenOption(key);
  if (name === undefined) return;
  if (!RBD_CONFIG_OPTIONS[level].includes(name) || !isConfigValue(name, value)) {
    throw new CephError('EINVAL', `validation for ${key} failed`);
  }
}

/** True for a value that the option may have. */
function isConfigValue(name: string, value: string): boolean {
  if (parseConfig(name, value) === null) return false;
  return name !== 'rbd_default_features' || featuresOfText(value) !== undefined;
}
