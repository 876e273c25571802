/** The three colours of a diverging scale, as `#rrggbb`: blue, grey and orange are told apart by every eye. */
export interface DivergingColours {
  readonly under: string;
  readonly middle: string;
  readonly over: string;
}

/** Steps to each side of the middle: few colours draw faster, and more could not be told apart. */
const STEPS = 12;

/** The colours from under to over, `2 · STEPS + 1` of them. */
export function divergingRamp(colours: DivergingColours): readonly string[] {
  return Array.from({ length: 2 * STEPS + 1 }, (_, at) => {
    const share = (at - STEPS) / STEPS;
    return mixHex(colours.middle, share < 0 ? colours.under : colours.over, Math.abs(share) ** 0.8);
  });
}

/** Where a scale that ends at `end` begins: nothing has less than nothing, 100 % below its share. */
export function rampStart(end: number): number {
  return -Math.min(1, end);
}

/** The place on the ramp of a value on a scale that ends at `end`, and begins at {@link rampStart}. */
export function rampIndex(value: number, end: number): number {
  const side = value < 0 ? -rampStart(end) : end;
  const share = Math.max(-1, Math.min(1, side === 0 ? 0 : value / side));
  return STEPS + Math.round(share * STEPS);
}

/** `share` of the way from one colour to another. */
export function mixHex(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  const mixed = a.map((value, at) => Math.round(value + ((b[at] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** True where dark text reads better on a colour than light text does. */
export function isBright(hex: string): boolean {
  const [r = 0, g = 0, b = 0] = channels(hex).map((value) => (value / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.194;
}

function channels(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) || 0);
}
