import { type Remote, transfer, wrap } from 'comlink';
import type { Profile } from '../../engine/base/era.ts';
import type { OpenResult, SandboxCalls, Scenario } from '../../protocol/calls.ts';
import type { ClusterView, Frame, TimelineEntry, TimelineView } from '../../protocol/view.ts';
import { useLanguage } from '../i18n/language-store.ts';
import { useCluster } from './cluster-store.ts';
import { useSession } from './session-store.ts';
import { useTerminal } from './terminal-store.ts';
import { useTimeline } from './timeline-store.ts';

/** `before` and `after` are what was seen of the cluster without and with the frame. */
type FrameListener = (frame: Frame, before: ClusterView | null, after: ClusterView) => void;

let remote: Remote<SandboxCalls> | null = null;
const listeners = new Set<FrameListener>();
const waiting = new Set<() => void>();
let lastFrame: Frame | null = null;

/** The worker's calls. The worker must have been started. */
export function sandbox(): Remote<SandboxCalls> {
  if (remote === null) throw new Error('the worker has not been started');
  return remote;
}

/** Calls `listener` with each frame, after the stores have taken it. */
export function onFrame(listener: FrameListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Starts the worker and opens the sandbox; the stores fill as its frames come. */
export async function startSandbox(fragment: string | null): Promise<void> {
  const worker = new Worker(new URL('../../worker/main.ts', import.meta.url), { type: 'module', name: 'cluster' });
  worker.addEventListener('error', (event) => fail(event.message));
  remote = wrap<SandboxCalls>(worker);
  followLanguage(remote);
  const { port1, port2 } = new MessageChannel();
  // Only our own worker holds the other end of this port, and it posts nothing but frames.
  port1.onmessage = (event: MessageEvent<Frame>) => takeFrame(event.data);
  try {
    await takeOpened(await remote.open(transfer(port2, [port2]), { fragment }));
  } catch (error) {
    fail(error);
  }
}

/** The terminal explains commands in the page's language. */
function followLanguage({ speak }: Remote<SandboxCalls>): void {
  void speak(useLanguage.getState().language);
  useLanguage.subscribe(({ language }) => void speak(language));
}

async function takeOpened(opened: OpenResult): Promise<void> {
  const session = useSession.getState();
  useTimeline.getState().setTimeline(opened.timeline);
  useTerminal.getState().reset(await sandbox().scrollback());
  if (opened.linkError !== null) session.notify({ kind: 'link', error: opened.linkError });
  const { lostCommands = 0 } = opened;
  if (lostCommands > 0) session.notify({ kind: 'lost', commands: lostCommands });
  session.set({ phase: 'open' });
  await applyPace();
}

/** From here on the pace that the user chooses is the worker's. */
export function startPace(): void {
  useSession.subscribe((state, before) => {
    if (state.phase === 'open' && (state.paused !== before.paused || state.speed !== before.speed)) void applyPace();
  });
}

function fail(error: unknown): void {
  const session = useSession.getState();
  session.notify({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
  if (session.phase === 'opening') session.set({ phase: 'failed' });
}

function takeFrame(frame: Frame): void {
  if (frame.output.length > 0 || frame.events.length > 0 || frame.droppedEvents > 0)
    useTerminal.getState().output(frame.output, frame.events, frame.droppedEvents);
  const before = useCluster.getState().view;
  useCluster.getState().apply(frame.view, frame.status);
  if (frame.storage !== null) useSession.getState().setStorage(frame.storage);
  if (frame.timeline !== null) useTimeline.getState().setTimeline(frame.timeline);
  lastFrame = frame;
  const after = useCluster.getState().view;
  if (after !== null) for (const listener of listeners) listener(frame, before, after);
  for (const wake of [...waiting]) wake();
}

/** Tells the worker the pace that the user chose. */
export async function applyPace(): Promise<void> {
  const { paused, speed } = useSession.getState();
  await sandbox().pace(paused ? { kind: 'paused' } : { kind: 'run', speed });
}

/** Runs lines one after another; one that is typed while another is blocked runs beside it, lines given while others run wait, and hurry what runs to its end. */
export async function runLines(lines: readonly string[]): Promise<void> {
  const [line = ''] = lines;
  const isBlocked = useCluster.getState().status.kind === 'blocked';
  if (isBlocked && line.trim() !== '' && lines.length === 1 && (await sandbox().aside(line)) !== null) return;
  const terminal = useTerminal.getState();
  const busy = terminal.queue.length > 0;
  terminal.setQueue([...terminal.queue, ...lines]);
  if (busy) await sandbox().pace({ kind: 'fast' });
  else await drain();
}

/** The queue's head is the line that runs. */
async function drain(): Promise<void> {
  for (;;) {
    const line = useTerminal.getState().queue[0];
    if (line === undefined) return;
    await runOne(line);
    const { queue, setQueue } = useTerminal.getState();
    setQueue(queue.slice(1));
    if (queue.length > 1) await sandbox().pace({ kind: 'fast' });
    else await applyPace();
  }
}

async function runOne(line: string): Promise<void> {
  const before = useTimeline.getState();
  if (before.at !== (before.entries.at(-1)?.seq ?? 0)) dropFuture(before.at);
  useTerminal.getState().begin(line);
  const seq = lastFrame?.seq ?? 0;
  try {
    const result = await sandbox().run(line);
    await ended(seq);
    useTimeline.getState().setTimeline(result.timeline);
    useTerminal.getState().end(newEntry(before, result.timeline));
  } catch (error) {
    useTerminal.getState().end(null);
    fail(error);
  }
}

/** What was printed after the point from which a new future starts leaves the screen. */
function dropFuture(at: number): void {
  useTerminal.getState().dropAfter(at);
}

function newEntry(before: TimelineView, after: TimelineView): TimelineEntry | null {
  const entry = after.entries.findLast((each) => each.seq === after.at);
  return entry !== undefined && !before.entries.includes(entry) && after.at !== before.at ? entry : null;
}

/** Frames that are late by more than this are not coming. */
const LATE_MS = 1000;

/** Frames and answers come over two channels: waits for the frame that ends the command begun after frame `seq`. */
function ended(seq: number): Promise<void> {
  const isIn = (): boolean => lastFrame !== null && lastFrame.seq > seq && lastFrame.status.kind === 'idle';
  if (isIn()) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(finish, LATE_MS);
    const wake = (): void => {
      if (isIn()) finish();
    };
    waiting.add(wake);
    function finish(): void {
      clearTimeout(late);
      waiting.delete(wake);
      resolve();
    }
  });
}

/** Ctrl-C: stops what runs, and forgets the lines that wait. */
export async function interrupt(): Promise<void> {
  const { queue, setQueue } = useTerminal.getState();
  setQueue(queue.slice(0, 1));
  await sandbox().interrupt();
}

/** Travels to the state after entry `seq`; 0 is the fresh cluster. */
export async function travel(seq: number): Promise<void> {
  useTimeline.getState().setTimeline(await sandbox().travel(seq));
}

/** Replaces the session by a scenario, or by a fresh cluster. */
export async function loadScenario(scenario: Scenario | null, profile?: Profile): Promise<void> {
  const result = await sandbox().load(scenario, profile);
  useTimeline.getState().setTimeline(result.timeline);
  useTerminal.getState().reset(await sandbox().scrollback());
}

export async function takeOver(): Promise<void> {
  await takeOpened(await sandbox().takeOver());
}

/** Puts a file that the user dropped or chose into the simulated machine. */
export async function addFile(file: File): Promise<void> {
  const answer = await sandbox().addFile(file.name, new Uint8Array(await file.arrayBuffer()));
  const { notify } = useSession.getState();
  if (answer.ok) notify({ kind: 'file-added', name: file.name });
  else notify({ kind: 'file-refused', name: file.name, reason: answer.reason });
}
