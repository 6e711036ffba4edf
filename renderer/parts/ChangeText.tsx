import type { SpeedChange } from "../../electron/contract/benchmarkComparison.ts";
import { useTexts } from "../texts.ts";

/** How a speed has changed: a gain in the accent, a loss in ink, nothing beyond the spread as "same". */
export function ChangeText({
  change,
  unknown,
}: {
  change: SpeedChange | null /** Why there is none. */;
  unknown?: string;
}) {
  const { say, figures } = useTexts();
  if (change === null)
    return (
      <span className="quiet" title={unknown}>
        –
      </span>
    );
  if (change.change !== "same")
    return <span className={change.change === "faster" ? "accent" : undefined}>{figures.change(change.ratio)}</span>;
  return (
    <span className="quiet change-same" title={say("benchmark:history.sameHint")}>
      {say("benchmark:history.same")}
    </span>
  );
}
