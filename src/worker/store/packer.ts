import { assert, unreachable } from '../../engine/base/assert.ts';
import { ByteWriter } from './byte-writer.ts';
import { BLOB_BYTES, LONG_TEXT_CHARS, REF_BYTES, SHAPE, SMALL_INT, TAG } from './tags.ts';

/** Gives bytes that are stored apart their number; the same bytes (by identity) always get the same one. */
export type BlobNumber = (bytes: Uint8Array) => number;

/** Larger numbers are quicker as floats, and hardly longer. */
const MAX_VARINT = 0x7fffffff;
/** After so many objects of a shape of which none came twice, it is taken that none will. */
const TRIAL_OBJECTS = 2000;

type Plain = object | string | number | boolean | null | undefined;

/**
 * Packs plain values: objects, arrays, maps, bytes, texts, numbers, booleans, null and undefined. What was one
 * value stays one: an object met again, also after a `take`, is written as a reference, so that three replicas cost
 * little more than one, here and after they are unpacked. (Within values that is given up for shapes that do not repeat.)
 */
export class Packer {
  readonly #out: ByteWriter;
  readonly #blobs: BlobNumber;
  readonly #refs = new Map<object, number>();
  #refCount = 0;
  /** The value that is being packed: whole values are always looked out for. */
  #outermost: unknown;
  readonly #entries = new Map<object, { readonly key: string; readonly index: number }>();
  readonly #texts = new Map<string, number>();
  readonly #shapes = new ShapeNode();
  readonly #arrays = new ShapeNode();
  readonly #others = new ShapeNode();
  #shapeCount = 0;

  constructor(blobs: BlobNumber, capacity = 1024) {
    this.#out = new ByteWriter(capacity);
    this.#blobs = blobs;
  }

  /** What was packed since the last `take`. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#out.take();
  }

  value(value: unknown): void {
    const known = typeof value === 'object' && value !== null ? this.#refs.get(value) : undefined;
    this.#outermost = value;
    if (known === undefined) this.#value(value);
    else this.#ref(known);
  }

  /** A key with its value. Where both came together before, as a replica's do, they are written as one reference. */
  entry(key: string, value: unknown): void {
    const known = typeof value === 'object' && value !== null ? this.#entries.get(value) : undefined;
    if (known !== undefined && known.key === key) {
      this.#out.u8(TAG.sameEntry);
      this.#out.varint(known.index);
      return;
    }
    const remembered = known === undefined && typeof value === 'object' && value !== null;
    this.#out.u8(remembered ? TAG.entry : TAG.passingEntry);
    this.#text(key);
    this.value(value);
    if (remembered) this.#entries.set(value, { key, index: this.#entries.size });
  }

