import type { Host } from './host.ts';

/** So long the lock of a page that is just being left may stand in the way: after a reload, the page's own. */
const PATIENCE_MS = 400;

/** One tab writes a sandbox at a time: it holds the Web Lock of the sandbox's name for as long as it lives. */
export class WriterLock {
  readonly #name: string;
  readonly #locks: LockManager;
  readonly #host: Host;
  readonly #onLost: () => void;

  constructor(name: string, locks: LockManager, host: Host, onLost: () => void) {
    this.#name = name;
    this.#locks = locks;
    this.#host = host;
    this.#onLost = onLost;
  }

  /** Takes the lock if nobody has it, or (`steal`) from whoever has it. True where it is ours now. */
  take(steal: boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const patience = new AbortController();
      let ours = false;
      const hold = () => {
        ours = true;
        resolve(true);
        return new Promise<void>(() => undefined);
      };
      const options: LockOptions = steal ? { steal: true } : { signal: patience.signal };
      this.#locks.request(this.#name, options, hold).catch((error: unknown) => {
        if (isNamed(error, 'AbortError') && ours) this.#onLost();
        else if (isNamed(error, 'AbortError')) resolve(false);
        // Where storage is denied, so are locks. Then nobody else is known to write, and nothing is written here.
        else if (isNamed(error, 'SecurityError')) resolve(true);
        else reject(error);
      });
      if (!steal) void this.#host.sleep(PATIENCE_MS).then(() => patience.abort());
    });
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
