/** Input that claims more than it is, or that is as much as may be read; and what is done with it. */
export interface Hostile {
  readonly name: string;
  readonly make: () => Uint8Array;
  readonly read: (bytes: Uint8Array) => unknown;
}

export const MIB = 1024 * 1024;

export const filled = (bytes: number, text: string) => () => Buffer.alloc(bytes, text);

export const zeros = (bytes: number) => () => new Uint8Array(bytes);
