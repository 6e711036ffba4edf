import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useEngine } from "../stores/useStores.ts";

/** What the engine's state asks of a person; nothing while all is well. */
export function EngineBanner() {
  const engine = useEngine((state) => state.engine);
  const problem = useEngine((state) => state.problem);
  const start = useEngine((state) => state.start);
  if (engine?.state === "crashed") {
    return <output className="banner">{engine.problem.message} Your chats are safe. It is starting again.</output>;
  }
  const reason = engine?.state === "gaveUp" ? engine.problem : problem;
  if (!reason) return null;
  return (
    <div className="banner">
      <ProblemNotice problem={reason} safe="Your chats are safe.">
        <button type="button" className="button" onClick={() => void start()}>
          Start engine
        </button>
      </ProblemNotice>
    </div>
  );
}
