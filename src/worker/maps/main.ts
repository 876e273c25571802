import { expose } from 'comlink';
import { installSimdCore } from '../../engine/crush/simd-core.ts';
import { workerHost } from '../host.ts';
import { RoomServer } from './room-server.ts';

installSimdCore();
expose(new RoomServer(() => import('./tools.ts').then(({ tools }) => tools), workerHost()));
