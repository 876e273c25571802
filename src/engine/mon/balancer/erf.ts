/** The error function, to about fifteen digits: its power series, beyond 3 the continued fraction of its complement. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x > 6) return 1;
  return x < 3 ? series(x) : 1 - complement(x);
}

const TERMS = 200;

function series(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < TERMS && Math.abs(term) > sum * Number.EPSILON; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function complement(x: number): number {
  let fraction = 0;
  for (let n = TERMS; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}
