import type { ReactNode } from "react";
import type { FileModel } from "../../../electron/contract/models.ts";
import { ownedFileText } from "../../../electron/texts/ownedFileText.ts";
import { ProblemWords } from "../../parts/ProblemWords.tsx";
import { useSay, useTexts } from "../../texts.ts";
import { type MemoryFit, memoryText } from "./memoryText.ts";
import type { SpeedWords } from "./speedWords.ts";
import { useLicenceName } from "./useLicenceName.ts";

export interface ModelFactsProps {
  model: FileModel;
  fit: MemoryFit | null;
  speed: SpeedWords;
}

/** All that is known about a model on this machine, below its row. */
export function ModelFacts({ model, fit, speed }: ModelFactsProps) {
  const say = useSay("models");
  const texts = useTexts();
  const { figures } = texts;
  const licenceName = useLicenceName();
  const { name, parameters, quantization, contextLength, architecture, licence, verified, owner, lastUsedAt } = model;
  const [problem] = model.problems;
  const facts: [string, ReactNode][] = [
    [
      say("factNames.file"),
      <bdi key="file" className="path">
        {model.source.path}
      </bdi>,
    ],
    [say("factNames.owner"), ownedFileText(texts, owner)],
    [say("factNames.parameters"), parameters > 0 && figures.weightsShort(parameters)],
    [say("factNames.quantization"), quantization !== "unknown" && quantization],
    [say("factNames.context"), contextLength !== null && figures.tokens(contextLength)],
    [say("factNames.architecture"), <bdi key="architecture">{architecture}</bdi>],
    [say("factNames.licence"), licence === null ? say("facts.noLicence") : licenceName(licence)],
    [say("factNames.checksum"), verified !== null && say(verified ? "facts.verified" : "facts.notVerified")],
    [say("factNames.lastUsed"), lastUsedAt !== null && figures.dayAndTime(lastUsedAt)],
    [say("factNames.memory"), fit !== null && memoryText(texts, fit)],
    [say("factNames.speed"), speed.tip],
  ];
  return (
    <section aria-label={say("factsOf", { name })}>
      {problem !== undefined && <ProblemWords problem={problem} />}
      <dl className="facts model-facts">
        {facts.map(
          ([label, value]) =>
            value !== null &&
            value !== false && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
