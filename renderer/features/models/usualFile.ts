import type { Fit } from "../../../electron/contract/fit.ts";
import type { HubModelFile } from "../../../electron/contract/hub.ts";

/** The quantization that is usually the best compromise, and its nearest neighbours. */
const preferred = ["Q4_K_M", "Q4_K_S", "Q5_K_M", "Q4_0", "IQ4_XS"];

/**
 * Returns the file of a repository to offer first: a usual quantization that fits, else the largest that fits, else the
 * smallest. Undefined if there is none.
 *
 * @param verdictOf undefined: not known, and taken as fitting
 */
export function usualFile(
  files: readonly HubModelFile[],
  verdictOf: (file: HubModelFile) => Fit["verdict"] | undefined,
): HubModelFile | undefined {
  const complete = files.filter(({ complete }) => complete);
  const fitting = complete.filter((file) => verdictOf(file) !== "no");
  for (const quantization of preferred) {
    const found = fitting.find((file) => file.quantization?.toUpperCase() === quantization);
    if (found !== undefined) return found;
  }
  // The listing is sorted, smallest first.
  return fitting.at(-1) ?? complete[0] ?? files[0];
}
