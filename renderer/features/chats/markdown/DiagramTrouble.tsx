import type { ReactNode } from "react";
import { WhatHappened } from "../../../parts/ProblemWords.tsx";
import type { Diagram } from "../../../stores/diagrams.ts";
import { useDiagrams } from "../../../stores/useStores.ts";
import { useSay } from "../../../texts.ts";
import { useDiagramTheme } from "./useDiagram.ts";

export interface DiagramTroubleProps {
  code: string;
  diagram: Exclude<Diagram, { state: "drawn" }>;
  /** Called before it is drawn again, which takes the button away. */
  onAgain: () => void;
}

/** Why a diagram could not be drawn. */
export function DiagramTrouble({ code, diagram, onAgain }: DiagramTroubleProps): ReactNode {
  const say = useSay("chats");
  const again = useDiagrams((state) => state.again);
  const theme = useDiagramTheme();
  const isLasting = diagram.state === "wrong" || diagram.state === "tooLong";
  return (
    <div className="diagram-trouble">
      {diagram.state === "refused" ? (
        <WhatHappened problem={diagram.problem} />
      ) : (
        <p>{say(`diagram.${diagram.state === "failed" ? diagram.reason : diagram.state}`)}</p>
      )}
      {diagram.state === "wrong" && diagram.message !== "" && <pre>{diagram.message}</pre>}
      {!isLasting && (
        <button
          type="button"
          className="text-button"
          onClick={({ currentTarget }) => {
            currentTarget.closest("figure")?.querySelector("pre")?.focus();
            onAgain();
            again(code, theme);
          }}
        >
          {say("diagram.again")}
        </button>
      )}
    </div>
  );
}
