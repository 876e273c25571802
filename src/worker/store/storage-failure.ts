import type { StorageStatus } from '../../protocol/view.ts';

const DENIED = new Set(['SecurityError', 'InvalidStateError', 'MissingAPIError', 'NotAllowedError']);

/** Chromium with site data blocked gives an UnknownError, and says why in words only. */
const DENIED_IN_WORDS = /denied permission/i;

/** What a failure of the browser's storage means for the person: the reason stays in the browser's own words. */
export function storageFailure(error: unknown): StorageStatus & { readonly kind: 'memory' } {
  const names: string[] = [];
  let reason = String(error);
  for (let at = error; at instanceof Error && names.length < 5; at = innerError(at)) {
    names.push(at.name);
    reason = `${at.name}: ${at.message}`;
  }
  const why = names.includes('QuotaExceededError')
    ? 'full'
    : names.some((name) => DENIED.has(name)) || DENIED_IN_WORDS.test(reason)
      ? 'denied'
      : 'failed';
  return { kind: 'memory', why, reason };
}

/** Dexie keeps the browser's error in `inner`. */
function innerError(error: Error): unknown {
  const wrapped: { readonly inner?: unknown; readonly cause?: unknown } = error;
  return wrapped.inner ?? wrapped.cause;
}
