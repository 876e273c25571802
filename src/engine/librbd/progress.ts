/**
 * Told as a long operation goes on, as `librbd::ProgressContext`. The numbers are librbd's own (objects, bytes or
 * percent, as each operation has it); tools print `done * 100 / total`.
 */
export type OnProgress = (done: number, total: number) => void;

export const NO_PROGRESS: OnProgress = () => undefined;
