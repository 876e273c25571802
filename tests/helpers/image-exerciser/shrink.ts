/** A list with as little as possible in it that still fails: ever smaller parts of it are left out, as long as that changes something. */
export function shrunk<T>(list: readonly T[], fails: (list: readonly T[]) => boolean, mostTries = 600): readonly T[] {
  let [best, tries] = [list, 0];
  for (let part = Math.ceil(list.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = Math.max(0, best.length - part); at >= 0 && tries < mostTries; at -= part) {
      const without = [...best.slice(0, at), ...best.slice(at + part)];
      tries++;
      if (fails(without)) best = without;
      if (at === 0) break;
      if (at < part) at = part;
    }
  }
  return best;
}
