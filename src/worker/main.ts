import { expose } from 'comlink';
import { commandRecords, programs } from '../terminal/programs.ts';
import { workerHost } from './host.ts';
import { Server } from './server.ts';
import { DexieStore } from './store/dexie-store.ts';

expose(
  new Server({
    programs: programs(),
    commands: commandRecords,
    host: workerHost(),
    openStore: (name) => DexieStore.open(name),
    // Missing where the page is not served securely: then nobody else is known to write.
    locks: 'locks' in navigator ? navigator.locks : null,
  }),
);
