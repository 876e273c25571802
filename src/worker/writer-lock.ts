/** One tab writes a sandbox at a time: it holds the Web Lock of the sandbox's name for as long as it lives. */
export class WriterLock {
  readonly #name: string;
  readonly #locks: LockManager;
  readonly #onLost: () => void;

  constructor(name: string, locks: LockManager, onLost: () => void) {
    this.#name = name;
    this.#locks = locks;
    this.#onLost = onLost;
  }

  /** Takes the lock if nobody has it, or from whoever has it. True where it is ours now. */
  take(steal: boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const options: LockOptions = steal ? { steal: true } : { ifAvailable: true };
      const held = this.#locks.request(this.#name, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined);
      });
      held.then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof DOMException && error.name === 'AbortError') this.#onLost();
          else reject(error);
        },
      );
    });
  }
}
