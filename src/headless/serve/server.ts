import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { Cluster } from '../../engine/cluster/cluster.ts';
import type { ClusterSpec } from '../../engine/cluster/spec.ts';
import { programs } from '../../terminal/programs.ts';
import { Devices } from '../../terminal/shell/devices.ts';
import { ClusterClock } from './cluster-clock.ts';
import { Connection } from './connection.ts';
import { frame } from './frames.ts';
import { SERVED } from './programs-folder.ts';

/** A cluster on a Unix socket. */
export interface ServedCluster {
  /** Stops what runs, and takes the socket away. */
  close(): Promise<void>;
  /** Over once it was closed, by {@link close} or by a client that asked for it. */
  readonly closed: Promise<void>;
}

/** Serves a fresh cluster. Throws where the socket cannot be made, or another server has it. */
export async function serveCluster(path: string, spec: ClusterSpec, speed: number): Promise<ServedCluster> {
  await makeRoom(path);
  const cluster = new Cluster(spec);
  const clock = new ClusterClock(cluster, speed);
  const all = programs();
  const tools = new Map(SERVED.flatMap((name) => [...all].filter(([each]) => each === name)));
  const host = { cluster, clock, programs: tools, devices: new Devices(cluster), stop: () => void close() };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    new Connection(host, socket);
  });
  const closed = new Promise<void>((resolve) => server.on('close', resolve));
  await listenPrivately(server, path).catch((error: unknown) => {
    clock.close();
    throw error;
  });

  async function close(): Promise<void> {
    clock.close();
    for (const socket of sockets) socket.destroy();
    server.close();
    await closed;
  }

  return { close, closed };
}

/** The socket is its owner's from the start: it is made with that mode, not changed to it. */
function listenPrivately(server: Server, path: string): Promise<void> {
  const umask = process.umask(0o177);
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  }).finally(() => process.umask(umask));
}

/** Makes the socket's folder, and takes away a socket that nobody listens on any more. */
async function makeRoom(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isSocket()) throw new Error(`${path} is there, and no socket`);
  if (await sendStop(path, false)) throw new Error(`${path}: a cluster is served here already`);
  rmSync(path, { force: true });
}

/** Tells the server of a socket to end, and waits until it has; false where none listens. */
export function stopServer(path: string): Promise<boolean> {
  return sendStop(path, true);
}

function sendStop(path: string, stop: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on('error', () => resolve(false));
    socket.on('connect', () => (stop ? socket.write(frame('stop')) : socket.destroy()));
    socket.on('close', (failed) => resolve(!failed));
    socket.resume();
  });
}
