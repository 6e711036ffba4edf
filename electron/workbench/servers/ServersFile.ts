import { join } from "node:path";
import { z } from "zod";
import { type Problem, WorkbenchError } from "../../contract/errors.ts";
import { mostServerNameChars } from "../../contract/names.ts";
import { problemSchema } from "../../contract/problemSchema.ts";
import { mostServerModels, mostServers, type ServerFindings, serverDialects } from "../../contract/servers.ts";
import { atMost } from "../atMost.ts";
import { FileLock } from "../home/FileLock.ts";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { serverAddress } from "./serverAddress.ts";

const maxFileBytes = 20_000_000;
const waitMs = 5000;

const findingsSchema = z.object({
  latencyMs: z.number().nonnegative(),
  leftOut: z.number().int().nonnegative().default(0),
  asked: z.string().max(500).nullable(),
  thoughtField: z.enum(["reasoning_content", "reasoning", "thinking", "tags", "none"]).nullable(),
  counting: z.enum(["tokenize", "usage", "none"]).nullable(),
  ttftMs: z.number().nonnegative().nullable(),
  tokensPerSecond: z.number().nonnegative().nullable(),
}) satisfies z.ZodType<ServerFindings>;

export const storedModelSchema = z.object({
  name: z.string().min(1).max(500),
  contextLength: z.number().int().positive().nullable(),
  /** Whether its thought can be skipped. Null: as usual on this kind of server. */
  skipsThinking: z.boolean().nullable().default(null),
});

const storedServerSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,27}$/),
  name: z.string().min(1).max(mostServerNameChars),
  /** The file may have been changed: what is not a usable address is not connected to. */
  url: z
    .string()
    .max(1000)
    .refine((url) => isAddress(url)),
  keyVariable: z.string().max(200).nullable().default(null),
  /** PEM text. */
  certificate: z.string().max(100_000).nullable().default(null),
  dialect: z.enum(serverDialects).nullable().default(null),
  models: z.array(storedModelSchema).max(mostServerModels).default([]),
  /** Whether its replies begin within the thought, without `<think>`, because the prompt has it. */
  opensThought: z.boolean().default(false),
  test: z
    .discriminatedUnion("state", [
      z.object({ state: z.literal("never") }),
      z.object({ state: z.literal("done"), at: z.number(), findings: findingsSchema }),
      z.object({ state: z.literal("failed"), at: z.number(), problem: problemSchema as z.ZodType<Problem> }),
    ])
    .default({ state: "never" })
    .catch({ state: "never" }),
});
/** A server as it is stored. Its key is not. */
export type StoredServer = z.output<typeof storedServerSchema>;

const fileSchema = z.object({ servers: z.array(storedServerSchema).max(mostServers) });

/** `servers.json`, which the app and every `r1` share. One of them changes it at a time. */
export class ServersFile {
  readonly #path: string;
  readonly #lockPath: string;
  readonly #onDamaged: (file: string) => void;
  readonly #oneAtATime = atMost(1);

  constructor(home: string, onDamaged: (file: string) => void) {
    this.#path = join(home, "servers.json");
    this.#lockPath = join(home, "servers.lock");
    this.#onDamaged = onDamaged;
  }

  /** Resolves with the servers, each time from the file. A damaged one is set aside, and said. */
  async read(): Promise<StoredServer[]> {
    return (await this.readIfThere()) ?? [];
  }

  /** The same, or null if there is no file, or it was damaged: which servers there were is not known then. */
  async readIfThere(): Promise<StoredServer[] | null> {
    const file = await readJsonFile(this.#path, fileSchema, maxFileBytes);
    if (file.state === "damaged") {
      const aside = await setAside(this.#path).catch(() => null);
      if (aside !== null) this.#onDamaged(aside);
    }
    return file.state === "read" ? file.value.servers : null;
  }

  /** Writes the servers that `work` returns. Rejects with `servers-busy`, and with what `work` throws. */
  change(work: (servers: readonly StoredServer[]) => readonly StoredServer[]): Promise<void> {
    return this.#oneAtATime(async () => {
      const lock = await FileLock.takeWithin(this.#lockPath, waitMs);
      if (lock === null) throw new WorkbenchError("servers-busy");
      try {
        const servers = work(await this.read());
        await writeFileAtomic(this.#path, JSON.stringify({ servers }, null, 2));
      } finally {
        lock.release();
      }
    });
  }
}

function isAddress(url: string): boolean {
  try {
    return serverAddress(url, true).url === url;
  } catch {
    return false;
  }
}
