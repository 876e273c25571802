import { runHostile } from './hostile-maps.ts';

runHostile((line) => console.log(line));
