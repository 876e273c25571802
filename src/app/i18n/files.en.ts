import { formatBytes } from './format.ts';

/** English words for the files of the simulated machine. */
export const filesEn = {
  title: 'Files',
  intro: 'The files of the simulated machine, where commands find them. Nothing leaves this page unless you save it.',
  none: 'No files yet. Choose one here, drop one on the page, or make one: an export is a file too.',
  choose: 'Add files…',
  save: (path: string) => `Save ${path}`,
  saveShort: 'Save',
  tooLarge: (limit: number) => `Too large to save: more than ${formatBytes(limit)}.`,
  asImage: 'As an image:',
  export: 'An image as a file:',
};

export type FilesMessages = typeof filesEn;
