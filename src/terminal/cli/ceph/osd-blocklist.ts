import {
  blockAddress,
  blockedIn,
  clearBlocklist,
  defaultExpire_s,
  unblockAddress,
} from '../../../engine/mon/blocklist.ts';
import { refused } from '../../../engine/mon/mon-answer.ts';
import type { BlockedAddress } from '../../../engine/osdmap/extra.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf } from '../format/tree.ts';
import { addressText } from '../osdmaptool/address-text.ts';
import { timeText } from '../osdmaptool/texts.ts';
import { addressOf } from './address-arg.ts';
import {
  answered,
  argNumber,
  argText,
  type CephAnswer,
  type CephCall,
  cephCommand,
  requiredText,
} from './ceph-command.ts';
import { choice, optional } from './signatures.ts';

export const osdBlocklist = cephCommand({
  words: 'osd blocklist',
  summary: 'put a client’s address on the list of those that may not write, or take it off',
  description:
    'OSDs refuse what such a client asks, and drop its watches. `rbd status` and `rbd lock ls` show addresses of clients.',
  signature: [
    optional({ name: 'range', type: { kind: 'string', goodchars: '[range]' } }),
    choice('blocklistop', ['add', 'rm']),
    { name: 'addr', type: { kind: 'address' } },
    optional({ name: 'expire', type: { kind: 'float', range: [0] } }),
  ],
  answer: (call) => change(call, 'blocklistop'),
});

/** The word of earlier releases; it knows no ranges. */
export const osdBlacklist = cephCommand({
  words: 'osd blacklist',
  summary: 'the word of earlier releases for osd blocklist',
  signature: [
    choice('blacklistop', ['add', 'rm']),
    { name: 'addr', type: { kind: 'address' } },
    optional({ name: 'expire', type: { kind: 'float', range: [0] } }),
  ],
  answer: (call) => change(call, 'blacklistop'),
});

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd blocklist", "osd blacklist" — exact */
function change({ monitor, args }: CephCall, operation: 'blocklistop' | 'blacklistop'): CephAnswer {
  const isRange = argText(args, 'range') === 'range';
  const given = requiredText(args, 'addr');
  const address = addressOf(given, isRange);
  if (address === undefined) {
    const shownAddress = `v2:${given}:0/0`;
    const text = `You specified a range command, but ${shownAddress} does not parse as a CIDR range`;
    return answered(refused('EINVAL', text));
  }
  const kind = isRange ? 'rangeBlocklist' : 'blocklist';
  const name = addressText(address);
  if (argText(args, operation) === 'rm')
    return { text: unblockAddress(monitor, kind, address) ? `un-blocklisting ${name}` : `${name} isn't blocklisted` };
  const expire_s = argNumber(args, 'expire') ?? defaultExpire_s(monitor);
  const until = blockAddress(monitor, kind, address, expire_s);
  return { text: `blocklisting ${name} until ${timeText(until)} (${expire_s} sec)` };
}

export const osdBlocklistClear = cephCommand({
  words: 'osd blocklist clear',
  aliases: ['osd blacklist clear'],
  summary: 'let all clients write again',
  answer: ({ monitor }) => {
    clearBlocklist(monitor);
    return { text: ' removed all blocklist entries' };
  },
});

export const osdBlocklistLs = cephCommand({
  words: 'osd blocklist ls',
  aliases: ['osd blacklist ls'],
  summary: 'clients that may no longer write',
  answer: (call) => {
    const { map, format } = call;
    const [single, ranges] = [blockedIn(map, 'blocklist'), blockedIn(map, 'rangeBlocklist')];
    const text = `listed ${single.length + ranges.length} entries`;
    const line = ({ address, until }: BlockedAddress) => `${addressText(address)} ${timeText(until)}\n`;
    if (format === 'plain') return { text, output: [...single, ...ranges].map(line).join('') };
    const listed = (entries: readonly BlockedAddress[], key: string) =>
      entries.map(({ address, until }) => ({
        [key]: addressText(address).replace('cidr:', ''),
        until: timeText(until),
      }));
    const end = format === 'json-pretty' ? '\n' : '';
    const first = formatted(nodeOf('blocklist', listed(single, 'addr'), 'entry'), format) + end;
    return {
      text,
      output: first + formatted(nodeOf('range_blocklist', listed(ranges, 'range'), 'entry'), format) + end,
    };
  },
});
