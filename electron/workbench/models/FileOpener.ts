import { randomUUID } from "node:crypto";
import { isAbsolute } from "node:path";
import { problemOf, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { FileModel, OpenedFile, OpenedFiles, OpenedLook } from "../../contract/models.ts";
import { atMost } from "../atMost.ts";
import { withinMs } from "../withinMs.ts";
import type { Library } from "./library.ts";
import { firstFileOf } from "./modelFiles.ts";

export interface FileOpenerOptions {
  library: Pick<Library, "at" | "link">;
  /**
   * Rejects if this path must not be read, or if its disk does not respond, without occupying a thread of this process.
   */
  expectResponse: (path: string) => Promise<void>;
  onChange: (state: OpenedFiles) => void;
  /** How long one file may take, in milliseconds. */
  limitMs?: number;
}

/** More at once are hardly meant to be imported one by one. */
const mostShown = 20;
const longestPath = 4096;
/** Reading a header may take 30 seconds (inspectModelFile.ts). */
const usualLimitMs = 45_000;
/** One that waits for a disk must not hold up the others. */
const readAtOnce = 3;

/**
 * The files that were opened with the app from outside. Their paths are not trusted: each is only read, by processes of
 * its own, until the user chooses to import it. Pages name a file by its id.
 */
export class FileOpener {
  readonly #options: FileOpenerOptions;
  readonly #inTurn = atMost(readAtOnce);
  #files: OpenedFile[] = [];
  #isCut = false;

  constructor(options: FileOpenerOptions) {
    this.#options = options;
  }

  get state(): OpenedFiles {
    return { files: this.#files, isCut: this.#isCut };
  }

  /** Begins to read these files. A file that is shown already is read again. */
  open(paths: readonly string[]): void {
    for (const path of new Set(paths)) {
      const shown = this.#files.find((file) => file.path === path);
      if (shown !== undefined) void this.#look(shown.id);
      else if (this.#files.length >= mostShown) this.#isCut = true;
      else {
        const file: OpenedFile = { id: randomUUID(), path, look: { state: "reading" } };
        this.#files = [...this.#files, file];
        void this.#look(file.id);
      }
    }
    this.#tell();
  }

  /** Reads a file again, because it was refused. */
  readAgain(id: string): void {
    void this.#look(id);
  }

  /** Adds a file to the list of models. Rejects with its problem, or with `model-not-found` for an unknown id. */
  async add(id: string): Promise<FileModel> {
    const file = this.#files.find((each) => each.id === id);
    if (file === undefined || file.look.state !== "read") throw new WorkbenchError("model-not-found");
    const { model, isListed } = file.look;
    if (isListed) return model;
    const added = await this.#options.library.link(model.source.path);
    this.#set(id, { state: "read", model: added, isListed: true });
    return added;
  }

  /** Forgets files. Nothing happens to them. */
  close(ids: readonly string[]): void {
    this.#files = this.#files.filter(({ id }) => !ids.includes(id));
    this.#isCut = false;
    this.#tell();
  }

  async #look(id: string): Promise<void> {
    const file = this.#files.find((each) => each.id === id);
    if (file === undefined) return;
    this.#set(id, { state: "reading" });
    const { limitMs = usualLimitMs } = this.#options;
    const look = await this.#inTurn(() =>
      withinMs(this.#read(file.path), limitMs).catch(
        (error: unknown): OpenedLook => ({ state: "refused", problem: toProblem(error) }),
      ),
    );
    this.#set(
      id,
      look ?? {
        state: "refused",
        problem: problemOf("model-file-unreadable", { case: "silentDisk", milliseconds: limitMs }),
      },
    );
  }

  async #read(path: string): Promise<OpenedLook> {
    if (!isAbsolute(path) || path.includes("\0") || path.length > longestPath) {
      throw new WorkbenchError("model-file-missing", { case: "badPath" });
    }
    await this.#options.expectResponse(path);
    const { model, isListed } = await this.#options.library.at(await firstFileOf(path));
    const [problem] = model.problems;
    return problem === undefined || isListed ? { state: "read", model, isListed } : { state: "refused", problem };
  }

  #set(id: string, look: OpenedLook): void {
    this.#files = this.#files.map((file) => (file.id === id ? { ...file, look } : file));
    this.#tell();
  }

  #tell(): void {
    this.#options.onChange(this.state);
  }
}
