const many = (count: number, one: string): string => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** English words of dialogs and banners, which come when something opens them. */
export const dialogsEn = {
  share: {
    title: 'Share this session',
    intro:
      'The link holds the commands and the seed, not the state: whoever opens it replays them in their own browser and gets the same cluster, byte for byte. Nothing is uploaded.',
    link: 'Link',
    length: (count: number) => `${count.toLocaleString('en')} characters`,
    long: 'Chat programs may cut links of more than 2,000 characters.',
    tooLong: 'This session is too long for a link. Save it as a file instead; drop that file on the page to open it.',
    userFiles: 'This session uses files of yours, which a link cannot hold. Save the commands as a file instead.',
    download: 'Save as file',
    openTitle: 'Open a shared session?',
    openIntro: (count: number) => `It runs ${many(count, 'command')} in a fresh cluster.`,
    openReplaces: (count: number) => `Your current session (${many(count, 'command')}) would be replaced.`,
    open: 'Open it',
    keep: 'Keep mine',
    newTitle: 'Start a new cluster?',
    newIntro: 'Images, files and the timeline of this session are dropped.',
    newAction: 'New cluster',
    working: 'Working…',
    errors: {
      damaged: 'This link is damaged: part of it is missing or was changed. Your session is untouched.',
      'newer-version':
        'This link was made by a newer version of Radoscope. Reload the page, or ask for a new link. Your session is untouched.',
      'too-large': 'This link expands to more than 4 MiB and was not opened. Your session is untouched.',
      'too-many-commands': 'This link runs more than 10,000 commands and was not opened. Your session is untouched.',
    },
  },
  banner: {
    denied:
      'This browser does not let the page store anything (a private window?). All works, but it is gone when the tab closes.',
    full: 'The storage of this browser is full. All goes on in memory; what you do from here on is gone when the tab closes. Share a link to keep it.',
    failedStorage: 'Storing failed. All goes on in memory; what you do from here on is gone when the tab closes.',
    lost: (count: number) =>
      `The stored session was damaged at its end: ${many(count, 'command')} could not be read and ${count === 1 ? 'is' : 'are'} gone. What came before is here.`,
    readOnly: 'Another tab works on this cluster. Here you can look, not change.',
    takeOver: 'Work here instead',
    fileAdded: (name: string) => `${name} is now a file of the simulated machine: see Files, or \`ls\`.`,
    fileRefused: (name: string, reason: string) => `${name} was not taken: ${reason}`,
    failed: (detail: string) => `Something in Radoscope failed: ${detail}`,
  },
  help: {
    title: 'Keys and help',
    page: 'On the page (not while you type in the terminal)',
    terminal: 'In the terminal',
    keys: {
      pause: 'pause or go on',
      step: 'one event forward',
      back: 'one command back on the timeline',
      speed: 'faster, slower',
      help: 'this list',
      palette: 'commands of the page',
      escape: 'close a dialog, unpin, or leave the terminal',
      history: 'earlier and later commands',
      search: 'search the history',
      ends: 'to the start, to the end of the line',
      kill: 'delete to the start, to the end, the word before',
      screen: 'clear the screen',
      interrupt: 'stop what runs; drop the line',
      tab: 'complete; twice: list',
    },
    palettePlaceholder: 'What do you want to do?',
    nothing: 'Nothing fits.',
    about:
      'Radoscope runs the simulated cluster wholly in this tab. Commands, bytes and placements are computed as Ceph 20.2 (Tentacle) does; nothing is sent anywhere.',
  },
};

export type DialogMessages = typeof dialogsEn;
