import { useEffect, useRef, useState } from 'react';

const EVERY_MS = 250;

/** A value that follows another a few times a second: for what is read out, which nobody reads in every frame. */
export function useSettled<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    latest.current = value;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      setShown(() => latest.current);
    }, EVERY_MS);
  }, [value]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return shown;
}
