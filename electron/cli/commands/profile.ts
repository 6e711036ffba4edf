import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 profile`: what this machine is and how fast it reads. */
export async function profile(
  command: Extract<Command, { name: "profile" }>,
  terminal: Terminal,
  open: () => Promise<Workbench>,
): Promise<number> {
  const workbench = await open();
  const { measureAgain } = command;
  if (terminal.json) terminal.document(await workbench.call("hardware.profile", { measureAgain }));
  else terminal.write(await workbench.call("hardware.report", { measureAgain }));
  return 0;
}
