/** What `help` and `man` say of the shell's own commands. */
export const BUILTIN_TOOLS: readonly { readonly name: string; readonly synopsis: string; readonly summary: string }[] =
  [
    { name: 'cd', synopsis: 'cd [DIRECTORY]', summary: 'changes the working directory' },
    { name: 'eval', synopsis: 'eval WORD...', summary: 'runs its words as a command line' },
    { name: 'exit', synopsis: 'exit [CODE]', summary: 'ends the script or the subshell' },
    { name: 'export', synopsis: 'export NAME[=VALUE]...', summary: 'gives variables to the programs that are started' },
    { name: 'history', synopsis: 'history [-c] [N]', summary: 'lists the command lines that were typed' },
    { name: 'pwd', synopsis: 'pwd', summary: 'prints the working directory' },
    { name: 'read', synopsis: 'read [-r] [NAME]...', summary: 'reads a line of the input into variables' },
    {
      name: 'set',
      synopsis: 'set [-eux] [-o pipefail] [-- ARGUMENT...]',
      summary: 'turns options of the shell on (with + off)',
    },
    { name: 'shift', synopsis: 'shift [N]', summary: 'drops the first arguments of the script' },
    { name: 'source', synopsis: 'source FILE', summary: "runs a file's commands in this shell" },
    { name: 'type', synopsis: 'type NAME...', summary: 'tells what a command is' },
    { name: 'unset', synopsis: 'unset NAME...', summary: 'forgets variables' },
  ];
