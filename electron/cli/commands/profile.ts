import type { MachineProfile } from "../../contract/hardware.ts";
import { hardwareReport, measurementText } from "../../texts/hardwareReport.ts";
import { reasonText } from "../../texts/reasonText.ts";
import { openTexts } from "../../texts/texts.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 profile`: describes this machine and the speed of its memory and disk. */
export async function profile(
  command: Extract<Command, { name: "profile" }>,
  terminal: Terminal,
  open: () => Promise<Workbench>,
): Promise<number> {
  const workbench = await open();
  const { measureAgain } = command;
  if (terminal.json) terminal.document(inEnglish(await workbench.call("hardware.profile", { measureAgain })));
  else terminal.facts(hardwareReport(terminal.texts, await workbench.call("hardware.report", { measureAgain })));
  return 0;
}

/** Programs read it: each code has its English sentence beside it, or in its place where one always stood. */
function inEnglish(profile: MachineProfile): object {
  const english = openTexts("en");
  const { memory, backends, disk } = profile;
  const { bandwidthNoise: noise, bandwidthProblem } = memory;
  return {
    ...profile,
    memory: {
      ...memory,
      bandwidthProblem: bandwidthProblem && measurementText(english, bandwidthProblem),
      bandwidthNoise: noise && reasonText(english, `hardware:machine.noise.${noise.code}`, noise.facts),
    },
    backends: backends.map(({ reason, advice, ...backend }) => ({
      ...backend,
      code: reason.code,
      reason: reasonText(english, `hardware:engine.reasons.${reason.code}`, reason.facts),
      advice: advice && english.say(`hardware:machine.advices.${advice}`),
    })),
    disk: { ...disk, readProblem: disk.readProblem && measurementText(english, disk.readProblem) },
  };
}
