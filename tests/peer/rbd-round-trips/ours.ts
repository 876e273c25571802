import { bytesData, bytesOfData, concatData, type Data, fillData } from '../../../src/engine/base/data.ts';
import { TestMachine } from '../../helpers/machine.ts';

/** Zeros cost nothing as holes, and files are of many. */
const PIECE_BYTES = 65_536;

/**
 * Runs lines on a new cluster, with these files below the home folder, in one of its folders. Gives what the lines that
 * failed said, and all files that are there in the end.
 *
 * @public loaded by `side.mjs` when it runs
 */
export function runHere(
  lines: readonly string[],
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): { readonly said: string; readonly files: Map<string, Uint8Array> } {
  const machine = new TestMachine();
  const folders = [folder, ...[...files.keys()].map((path) => path.slice(0, path.lastIndexOf('/')))];
  for (const each of new Set(folders)) machine.must(`mkdir -p ${each}/files`);
  for (const [path, bytes] of files) machine.shell.files.put(`/root/${path}`, sparse(bytes));
  machine.must(`cd ${folder}`);
  const said = lines.map((line) => {
    const { code, err } = machine.run(line);
    return code === 0 ? '' : `failed ${code}: ${line}\n${err}`;
  });
  return { said: said.join(''), files: filesOf(machine) };
}

function filesOf(machine: TestMachine): Map<string, Uint8Array> {
  const { files } = machine.shell;
  const found = new Map<string, Uint8Array>();
  for (const path of files.paths()) {
    const data = files.get(path);
    if (data !== undefined) found.set(path.slice('/root/'.length), bytesOfData(data));
  }
  return found;
}

function sparse(bytes: Uint8Array): Data {
  const pieces: Data[] = [];
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    pieces.push(piece.some((byte) => byte !== 0) ? bytesData(piece) : fillData(piece.length));
  }
  return concatData(pieces);
}
