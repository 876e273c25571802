import { ERRNO } from '../../engine/base/errno.ts';
import type { CrushMap } from '../../engine/crush/crush-map.ts';
import { isValidName } from '../../engine/crush/names.ts';
import { classOf, devicesUnder, idOfName, typeNameOf } from '../../engine/crush/tree.ts';
import { newOsd } from '../../engine/osdmap/build.ts';
import type { OsdInfo, OsdMap } from '../../engine/osdmap/osd-map.ts';
import type { AddedHost, MapEditor, NewHost } from './room-parts.ts';

/** More OSDs than any host has. */
const MOST_OSDS = 1000;
const HEAVIEST = 10_000;

/**
 * New OSDs, up and in, in a host's bucket: the commands that place them are run, and are the edit's script. Nothing is
 * changed where one of them refuses.
 */
export async function addHost(
  editor: MapEditor,
  publish: (change: (map: OsdMap) => OsdMap) => void,
  wanted: NewHost,
): Promise<AddedHost> {
  const before = editor.map();
  const refusal = refusalOf(before.crush, wanted);
  if (refusal !== undefined) return refused(refusal.exitCode, `${refusal.text}\n`);
  const ids = freeIds(before, wanted.osds);
  publish((map) => withNewOsds(map, ids));
  const script = scriptFor(before.crush, wanted, ids);
  let stderr = '';
  for (const line of script) {
    const result = await editor.run(line);
    stderr += result.stderr;
    if (result.exitCode === 0) continue;
    editor.setMap(before);
    return refused(result.exitCode, result.stderr);
  }
  return { exitCode: 0, stdout: '', stderr, wroteFiles: false, script };
}

function refused(exitCode: number, stderr: string): AddedHost {
  return { exitCode, stdout: '', stderr, wroteFiles: false, script: [] };
}

function refusalOf(crush: CrushMap, { host, parent, osds, weight }: NewHost) {
  const no = (exitCode: number, text: string) => ({ exitCode, text });
  if (!isValidName(host)) return no(ERRNO.EINVAL, `'${host}' is no name for a host`);
  if (!Number.isInteger(osds) || osds < 1 || osds > MOST_OSDS) return no(ERRNO.EINVAL, `1 to ${MOST_OSDS} OSDs`);
  if (!(weight >= 0 && weight <= HEAVIEST)) return no(ERRNO.EINVAL, `a weight from 0 to ${HEAVIEST}`);
  if (idOfName(crush, host) !== undefined) return undefined;
  const id = idOfName(crush, parent);
  return id === undefined || id >= 0 ? no(ERRNO.ENOENT, `there is no bucket '${parent}'`) : undefined;
}

/** Ids that a real cluster would give: the lowest that no OSD has. */
function freeIds({ osds, crush }: OsdMap, count: number): number[] {
  const ids: number[] = [];
  for (let id = 0; ids.length < count; id++) if (osds[id] === undefined && !crush.names.has(id)) ids.push(id);
  return ids;
}

function withNewOsds(map: OsdMap, ids: readonly number[]): OsdMap {
  const maxOsd = ids.reduce((most, id) => Math.max(most, id + 1), map.maxOsd);
  const osds: (OsdInfo | undefined)[] = Array.from({ length: maxOsd }, (_, id) => map.osds[id]);
  for (const id of ids) osds[id] = newOsd(id, map.epoch + 1);
  return { ...map, maxOsd, osds };
}

function scriptFor(crush: CrushMap, { host, parent, weight }: NewHost, ids: readonly number[]): string[] {
  const names = ids.map((id) => `osd.${id}`);
  const deviceClass = usualClass(crush, idOfName(crush, host) ?? idOfName(crush, parent));
  const isNew = idOfName(crush, host) === undefined;
  const parentType = typeNameOf(crush, idOfName(crush, parent) ?? 0);
  return [
    ...(isNew ? [`ceph osd crush add-bucket ${host} host`, `ceph osd crush move ${host} ${parentType}=${parent}`] : []),
    `# deploy ${ids.length === 1 ? 'one OSD' : `${ids.length} OSDs`} on ${host} now; as ${listed(names)} they go on:`,
    ...(deviceClass === undefined ? [] : [`ceph osd crush set-device-class ${deviceClass} ${names.join(' ')}`]),
    ...names.map((name) => `ceph osd crush add ${name} ${weight} host=${host}`),
  ];
}

function listed(names: readonly string[]): string {
  return names.length < 4 ? names.join(', ') : `${names[0]} … ${names.at(-1)}`;
}

/** The class that most devices near by have; of the whole map's where there are none. */
function usualClass(crush: CrushMap, near: number | undefined): string | undefined {
  const below = near === undefined ? [] : devicesUnder(crush, near);
  const counts = new Map<string, number>();
  for (const device of below.length > 0 ? below : crush.deviceClasses.keys()) {
    const name = device < 0 ? undefined : classOf(crush, device);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
