import type { DoctorCheck } from "../../contract/doctor.ts";
import { doctorText } from "../../texts/doctorText.ts";
import { joinSentences } from "../../texts/joinSentences.ts";
import { openTexts } from "../../texts/texts.ts";
import { appPaths } from "../../workbench/appPaths.ts";
import { examineHome } from "../../workbench/doctor/examineHome.ts";
import { homeFolder } from "../../workbench/home/homeFolder.ts";
import { isOfflineByEnvironment } from "../../workbench/network/isOfflineByEnvironment.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";

/**
 * `r1 doctor`: examines the home, the engine and the machine, and says what to do. Does not open the workbench, which
 * would mend and create files. Resolves with 1 if anything is not as it should be.
 */
export async function doctor(
  { isDeep, isOffline }: CommandOf<"doctor">,
  { terminal, cancelling }: CommandRun,
): Promise<number> {
  const texts = terminal.json ? openTexts("en") : terminal.texts;
  const home = homeFolder();
  const options = {
    ...appPaths(import.meta.dirname),
    home,
    isDeep,
    isOffline: isOffline || isOfflineByEnvironment(),
    signal: cancelling,
  };
  const checks: DoctorCheck[] = [];
  terminal.progress(texts.say("doctor:examining"));
  for await (const check of examineHome(options)) checks.push(check);
  terminal.progress("");
  const faulty = checks.filter(({ ok }) => !ok).length;
  if (terminal.json) {
    terminal.document(checks.map((check) => ({ name: check.name, ok: check.ok, ...doctorText(texts, check) })));
  } else {
    terminal.facts(
      checks.map((check): [string, string] => {
        const { what, next } = doctorText(texts, check);
        const sign = texts.say(check.ok ? "doctor:good" : "doctor:bad");
        return [`${sign}  ${texts.say(`doctor:names.${check.name}`)}`, joinSentences(texts, [what, next])];
      }),
    );
    terminal.write(`\n${faulty === 0 ? texts.say("doctor:allGood") : texts.say("doctor:faulty", { count: faulty })}\n`);
  }
  return faulty === 0 ? 0 : 1;
}
