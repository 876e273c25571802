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

/** Positionals are taken in turn; options of the same meaning come first. */
export class SpecReader {
  readonly #args: ParsedArgs;
  #at = 0;

  constructor(args: ParsedArgs) {
    this.#args = args;
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

  /** @ceph src/tools/rbd/Utils.cc get_pool_image_snapshot_names — exact, without groups */
  image({ dest = false, snap = 'none', validation = 'none', imageRequired = true }: SpecOptions = {}): ImageSpec {
    const prefix = dest ? 'dest-' : '';
    const option = (name: string) => optionValue(this.#args, prefix + name) ?? '';
    let spec: ImageSpec = {
      pool: option('pool'),
      nspace: option('namespace'),
      image: dest ? option('') || optionValue(this.#args, 'dest') || '' : option('image'),
      snap: option('snap'),
    };
    if (spec.image !== '') spec = overlay(spec, extractSpec(spec.image, validation));
    else {
      const typed = this.nextPositional();
      if (typed !== undefined && typed !== '') spec = overlay(spec, extractSpec(typed, validation));
    }
    const who = dest ? 'destination ' : '';
    if (imageRequired && spec.image === '') fail(`${who}image name was not specified`);
    if (snap === 'none' && spec.snap !== '') fail(`${who}snapshot name specified for a command that doesn't use it`);
    if (snap === 'required' && spec.snap === '') fail(`${who}snapshot name was not specified`);
    return spec;
  }

  /** A pool, or a pool and a namespace. @ceph src/tools/rbd/Utils.cc get_pool_and_namespace_names — exact */
  pool({ validateNamespace = true }: { readonly validateNamespace?: boolean } = {}): {
    readonly pool: string;
    readonly nspace: string;
  } {
    const pool = optionValue(this.#args, 'pool') ?? '';
    const nspace = optionValue(this.#args, 'namespace') ?? '';
    const typed = this.nextPositional();
    if (typed === undefined) return { pool, nspace };
    const match = /^([^/]+)(?:\/([^/@]+))?$/.exec(typed);
    if (match === null || (!validateNamespace && match[2] !== undefined)) fail(`invalid spec '${typed}'`);
    return { pool: match[1] ?? pool, nspace: match[2] ?? nspace };
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
