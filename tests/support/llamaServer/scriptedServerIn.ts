import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("scriptedServer.mjs", import.meta.url));

/** What it does: see `scriptedServer.mjs`. */
export interface ServerScript {
  exit?: number;
  say?: string;
  asksUntilLoaded?: number;
  devices?: string[];
  help?: string;
  deaf?: boolean;
  answer?: string;
}

interface Start {
  args: string[];
  key: string;
  env: Record<string, string>;
  pid: number;
}

/** Copies the scripted llama-server into a folder. */
export async function scriptedServerIn(folder: string, script: ServerScript) {
  const program = join(folder, "llama-server");
  await copyFile(source, program);
  await writeFile(`${program}.json`, JSON.stringify(script));
  return {
    program,
    /** Changes what it does from its next start on. */
    become: (next: ServerScript) => writeFile(`${program}.json`, JSON.stringify(next)),
    /** Resolves with what it was started with, the first start first. */
    starts: async (): Promise<Start[]> => {
      const text = await readFile(`${program}.started`, "utf8").catch(() => "");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Start);
    },
  };
}
