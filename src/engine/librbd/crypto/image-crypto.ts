import type { ImageCtx } from '../image-ctx.ts';

/**
 * What opens the data of an encrypted image, as its header gave it out for a passphrase, and the same of its
 * ancestors. A plain value, so that a mapping can outlive a reload.
 */
export interface ImageCrypto {
  /** Of AES-XTS: 32 bytes for AES-128, 64 for AES-256. */
  readonly key: Uint8Array;
  /** What is encrypted at a time. */
  readonly sectorBytes: number;
  /** Where the data begins, behind the header: a whole number of stripe periods. */
  readonly dataOffset: number;
  /** Of the parent; null where that one is plain, or there is none. */
  readonly parent: ImageCrypto | null;
}

/** An open image and its ancestors are read and written through their encryption from now on. */
export function setCrypto(image: ImageCtx, crypto: ImageCrypto | null): void {
  image.crypto = crypto;
  if (image.parent !== null) setCrypto(image.parent, crypto?.parent ?? null);
}
