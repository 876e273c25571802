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

const two = (value: number): string => String(value).padStart(2, '0');
const dayName = (time: Date): string => DAYS[time.getUTCDay()] ?? '';
const monthName = (time: Date): string => MONTHS[time.getUTCMonth()] ?? '';
const dayOfYear = (time: Date): number =>
  Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

/** What each letter after a percent sign stands for. */
const FIELDS = new Map<string, (time: Date, at_us: number) => string>([
  ['%', () => '%'],
  ['n', () => '\n'],
  ['t', () => '\t'],
  ['Y', (time) => String(time.getUTCFullYear())],
  ['y', (time) => two(time.getUTCFullYear() % 100)],
  ['m', (time) => two(time.getUTCMonth() + 1)],
  ['d', (time) => two(time.getUTCDate())],
  ['e', (time) => String(time.getUTCDate()).padStart(2)],
  ['H', (time) => two(time.getUTCHours())],
  ['I', (time) => two(time.getUTCHours() % 12 || 12)],
  ['M', (time) => two(time.getUTCMinutes())],
  ['S', (time) => two(time.getUTCSeconds())],
  ['N', (_, at_us) => String((at_us % 1e6) * 1000).padStart(9, '0')],
  ['p', (time) => (time.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['s', (_, at_us) => String(Math.floor(at_us / 1e6))],
  ['a', (time) => dayName(time).slice(0, 3)],
  ['A', dayName],
  ['b', (time) => monthName(time).slice(0, 3)],
  ['B', monthName],
  ['Z', () => 'UTC'],
  ['z', () => '+0000'],
  ['u', (time) => String(time.getUTCDay() || 7)],
  ['j', (time) => String(dayOfYear(time)).padStart(3, '0')],
  ['F', (_, at_us) => timeText(at_us, '%Y-%m-%d')],
  ['T', (_, at_us) => timeText(at_us, '%H:%M:%S')],
  ['R', (_, at_us) => timeText(at_us, '%H:%M')],
  ['D', (_, at_us) => timeText(at_us, '%m/%d/%y')],
  ['c', (_, at_us) => timeText(at_us, '%a %b %e %H:%M:%S %Y')],
]);

/** A moment as `date +FORMAT` writes it, in UTC. What it does not know stays as it stands. */
export function timeText(at_us: number, format: string): string {
  // A Date made from a given number of milliseconds reads no clock.
  const time = new Date(Math.floor(at_us / 1000));
  return format.replace(/%([a-zA-Z%])/g, (text, letter: string) => FIELDS.get(letter)?.(time, at_us) ?? text);
}
