/** Small choices of the user that outlive the tab. Where the browser stores nothing, they just do not. */
const PREFIX = 'radoscope.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // Storage is denied (a private window, a policy): the page has its defaults.
    return null;
  }
}

export function remember(name: string, value: string): void {
  if (recall(name) === value) return;
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // As above; the sandbox's own store tells the user about it.
  }
}
