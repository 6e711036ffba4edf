import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { useBenchmark } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { ResultMenu } from "./ResultMenu.tsx";
import { resultPicture } from "./resultPicture.ts";

export interface ExportMenuProps {
  results: readonly BenchmarkResult[];
  /** Undefined: they cannot be removed here. */
  onRemove?: (() => void) | undefined;
}

/** Copies or saves results in llama-bench's formats, or a single result as a picture. */
export function ExportMenu({ results, onRemove }: ExportMenuProps) {
  const texts = useTexts();
  const exported = useBenchmark((state) => state.exported);
  const [first] = results;
  return (
    <ResultMenu
      exported={(format) =>
        exported(
          results.map(({ id }) => id),
          format,
        )
      }
      picture={
        first === undefined || results.length > 1
          ? null
          : {
              fileName: `benchmark-${new Date(first.startedAt).toISOString().slice(0, 10)}.png`,
              draw: () => resultPicture(texts, first),
            }
      }
      onRemove={onRemove}
    />
  );
}
