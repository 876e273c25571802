import { expose } from 'comlink';
import { installSimdCore } from '../../engine/crush/simd-core.ts';
import { RoomServer } from './room-server.ts';

installSimdCore();
expose(
  new RoomServer(
    () => import('./tools.ts').then(({ tools }) => tools),
    () => performance.now(),
  ),
);
