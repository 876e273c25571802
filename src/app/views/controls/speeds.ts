/** Speeds that the button goes through; 1 is the pace for watching. */
export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8];

export function nextSpeed(speed: number): number {
  return SPEEDS.find((each) => each > speed) ?? SPEEDS[0] ?? 1;
}

export function faster(speed: number): number {
  return SPEEDS.find((each) => each > speed) ?? speed;
}

export function slower(speed: number): number {
  return SPEEDS.findLast((each) => each < speed) ?? speed;
}
