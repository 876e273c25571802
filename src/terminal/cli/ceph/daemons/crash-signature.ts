import type { PythonValue } from '../../../../engine/base/python-json.ts';
import { utf8Encode } from '../../../../engine/base/utf8.ts';
import { hashOf } from '../../../../engine/librbd/crypto/luks/hashes.ts';
import type { Crash } from '../../../../engine/mon/crashes.ts';

/** What of a message of an assertion is the same each time: without its thread, time and line. */
const ASSERTION = /^([\s\S]*) thread [\s\S]* time [\s\S]*(: [\s\S]*)\n/;

/**
 * The crash with what tells whether two are of one kind, where it has a backtrace; null where that is none that the module
 * can read.
 *
 * @ceph src/pybind/mgr/crash/module.py calc_sig — exact: names of functions without their offsets, and the assertion
 */
export function withStackSignature(crash: Crash): Crash | null {
  const backtrace = crash.get('backtrace');
  if (backtrace === undefined) return crash;
  const frames = textsOf(backtrace);
  const message = crash.get('assert_msg') ?? '';
  if (frames === null || typeof message !== 'string') return null;
  const assertion = message === '' ? '' : assertionOf(message);
  if (assertion === null) return null;
  const signed = utf8Encode(frames.map(functionOf).join('') + assertion);
  return new Map([...crash, ['stack_sig', hexOf(hashOf('sha256')(signed))]]);
}

function textsOf(value: PythonValue): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  return value.every((each) => typeof each === 'string') ? value : null;
}

/** Of `(OSD::tick()+0x12) [0x55]` what stands between the brackets, up to the offset. */
function functionOf(frame: string): string {
  const blank = frame.lastIndexOf(' ');
  const inner = (blank < 0 ? frame : frame.slice(0, blank)).slice(1, -1);
  return inner.split('+')[0] ?? '';
}

function assertionOf(message: string): string | null {
  const found = ASSERTION.exec(message);
  return found === null ? null : `${found[1]}${found[2]}`;
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
