import type { WrittenAt } from "../contract/servers.ts";
import type { Terminal } from "./Terminal.ts";

/** Returns a line that says which server wrote a reply, and whether that left this machine. */
export const writtenOn = (
  { name, host, isThisMachine }: WrittenAt,
  { texts: { say } }: Pick<Terminal, "texts">,
): string => `${say(isThisMachine ? "servers:wroteHere" : "servers:wroteAway", { name, host })}\n`;
