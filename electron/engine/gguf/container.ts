import type { FileHandle } from "node:fs/promises";
import { WorkbenchError } from "../../contract/errors.ts";
import { damagedHeader } from "./damagedHeader.ts";
import { HeaderReader } from "./headerReader.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import { whatItLooksLike } from "./whatItLooksLike.ts";
import { readTensors, type Tensor } from "./tensors.ts";

/** One GGUF file, validated as a container. What it says about the model is not checked yet. */
export interface Container extends Metadata {
  tensors: Tensor[];
}

// llama.cpp compares each name with all earlier ones, so these limits also bound the time that it takes.
const maxKeys = 10_000;
const maxTensors = 16_384;
const maxAlignment = 65_536;

/** Reads and validates one open GGUF file. Rejects with a `model-…` code if it is not valid. */
export async function readContainer(file: FileHandle, fileBytes: number): Promise<Container> {
  const reader = new HeaderReader(file, fileBytes);
  await checkStart(reader, fileBytes);
  const tensorCount = reader.takeCount();
  const keyCount = reader.takeCount();
  if (tensorCount === null || tensorCount > maxTensors) throw damagedHeader("its number of tensors makes no sense");
  if (keyCount === null || keyCount > maxKeys) throw damagedHeader("its number of keys makes no sense");
  const metadata = await readMetadata(reader, keyCount);
  const tensors = await readTensors(reader, tensorCount, alignmentOf(metadata), fileBytes);
  return { ...metadata, tensors };
}

/** Checks the magic number and version. Afterwards the reader is before the two counts. */
async function checkStart(reader: HeaderReader, fileBytes: number): Promise<void> {
  const start = Math.min(fileBytes, 512);
  await reader.fetch(start);
  const magic = reader.take(Math.min(4, start));
  if (magic.length < 4 && "GGUF".startsWith(magic.toString("latin1"))) throw new WorkbenchError("model-truncated");
  if (magic.toString("latin1") !== "GGUF") {
    const rest = reader.take(Math.max(0, start - 4));
    throw new WorkbenchError("model-not-gguf", whatItLooksLike(Buffer.concat([magic, rest])));
  }
  await reader.fetch(20);
  const version = reader.takeUint32();
  if (version === 2 || version === 3) return;
  const bigEndian = version === 0x0200_0000 || version === 0x0300_0000;
  throw new WorkbenchError(
    "model-version-unsupported",
    bigEndian ? { case: "byteOrder" } : { case: "version", version },
  );
}

function alignmentOf({ values }: Metadata): number {
  const alignment = values.get("general.alignment") ?? 32;
  const sound =
    typeof alignment === "number" &&
    Number.isInteger(alignment) &&
    alignment >= 1 &&
    alignment <= maxAlignment &&
    (alignment & (alignment - 1)) === 0;
  if (!sound) throw damagedHeader("its alignment is not a power of two up to 65,536");
  return alignment;
}
