import { join } from "node:path";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { GgufFacts } from "../../contract/models.ts";
import { atMost } from "../atMost.ts";
import { createInspectCache, type Inspection } from "./inspectCache.ts";
import { exactFingerprint, fingerprint, type ModelFile } from "./modelFiles.ts";

/** Reads a file's facts in the engine process. Rejects with a coded error. */
export type Inspect = (path: string) => Promise<GgufFacts>;

/** Each file is read by a process of its own. More at a time would only wait for each other. */
const readersAtOnce = 4;

/** What the headers of model files say, stored in `inspections.json` until a file changes. */
export class Inspections {
  readonly #inspect: Inspect;
  readonly #cache: ReturnType<typeof createInspectCache>;
  readonly #inTurn = atMost(readersAtOnce);

  constructor(home: string, inspect: Inspect) {
    this.#inspect = inspect;
    this.#cache = createInspectCache(join(home, "inspections.json"));
  }

  /** Resolves with a file's facts or its problem, and with its fingerprint, or null if it cannot be read. */
  async of(file: ModelFile): Promise<{ found: Inspection; print: string | null }> {
    // No file can have such a name, and it cannot be passed to a process.
    if (file.path.includes("\0")) {
      return { found: { problem: toProblem(new WorkbenchError("model-file-missing")) }, print: null };
    }
    try {
      const [print, exact] = await Promise.all([fingerprint(file), exactFingerprint(file)]);
      return { found: await this.#read(file, exact), print };
    } catch (error) {
      // A disk that does not respond would block the reading process as well.
      if (error instanceof WorkbenchError) return { found: { problem: toProblem(error) }, print: null };
      return { found: await this.#read(file, null), print: null };
    }
  }

  save(): Promise<void> {
    return this.#cache.save();
  }

  async #read(file: ModelFile, print: string | null): Promise<Inspection> {
    const kept = print === null ? null : await this.#cache.get(file.path, print);
    if (kept !== null) return kept;
    const found = await this.#inTurn(() => this.#inspect(file.path)).then(
      (facts): Inspection => ({ facts }),
      (error: unknown): Inspection => ({ problem: toProblem(error) }),
    );
    // A crashed engine or an unreadable disk says nothing permanent about the file.
    const lasting =
      "facts" in found || (found.problem.code.startsWith("model-") && found.problem.code !== "model-file-unreadable");
    if (print !== null && lasting) this.#cache.set(file.path, print, found);
    return found;
  }
}
