import { AppendFile } from "../home/AppendFile.ts";

const maxEntryChars = 8000;

/** A log in a file of bounded size (see `AppendFile`). Text that cannot be written is lost. */
export class LogFile {
  readonly #file: AppendFile;

  constructor(path: string) {
    this.#file = new AppendFile(path);
  }

  add(entry: string): void {
    this.#file.append(`${new Date().toISOString()} ${entry.slice(0, maxEntryChars).replaceAll("\n", "\n  ")}\n`);
  }
}
