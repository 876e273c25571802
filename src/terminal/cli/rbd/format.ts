import { ERRNO } from '../../../engine/base/errno.ts';
import { hasOption, optionValue, type ParsedArgs } from '../command.ts';
import { formatted } from '../format/formatter.ts';
import type { FormatNode } from '../format/tree.ts';
import { RbdError } from './rbd-error.ts';
import { invalid } from './values.ts';

/** The form that a command line asks for; null for plain text. */
export function formatOf(args: ParsedArgs): 'json' | 'json-pretty' | 'xml' | 'xml-pretty' | null {
  const format = optionValue(args, 'format');
  const pretty = hasOption(args, 'pretty-format');
  if (format === 'json') return pretty ? 'json-pretty' : 'json';
  if (format === 'xml') return pretty ? 'xml-pretty' : 'xml';
  return null;
}

/** The tool checks it as it reads its options. */
export function checkFormat(args: ParsedArgs): void {
  const format = optionValue(args, 'format');
  if (format !== undefined && !['plain', 'json', 'xml'].includes(format)) invalid('format');
}

/** EINVAL for plain text that is to be indented: once names have been read, before anything is opened. @ceph src/tools/rbd/Utils.cc get_formatter — exact */
export function refusePretty(args: ParsedArgs): void {
  if (hasOption(args, 'pretty-format') && formatOf(args) === null)
    throw new RbdError('--pretty-format only works when --format is json or xml', ERRNO.EINVAL);
}

/** A tree as the rbd tool prints it: one line, or indented. */
export function formattedText(node: FormatNode, format: NonNullable<ReturnType<typeof formatOf>>): string {
  return `${formatted(node, format)}\n`;
}
