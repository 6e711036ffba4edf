import { Meter } from "../../parts/Meter.tsx";
import type { SpeedWords } from "./speedWords.ts";

/** How fast a model writes on this machine, or the reason why it is not known. */
export function SpeedCell({ words: { figure, note, shortNote, tip, fraction } }: { words: SpeedWords }) {
  return (
    <div className="model-pair is-end" title={tip}>
      {fraction === null ? (
        <span className={figure === "–" ? "quiet" : "figure"}>{figure}</span>
      ) : (
        <span className="model-bar">
          <Meter parts={[fraction]} />
        </span>
      )}
      <span className="model-line only-wide">{note}</span>
      <span className="model-line only-narrow">{shortNote}</span>
    </div>
  );
}
