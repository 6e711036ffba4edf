import type { MatrixGroup } from "../../contract/models.ts";
import type { Tensor } from "./tensors.ts";

/** Returns the matrices that a token is multiplied with during evaluation, grouped by tensor type and use. */
export function matrixGroups(tensors: readonly Tensor[]): MatrixGroup[] {
  const hasOutput = tensors.some(({ name }) => name === "output.weight");
  const groups = new Map<string, MatrixGroup>();
  for (const tensor of tensors) {
    const use = useOf(tensor, hasOutput);
    if (use === null) continue;
    const key = `${use} ${tensor.typeName}`;
    const group = groups.get(key) ?? { typeName: tensor.typeName, use, weights: 0, sizeBytes: 0 };
    group.weights += tensor.weights;
    group.sizeBytes += tensor.bytes;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Embeddings also serve as the output matrix if a file has none. Norms and biases have one dimension. */
function useOf({ name, dimensions }: Tensor, hasOutput: boolean): MatrixGroup["use"] | null {
  if (!name.endsWith(".weight") || dimensions.length < 2) return null;
  if (name === "output.weight" || (name === "token_embd.weight" && !hasOutput)) return "output";
  if (!name.startsWith("blk.")) return null;
  return name.includes("_exps.") ? "experts" : "layers";
}
