import type { JerasureParameters } from './plugin-jerasure.ts';
import type { ProfileReader } from './profile-reader.ts';

/**
 * The checks of liberation, blaum_roth and liber8tion.
 *
 * @ceph src/erasure-code/jerasure/ErasureCodeJerasure.cc ErasureCodeJerasureLiberation::parse and those that take after it
 */
export function checkLiberation(reader: ProfileReader, parameters: JerasureParameters): void {
  const { technique, k, w, packet_bytes } = parameters;
  if (k > w) reader.complaints.push(`k=${k} must be less than or equal to w=${w}`);
  const wrongWidth = technique === 'liber8tion' ? undefined : widthComplaint(technique, w);
  if (wrongWidth !== undefined) reader.complaints.push(wrongWidth);
  if (packet_bytes === 0) reader.complaints.push(`packetsize=${packet_bytes} must be set`);
  else if (technique !== 'liber8tion' && packet_bytes % 4 !== 0)
    reader.complaints.push(`packetsize=${packet_bytes} must be a multiple of sizeof(int) = 4`);
}

function widthComplaint(technique: string, w: number): string | undefined {
  if (technique === 'liberation')
    return w <= 2 || !isPrime(w) ? `w=${w} must be greater than two and be prime` : undefined;
  // w = 7 was the default once, and is still let through.
  if (w === 7 || (w > 2 && isPrime(w + 1))) return undefined;
  return `w=${w} must be greater than two and w+1 must be prime`;
}

/** The real check knows the primes up to 257. */
const MAX_PRIME = 257;

function isPrime(value: number): boolean {
  if (value < 2 || value > MAX_PRIME) return false;
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false;
  return true;
}
