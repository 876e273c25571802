import { expose } from 'comlink';
import { workerHost } from './host.ts';
import { Server } from './server.ts';
import { DexieStore } from './store/dexie-store.ts';

expose(
  new Server({
    // A chunk of its own, which comes while the first view is drawn: nobody types before that.
    terminal: import('./terminal.ts').then(({ terminal }) => terminal),
    host: workerHost(),
    openStore: (name) => DexieStore.open(name),
    // Missing where the page is not served securely: then nobody else is known to write.
    locks: 'locks' in navigator ? navigator.locks : null,
  }),
);
