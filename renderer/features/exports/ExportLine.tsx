import { Notice } from "../../parts/Notice.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { WorkLine } from "../../parts/WorkLine.tsx";
import { useExports } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** The export that is running, or how the last one ended. */
export function ExportLine() {
  const say = useSay("exports");
  const current = useExports((state) => state.current);
  const problem = useExports((state) => state.problem);
  const { cancel, show, close } = useExports((state) => state);
  const failed = current.state === "failed" ? current.problem : problem;
  return (
    <>
      {failed !== null && (
        <ProblemNotice problem={failed} safe={say("unchanged")}>
          <button type="button" className="button" onClick={() => void close()}>
            {say("shell:dismiss")}
          </button>
        </ProblemNotice>
      )}
      <output className="notice-list">
        {current.state === "writing" && (
          <WorkLine
            label={say("writing")}
            amount={current.total === 0 ? "" : say("progress", { done: current.done, total: current.total })}
            fraction={current.total === 0 ? null : current.done / current.total}
            cancel={{ label: say("cancel"), onClick: () => void cancel() }}
          >
            {say("writing")}
          </WorkLine>
        )}
        {current.state === "written" && (
          <Notice
            action={{ label: say("show"), onClick: () => void show() }}
            onDismiss={() => void close()}
            lastsMs={null}
          >
            <Sentence
              text={say("written", {
                count: current.result.chats,
                name: slot("name"),
                size: current.result.sizeBytes,
              })}
              slots={{ name: <bdi>{current.result.fileName}</bdi> }}
            />
          </Notice>
        )}
      </output>
    </>
  );
}
