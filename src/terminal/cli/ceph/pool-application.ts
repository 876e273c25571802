import { noSuchPool, refused } from '../../../engine/mon/mon-answer.ts';
import {
  disableApplication,
  enableApplication,
  notEnabled,
  removeApplicationKey,
  setApplicationKey,
} from '../../../engine/mon/pool-application.ts';
import type { PgPool } from '../../../engine/osdmap/osd-map.ts';
import type { Plain } from '../format/tree.ts';
import {
  answered,
  argText,
  type CephAnswer,
  type CephCall,
  cephCommand,
  isOn,
  poolsOf,
  requiredText,
  structured,
} from './ceph-command.ts';
import { optional, POOL, SURE, text } from './signatures.ts';

const APP = text('app', 'rbd, rgw, cephfs or a name of your own');

export const applicationEnable = cephCommand({
  words: 'osd pool application enable',
  summary: 'say that <pool> is used by <app>',
  signature: [POOL, APP, SURE],
  answer: ({ monitor, args }) =>
    answered(
      enableApplication(
        monitor,
        requiredText(args, 'pool'),
        requiredText(args, 'app'),
        isOn(args, 'yes_i_really_mean_it'),
      ),
    ),
});

export const applicationDisable = cephCommand({
  words: 'osd pool application disable',
  summary: 'say that <pool> is no longer used by <app>',
  signature: [POOL, APP, SURE],
  answer: ({ monitor, args }) =>
    answered(
      disableApplication(
        monitor,
        requiredText(args, 'pool'),
        requiredText(args, 'app'),
        isOn(args, 'yes_i_really_mean_it'),
      ),
    ),
});

export const applicationSet = cephCommand({
  words: 'osd pool application set',
  summary: 'set a key of an application on <pool>',
  signature: [POOL, APP, text('key'), text('value')],
  answer: ({ monitor, args }) =>
    answered(
      setApplicationKey(
        monitor,
        requiredText(args, 'pool'),
        requiredText(args, 'app'),
        requiredText(args, 'key'),
        requiredText(args, 'value'),
      ),
    ),
});

export const applicationRm = cephCommand({
  words: 'osd pool application rm',
  summary: 'remove a key of an application from <pool>',
  signature: [POOL, APP, text('key')],
  answer: ({ monitor, args }) =>
    answered(
      removeApplicationKey(monitor, requiredText(args, 'pool'), requiredText(args, 'app'), requiredText(args, 'key')),
    ),
});

export const applicationGet = cephCommand({
  words: 'osd pool application get',
  summary: 'show the applications of one pool or of all, and their keys',
  signature: [optional(POOL), optional(APP), optional(text('key'))],
  answer: get,
});

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd pool application get" — exact */
function get(call: CephCall): CephAnswer {
  const { monitor, map, args } = call;
  const [name, app, key] = [argText(args, 'pool'), argText(args, 'app'), argText(args, 'key')];
  if (name === undefined) {
    const all = Object.fromEntries(poolsOf(map).map((pool) => [pool.name, applications(pool)]));
    return structured(call, 'pools', all);
  }
  const pool = monitor.findPool(name);
  if (pool === undefined) return answered(noSuchPool(name));
  if (app === undefined) return structured(call, 'pool', applications(pool));
  const keys = pool.applications.get(app);
  if (keys === undefined) return answered(notEnabled(name, app));
  if (key === undefined) return structured(call, 'app', Object.fromEntries(keys));
  const value = keys.get(key);
  if (value === undefined)
    return answered(refused('ENOENT', `application '${app}' on pool '${name}' does not have key '${key}'`));
  return { output: `${value}\n` };
}

function applications(pool: PgPool): Plain {
  return Object.fromEntries([...pool.applications].map(([app, keys]) => [app, Object.fromEntries(keys)]));
}