  #value(value: unknown): void {
    // Anything that is not plain ends in `unreachable` below or has no own keys; records are plain by contract.
    const plain = value as Plain;
    if (typeof plain === 'number') this.#number(plain);
    else if (typeof plain === 'string') this.#text(plain);
    else if (plain === null) this.#out.u8(TAG.null);
    else if (typeof plain === 'object') this.#object(plain);
    else if (plain === undefined) this.#out.u8(TAG.undefined);
    else if (typeof plain === 'boolean') this.#out.u8(plain ? TAG.true : TAG.false);
    else unreachable(plain);
  }

  #number(value: number): void {
    const out = this.#out;
    if (value > MAX_VARINT || !Number.isSafeInteger(value) || Object.is(value, -0)) {
      out.u8(TAG.float);
      out.f64(value);
    } else if (value >= 0) {
      if (value < SMALL_INT) out.u8(SMALL_INT | value);
      else {
        out.u8(TAG.uint);
        out.varint(value);
      }
    } else {
      out.u8(TAG.negative);
      out.varint(-value);
    }
  }

  #text(text: string): void {
    if (text.length >= LONG_TEXT_CHARS) {
      this.#out.u8(TAG.longText);
      this.#out.text(text);
      return;
    }
    const known = this.#texts.get(text);
    if (known !== undefined) {
      this.#out.u8(TAG.textRef);
      this.#out.varint(known);
      return;
    }
    this.#texts.set(text, this.#texts.size);
    this.#out.u8(TAG.text);
    this.#out.text(text);
  }

  #object(object: object): void {
    if (this.#empty(object)) return;
    const shape = this.#shapeOf(object);
    if (shape.repeats) {
      const known = this.#refs.get(object);
      if (known !== undefined) {
        shape.repeated++;
        this.#ref(known);
        return;
      }
    }
    const start = this.#out.length;
    if (Array.isArray(object)) this.#array(object);
    else if (object instanceof Map) this.#map(object);
    else if (object instanceof Uint8Array) this.#bytes(object);
    else this.#record(object, shape);
    if (this.#out.length - start >= REF_BYTES) this.#remember(object, shape);
  }

  /** Every object has its number, but of a shape that never repeats only the first ones are looked out for. */
  #remember(object: object, shape: ShapeNode): void {
    const number = this.#refCount++;
    if (!shape.repeats && object !== this.#outermost) return;
    this.#refs.set(object, number);
    shape.repeats = ++shape.remembered < TRIAL_OBJECTS || shape.repeated > 0;
  }

  #ref(number: number): void {
    this.#out.u8(TAG.ref);
    this.#out.varint(number);
  }

  #shapeOf(object: object): ShapeNode {
    if (Array.isArray(object)) return this.#arrays;
    if (object instanceof Map || object instanceof Uint8Array) return this.#others;
    let node = this.#shapes;
    for (const key in object) node = node.next(key);
    return node;
  }

  #empty(object: object): boolean {
    if (Array.isArray(object) && object.length === 0) this.#out.u8(TAG.emptyArray);
    else if (object instanceof Map && object.size === 0) this.#out.u8(TAG.emptyMap);
    else if (object instanceof Uint8Array && object.length === 0) this.#out.u8(TAG.emptyBytes);
    else return false;
    return true;
  }

  #array(items: readonly unknown[]): void {
    this.#out.u8(TAG.array);
    this.#out.varint(items.length);
    // Not for-of over entries: a hole packs as undefined.
    for (let i = 0; i < items.length; i++) this.#value(items[i]);
  }

  #map(map: ReadonlyMap<unknown, unknown>): void {
    this.#out.u8(TAG.map);
    this.#out.varint(map.size);
    for (const [key, value] of map) {
      this.#value(key);
      this.#value(value);
    }
  }

  #bytes(bytes: Uint8Array): void {
    if (bytes.length >= BLOB_BYTES) {
      this.#out.u8(TAG.blob);
      this.#out.varint(this.#blobs(bytes));
      return;
    }
    this.#out.u8(TAG.bytes);
    this.#out.varint(bytes.length);
    this.#out.raw(bytes);
  }

  #record(object: object, shape: ShapeNode): void {
    const proto: unknown = Object.getPrototypeOf(object);
    assert(proto === Object.prototype || proto === null, 'a record holds something that is not plain');
    if (shape.number < 0) this.#newShape(object, shape);
    else if (shape.number < SMALL_INT - SHAPE) this.#out.u8(SHAPE + shape.number);
    else {
      this.#out.u8(TAG.shape);
      this.#out.varint(shape.number);
    }
    // A plain object is one of unknown values by its keys.
    const values = object as { readonly [key: string]: unknown };
    for (const key in values) this.#value(values[key]);
  }

  #newShape(object: object, node: ShapeNode): void {
    node.number = this.#shapeCount++;
    const keys = Object.keys(object);
    this.#out.u8(TAG.newShape);
    this.#out.varint(keys.length);
    for (const key of keys) this.#out.text(key);
  }
}

/** A tree of the orders of keys met so far; the node where an object's keys end is its shape. */
class ShapeNode {
  /** Below 0 until the first object of it is packed. */
  number = -1;
  /** Whether its objects are looked out for, to be written as references when they come again. */
  repeats = true;
  remembered = 0;
  repeated = 0;
  readonly #next = new Map<string, ShapeNode>();
  #lastKey: string | undefined;
  #lastNode: ShapeNode | undefined;

  next(key: string): ShapeNode {
    if (key === this.#lastKey && this.#lastNode !== undefined) return this.#lastNode;
    let node = this.#next.get(key);
    if (node === undefined) this.#next.set(key, (node = new ShapeNode()));
    this.#lastKey = key;
    this.#lastNode = node;
    return node;
  }
}
