import { type FormatNode, nodeOf } from '../format/tree.ts';

interface Mirrored {
  readonly name: string;
  readonly globalId: string;
}

/** What is known of an image's mirroring while no daemon reports of it. */
export function mirrorStatusText({ name, globalId }: Mirrored): string {
  const state = '  state:       down+unknown\n  description: status not found\n  last_update: \n';
  return `${name}:\n  global_id:   ${globalId}\n${state}`;
}

export function mirrorStatusNode({ name, globalId }: Mirrored): FormatNode {
  const unknown = { state: 'down+unknown', description: 'status not found', last_update: '' };
  return nodeOf('image', { name, global_id: globalId, ...unknown });
}
