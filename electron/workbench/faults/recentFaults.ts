import { join } from "node:path";
import { isErrorCode } from "../../contract/errors.ts";
import { type OwnFile, readOwnFile } from "../home/readOwnFile.ts";

/** Somewhat more than the log may hold. */
const maxLogBytes = 2_000_000;

/** One fault as a bug report shows it. The log has its details. */
export interface FaultSeen {
  at: string;
  id: string;
  /** Null for a fault without one, such as a crash of the page. */
  code: string | null;
}

/** A line of the fault log that begins an entry: time, id, and what the app wrote. */
const entry = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z) ([2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}) (.*)$/;

/** Resolves with the fault log of a home. Never rejects. */
export const readFaultLog = (home: string): Promise<OwnFile> =>
  readOwnFile(join(home, "logs", "faults.log"), maxLogBytes);

/** Returns the last faults in a log, oldest first, without their details, which name files. */
export function recentFaults(log: string, most: number): FaultSeen[] {
  return log
    .split("\n")
    .flatMap((line) => {
      const [, at, id, text = ""] = entry.exec(line) ?? [];
      if (at === undefined || id === undefined) return [];
      const code = /^[\w-]+/.exec(text)?.[0] ?? "";
      return [{ at, id, code: isErrorCode(code) ? code : null }];
    })
    .slice(-most);
}
