import type { WhyDraw } from '../../../protocol/maps.ts';

/**
 * How long to draw the straws of one draw, 0 to 1, the longest first as they come. Of straw2 the lengths are
 * logarithms divided by weights, all below zero; what is drawn is their power: the hash as a share of its range,
 * raised to how much lighter the item is than the heaviest. The order is the same. Null where the kind has no straws.
 */
export function strawBars(draw: WhyDraw): readonly (number | null)[] {
  const lengths = draw.straws.map(({ length }) => length);
  const heaviest = Math.max(...draw.straws.map(({ weight }) => weight));
  if (lengths.some((length) => length !== null && length < 0))
    return draw.straws.map((straw) =>
      straw.weight <= 0 || straw.length === null ? 0 : ((straw.hash + 1) / 0x10000) ** (heaviest / straw.weight),
    );
  const longest = Math.max(0, ...lengths.map((length) => length ?? 0));
  return lengths.map((length) => (length === null ? null : longest === 0 ? 0 : length / longest));
}
