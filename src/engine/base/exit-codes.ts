/** Exit code of what Ctrl-C ended: 128 and SIGINT. */
export const EXIT_INTERRUPTED = 130;
