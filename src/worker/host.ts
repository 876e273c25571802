/** What the sandbox asks of whoever runs it: time and rest for pacing, never for the engine. */
export interface Host {
  now_ms(): number;
  /** Lets messages and timers through; as short as can be. */
  breathe(): Promise<void>;
  sleep(duration_ms: number): Promise<void>;
}

/** A worker's. A message to oneself comes back at once, where a timer is held up for milliseconds. */
export function workerHost(): Host {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    now_ms: () => performance.now(),
    breathe: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(null);
      }),
    sleep: (duration_ms) => new Promise((resolve) => setTimeout(resolve, duration_ms)),
  };
}
