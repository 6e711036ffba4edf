import type { MachineProfile } from "../contract/hardware.ts";
import { measurementText } from "../texts/hardwareReport.ts";
import { reasonText } from "../texts/reasonText.ts";
import { openTexts } from "../texts/texts.ts";

/**
 * Returns a machine's profile for programs. Scripts rely on these keys: the English sentences stand where they always
 * stood, with their codes and facts beside them.
 */
export function profileDocument(profile: MachineProfile) {
  const english = openTexts("en");
  const { memory, backends, disk } = profile;
  const { bandwidthNoise: noise, bandwidthProblem } = memory;
  return {
    ...profile,
    memory: {
      ...memory,
      bandwidthProblem: bandwidthProblem && measurementText(english, bandwidthProblem),
      bandwidthProblemCode: bandwidthProblem,
      bandwidthNoise: noise && reasonText(english, `hardware:machine.noise.${noise.code}`, noise.facts),
      bandwidthNoiseCode: noise && noise.code,
      bandwidthNoiseFacts: noise && noise.facts,
    },
    backends: backends.map(({ reason, advice, ...backend }) => ({
      ...backend,
      code: reason.code,
      facts: reason.facts ?? {},
      reason: reasonText(english, `hardware:engine.reasons.${reason.code}`, reason.facts),
      advice: advice && english.say(`hardware:machine.advices.${advice}`),
      adviceCode: advice,
    })),
    disk: {
      ...disk,
      readProblem: disk.readProblem && measurementText(english, disk.readProblem),
      readProblemCode: disk.readProblem,
    },
  };
}
