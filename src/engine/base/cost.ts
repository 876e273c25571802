/** What a command cost, counted where the cost arises: the line under each command is made from this. */
export interface Cost {
  /** Operations that clients sent to primaries. */
  clientOps: number;
  /** Reads and writes that OSDs did on their stores; a write to three replicas counts three. */
  diskReads: number;
  diskWrites: number;
  readBytes: number;
  writeBytes: number;
  /** Bytes between clients, primaries and replicas. */
  networkBytes: number;
  /** Transactions that primaries sent to replicas. */
  replicaWrites: number;
  /** Objects that a clone copied up from its parent. */
  copyups: number;
  /** Objects cloned on an OSD at the first write after a snapshot. */
  objectClones: number;
  /** Requests to the monitor, and map epochs that they made. */
  monCommands: number;
  epochs: number;
}

export function noCost(): Cost {
  return {
    clientOps: 0,
    diskReads: 0,
    diskWrites: 0,
    readBytes: 0,
    writeBytes: 0,
    networkBytes: 0,
    replicaWrites: 0,
    copyups: 0,
    objectClones: 0,
    monCommands: 0,
    epochs: 0,
  };
}
