import { hardwareReport } from "../../texts/hardwareReport.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import { profileDocument } from "../profileDocument.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 profile`: describes this machine and the speed of its memory and disk. */
export async function profile(
  command: Extract<Command, { name: "profile" }>,
  terminal: Terminal,
  open: () => Promise<Workbench>,
): Promise<number> {
  const workbench = await open();
  const { measureAgain } = command;
  if (terminal.json) terminal.document(profileDocument(await workbench.call("hardware.profile", { measureAgain })));
  else terminal.facts(hardwareReport(terminal.texts, await workbench.call("hardware.report", { measureAgain })));
  return 0;
}
