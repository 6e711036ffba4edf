import { isFile } from "../../electron/contract/modelKinds.ts";
import type { Model } from "../../electron/contract/models.ts";
import { fitKey } from "../stores/fit.ts";
import { useFit } from "../stores/useStores.ts";
import { useFigures, useSay } from "../texts.ts";

/** As measured in replies, or as predicted for this machine; nothing if neither is known. A server's is named as such. */
export function ModelSpeed({ model }: { model: Model }) {
  const { id, measuredTokensPerSecond } = model;
  const say = useSay("models");
  const figures = useFigures();
  const predicted = useFit(({ fits }) => fits[fitKey({ kind: "model", modelId: id })]?.speed?.generation);
  if (measuredTokensPerSecond !== null) {
    return (
      <span className="model-speed">
        <span className="figure">{figures.speed(measuredTokensPerSecond)}</span>
        <span className="small quiet">{say(isFile(model) ? "picker.measured" : "servers:received")}</span>
      </span>
    );
  }
  if (predicted === undefined) return null;
  const range = { low: figures.aboutSpeedFigure(predicted.low), high: figures.aboutSpeedFigure(predicted.high) };
  return (
    <span className="model-speed">
      <span className="figure">{say("picker.about", { speed: figures.aboutSpeed(predicted.value) })}</span>
      <span className="small quiet">{say("picker.range", range)}</span>
    </span>
  );
}
