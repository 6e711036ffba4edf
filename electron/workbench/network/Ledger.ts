import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Connection, type ConnectionList, connectionSchema } from "../../contract/network.ts";
import { AppendFile } from "../home/AppendFile.ts";
import { parseJsonFile } from "../home/readJsonFile.ts";
import { readOwnFile } from "../home/readOwnFile.ts";

/** An `AppendFile` is a little larger than its limit, by its last line. */
const maxFileBytes = 2_000_000;
/** A task that is still connected is counted again far more often. */
const lostAfterMs = 60_000;

/**
 * The record of all connections that this app made, in `connections.jsonl` in the home folder. Each line describes one
 * connection; a later line of the same id replaces an earlier one. The file has a bounded size, and `r1` writes to it
 * too.
 */
export class Ledger {
  readonly #file: AppendFile;

  constructor(home: string) {
    this.#file = new AppendFile(join(home, "connections.jsonl"));
  }

  add(connection: Connection): void {
    this.#file.append(`${JSON.stringify(connection)}\n`);
  }

  /** Resolves with the newest connections. Lines that cannot be read are left out. */
  async list(most: number, now = Date.now()): Promise<ConnectionList> {
    const files = await Promise.all(this.#file.paths.map((path) => readOwnFile(path, maxFileBytes)));
    const byId = new Map<string, Connection>();
    for (const line of files.flatMap((file) => (file.state === "read" ? file.text.split("\n") : []))) {
      const read = parseJsonFile(line, connectionSchema);
      if (read.state !== "read") continue;
      const { value } = read;
      const isLost = value.outcome === "open" && now - value.countedAt > lostAfterMs;
      byId.set(value.id, isLost ? { ...value, outcome: "interrupted" } : value);
    }
    const newestFirst = [...byId.values()].toSorted((a, b) => b.startedAt - a.startedAt);
    return { connections: newestFirst.slice(0, most), total: newestFirst.length };
  }

  async clear(): Promise<void> {
    await Promise.all(this.#file.paths.map((path) => rm(path, { force: true })));
  }
}
