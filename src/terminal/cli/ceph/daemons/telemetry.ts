import { ERRNO } from '../../../../engine/base/errno.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { argText, type CephAnswer, type CephCommand, cephCommand } from '../ceph-command.ts';
import { argsOf } from './refused-commands.ts';

const LICENSE = 'sharing-1-0';
const LICENSED =
  'Telemetry data is licensed under the Community Data License Agreement - Sharing - Version 1.0 ' +
  '(https://cdla.io/sharing-1-0/).';
const PREVIEW = 'Preview sample reports with `ceph telemetry preview`.';
const IS_OFF = 'Telemetry is off. Please consider opting-in with `ceph telemetry on`.';

/** What is not told since nothing is, by its words and arguments. */
const UNTOLD: readonly (readonly [words: string, args: string, output: string])[] = [
  ['telemetry show', 'channels*?', `${IS_OFF}\n${PREVIEW}\n`],
  ['telemetry show-all', '', `${IS_OFF}\n${PREVIEW}\n`],
  ['telemetry show-device', '', `${IS_OFF}\n`],
  ['telemetry enable channel', 'channels*?', `${IS_OFF}\n${PREVIEW}\n`],
  ['telemetry enable channel all', 'channels*?', `${IS_OFF}\n${PREVIEW}\n`],
];

/** The cluster tells its makers nothing, and nothing leaves this sandbox. @ceph src/pybind/mgr/telemetry/module.py — exact while it is off */
export const telemetryCommands: readonly CephCommand[] = [
  cephCommand({
    words: 'telemetry on',
    summary: 'let the cluster tell its makers about itself; not here',
    signature: argsOf('license?'),
    answer: ({ args }) =>
      licensed(
        'on',
        argText(args, 'license'),
        "To enable, add '--license sharing-1-0' to the 'ceph telemetry on' command.",
      ),
  }),
  cephCommand({
    words: 'telemetry send',
    summary: 'tell the makers about the cluster now; not here',
    signature: argsOf('endpoint*?:ceph|device license?'),
    answer: ({ args }) =>
      licensed(
        'send',
        argText(args, 'license'),
        "To manually send telemetry data, add '--license sharing-1-0' to the 'ceph telemetry send' command.\n" +
          "Please consider enabling the telemetry module with 'ceph telemetry on'.",
      ),
  }),
  cephCommand({
    words: 'telemetry off',
    summary: 'let the cluster tell nothing, as it is',
    answer: () => ({
      output:
        'Telemetry is currently not enabled, nothing to turn off. Please consider opting-in with `ceph telemetry on`.\n' +
        `${PREVIEW}\n`,
    }),
  }),
  ...UNTOLD.map(([words, args, output]) =>
    cephCommand({
      words,
      summary: 'what would be told, were telemetry on',
      signature: argsOf(args),
      answer: () => ({ output }),
    }),
  ),
];

function licensed(what: string, license: string | undefined, how: string): CephAnswer {
  if (license !== LICENSE) return { code: ERRNO.EPERM, text: `${LICENSED}\n${how}` };
  return { code: EXIT_NOT_YET, text: `'ceph telemetry ${what}' is not available in this sandbox yet` };
}
