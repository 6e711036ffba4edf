import { damagedHeader } from "./damagedHeader.ts";
import type { HeaderReader } from "./headerReader.ts";
import { emptyTokenList, readTokenList, type TokenList } from "./tokenList.ts";

/** The value of a key. Only what is needed later is stored; for other arrays, only the type and length. */
export type MetadataValue = number | bigint | boolean | string | MetadataArray | LongString;
export interface MetadataArray {
  elementType: number;
  count: number;
  /** Stored for short arrays of numbers, such as heads per layer. */
  numbers: number[] | null;
}
/** A string that is too long to be stored. */
export interface LongString {
  stringBytes: number;
}

export interface Metadata {
  values: Map<string, MetadataValue>;
  vocabulary: TokenList;
}

export const arrayType = { int8: 1, int32: 5, float32: 6, string: 8 } as const;
const stringType = 8;
const arrayKind = 9;
/** GGUF value types by number (ggml/include/gguf.h, `gguf_type`): their size in bytes and how to read one. */
const scalars: Record<number, { bytes: number; read: (from: Buffer) => number | bigint | boolean }> = {
  0: { bytes: 1, read: (from) => from.readUInt8() },
  1: { bytes: 1, read: (from) => from.readInt8() },
  2: { bytes: 2, read: (from) => from.readUInt16LE() },
  3: { bytes: 2, read: (from) => from.readInt16LE() },
  4: { bytes: 4, read: (from) => from.readUInt32LE() },
  5: { bytes: 4, read: (from) => from.readInt32LE() },
  6: { bytes: 4, read: (from) => from.readFloatLE() },
  7: { bytes: 1, read: (from) => from.readUInt8() !== 0 },
  10: { bytes: 8, read: (from) => from.readBigUInt64LE() },
  11: { bytes: 8, read: (from) => from.readBigInt64LE() },
  12: { bytes: 8, read: (from) => from.readDoubleLE() },
};

const maxKeptStringBytes = 256 * 1024;
const maxKeptNumbers = 1024;
const maxKeyBytes = 65_535;

/** Reads `count` keys with their values. Rejects with `model-truncated` or `model-header-invalid`. */
export async function readMetadata(reader: HeaderReader, count: number): Promise<Metadata> {
  const values = new Map<string, MetadataValue>();
  let vocabulary = emptyTokenList;
  for (let index = 0; index < count; index++) {
    const key = readName(await reader.string(`the name of key ${index + 1}`, maxKeyBytes), `key ${index + 1}`);
    if (values.has(key)) throw damagedHeader(`it holds "${key}" twice`);
    await reader.fetch(4);
    const type = reader.takeUint32();
    if (type !== arrayKind) {
      values.set(key, await readScalar(reader, key, type));
      continue;
    }
    const array = await readArrayHead(reader, key);
    values.set(key, array);
    if (key === "tokenizer.ggml.tokens" && array.elementType === stringType) {
      vocabulary = await readTokenList(reader, array.count);
    } else if (array.elementType === stringType) {
      for (let i = 0; i < array.count; i++) await reader.skipString(`an element of "${key}"`);
    } else {
      await readNumbers(reader, array);
    }
  }
  return { values, vocabulary };
}

/** Returns a key or tensor name: printable ASCII, as the format requires. */
export function readName(bytes: Buffer, what: string): string {
  if (bytes.length === 0) throw damagedHeader(`${what} has no name`);
  const name = bytes.toString("latin1");
  if (!/^[\x20-\x7e]+$/.test(name)) throw damagedHeader(`${what} has a name with characters that no name may have`);
  return name;
}

async function readScalar(reader: HeaderReader, key: string, type: number): Promise<MetadataValue> {
  if (type === stringType) {
    const bytes = await reader.string(`"${key}"`);
    return bytes.length > maxKeptStringBytes ? { stringBytes: bytes.length } : bytes.toString("utf8");
  }
  const scalar = scalars[type];
  if (scalar === undefined) throw damagedHeader(`"${key}" has the unknown type ${type}`);
  await reader.fetch(scalar.bytes);
  return scalar.read(reader.take(scalar.bytes));
}

async function readArrayHead(reader: HeaderReader, key: string): Promise<MetadataArray> {
  await reader.fetch(12);
  const elementType = reader.takeUint32();
  const count = reader.takeCount();
  // llama.cpp rejects nested arrays. They can drive other parsers into deep recursion.
  if (elementType === arrayKind) throw damagedHeader(`"${key}" is an array of arrays`);
  if (elementType !== stringType && scalars[elementType] === undefined) {
    throw damagedHeader(`"${key}" is an array of the unknown type ${elementType}`);
  }
  // A string takes at least the 8 bytes of its length, so the header limit also bounds this loop.
  if (count === null || count > 2 ** 28) throw damagedHeader(`"${key}" has no sane length`);
  return { elementType, count, numbers: null };
}

async function readNumbers(reader: HeaderReader, array: MetadataArray): Promise<void> {
  const scalar = scalars[array.elementType];
  if (scalar === undefined) return;
  if (array.count > maxKeptNumbers) {
    reader.skip(array.count * scalar.bytes);
    return;
  }
  await reader.fetch(array.count * scalar.bytes);
  array.numbers = Array.from({ length: array.count }, () => Number(scalar.read(reader.take(scalar.bytes))));
}
