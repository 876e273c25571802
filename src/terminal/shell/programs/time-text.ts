const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A moment as `date +FORMAT` writes it, in UTC. What it does not know stays as it stands. */
export function timeText(at_us: number, format: string): string {
  // A Date made from a given number of milliseconds reads no clock.
  const time = new Date(Math.floor(at_us / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = DAYS[time.getUTCDay()] ?? '';
  const month = MONTHS[time.getUTCMonth()] ?? '';
  const hours = time.getUTCHours();
  const fields: Readonly<Record<string, () => string>> = {
    '%': () => '%',
    n: () => '\n',
    t: () => '\t',
    Y: () => String(time.getUTCFullYear()),
    y: () => two(time.getUTCFullYear() % 100),
    m: () => two(time.getUTCMonth() + 1),
    d: () => two(time.getUTCDate()),
    e: () => String(time.getUTCDate()).padStart(2),
    H: () => two(hours),
    I: () => two(hours % 12 || 12),
    M: () => two(time.getUTCMinutes()),
    S: () => two(time.getUTCSeconds()),
    N: () => String((at_us % 1e6) * 1000).padStart(9, '0'),
    p: () => (hours < 12 ? 'AM' : 'PM'),
    s: () => String(Math.floor(at_us / 1e6)),
    a: () => day.slice(0, 3),
    A: () => day,
    b: () => month.slice(0, 3),
    B: () => month,
    Z: () => 'UTC',
    z: () => '+0000',
    u: () => String(time.getUTCDay() || 7),
    j: () =>
      String(Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(3, '0'),
    F: () => timeText(at_us, '%Y-%m-%d'),
    T: () => timeText(at_us, '%H:%M:%S'),
    R: () => timeText(at_us, '%H:%M'),
    D: () => timeText(at_us, '%m/%d/%y'),
    c: () => timeText(at_us, '%a %b %e %H:%M:%S %Y'),
  };
  return format.replace(/%([a-zA-Z%])/g, (text, letter: string) => fields[letter]?.() ?? text);
}
