import { isErrorCode } from "../../contract/errors.ts";

/** One fault as a bug report shows it. The log has its details. */
export interface FaultSeen {
  at: string;
  id: string;
  /** Null for a fault without one, such as a crash of the page. */
  code: string | null;
}

/** A line of the fault log that begins an entry: time, id, and what the app wrote. */
const entry = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z) ([2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}) (.*)$/;

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
