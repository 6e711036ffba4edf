import { open, rm } from "node:fs/promises";
import { tensorTypes } from "../../contract/tensorTypes.ts";

/** A value in a header. Integers are written as unsigned 32-bit numbers, others as 32-bit floats. */
export type GgufValue =
  | string
  | number
  | { float: number }
  | { strings: readonly string[] }
  | { floats: Float32Array }
  | { integers: Int32Array };

export interface GgufTensor {
  name: string;
  /** One to four dimensions, fastest-varying first. */
  dimensions: readonly number[];
  typeName: string;
  /** Returns whole blocks, which are repeated until the tensor is full. Called when they are written. */
  pattern: () => Buffer;
}

export interface GgufFile {
  keys: Readonly<Record<string, GgufValue>>;
  tensors: readonly GgufTensor[];
}

/** Type numbers of the format (ggml docs/gguf.md, version 3). */
const valueTypes = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const;
const alignment = 32;

/**
 * Writes a GGUF file in pieces. Resolves with its size. Rejects with the file system's error and leaves a partial file.
 */
export async function writeGguf(path: string, { keys, tensors }: GgufFile, signal?: AbortSignal): Promise<number> {
  const head = [Buffer.from("GGUF", "latin1"), uint32(3), uint64(tensors.length), uint64(Object.keys(keys).length)];
  for (const [key, value] of Object.entries(keys)) head.push(text(key), encoded(value));
  let offset = 0;
  for (const tensor of tensors) {
    head.push(text(tensor.name), uint32(tensor.dimensions.length), ...tensor.dimensions.map(uint64));
    head.push(uint32(typeOf(tensor).number), uint64(offset));
    offset += padded(sizeBytesOf(tensor));
  }
  const header = Buffer.concat(head);
  // An existing file was left by a crashed process, or must not be overwritten in place.
  await rm(path, { force: true });
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(Buffer.concat([header, Buffer.alloc(padded(header.length) - header.length)]));
    for (const tensor of tensors) {
      const sizeBytes = sizeBytesOf(tensor);
      const pattern = tensor.pattern();
      for (let written = 0; written < sizeBytes; written += pattern.length) {
        signal?.throwIfAborted();
        await file.writeFile(pattern.subarray(0, sizeBytes - written));
      }
      await file.writeFile(Buffer.alloc(padded(sizeBytes) - sizeBytes));
    }
    return padded(header.length) + offset;
  } finally {
    await file.close();
  }
}

function typeOf({ typeName }: GgufTensor): { number: number; blockWeights: number; blockBytes: number } {
  const entry = Object.entries(tensorTypes).find(([, { name }]) => name === typeName);
  if (entry === undefined) throw new Error(`There is no tensor type ${typeName}.`);
  return { number: Number(entry[0]), ...entry[1] };
}

function sizeBytesOf(tensor: GgufTensor): number {
  const { blockWeights, blockBytes } = typeOf(tensor);
  return (tensor.dimensions.reduce((product, size) => product * size, 1) / blockWeights) * blockBytes;
}

function encoded(value: GgufValue): Buffer {
  if (typeof value === "string") return Buffer.concat([uint32(valueTypes.string), text(value)]);
  if (typeof value === "number") return Buffer.concat([uint32(valueTypes.uint32), uint32(value)]);
  if ("float" in value) return Buffer.concat([uint32(valueTypes.float32), float32(value.float)]);
  if ("floats" in value) return array(valueTypes.float32, value.floats);
  if ("integers" in value) return array(valueTypes.int32, value.integers);
  return Buffer.concat([arrayHead(valueTypes.string, value.strings.length), ...value.strings.map(text)]);
}

const array = (type: number, values: Float32Array | Int32Array): Buffer =>
  Buffer.concat([arrayHead(type, values.length), Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);

const arrayHead = (type: number, length: number): Buffer =>
  Buffer.concat([uint32(valueTypes.array), uint32(type), uint64(length)]);

/** Returns a string as its length in 64 bits, followed by its bytes. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

const padded = (length: number): number => Math.ceil(length / alignment) * alignment;
