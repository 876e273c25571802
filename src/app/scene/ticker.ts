/** Calls back once a frame with the time in milliseconds, until the returned function is called. */
export type Ticker = (tick: (now_ms: number) => void) => () => void;

/** The browser's own frames. */
export const animationTicker: Ticker = (tick) => {
  let handle = requestAnimationFrame(function loop(now_ms) {
    handle = requestAnimationFrame(loop);
    tick(now_ms);
  });
  return () => cancelAnimationFrame(handle);
};
