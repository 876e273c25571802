import { CEPH_VERSION } from '../version.ts';

/** What daemons say of their release. */
export const DAEMON_VERSION = `${CEPH_VERSION} (stable - RelWithDebInfo)`;

const WORDS = CEPH_VERSION.split(' ');
/** `20.2.4`, and what it was built from. */
export const DAEMON_RELEASE = WORDS[2] ?? '';
export const DAEMON_COMMIT = (WORDS[3] ?? '').replace(/[()]/g, '');

/** Where the monitor listens. */
export const MON_ADDRESSES = '[v2:127.0.0.1:3300/0,v1:127.0.0.1:6789/0]';
