import { hardwareReport } from "../../texts/hardwareReport.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { profileDocument } from "../profileDocument.ts";

/** `r1 profile`: describes this machine and the speed of its memory and disk. */
export async function profile({ measureAgain }: CommandOf<"profile">, { terminal, open }: CommandRun): Promise<number> {
  const workbench = await open();
  if (terminal.json) terminal.document(profileDocument(await workbench.call("hardware.profile", { measureAgain })));
  else terminal.facts(hardwareReport(terminal.texts, await workbench.call("hardware.report", { measureAgain })));
  return 0;
}
