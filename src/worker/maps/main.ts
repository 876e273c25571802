import { expose } from 'comlink';
import { RoomServer } from './room-server.ts';

expose(
  new RoomServer(
    () => import('./tools.ts').then(({ tools }) => tools),
    () => performance.now(),
  ),
);
