import type { Fit, FitSubject } from "../../../electron/contract/fit.ts";
import type { LoadState, Model } from "../../../electron/contract/models.ts";
import type { MemoryFit } from "./memoryText.ts";

export const subjectOf = ({ id }: Pick<Model, "id">): FitSubject => ({ kind: "model", modelId: id });

/** Returns what a model on this machine needs: what it has if it is loaded, else what it would get. Null: not known. */
export function installedFit(
  { id }: Pick<Model, "id">,
  loaded: LoadState,
  fit: Fit | null | undefined,
  usableBytes: number | null,
): MemoryFit | null {
  if (loaded.state === "ready" && loaded.modelId === id && usableBytes !== null) {
    const { memoryMapped: mapped } = loaded.facts;
    return {
      need: loaded.need,
      usableBytes,
      verdict: "fits",
      limitedBy: null,
      mapped,
      smallerCache: null,
      onServer: null,
    };
  }
  return fit ?? null;
}
