import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/** Something the user should know that none of their calls caused, such as a store that was set aside. */
export interface Notice {
  id: string;
  problem: Problem;
  /** The chat that the notice is about. */
  chatId?: string;
}

export const noticesCalls = {
  /** Oldest first. */
  "notices.list": call<Notice[]>()(z.object({})),
  "notices.dismiss": call<null>()(z.object({ noticeId: z.string().min(1).max(64) })),
};
