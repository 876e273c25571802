import type { ReactNode } from 'react';
import type { Location } from '../../../protocol/calls.ts';
import type { ClusterView } from '../../../protocol/view.ts';
import type { Geometry } from '../../scene/geometry.ts';
import type { Selection } from '../../scene/selection.ts';

/** Tells where an object goes, existing or not; the caller keeps the answers. */
export type Locate = (pool: number, nspace: string, oid: string) => Promise<Location | null>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What each of the three panels is given. */
export interface StagePanelProps {
  readonly view: ClusterView;
  readonly selection: Selection | null;
  readonly hover: Selection | null;
  readonly onHover: (target: Selection | null) => void;
  readonly onSelect: (target: Selection | null) => void;
  readonly locate: Locate;
  readonly geometry: Geometry;
  /** Puts a command into the prompt; never runs it. */
  readonly onInsertCommand: (text: string) => void;
  /** Buttons at the right end of the panel's header, for example "whole page". */
  readonly actions?: ReactNode;
  /** Size of the drawing until the page has measured it; for drawing without a browser. */
  readonly initialSize?: Size;
}
