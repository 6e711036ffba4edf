import { stat } from "node:fs/promises";
import { WorkbenchError } from "../../contract/errors.ts";
import { systemCode } from "../systemCode.ts";

/** What is remembered of the first reading of a file, for the second one. */
export interface ImportPlan {
  mark: string;
  chats: number;
  messages: number;
  /** The chats that are left out, by their position in the file. */
  bad: ReadonlySet<number>;
  /** The ids of all chats, in their order. */
  ids: readonly string[];
}

/** Returns what changes when a file is written to. Rejects with `import-failed`. */
export async function markOf(path: string): Promise<{ mark: string; bytes: number }> {
  try {
    const { size, mtimeMs, ino, dev } = await stat(path);
    return { mark: [size, mtimeMs, ino, dev].join(" "), bytes: size };
  } catch (error) {
    throw unreadable(error);
  }
}

/** Returns the error for a file that the system does not let us read. */
export function unreadable(error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof WorkbenchError || code === "") return error;
  const reason = code === "ENOENT" ? "missing" : "unreadable";
  return new WorkbenchError("import-failed", { case: reason }, error instanceof Error ? error.message : "");
}
