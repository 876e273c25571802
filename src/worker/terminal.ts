import { explained } from '../terminal/explained.ts';
import { commandRecords, programs } from '../terminal/programs.ts';
import { BUILTINS } from '../terminal/shell/builtins/builtins.ts';
import { MUTE_KEYS } from '../terminal/shell/io/streams.ts';
import { Shell } from '../terminal/shell/shell.ts';
import { complete } from './completion/complete.ts';
import { suggest } from './completion/suggest.ts';
import { variablesOf } from './language.ts';
import type { Terminal } from './server.ts';
import { TraceKeeper } from './trace-keeper.ts';

/** Every command, and every word that may begin a command line. */
const VOCABULARY = { commands: commandRecords, programs: [...programs().keys(), ...BUILTINS.keys()] };

/** Of the page's language. */
let variables: ReadonlyMap<string, string> = new Map();

/** Everything that a command line needs. */
export const terminal: Terminal = {
  newShell: (cluster, sinks) =>
    new Shell(cluster, programs(), {
      ...sinks,
      stdin: MUTE_KEYS,
      ...(sinks.stdout.isTty ? { variables: () => variables } : {}),
    }),
  speak: async (language) => {
    variables = await variablesOf(language);
  },
  complete: (choices, line, cursor) => {
    const { candidates, from } = complete({ ...VOCABULARY, choices }, line, cursor);
    const told = candidates.map(({ text, hint }) =>
      hint === undefined ? { text } : { text, hint: explained(hint, variables) },
    );
    return { candidates: told, from };
  },
  suggest: (line) => suggest(VOCABULARY, line),
  newTraceKeeper: () => new TraceKeeper(),
};
