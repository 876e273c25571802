import { hexOf } from '../../engine/base/bytes.ts';
import { type ByteString, bytesOfByteString, textOfByteString } from '../../engine/base/utf8.ts';

/** A key as people read it: its text, or its bytes in hex where it is no text. */
export function readableKey(key: ByteString): { readonly key: string; readonly binaryKey: boolean } {
  const text = textOfByteString(key);
  const binaryKey = /[\p{Cc}\ufffd]/u.test(text);
  return { key: binaryKey ? hexOf(bytesOfByteString(key)) : text, binaryKey };
}
