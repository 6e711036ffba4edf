import type { Problem } from "../../electron/contract/errors.ts";
import { joinSentences } from "../../electron/texts/joinSentences.ts";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useEngine } from "../stores/useStores.ts";
import { texts, useFailureText, useSay } from "../texts.ts";

/** What the engine's state requires of the user; renders nothing while the engine works normally. */
export function EngineBanner() {
  const say = useSay("shell");
  const engine = useEngine((state) => state.engine);
  const problem = useEngine((state) => state.problem);
  const start = useEngine((state) => state.start);
  if (engine?.state === "crashed") {
    return <Restarting problem={engine.problem} />;
  }
  const reason = engine?.state === "gaveUp" ? engine.problem : problem;
  if (!reason) return null;
  return (
    <div className="banner">
      <ProblemNotice problem={reason} safe={say("engine.chatsSafe")}>
        <button type="button" className="button" onClick={() => void start()}>
          {say("engine.start")}
        </button>
      </ProblemNotice>
    </div>
  );
}

function Restarting({ problem }: { problem: Problem }) {
  const say = useSay("shell");
  const { what } = useFailureText(problem);
  return (
    <output className="banner">
      {joinSentences(texts, [what, say("engine.chatsSafe"), say("engine.restarting")])}
    </output>
  );
}
