import { copyFile, cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { nanoPath } from "./engine/engineForTests.ts";
import { bytesOf } from "./hub/hubServer.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";

const appFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const kept = fileURLToPath(new URL("homes/sentences", import.meta.url));
/** The downloaded part of the file that the tests' hub generates from seed 2. */
const part = { path: "models/.downloads/318116b5e1953820/part-1", seed: 2, bytes: 65_273 };

/**
 * Returns a copy of a home folder as written by the last version that stored sentences, after it was used for replies
 * (including stopped, failed and crashing ones), benchmarks (including stopped and disturbed ones), a tuning and
 * downloads. Only its paths are placeholders, its store is compressed, and its models and the part of a download are
 * created here.
 */
export async function earlierHome(): Promise<string> {
  const home = join(await temporaryFolder(), "home");
  await cp(kept, home, { recursive: true });
  const store = join(home, "store", "chats.db");
  await writeFile(store, gunzipSync(await readFile(`${store}.gz`)));
  await rm(`${store}.gz`);
  await writeFile(join(home, part.path), bytesOf(part.seed, 0, part.bytes));
  for (const name of ["crasher.gguf", "quiet.gguf"]) await copyFile(nanoPath, join(home, "models", name));
  for (const name of ["model-hashes.json", "model-ids.json"]) {
    await replace(join(home, name), (text) => text.replaceAll("<home>", home).replaceAll("<app>", appFolder));
  }
  await mkdir(join(home, "models", "owner", "model-GGUF"), { recursive: true });
  await writeFile(join(home, "models", "owner", "model-GGUF", "small.gguf"), bytesOf(1, 0, 20_000));
  // What is known of a model applies only to exactly the same file.
  const use = join(home, "model-use.json");
  const known = JSON.parse(await readFile(use, "utf8")) as { models: Record<string, { fingerprint: string }> };
  for (const [id, record] of Object.entries(known.models)) {
    const { size, mtimeMs } = await stat(id === "r1-nano" ? nanoPath : join(home, "models", `${id}.gguf`));
    record.fingerprint = `${size}@${mtimeMs}`;
  }
  await writeFile(use, JSON.stringify(known));
  return home;
}

async function replace(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, "utf8")));
}
