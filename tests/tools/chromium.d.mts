/** Path of a Chromium for the browser tests; throws with a line that says what to run where there is none. */
export function findChromium(): string;
