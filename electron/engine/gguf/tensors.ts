import { WorkbenchError } from "../../contract/errors.ts";
import { damagedHeader } from "./damagedHeader.ts";
import type { HeaderReader } from "./headerReader.ts";
import { readName } from "./metadata.ts";
import { tensorTypes } from "../../contract/tensorTypes.ts";

export interface Tensor {
  name: string;
  typeName: string;
  /** One to four dimensions, fastest-varying first. */
  dimensions: number[];
  weights: number;
  bytes: number;
}

/** ggml stores names in 64 bytes including the terminating zero (ggml/include/ggml.h, GGML_MAX_NAME). */
const maxNameBytes = 63;

/**
 * Reads the table of tensors and checks that each is inside the file, directly after the one before it, as llama.cpp
 * requires (ggml/src/gguf.cpp). So none can overlap.
 */
export async function readTensors(
  reader: HeaderReader,
  count: number,
  alignment: number,
  fileBytes: number,
): Promise<Tensor[]> {
  const tensors: Tensor[] = [];
  const names = new Set<string>();
  let expectedOffset = 0;
  let dataBytes = 0;
  for (let index = 0; index < count; index++) {
    const { tensor, offset } = await readTensor(reader, index);
    if (names.has(tensor.name)) throw damagedHeader(`it holds the tensor "${tensor.name}" twice`);
    names.add(tensor.name);
    if (offset !== expectedOffset) throw damagedHeader(`the tensor "${tensor.name}" does not lie where it should`);
    tensors.push(tensor);
    dataBytes = offset + tensor.bytes;
    expectedOffset = align(dataBytes, alignment);
  }
  const neededBytes = align(reader.offset, alignment) + dataBytes;
  if (count > 0 && neededBytes > fileBytes) {
    throw new WorkbenchError("model-truncated", { case: "bytes", there: fileBytes, needed: neededBytes });
  }
  return tensors;
}

async function readTensor(reader: HeaderReader, index: number): Promise<{ tensor: Tensor; offset: number }> {
  const name = readName(await reader.string(`the name of tensor ${index + 1}`, maxNameBytes), `tensor ${index + 1}`);
  await reader.fetch(4);
  const dimensionCount = reader.takeUint32();
  if (dimensionCount < 1 || dimensionCount > 4) {
    throw damagedHeader(`the tensor "${name}" has ${dimensionCount.toLocaleString("en")} dimensions`);
  }
  await reader.fetch(dimensionCount * 8 + 4 + 8);
  const sizes = Array.from({ length: dimensionCount }, () => reader.take(8).readBigUInt64LE());
  const typeNumber = reader.takeUint32();
  const offset = reader.takeCount();

  const tensorType = tensorTypes[typeNumber];
  if (tensorType === undefined) throw damagedHeader(`the tensor "${name}" has the unknown type ${typeNumber}`);
  if (sizes.some((size) => size < 1n)) throw damagedHeader(`the tensor "${name}" has an empty dimension`);
  if ((sizes[0] ?? 0n) % BigInt(tensorType.blockWeights) !== 0n) {
    throw damagedHeader(`the tensor "${name}" does not divide into blocks of ${tensorType.name}`);
  }
  // BigInt, because the product of four 64-bit sizes can exceed what a number represents.
  const weights = sizes.reduce((product, size) => product * size, 1n);
  const bytes = (weights / BigInt(tensorType.blockWeights)) * BigInt(tensorType.blockBytes);
  if (offset === null || bytes > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw damagedHeader(`the tensor "${name}" claims more bytes than any file has`);
  }
  return {
    tensor: {
      name,
      typeName: tensorType.name,
      dimensions: sizes.map(Number),
      weights: Number(weights),
      bytes: Number(bytes),
    },
    offset,
  };
}

function align(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
