import { usualServerContext } from "../../contract/llamaServerLimits.ts";
import type { Fit } from "../../contract/fit.ts";
import { placeForServer } from "./placeForServer.ts";
import type { TimedModel } from "./predictSpeed.ts";

export interface ServerFitQuestion {
  verdict: Fit["verdict"];
  contextLength: number | null;
  contextSize: number | null;
  /** Main memory that a model may use. */
  usableBytes: number;
  /** Free memory of the only graphics card. Null: there is none, or more than one. */
  cardBytes: number | null;
}

/** Returns how llama-server would place a model that does not fit otherwise. Null if it would not fit there either. */
export function fitOnServer(
  model: Pick<TimedModel, "shape" | "matrices">,
  { verdict, contextLength, contextSize, usableBytes, cardBytes }: ServerFitQuestion,
): Fit["onServer"] {
  if (verdict !== "no" || cardBytes === null) return null;
  const { placement, isReadFromDisk } = placeForServer(model, {
    contextSize: Math.min(contextSize ?? usualServerContext, contextLength ?? Number.POSITIVE_INFINITY),
    devices: [{ freeBytes: cardBytes }],
    usableBytes,
  });
  if (placement.by !== "experts" || isReadFromDisk) return null;
  const { expertLayersInMemory, expertLayers } = placement;
  return { expertLayersInMemory, expertLayers };
}
