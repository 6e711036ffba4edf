import { onServerText } from "../texts/llamaServer/serverText.ts";
import { backendChoiceText, backendSpeedText, backendText } from "../texts/backendText.ts";
import type { Fit, Prediction } from "../contract/fit.ts";
import type { Texts } from "../texts/texts.ts";
import type { Fact } from "./labelled.ts";

/** Returns whether a model fits and how fast it would be after `depth` tokens of context. */
export function fitFacts({ say, figures }: Pick<Texts, "say" | "figures">, fit: Fit, depth: number): Fact[] {
  const { name, quantization, verdict, limitedBy, need, maxContext, usableBytes, takeQuantization, speed } = fit;
  const { copyBytes } = need;
  const { mapped, smallerCache, onServer } = fit;
  const judged = say(`models:memory.${verdict}`);
  const range = (prediction: Prediction | undefined): string => {
    if (prediction === undefined) return say("cli:fit.notMeasured");
    const { value, low, high } = prediction;
    const about = say("models:speed.about", { speed: figures.aboutSpeed(value) });
    const between = say("models:speed.range", { low: figures.aboutSpeedFigure(low), high: figures.aboutSpeed(high) });
    return say("cli:fit.speed", { about, range: between });
  };
  return [
    [say("hardware:loaded.model"), [name, quantization ?? []].flat().join(" · ")],
    [
      say("cli:fit.verdict"),
      limitedBy === null ? judged : say(`models:memory.limited.${limitedBy}`, { verdict: judged }),
    ],
    [say("cli:fit.usable"), figures.bytes(usableBytes)],
    [say("hardware:loaded.weights"), figures.bytes(need.weightsBytes)],
    [say("hardware:loaded.cache"), say("cli:fit.cache", { size: need.keyValueBytes, tokens: need.contextSize })],
    [say("hardware:loaded.buffers"), figures.bytes(need.computeBytes)],
    [say("hardware:loaded.largest"), figures.bytes(need.largestBufferBytes)],
    ...(copyBytes === 0 || verdict === "no"
      ? []
      : [
          [
            say("models:load.file"),
            say(mapped ? "models:memory.copyMapped" : "models:memory.copyRead", { copy: copyBytes }),
          ] satisfies Fact,
        ]),
    [say("cli:fit.maxContext"), maxContext === 0 ? say("cli:fit.noContext") : figures.tokens(maxContext)],
    ...(smallerCache === null
      ? []
      : [
          [
            say("models:load.cacheType"),
            say("models:memory.smallerCache", { type: smallerCache.kvCacheType, tokens: smallerCache.maxContext }),
          ] satisfies Fact,
        ]),
    ...(onServer === null
      ? []
      : [[say("llamaServer:plan.labels.where"), onServerText({ say }, onServer)] satisfies Fact]),
    [say("cli:fit.recommended"), takeQuantization ?? say("cli:fit.smaller")],
    ...(depth === 0 ? [] : [[say("cli:fit.depth"), figures.tokens(depth)] satisfies Fact]),
    [say("cli:fit.writing"), range(speed?.generation)],
    [say("cli:fit.reading"), range(speed?.reading)],
    ...backendFacts({ say, figures }, fit),
  ];
}

/** What the model runs on and how fast each backend is, if there is more than one. */
function backendFacts(texts: Pick<Texts, "say" | "figures">, { name, backends, choice }: Fit): Fact[] {
  if (backends.length < 2 || choice === null) return [];
  return [
    ...backends.map((each): Fact => {
      const devices = each.devices.length === 0 ? "" : ` (${each.devices.join(", ")})`;
      return [`${backendText(texts, each.backend)}${devices}`, backendSpeedText(texts, each)];
    }),
    [texts.say("settings:names.backend"), backendChoiceText(texts, choice, name)],
  ];
}
