import { join } from "node:path";
import { z } from "zod";
import { type ServerProgram, type ServerSetup, serverSetupSchema } from "../../contract/llamaServer.ts";
import { atMost } from "../atMost.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const fileSchema = z.object({
  program: z.object({ path: z.string().min(1).max(4096), version: z.string().max(200) }).nullable(),
  setup: serverSetupSchema,
});
export type KeptSetup = z.output<typeof fileSchema>;

const maxFileBytes = 100_000;

/** `llama-server.json`: which program is run, and with what. One that cannot be read counts as none. */
export class SetupFile {
  readonly #path: string;
  readonly #inTurn = atMost(1);

  constructor(home: string) {
    this.#path = join(home, "llama-server.json");
  }

  /** Resolves with what is kept, each time from the file. */
  read(): Promise<{ program: ServerProgram | null; setup: ServerSetup }> {
    return readJsonOr(this.#path, fileSchema, maxFileBytes, { program: null, setup: serverSetupSchema.parse({}) });
  }

  change(change: Partial<KeptSetup>): Promise<void> {
    return this.#inTurn(async () => {
      const next = fileSchema.parse({ ...(await this.read()), ...change });
      await writeFileAtomic(this.#path, `${JSON.stringify(next, null, 2)}\n`);
    });
  }
}
