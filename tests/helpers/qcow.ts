/** A state of an image: what stands in each of its clusters. A byte fills one, `zero` is a cluster marked as zeros, null is not there. */
export type Clusters = readonly (number | 'zero' | null)[];

export interface QcowPlan {
  readonly head: Clusters;
  readonly snaps?: readonly { readonly name: string; readonly clusters: Clusters }[];
  readonly version?: 1 | 2 | 3;
  /** 2^bits bytes. */
  readonly clusterBits?: number;
  /** Of the head, in clusters; by itself as many as it has. */
  readonly sizeClusters?: number;
}

/** Makes qcow files for tests, as QEMU lays them out but for reference counts, which readers do not look at. */
export function qcowFile(plan: QcowPlan): Uint8Array {
  const { head, snaps = [], version = 3, clusterBits = 12 } = plan;
  const file = new Writer(2 ** clusterBits, version === 1);
  const size = (plan.sizeClusters ?? head.length) * file.clusterBytes;
  const l1 = snaps.map(({ clusters }) => file.table(clusters));
  const headL1 = file.table(head);
  const table = snaps.map(({ name, clusters }, index) =>
    snapEntry(name, clusters.length * file.clusterBytes, l1[index] ?? 0),
  );
  const snapshotsOffset = snaps.length === 0 ? 0 : file.append(concat(table));
  const view = new DataView(file.bytes.buffer);
  view.setUint32(0, 0x514649fb);
  view.setUint32(4, version);
  view.setBigUint64(24, BigInt(size));
  if (version === 1) {
    file.bytes.set([clusterBits, clusterBits - 3], 32);
    view.setBigUint64(40, BigInt(headL1));
    return file.done();
  }
  view.setUint32(20, clusterBits);
  view.setUint32(36, 1);
  view.setBigUint64(40, BigInt(headL1));
  view.setUint32(60, snaps.length);
  view.setBigUint64(64, BigInt(snapshotsOffset));
  if (version === 3) view.setUint32(100, 112);
  return file.done();
}

/** With its size in what newer versions add. */
function snapEntry(name: string, size: number, l1Offset: number): Uint8Array {
  const text = Uint8Array.from(name, (char) => char.charCodeAt(0));
  const bytes = new Uint8Array(Math.ceil((40 + 16 + 1 + text.length) / 8) * 8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(l1Offset));
  view.setUint32(8, 1);
  view.setUint16(12, 1);
  view.setUint16(14, text.length);
  view.setUint32(36, 16);
  view.setBigUint64(40 + 8, BigInt(size));
  bytes.set([0x31], 56);
  bytes.set(text, 57);
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

class Writer {
  readonly clusterBytes: number;
  /** Room for what tests make. */
  readonly bytes = new Uint8Array(1024 * 1024);
  readonly #plain: boolean;
  #end: number;

  constructor(clusterBytes: number, plain: boolean) {
    this.clusterBytes = clusterBytes;
    this.#plain = plain;
    this.#end = clusterBytes;
  }

  append(bytes: Uint8Array): number {
    const at = this.#end;
    this.bytes.set(bytes, at);
    this.#end = Math.ceil((at + bytes.length) / this.clusterBytes) * this.clusterBytes;
    return at;
  }

  /** Clusters, their L2 table, and an L1 table with that alone; where the L1 table is. */
  table(clusters: Clusters): number {
    const entries = new DataView(new ArrayBuffer(this.clusterBytes));
    for (const [index, each] of clusters.entries()) {
      if (each === null) continue;
      const copied = this.#plain ? 0n : 1n << 63n;
      const entry = each === 'zero' ? 1n : BigInt(this.append(new Uint8Array(this.clusterBytes).fill(each))) | copied;
      entries.setBigUint64(index * 8, entry);
    }
    const l2 = this.append(new Uint8Array(entries.buffer));
    const l1 = new DataView(new ArrayBuffer(8));
    l1.setBigUint64(0, BigInt(l2));
    return this.append(new Uint8Array(l1.buffer));
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.#end);
  }
}
