/** A place on the stage that motion can start from or end at. */
export type Anchor =
  | { readonly kind: 'prompt' }
  | { readonly kind: 'cell'; readonly imageId: string; readonly snap: number | null; readonly objectNo: number }
  /** The name of an image: its header lives there. */
  | { readonly kind: 'image'; readonly imageId: string }
  | { readonly kind: 'pg'; readonly pgid: string }
  | { readonly kind: 'osd'; readonly id: number; readonly pgid?: string };

/** In pixels of the browser's viewport. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type AnchorKind = Anchor['kind'];
export type AnchorResolver = (anchor: Anchor) => Box | null;

/**
 * Who knows where things are: each panel registers a resolver for its kinds of anchor, the motion layer asks.
 * Nothing is stored, so that a panel may lay itself out anew at any time.
 */
export class Geometry {
  readonly #resolvers = new Map<AnchorKind, AnchorResolver>();

  /** Registers a panel's resolver; the returned function takes it back. */
  register(kinds: readonly AnchorKind[], resolver: AnchorResolver): () => void {
    for (const kind of kinds) this.#resolvers.set(kind, resolver);
    return () => {
      for (const kind of kinds) if (this.#resolvers.get(kind) === resolver) this.#resolvers.delete(kind);
    };
  }

  resolve(anchor: Anchor): Box | null {
    return this.#resolvers.get(anchor.kind)?.(anchor) ?? null;
  }
}

export function centreOf(box: Box): { readonly x: number; readonly y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
