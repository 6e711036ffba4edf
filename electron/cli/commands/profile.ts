import { backendSpeedText, backendsText, backendText } from "../../texts/backendText.ts";
import { hardwareReport } from "../../texts/hardwareReport.ts";
import { backendDocuments } from "../backendDocuments.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { profileDocument } from "../profileDocument.ts";

/** `r1 profile`: describes this machine, the speed of its memory and disk, and what replies run on. */
export async function profile({ measureAgain }: CommandOf<"profile">, { terminal, open }: CommandRun): Promise<number> {
  const { texts } = terminal;
  const workbench = await open();
  if (terminal.json) {
    const facts = profileDocument(await workbench.call("hardware.profile", { measureAgain }));
    const compared = await workbench.call("fit.backends", {});
    const { model, setting, choice } = compared ?? { model: null, setting: null, choice: null };
    const backends = backendDocuments(compared?.backends ?? []);
    const replies = { model, setting, backend: choice?.backend ?? null, reason: choice?.why ?? null, backends };
    terminal.document({ ...facts, replies });
    return 0;
  }
  const facts = hardwareReport(texts, await workbench.call("hardware.report", { measureAgain }));
  const compared = await workbench.call("fit.backends", {});
  if (compared !== null && compared.backends.length > 1) {
    const speeds = compared.backends.map(
      (each) => `${backendText(texts, each.backend)}: ${backendSpeedText(texts, each)}`,
    );
    facts.push([texts.say("settings:names.backend"), [...speeds, backendsText(texts, compared)].join(" · ")]);
  }
  terminal.facts(facts);
  return 0;
}
