import type { Model } from "../../../electron/contract/models.ts";
import { useSay, useTexts } from "../../texts.ts";
import { ownedFileText } from "../../../electron/texts/ownedFileText.ts";
import { useLicenceName } from "./useLicenceName.ts";

/** Returns the facts about a model: "1.8B weights · Q4_K_M · context 131,072 · MIT · LM Studio’s file · used today". */
export function useModelFacts(model: Model): string {
  const say = useSay("models");
  const texts = useTexts();
  const { figures } = texts;
  const licenceName = useLicenceName();
  const { parameters, quantization, contextLength, licence, verified, owner, lastUsedAt } = model;
  const known = [
    parameters > 0 && say("facts.weights", { weights: figures.weightsShort(parameters) }),
    quantization !== "unknown" && quantization,
    contextLength !== null && say("facts.context", { tokens: contextLength }),
    licence === null ? say("facts.noLicence") : licenceName(licence),
    ownedFileText(texts, owner),
    verified === true && say("facts.verified"),
    verified === false && say("facts.notVerified"),
    lastUsedAt !== null && say("facts.used", { when: figures.daysAgo(lastUsedAt) }),
  ];
  return known.filter(Boolean).join(" · ");
}
