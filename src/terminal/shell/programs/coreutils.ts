import type { Program } from '../../process.ts';
import { basename, dirname } from './basename.ts';
import { blkdiscard } from './blkdiscard.ts';
import { blockdev } from './blockdev.ts';
import { cat } from './cat.ts';
import { clear } from './clear.ts';
import { cmp } from './cmp.ts';
import { cp } from './cp.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { dd } from './dd.ts';
import { echo } from './echo.ts';
import { fstrim } from './fstrim.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { hexdump } from './hexdump.ts';
import { ls } from './ls.ts';
import { lsblk } from './lsblk.ts';
import { md5sum } from './md5sum.ts';
import { mkdir } from './mkdir.ts';
import { mkfsExt4 } from './mkfs-ext4.ts';
import { mv } from './mv.ts';
import { printf } from './printf.ts';
import { rm } from './rm.ts';
import { rmdir } from './rmdir.ts';
import { sed } from './sed/sed.ts';
import { seq } from './seq.ts';
import { sha256sum } from './sha256sum.ts';
import { sleep } from './sleep.ts';
import { sort } from './sort.ts';
import { stat } from './stat.ts';
import { systemctl } from './systemctl.ts';
import { tail } from './tail.ts';
import { tee } from './tee.ts';
import { test } from './test.ts';
import { touch } from './touch.ts';
import { tr } from './tr.ts';
import { truncate } from './truncate.ts';
import { falseProgram, trueProgram } from './truth.ts';
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';

/** A small program of the simulated machine, with what `help` and `man` say of it. */
export interface Tool {
  readonly name: string;
  readonly synopsis: string;
  /** One line in our own words. */
  readonly summary: string;
  readonly program: Program;
}

function tool(name: string, synopsis: string, summary: string, program: Program): Tool {
  return { name, synopsis, summary, program };
}

/** The coreutils and their like that are there. */
export const coreutils: readonly Tool[] = [
  tool('[', '[ EXPRESSION ]', 'compares texts and numbers, looks at files', test),
  tool('basename', 'basename PATH [SUFFIX]', 'prints the last part of a path', basename),
  tool(
    'blkdiscard',
    'blkdiscard [-zv] [-o OFFSET] [-l LENGTH] [-p STEP] DEVICE',
    'gives blocks of a device back, or writes zeros over them',
    blkdiscard,
  ),
  tool(
    'blockdev',
    'blockdev --getsize64|--getsz|--getss|--getro|... DEVICE...',
    'tells what a block device is like',
    blockdev,
  ),
  tool('cat', 'cat [-n] [-A] [FILE]...', 'prints files one after the other', cat),
  tool('clear', 'clear', 'empties the screen', clear),
  tool('cmp', 'cmp [-s] [-n N] FILE1 [FILE2]', 'tells where two files begin to differ', cmp),
  tool('cp', 'cp [-r] SOURCE... TARGET', 'copies files', cp),
  tool('cut', 'cut -f LIST [-d CHAR] | -c LIST  [FILE]...', 'prints some fields or characters of each line', cut),
  tool('date', 'date [-u] [-d @SECONDS] [+FORMAT]', 'prints the virtual time', date),
  tool(
    'dd',
    'dd [if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=...] [iflag=...] [oflag=...] [status=...]',
    'copies blocks between files and devices',
    dd,
  ),
  tool('dirname', 'dirname PATH', 'prints a path without its last part', dirname),
  tool('echo', 'echo [-n] [-e] [WORD]...', 'prints its words', echo),
  tool('false', 'false', 'fails', falseProgram),
  tool('fstrim', 'fstrim [-v] [-m BYTES] DEVICE', 'gives back what the file system on a device does not use', fstrim),
  tool('grep', 'grep [-EFivcnoqwxlLh] [-e] PATTERN [FILE]...', 'prints the lines that match a pattern', grep),
  tool('head', 'head [-n N] [-c N] [FILE]...', 'prints the beginning of files', head),
  tool('hexdump', 'hexdump [-C] [-v] [-n LENGTH] [-s OFFSET] [FILE]...', 'shows bytes as hex digits and text', hexdump),
  tool('ls', 'ls [-laA1dhrSt] [PATH]...', 'lists files', ls),
  tool('lsblk', 'lsblk [-bnpd] [DEVICE]...', 'lists block devices', lsblk),
  tool('md5sum', 'md5sum [FILE]...', 'prints MD5 sums', md5sum),
  tool('mkdir', 'mkdir [-p] DIRECTORY...', 'makes directories', mkdir),
  tool(
    'mkfs.ext4',
    'mkfs.ext4 [-qn] [-b BYTES] [-L LABEL] [-E nodiscard] DEVICE',
    'writes an empty ext4 file system',
    mkfsExt4,
  ),
  tool('mv', 'mv [-n] SOURCE... TARGET', 'moves or renames files', mv),
  tool('printf', 'printf FORMAT [ARGUMENT]...', 'prints its arguments in a format', printf),
  tool('rm', 'rm [-rf] FILE...', 'removes files', rm),
  tool('rmdir', 'rmdir DIRECTORY...', 'removes empty directories', rmdir),
  tool(
    'sed',
    'sed [-nEs] [-i[SUFFIX]] [-e SCRIPT]... [SCRIPT] [FILE]...',
    'edits lines by a script: s/OLD/NEW/, y, p, d, q, a, i, c, =, each for all lines or some',
    sed,
  ),
  tool('seq', 'seq [-w] [-s TEXT] [FIRST [STEP]] LAST', 'prints a row of numbers', seq),
  tool('sha256sum', 'sha256sum [FILE]...', 'prints SHA-256 sums', sha256sum),
  tool('sleep', 'sleep NUMBER[smhd]...', 'lets virtual time pass', sleep),
  tool('sort', 'sort [-nrufbhsV] [-k KEY] [-t CHAR] [FILE]...', 'sorts lines', sort),
  tool('stat', 'stat [-c FORMAT] FILE...', 'shows what is known of a file', stat),
  tool(
    'systemctl',
    'systemctl start|stop|restart|kill [-s SIGNAL]|status|is-active ceph-osd@N...',
    'starts and stops OSD processes',
    systemctl,
  ),
  tool('tail', 'tail [-n N] [-c N] [FILE]...', 'prints the end of files', tail),
  tool('tee', 'tee [-a] [FILE]...', 'passes its input on and writes it to files too', tee),
  tool('test', 'test EXPRESSION', 'compares texts and numbers, looks at files', test),
  tool('touch', 'touch [-c] FILE...', 'makes files, or sets their time to now', touch),
  tool('tr', 'tr [-dsc] SET1 [SET2]', 'replaces or removes characters', tr),
  tool('true', 'true', 'succeeds', trueProgram),
  tool('truncate', 'truncate -s [+-]SIZE FILE...', 'cuts files or makes them longer', truncate),
  tool('uniq', 'uniq [-cdui] [FILE]', 'leaves out lines that repeat the one before', uniq),
  tool('wc', 'wc [-lwcmL] [FILE]...', 'counts lines, words and bytes', wc),
];
