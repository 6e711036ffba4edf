import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const nano = fileURLToPath(new URL("../../resources/models/r1-nano.gguf", import.meta.url));
const named = "R1 Nano";

/** Adds a model to a home that is R1 Nano by another name, which has as many letters. `wholeBytes`: the rest is missing. */
export async function addTwin(home: string, name = "R1 Twin", wholeBytes?: number): Promise<void> {
  const bytes = await readFile(nano);
  bytes.write(name.padEnd(named.length), bytes.indexOf(named), "latin1");
  const folder = join(home, "models", "proof", name.replaceAll(" ", "-").toLowerCase());
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "twin.gguf"), bytes.subarray(0, wholeBytes));
}
