import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";

/** A file that is being fetched, with the hash of what has arrived. */
export class PartialFile {
  readonly #file: FileHandle;
  #hash = createHash("sha512");
  #received = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Creates the file, in place of whatever is there. */
  static async create(path: string): Promise<PartialFile> {
    await rm(path, { force: true, recursive: true });
    return new PartialFile(await open(path, "wx", 0o600));
  }

  /** In bytes. */
  get received(): number {
    return this.#received;
  }

  async add(chunk: Buffer): Promise<void> {
    await this.#file.write(chunk, 0, chunk.length, this.#received);
    this.#hash.update(chunk);
    this.#received += chunk.length;
  }

  /** Forgets what has arrived. */
  async restart(): Promise<void> {
    await this.#file.truncate(0);
    this.#hash = createHash("sha512");
    this.#received = 0;
  }

  /** Resolves with the SHA-512 in hexadecimal digits, once the disk has all bytes. Nothing can be added afterwards. */
  async digest(): Promise<string> {
    await this.#file.sync();
    return this.#hash.digest("hex");
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
