import { resolve } from "node:path";
import { toError } from "../../contract/errors.ts";
import type { ImportPreview, ImportState } from "../../contract/imports.ts";
import { amountText } from "../../texts/imports/amountText.ts";
import { importedText } from "../../texts/imports/importedText.ts";
import type { Texts } from "../../texts/texts.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { titleLine } from "../titleLine.ts";

/** `r1 import`: says what is in a file and imports it, all or nothing. */
export async function importChats(
  { file, isPreview, here }: CommandOf<"import">,
  { terminal, open, cancelling }: CommandRun,
): Promise<number> {
  const { say, figures } = terminal.texts;
  const follow = (state: ImportState): void => {
    if (state.state === "reading" && state.totalBytes > 0) {
      terminal.progress(figures.percent(state.doneBytes / state.totalBytes));
    } else if (state.state === "importing") {
      terminal.progress(say("imports:progress", { done: state.done, total: state.total }));
    }
  };
  const workbench = await open({ "imports.changed": follow });
  cancelling.addEventListener("abort", () => void workbench.call("imports.cancel", {}), { once: true });
  const read = await workbench.readImport(resolve(file)).finally(() => terminal.progress(""));
  if (read.state === "failed") throw toError(read.problem);
  if (read.state !== "ready") return 130;
  const { preview } = read;
  if (isPreview) {
    if (terminal.json) terminal.document(preview);
    else for (const line of previewLines(terminal.texts, preview)) terminal.write(`${line}\n`);
    return 0;
  }
  for (const line of previewLines(terminal.texts, preview)) terminal.aside(`${line}\n`);
  await workbench.call("imports.confirm", { previewId: preview.id, here });
  const ended = await workbench.importSettled().finally(() => terminal.progress(""));
  if (ended.state === "failed") throw toError(ended.problem);
  if (ended.state !== "done") return 130;
  const { chats, messages, skipped } = ended.result;
  if (terminal.json) terminal.document({ chats, messages, skipped });
  else terminal.write(`${importedText(terminal.texts, ended.result)}\n`);
  return 0;
}

function previewLines(texts: Texts, preview: ImportPreview): string[] {
  const { say } = texts;
  const { source, chats, skipped, leftOut, isComplete, titles } = preview;
  const more = chats - titles.length;
  return [
    `${say(`imports:sources.${source}`)}: ${amountText(texts, preview)}`,
    ...titles.map((title) => `  ${titleLine(texts, title)}`),
    ...(more > 0 ? [`  ${say("imports:more", { count: more })}`] : []),
    ...skipped.map(({ reason, count }) => `${say("imports:leftOut")}: ${say(`imports:skipped.${reason}`, { count })}`),
    ...(leftOut > 0 ? [`${say("imports:leftOut")}: ${say("imports:parts", { count: leftOut })}`] : []),
    ...(preview.here > 0 ? [say("imports:here", { count: preview.here })] : []),
    ...(isComplete ? [] : [say("imports:incomplete")]),
  ];
}
