import { resolve } from "node:path";
import { toError } from "../../contract/errors.ts";
import type { ImportPreview, ImportState, SkipReason } from "../../contract/imports.ts";
import { amountTexts } from "../../texts/imports/amountTexts.ts";
import { importedText } from "../../texts/imports/importedText.ts";
import { openTexts, type Texts } from "../../texts/texts.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { openChats } from "../openChats.ts";
import { titleLine } from "../titleLine.ts";

/** `r1 import`: says what is in a file, and imports it with `--apply`, all or nothing. */
export async function importChats(
  { file, applies, here, passphraseFile }: CommandOf<"import">,
  run: CommandRun,
): Promise<number> {
  const { terminal, cancelling } = run;
  const { say, figures } = terminal.texts;
  const follow = (state: ImportState): void => {
    if (state.state === "reading" && state.totalBytes > 0) {
      terminal.progress(figures.percent(state.doneBytes / state.totalBytes));
    } else if (state.state === "importing") {
      terminal.progress(say("imports:progress", { done: state.done, total: state.total }));
    }
  };
  const workbench = await openChats(run, passphraseFile, { "imports.changed": follow });
  cancelling.addEventListener("abort", () => void workbench.call("imports.cancel", {}), { once: true });
  const read = await workbench.readImport(resolve(file)).finally(() => terminal.progress(""));
  if (read.state === "failed") throw toError(read.problem);
  if (read.state !== "ready") return 130;
  const { preview } = read;
  if (!applies) {
    if (terminal.json) {
      const { source, chats, messages, folders, presets, here: alreadyHere, titles } = preview;
      const problems = problemsOf(preview);
      terminal.document({ source, chats, messages, folders, presets, alreadyHere, titles, problems });
    } else {
      for (const line of previewLines(terminal.texts, preview)) terminal.write(`${line}\n`);
      terminal.aside(`${say("cli:import.notYet")}\n`);
    }
    return 0;
  }
  for (const line of previewLines(terminal.texts, preview)) terminal.aside(`${line}\n`);
  await workbench.call("imports.confirm", { previewId: preview.id, here });
  const ended = await workbench.importSettled().finally(() => terminal.progress(""));
  if (ended.state === "failed") throw toError(ended.problem);
  if (ended.state !== "done") return 130;
  const { chats, messages, folders, presets, skipped } = ended.result;
  if (terminal.json) terminal.document({ imported: { chats, messages, folders, presets }, skipped });
  else terminal.write(`${importedText(terminal.texts, ended.result)}\n`);
  return 0;
}

function previewLines(texts: Texts, preview: ImportPreview): string[] {
  const { say } = texts;
  const { source, chats, titles } = preview;
  const more = chats - titles.length;
  return [
    ...amountTexts(texts, preview).map((amount) => `${say(`imports:sources.${source}`)}: ${amount}`),
    ...titles.map((title) => `  ${titleLine(texts, title)}`),
    ...(more > 0 ? [`  ${say("imports:more", { count: more })}`] : []),
    ...leftOutOf(texts, preview).map(({ message }) => `${say("imports:leftOut")}: ${message}`),
    ...(preview.here > 0 ? [say("imports:here", { count: preview.here })] : []),
    ...(preview.isComplete ? [] : [say("imports:incomplete")]),
  ];
}

interface ImportProblem {
  code: SkipReason | "parts" | "folders" | "presets" | "incomplete";
  message: string;
  count?: number;
}

/** Returns what of the file would not be imported. */
function leftOutOf({ say }: Pick<Texts, "say">, preview: ImportPreview): ImportProblem[] {
  const { skipped, leftOut, foldersLeftOut: folders, presetsLeftOut: presets } = preview;
  return [
    ...skipped.map(({ reason, count }) => ({
      code: reason,
      count,
      message: say(`imports:skipped.${reason}`, { count }),
    })),
    ...(leftOut > 0
      ? [{ code: "parts" as const, count: leftOut, message: say("imports:parts", { count: leftOut }) }]
      : []),
    ...(folders > 0
      ? [{ code: "folders" as const, count: folders, message: say("imports:foldersLeftOut", { count: folders }) }]
      : []),
    ...(presets > 0
      ? [{ code: "presets" as const, count: presets, message: say("imports:presetsLeftOut", { count: presets }) }]
      : []),
  ];
}

/** Returns what is wrong with the file, in English, for the document of `--json`. */
function problemsOf(preview: ImportPreview): ImportProblem[] {
  const english = openTexts("en");
  const cut: ImportProblem = { code: "incomplete", message: english.say("imports:incomplete") };
  return [...leftOutOf(english, preview), ...(preview.isComplete ? [] : [cut])];
}
