import type { OsdInspection } from '../../../protocol/calls.ts';
import type { OsdView } from '../../../protocol/view.ts';
import { useTroubleText } from '../../i18n/trouble-text.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { Fact } from './facts.tsx';

interface OsdProps {
  readonly osd: OsdInspection;
  readonly shown: OsdView;
}

/** Whether its process runs, and what time will do to it. */
export function OsdProcess({ osd, shown }: OsdProps) {
  const words = useTroubleText();
  const { process, running, stopped, unnoticed, down, outIn } = words.osd;
  const seconds = (us: number): string => words.time_s(us / 1e6);
  return (
    <>
      <Fact name={process}>{osd.running ? running : shown.up ? unnoticed : stopped}</Fact>
      {osd.downFor_us !== null && (
        <Fact name={down}>
          {seconds(osd.downFor_us)}
          {osd.outIn_us !== null && ` · ${outIn(seconds(osd.outIn_us))}`}
        </Fact>
      )}
    </>
  );
}

/** What can be done to an OSD, as commands for the prompt. */
export function OsdTools({ osd, shown }: OsdProps) {
  const words = useTroubleText().osd;
  return (
    <>
      <h3>
        {words.tools} <span className="count">{words.toolsHint}</span>
      </h3>
      <p className="chips">
        {toolsOf(osd, shown).map((command) => (
          <CommandChip key={command} command={command} />
        ))}
      </p>
    </>
  );
}

function toolsOf({ id, running, outIn_us }: OsdInspection, { in: isIn, host }: OsdView): readonly string[] {
  const process = running
    ? [`systemctl stop ceph-osd@${id}`, `systemctl kill -s KILL ceph-osd@${id}`]
    : [`systemctl start ceph-osd@${id}`];
  const fate = isIn ? `ceph osd out ${id}` : `ceph osd in ${id}`;
  const machine = host === '' ? [] : [running ? `sim power-off ${host}` : `sim power-on ${host}`];
  return [...process, fate, ...machine, ...(outIn_us === null ? [] : ['sleep 10m'])];
}
