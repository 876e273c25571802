import { type Health, healthOf } from '../../../engine/mon/health.ts';
import type { HealthCheck } from '../../../engine/mon/health-check.ts';
import { type HealthMute, muteHealth, unmuteHealth } from '../../../engine/mon/health-mute.ts';
import { spanText } from '../../../engine/mon/span-text.ts';
import { isoText } from '../format/dates.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import {
  answered,
  argText,
  type CephAnswer,
  type CephCall,
  cephCommand,
  isOn,
  requiredText,
  shown,
} from './ceph-command.ts';
import { choice, optional, text } from './signatures.ts';

export const health = cephCommand({
  words: 'health',
  summary: 'is all well, and if not, what is wrong',
  description: 'One line; with `detail`, what each check found.',
  signature: [optional(choice('detail', ['detail']))],
  answer: run,
});

export const healthMute = cephCommand({
  words: 'health mute',
  summary: 'hear no more of one check',
  description: 'Until it is gone or grows worse; for a time, such as 1h; with --sticky, come what may.',
  signature: [
    text('code', 'such as OSD_DOWN'),
    optional(text('ttl', 'for how long, such as 1h30m')),
    optional({ name: 'sticky', type: { kind: 'bool' }, summary: 'keep it muted when it comes back or grows worse' }),
  ],
  answer: (call) => {
    const { monitor, args } = call;
    const wanted = { code: requiredText(args, 'code'), ttl: argText(args, 'ttl'), sticky: isOn(args, 'sticky') };
    return answered(muteHealth(monitor, currentHealth(call).checks, wanted));
  },
});

export const healthUnmute = cephCommand({
  words: 'health unmute',
  summary: 'hear of a check again, or of all',
  signature: [optional(text('code'))],
  answer: ({ monitor, args }) => answered(unmuteHealth(monitor, argText(args, 'code'))),
});

function run(call: CephCall): CephAnswer {
  const now = currentHealth(call);
  const now_us = call.cluster.now_us();
  const detail = argText(call.args, 'detail') !== undefined;
  return shown(
    call,
    () => healthLine(now, now_us) + (detail ? detailLines(now, now_us) : ''),
    () => nodeOf('health', healthObject(now, detail)),
    '\n',
  );
}

export function currentHealth(call: CephCall): Health {
  return healthOf(call.map, call.stats(), call.cluster.now_us(), call.monitor.context.records);
}

/** Checks that are not muted. */
export function openChecks({ checks, mutes }: Health): HealthCheck[] {
  const muted = new Set(mutes.map(({ code }) => code));
  return checks.filter(({ code }) => !muted.has(code));
}

/** `(muted: OSD_DOWN PG_DEGRADED(59m))`; empty where nothing is. */
export function mutedText({ mutes }: Health, now_us: number): string {
  if (mutes.length === 0) return '';
  const each = mutes.map(({ code, until_us }) =>
    until_us === null ? code : `${code}(${spanText(until_us - now_us)})`,
  );
  return `(muted: ${each.join(' ')})`;
}

function healthLine(health: Health, now_us: number): string {
  const open = openChecks(health).map(({ summary }) => summary);
  const muted = mutedText(health, now_us);
  // Before what is muted stands a semicolon where anything stands before it.
  const parts = [...open, ...(muted === '' ? [] : [muted])];
  return parts.length === 0 ? `${health.status}\n` : `${health.status} ${parts.join('; ')}\n`;
}

function detailLines({ checks, mutes }: Health, now_us: number): string {
  return checks
    .map(({ code, severity, summary, details }) => {
      const mute = mutes.find((each) => each.code === code);
      const mark = severity === 'HEALTH_ERR' ? 'ERR' : 'WRN';
      const lines = details.map((line) => `    ${line}\n`).join('');
      return `${mute === undefined ? '' : muteMark(mute, now_us)}[${mark}] ${code}: ${summary}\n${lines}`;
    })
    .join('');
}

function muteMark({ until_us, sticky }: HealthMute, now_us: number): string {
  const ttl = until_us === null ? '' : ` ttl ${spanText(until_us - now_us)}`;
  return `(MUTED${ttl}${sticky ? ', STICKY' : ''}) `;
}

export function healthObject({ status, checks, mutes }: Health, detail: boolean): PlainObject {
  const muted = new Set(mutes.map(({ code }) => code));
  const each = checks.map(({ code, severity, summary, count, details }) => [
    code,
    {
      severity,
      summary: { message: summary, count },
      ...(detail ? { detail: details.map((message) => ({ message })) } : {}),
      muted: muted.has(code),
    },
  ]);
  return { status, checks: Object.fromEntries(each), mutes: mutes.map(muteObject) };
}

function muteObject({ code, until_us, sticky, summary, count }: HealthMute): PlainObject {
  return { code, ...(until_us === null ? {} : { ttl: isoText(until_us) }), sticky, summary, count };
}
