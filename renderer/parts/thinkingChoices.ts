import type { Thinking } from "../../electron/contract/chats.ts";

/** In the order in which they are offered. */
export const thinkingChoices: readonly Thinking[] = ["on", "off", "auto"];
