/** True for a name that people may give; shadow buckets have others, with a `~`. */
export function isValidName(name: string): boolean {
  return /^[-_.0-9A-Za-z]+$/.test(name);
}
