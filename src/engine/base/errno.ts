/** Linux errno values that Ceph answers with, by name. Positive numbers, as tools print them. */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  ENOEXEC: 8,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENOTTY: 25,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  EROFS: 30,
  EMLINK: 31,
  EPIPE: 32,
  EDOM: 33,
  ERANGE: 34,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ENOTEMPTY: 39,
  ELOOP: 40,
  ENODATA: 61,
  EBADMSG: 74,
  EOVERFLOW: 75,
  EILSEQ: 84,
  ERESTART: 85,
  EMSGSIZE: 90,
  EOPNOTSUPP: 95,
  ETIMEDOUT: 110,
  EALREADY: 114,
  ESTALE: 116,
  EDQUOT: 122,
  ECANCELED: 125,
  ENOTCONN: 107,
  EBLOCKLISTED: 108,
} as const;

export type ErrnoName = keyof typeof ERRNO;

/** What strerror(3) of glibc says, which is what the real tools print. */
const STRERROR: Readonly<Record<number, string>> = {
  1: 'Operation not permitted',
  2: 'No such file or directory',
  4: 'Interrupted system call',
  5: 'Input/output error',
  6: 'No such device or address',
  7: 'Argument list too long',
  8: 'Exec format error',
  9: 'Bad file descriptor',
  11: 'Resource temporarily unavailable',
  12: 'Cannot allocate memory',
  13: 'Permission denied',
  14: 'Bad address',
  16: 'Device or resource busy',
  17: 'File exists',
  18: 'Invalid cross-device link',
  19: 'No such device',
  20: 'Not a directory',
  21: 'Is a directory',
  22: 'Invalid argument',
  25: 'Inappropriate ioctl for device',
  27: 'File too large',
  28: 'No space left on device',
  29: 'Illegal seek',
  30: 'Read-only file system',
  31: 'Too many links',
  32: 'Broken pipe',
  33: 'Numerical argument out of domain',
  34: 'Numerical result out of range',
  36: 'File name too long',
  38: 'Function not implemented',
  39: 'Directory not empty',
  40: 'Too many levels of symbolic links',
  61: 'No data available',
  74: 'Bad message',
  75: 'Value too large for defined data type',
  84: 'Invalid or incomplete multibyte or wide character',
  85: 'Interrupted system call should be restarted',
  90: 'Message too long',
  95: 'Operation not supported',
  107: 'Transport endpoint is not connected',
  108: 'Cannot send after transport endpoint shutdown',
  110: 'Connection timed out',
  114: 'Operation already in progress',
  116: 'Stale file handle',
  122: 'Disk quota exceeded',
  125: 'Operation canceled',
};

/** The text of an errno as the C library has it: `strerror(2)` is "No such file or directory". */
export function strerror(errno: number): string {
  return STRERROR[Math.abs(errno)] ?? `Unknown error ${Math.abs(errno)}`;
}

/** The text that Ceph's `cpp_strerror` makes: `(2) No such file or directory`. */
export function cppStrerror(errno: number): string {
  return `(${Math.abs(errno)}) ${strerror(errno)}`;
}

/** What a real Ceph would answer with: an errno, and what it would have logged about it. */
export class CephError extends Error {
  override readonly name = 'CephError';
  /** Positive errno. */
  readonly errno: number;
  /** What it was about, without the errno's own words. */
  readonly context: string;

  constructor(errno: number | ErrnoName, context = '') {
    const value = typeof errno === 'number' ? Math.abs(errno) : ERRNO[errno];
    super(context === '' ? cppStrerror(value) : `${context}: ${cppStrerror(value)}`);
    this.errno = value;
    this.context = context;
  }

  is(name: ErrnoName): boolean {
    return this.errno === ERRNO[name];
  }
}

/** True for a {@link CephError} with that errno. */
export function isErrno(error: unknown, name: ErrnoName): boolean {
  return error instanceof CephError && error.is(name);
}
