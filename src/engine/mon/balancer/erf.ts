/** The error function, to about fifteen digits: a series, beyond 3 the continued fraction of its complement. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x > 6) return 1;
  return x < 3 ? series(x) : 1 - complement(x);
}

const TERMS = 200;
const SMALL = 2 ** -56;

/** All terms are positive, so that none takes away what another has made exact. */
function series(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < TERMS && term > sum * SMALL; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function complement(x: number): number {
  let fraction = 0;
  for (let n = TERMS; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}
