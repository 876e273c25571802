/** `2/21 objects degraded (9.524%)`. */
export function objectsText(count: number, of: number, what: string): string {
  return `${count}/${of} objects ${what} (${((100 * count) / of).toFixed(3)}%)`;
}
