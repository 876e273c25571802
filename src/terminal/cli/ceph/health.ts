import { type Health, healthOf } from '../../../engine/mon/health.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { choice, optional } from './signatures.ts';

export const health = cephCommand({
  words: 'health',
  summary: 'is all well, and if not, what is wrong',
  description: 'One line; with `detail`, what each check found.',
  signature: [optional(choice('detail', ['detail']))],
  answer: run,
});

function run(call: CephCall): CephAnswer {
  const now = currentHealth(call);
  const detail = argText(call.args, 'detail') !== undefined;
  return shown(
    call,
    () => healthLine(now) + (detail ? detailLines(now) : ''),
    () => nodeOf('health', healthObject(now, detail)),
    '\n',
  );
}

export function currentHealth(call: CephCall): Health {
  return healthOf(call.map, call.stats(), call.cluster.now_us());
}

function healthLine({ status, checks }: Health): string {
  const summaries = checks.map(({ summary }) => summary).join('; ');
  return checks.length === 0 ? `${status}\n` : `${status} ${summaries}\n`;
}

function detailLines({ checks }: Health): string {
  return checks
    .map(({ code, severity, summary, details }) => {
      const mark = severity === 'HEALTH_ERR' ? 'ERR' : 'WRN';
      return `[${mark}] ${code}: ${summary}\n${details.map((line) => `    ${line}\n`).join('')}`;
    })
    .join('');
}

export function healthObject({ status, checks }: Health, detail: boolean): PlainObject {
  const each = checks.map(({ code, severity, summary, count, details }) => [
    code,
    {
      severity,
      summary: { message: summary, count },
      ...(detail ? { detail: details.map((message) => ({ message })) } : {}),
      muted: false,
    },
  ]);
  return { status, checks: Object.fromEntries(each), mutes: [] };
}
