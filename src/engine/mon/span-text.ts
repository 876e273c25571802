/** A duration in its largest unit that is at least two: `82s`, `5m`. @ceph src/include/utime.h utimespan_str — exact */
export function spanText(duration_us: number): string {
  const seconds = Math.floor(duration_us / 1e6);
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (days < 14) return `${days}d`;
  const weeks = Math.floor(days / 7);
  if (weeks < 12) return `${weeks}w`;
  const months = Math.floor(days / 30);
  return months < 24 ? `${months}M` : `${Math.floor(days / 365)}y`;
}
