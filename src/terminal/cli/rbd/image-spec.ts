import { ERRNO } from '../../../engine/base/errno.ts';
import { optionValue, type ParsedArgs } from '../command.ts';
import { RbdError } from './rbd-error.ts';

/** A spec as typed, `[pool/[namespace/]]image[@snap]`; what was not said is empty. */
export interface ImageSpec {
  readonly pool: string;
  readonly nspace: string;
  readonly image: string;
  readonly snap: string;
}

/** What a command wants of the snapshot part of a spec. */
export type SnapPresence = 'none' | 'permitted' | 'required';

/** How strictly names are read: `full` for names that are made, `snap` for snapshots that are, `none` for what exists. */
export type SpecValidation = 'none' | 'snap' | 'full';

/** The shapes of a spec. @ceph src/tools/rbd/Utils.cc extract_spec — exact */
const PATTERNS: Readonly<Record<SpecValidation, RegExp>> = {
  full: /^(?:([^/@]+)\/(?:([^/@]+)\/)?)?([^/@]+)(?:@([^/@]+))?$/,
  snap: /^(?:([^/]+)\/(?:([^/@]+)\/)?)?([^@]+)(?:@([^/@]+))?$/,
  none: /^(?:([^/]+)\/(?:([^/@]+)\/)?)?([^@]+)(?:@(.+))?$/,
};

export interface SpecOptions {
  /** `dest` reads `--dest-pool` and so on, and words its errors so. */
  readonly dest?: boolean;
  readonly snap?: SnapPresence;
  readonly validation?: SpecValidation;
  /** False where the image may be left out. */
  readonly imageRequired?: boolean;
}

/** The options that a spec may be given in, and what it is a spec of. */
interface NamedOptions extends SpecOptions {
  readonly pool: string;
  readonly nspace: string;
  readonly name: string;
  readonly what: string;
  /** The option of the name may hold a whole spec. */
  readonly inOption?: boolean;
}

interface PoolOptions {
  /** The pool is to be named as new ones are. */
  readonly validate?: boolean;
  readonly nspace?: boolean;
}

/** Positionals are taken in turn; options of the same meaning come first. */
export class SpecReader {
  readonly #args: ParsedArgs;
  readonly #validates: () => boolean;
  #at = 0;

  /** `validates` says whether names are checked at all (`rbd_validate_names`). */
  constructor(args: ParsedArgs, validates: () => boolean = () => true) {
    this.#args = args;
    this.#validates = validates;
  }

  nextPositional(): string | undefined {
    return this.#args.positionals[this.#at++];
  }

  /** All positionals that are left. */
  rest(): readonly string[] {
    const left = this.#args.positionals.slice(this.#at);
    this.#at = this.#args.positionals.length;
    return left;
  }

  /** @ceph src/tools/rbd/Utils.cc get_pool_image_snapshot_names — exact */
  image({ dest = false, ...options }: SpecOptions = {}): ImageSpec {
    const prefix = dest ? 'dest-' : '';
    const keys = { pool: `${prefix}pool`, nspace: `${prefix}namespace`, name: dest ? 'dest' : 'image' };
    return this.named({ ...options, ...keys, dest, what: 'image', inOption: true });
  }

  /** A group, which stands where an image does. @ceph src/tools/rbd/action/Group.cc — exact */
  group({ dest = false, snap = 'none' }: { readonly dest?: boolean; readonly snap?: SnapPresence } = {}): ImageSpec {
    const prefix = dest ? 'dest-' : '';
    const keys = { pool: `${prefix}pool`, nspace: `${prefix}namespace`, name: `${prefix}group` };
    return this.named({ ...keys, dest, snap, what: 'group', validation: 'full' });
  }

  /** @ceph src/tools/rbd/Utils.cc get_pool_generic_snapshot_names — exact */
  named({ dest = false, snap = 'none', ...options }: NamedOptions): ImageSpec {
    const { validation = 'none' } = options;
    const option = (name: string) => optionValue(this.#args, name) ?? '';
    const inOption = options.inOption === true;
    const spec = this.#typed(
      {
        pool: option(options.pool),
        nspace: option(options.nspace),
        image: option(options.name),
        snap: snap === 'none' && !inOption ? '' : option(dest ? 'dest-snap' : 'snap'),
      },
      validation,
      snap,
      inOption,
    );
    const who = dest ? 'destination ' : '';
    if (options.imageRequired !== false && spec.image === '') fail(`${who}${options.what} name was not specified`);
    if (validation === 'full' && /[@/]/.test(spec.pool)) fail(`invalid pool name '${spec.pool}'`);
    if (/[@/]/.test(spec.nspace)) fail(`invalid namespace name '${spec.nspace}'`);
    if (snap === 'none' && spec.snap !== '') fail(`${who}snapshot name specified for a command that doesn't use it`);
    if (snap === 'required' && spec.snap === '') fail(`${who}snapshot name was not specified`);
    if (validation === 'snap' && /[@/]/.test(spec.snap)) fail(`invalid snap name '${spec.snap}'`);
    return spec;
  }

  /** What the options say, or what is typed. An image's option may hold a whole spec. */
  #typed(spec: ImageSpec, validation: SpecValidation, snap: SnapPresence, inOption: boolean): ImageSpec {
    const text = spec.image === '' ? (this.nextPositional() ?? '') : inOption ? spec.image : '';
    if (text === '') return spec;
    const typed = extractSpec(text, this.#validates() ? validation : 'none');
    if (snap === 'none' && !inOption && typed.snap !== '')
      fail("snapshot name specified for a command that doesn't use it");
    return overlay(spec, typed);
  }

  /**
   * A pool, or a pool and a namespace; no namespace is looked for where `nspace` is false.
   * @ceph src/tools/rbd/Utils.cc get_pool_and_namespace_names — exact
   */
  pool({ validate = false, nspace: withNspace = true }: PoolOptions = {}): {
    readonly pool: string;
    readonly nspace: string;
  } {
    let pool = optionValue(this.#args, 'pool');
    let nspace = withNspace ? (optionValue(this.#args, 'namespace') ?? '') : '';
    if (pool === undefined) {
      pool = this.nextPositional() ?? '';
      const slash = withNspace ? pool.lastIndexOf('/') : -1;
      if (slash >= 0) {
        nspace = pool.slice(slash + 1);
        pool = pool.slice(0, slash);
      }
    }
    if (validate && this.#validates() && /[@/]/.test(pool)) fail(`invalid pool '${pool}'`);
    if (/[@/]/.test(nspace)) fail(`invalid namespace '${nspace}'`);
    return { pool, nspace };
  }
}

export function extractSpec(text: string, validation: SpecValidation): ImageSpec {
  const match = PATTERNS[validation].exec(text);
  if (match === null) fail(`invalid spec '${text}'`);
  return { pool: match[1] ?? '', nspace: match[2] ?? '', image: match[3] ?? '', snap: match[4] ?? '' };
}

/** How the tool itself writes a spec. */
export function specText({ pool, nspace, image, snap }: ImageSpec): string {
  return `${pool}/${nspace === '' ? '' : `${nspace}/`}${image}${snap === '' ? '' : `@${snap}`}`;
}

function overlay(base: ImageSpec, typed: ImageSpec): ImageSpec {
  return {
    pool: typed.pool || base.pool,
    nspace: typed.nspace || base.nspace,
    image: typed.image,
    snap: typed.snap || base.snap,
  };
}

function fail(message: string): never {
  throw new RbdError(message, ERRNO.EINVAL);
}
