import { endianness } from "node:os";

/** Value types of the format, by the names used in its specification. */
export const valueType = {
  uint8: 0,
  int8: 1,
  uint16: 2,
  int16: 3,
  uint32: 4,
  int32: 5,
  float32: 6,
  bool: 7,
  string: 8,
  array: 9,
  uint64: 10,
  int64: 11,
  float64: 12,
} as const;
export type ValueTypeName = keyof typeof valueType;

export interface TensorHead {
  /** Text, or raw bytes for names that no well-formed file has. */
  name: string;
  dimensions: (number | bigint)[];
  type: number;
  /** The offset that the file states; if omitted, directly after the previous tensor. */
  offset?: bigint;
  /** The number of dimensions that the file states, if it is to be wrong. */
  dimensionCount?: number;
}

export interface PlannedTensor extends TensorHead {
  data: Buffer;
}

/** A GGUF file before it is written. Tests modify it, then call `ggufBytes`. */
export interface GgufPlan {
  magic: string;
  version: number;
  alignment: number;
  /** Keys and their encoded values, in order. */
  keys: { key: string; value: Buffer }[];
  tensors: PlannedTensor[];
  /** The counts that the header states, if they are to be wrong. */
  tensorCount?: bigint;
  keyCount?: bigint;
}

export function ggufBytes(plan: GgufPlan): Buffer {
  const lengths = plan.tensors.map(({ data }) => data.length);
  const data = plan.tensors.map((tensor) => padTo(tensor.data, plan.alignment));
  return Buffer.concat([ggufHeader(plan, lengths), ...data]);
}

/** Returns everything before the weights, for tensors of these lengths in bytes. */
export function ggufHeader(plan: Omit<GgufPlan, "tensors"> & { tensors: TensorHead[] }, lengths: number[]): Buffer {
  const head = [
    Buffer.from(plan.magic, "latin1"),
    uint32(plan.version),
    uint64(plan.tensorCount ?? BigInt(plan.tensors.length)),
    uint64(plan.keyCount ?? BigInt(plan.keys.length)),
  ];
  for (const { key, value } of plan.keys) head.push(text(key), value);
  let offset = 0;
  for (const [index, tensor] of plan.tensors.entries()) {
    head.push(text(tensor.name), uint32(tensor.dimensionCount ?? tensor.dimensions.length));
    head.push(...tensor.dimensions.map((size) => uint64(BigInt(size))));
    head.push(uint32(tensor.type), uint64(tensor.offset ?? BigInt(offset)));
    offset += padded(lengths[index] ?? 0, plan.alignment);
  }
  return padTo(Buffer.concat(head), plan.alignment);
}

/** Returns the length of the part before the weights. */
export function headerLength(plan: GgufPlan): number {
  const lengths = plan.tensors.map(({ data }) => data.length);
  return ggufHeader(plan, lengths).length;
}

export function scalar(type: ValueTypeName, value: number | bigint | string | boolean): Buffer {
  return Buffer.concat([uint32(valueType[type]), element(type, value)]);
}

export function array(type: ValueTypeName, values: (number | string)[], count = BigInt(values.length)): Buffer {
  const elements =
    type === "string"
      ? texts(values.map(String))
      : (numbers(type, values) ?? values.map((value) => element(type, value)));
  return Buffer.concat([uint32(valueType.array), uint32(valueType[type]), uint64(count), ...elements]);
}

/** Returns numbers of the types used in vocabularies, in one buffer; null for other types. */
function numbers(type: ValueTypeName, values: (number | string)[]): Buffer[] | null {
  const kind = { int32: Int32Array, uint32: Uint32Array, float32: Float32Array }[type as string];
  if (kind === undefined || endianness() !== "LE") return null;
  return [Buffer.from(kind.from(values.map(Number)).buffer)];
}

/** Returns strings one after the other, in one buffer, since a vocabulary has a hundred thousand. */
function texts(values: string[]): Buffer[] {
  const bytes = Buffer.alloc(values.reduce((sum, value) => sum + 8 + Buffer.byteLength(value), 0));
  let at = 0;
  for (const value of values) {
    const length = bytes.write(value, at + 8);
    bytes.writeUInt32LE(length, at);
    at += 8 + length;
  }
  return [bytes];
}

/** Returns a string: its length in 64 bits, then its bytes. */
export function text(value: string | Buffer, length?: bigint): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value) : value;
  return Buffer.concat([uint64(length ?? BigInt(bytes.length)), bytes]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes;
}

function element(type: ValueTypeName, value: number | bigint | string | boolean): Buffer {
  if (type === "string") return text(String(value));
  const bytes = Buffer.alloc(8);
  switch (type) {
    case "uint8":
    case "bool":
      bytes.writeUInt8(Number(value));
      return bytes.subarray(0, 1);
    case "int8":
      bytes.writeInt8(Number(value));
      return bytes.subarray(0, 1);
    case "uint16":
    case "int16":
      bytes.writeUInt16LE(Number(value) & 0xffff);
      return bytes.subarray(0, 2);
    case "uint32":
    case "int32":
      return uint32(Number(value));
    case "float32":
      bytes.writeFloatLE(Number(value));
      return bytes.subarray(0, 4);
    case "float64":
      bytes.writeDoubleLE(Number(value));
      return bytes;
    case "uint64":
    case "int64":
    case "array":
      return uint64(BigInt(value));
  }
}

export const padded = (length: number, alignment: number): number => Math.ceil(length / alignment) * alignment;

function padTo(bytes: Buffer, alignment: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length, alignment) - bytes.length)]);
}
