import { type ReactNode, useEffect } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { fitKey } from "../../stores/fit.ts";
import { useFit } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";
import { subjectOf } from "./installedFit.ts";
import { memoryText } from "./memoryText.ts";
import { useKnownSpeed } from "./useKnownSpeed.ts";

/** What decides whether to import a model: what it is, whether it fits this machine, and how fast it would be. */
export function OpenedFileFacts({ model }: { model: Model }) {
  const say = useSay("models");
  const texts = useTexts();
  const { figures } = texts;
  const follow = useFit((state) => state.follow);
  const fit = useFit(({ fits }) => fits[fitKey(subjectOf(model))]) ?? null;
  useEffect(() => void follow([subjectOf(model)]), [model, follow]);
  const speed = useKnownSpeed(model, fit?.speed ?? null, fit);
  const { family, quantization, contextLength, sizeBytes, parameters } = model;
  const hasSpeed = speed.figure !== "–" && speed.figure !== "";
  const facts: [string, ReactNode, string?][] = [
    [say("factNames.family"), say(family === "r1" ? "opened.familyR1" : "opened.familyOther")],
    [say("card.size"), figures.bytes(sizeBytes)],
    [say("factNames.parameters"), parameters > 0 && figures.weightsShort(parameters)],
    [say("factNames.quantization"), quantization !== "unknown" && quantization],
    [say("factNames.context"), contextLength !== null && figures.tokens(contextLength)],
    [
      say("factNames.memory"),
      fit === null
        ? say("memory.unknown")
        : say("opened.memory", {
            needed: figures.bytesOf(fit.need.totalBytes, fit.usableBytes),
            verdict: say(`memory.cell.${fit.verdict}`),
          }),
      fit === null ? say("memory.unknownHint") : memoryText(texts, fit),
    ],
    [
      say("factNames.speed"),
      hasSpeed ? say("opened.speed", { speed: speed.figure, note: speed.note }) : speed.note,
      speed.tip,
    ],
  ];
  return (
    <dl className="facts opened-facts">
      {facts.map(
        ([label, value, tip]) =>
          value !== false && (
            <div key={label} title={tip}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
