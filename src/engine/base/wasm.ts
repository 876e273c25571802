/**
 * The little of WebAssembly that the engine needs, which is part of the language's hosts (Node, browsers) but not of
 * TypeScript's own library.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Grows by pages of 64 KiB; the buffer of before is of no more use. Throws RangeError where there is no room. */
  grow(pages: number): number;
}

interface WasmHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number }) => WasmMemory;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: unknown };
}

declare const WebAssembly: WasmHost | undefined;

/** The host's WebAssembly; undefined where it has none. */
export function wasmHost(): WasmHost | undefined {
  return typeof WebAssembly === 'undefined' ? undefined : WebAssembly;
}
