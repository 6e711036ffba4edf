import { resolve } from "node:path";
import { toError } from "../../contract/errors.ts";
import { exportWords } from "../../texts/exportWords.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { openChats } from "../openChats.ts";

/** `r1 export`: writes all chats, or some, to a file. */
export async function exportChats(
  { file, format, chatIds, thoughts, passphraseFile }: CommandOf<"export">,
  run: CommandRun,
): Promise<number> {
  const { terminal, cancelling } = run;
  const { say } = terminal.texts;
  const workbench = await openChats(run, passphraseFile, {
    "exports.changed": (state) => {
      if (state.state !== "writing" || state.total === 0) return;
      terminal.progress(say("exports:progress", { done: state.done, total: state.total }));
    },
  });
  cancelling.addEventListener("abort", () => void workbench.call("exports.cancel", {}), { once: true });
  const path = resolve(file);
  const ended = await workbench
    .exportChats({ chatIds, format, thoughts }, path, exportWords(terminal.texts))
    .finally(() => terminal.progress(""));
  if (ended.state === "failed") throw toError(ended.problem);
  if (ended.state !== "written") return 130;
  const { chats, messages, sizeBytes, fileName: name } = ended.result;
  if (terminal.json) terminal.document({ files: [path], format, chats, messages, sizeBytes });
  else terminal.write(`${say("exports:written", { count: chats, name, size: sizeBytes })}\n`);
  return 0;
}
