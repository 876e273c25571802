/** A number with at most so many significant digits and no zeros at the end, as C++ streams print it. */
export function shortFloatText(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
