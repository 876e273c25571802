import { utf8Decode } from '../../../../engine/base/utf8.ts';
import { setConfig } from '../../../../engine/mon/config/change.ts';
import { CONFIG_OPTIONS } from '../../../../engine/mon/config/options.ts';
import { type CephAnswer, type CephCall, cephCommand } from '../ceph-command.ts';

const MON_HOST = '[v2:127.0.0.1:3300/0,v1:127.0.0.1:6789/0]';

export const generateMinimalConf = cephCommand({
  words: 'config generate-minimal-conf',
  summary: 'a configuration file that is enough to find the cluster',
  answer: ({ map }) => ({
    output: `# minimal ceph.conf for ${map.fsid}\n[global]\n\tfsid = ${map.fsid}\n\tmon_host = ${MON_HOST}\n`,
  }),
});

export const assimilateConf = cephCommand({
  words: 'config assimilate-conf',
  summary: 'take the settings of a configuration file (-i) over, and print what is left of it',
  answer: assimilate,
});

interface Line {
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

/** Lines `name = value` below `[section]`; comments and the rest are left out. */
function linesOf(text: string): Line[] {
  const out: Line[] = [];
  let section = 'global';
  for (const line of text.split('\n').map((each) => each.replace(/[#;].*$/, '').trim())) {
    const heading = /^\[(.+)\]$/.exec(line)?.[1];
    const pair = /^([^=]+)=(.*)$/.exec(line);
    if (heading !== undefined) section = heading.trim();
    else if (pair !== null) {
      const name = (pair[1] ?? '').trim().replace(/[ -]+/g, '_');
      out.push({ section, name, value: (pair[2] ?? '').trim() });
    }
  }
  return out;
}

/** What the monitors must be found by stays in the file. */
const KEPT = ['fsid', 'mon_host'];

/** @ceph src/mon/ConfigMonitor.cc "config assimilate-conf" — options that are not here stay in the file too */
function assimilate({ monitor, input }: CephCall): CephAnswer {
  const left: Line[] = [];
  for (const line of linesOf(utf8Decode(input))) {
    const known = CONFIG_OPTIONS.has(line.name) && !KEPT.includes(line.name);
    if (!known || setConfig(monitor, line.section, line.name, line.value).code !== 0) left.push(line);
  }
  const sections = [...new Set(left.map(({ section }) => section))];
  const text = sections.map((section) => {
    const own = left.filter((line) => line.section === section);
    return `\n[${section}]\n${own.map(({ name, value }) => `\t${name} = ${value}\n`).join('')}`;
  });
  return { output: text.join('') };
}
