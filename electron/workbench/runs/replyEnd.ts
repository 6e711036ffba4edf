import type { Message } from "../../contract/chats.ts";
import type { Runs } from "./Runs.ts";

/** Resolves with a reply once it has ended, however it did. */
export function replyEnd(runs: Pick<Runs, "attach">, runId: string): Promise<Message> {
  return new Promise((resolve) => {
    runs.attach(runId, (frame) => {
      if (frame.kind === "ended") resolve(frame.message);
    });
  });
}
