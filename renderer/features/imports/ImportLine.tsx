import type { ImportState } from "../../../electron/contract/imports.ts";
import { undoneText } from "../../../electron/texts/imports/undoneText.ts";
import { importedText } from "../../../electron/texts/imports/importedText.ts";
import { Notice } from "../../parts/Notice.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { WorkLine } from "../../parts/WorkLine.tsx";
import { useImports } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";

/** The import that is under way, or how the last one ended. */
export function ImportLine() {
  const { say } = useTexts();
  const current = useImports((state) => state.current);
  const problem = useImports((state) => state.problem);
  const close = useImports((state) => state.close);
  const failed = current.state === "failed" ? current.problem : problem;
  return (
    <>
      {failed !== null && (
        <ProblemNotice problem={failed}>
          <button type="button" className="button" onClick={() => void close()}>
            {say("shell:dismiss")}
          </button>
        </ProblemNotice>
      )}
      <output className="notice-list">
        <Progress current={current} />
        <Outcome current={current} />
      </output>
    </>
  );
}

function Progress({ current }: { current: ImportState }) {
  const { say, figures } = useTexts();
  const cancel = useImports((state) => state.cancel);
  const cancelling = { label: say("imports:cancel"), onClick: () => void cancel() };
  if (current.state === "reading") {
    const { fileName, doneBytes, totalBytes } = current;
    return (
      <WorkLine
        label={say("imports:reading", { name: fileName })}
        amount={totalBytes === 0 ? "" : figures.percent(doneBytes / totalBytes)}
        fraction={totalBytes === 0 ? null : doneBytes / totalBytes}
        cancel={cancelling}
      >
        <Sentence text={say("imports:reading", { name: slot("name") })} slots={{ name: <bdi>{fileName}</bdi> }} />
      </WorkLine>
    );
  }
  if (current.state !== "importing" && current.state !== "undoing") return null;
  const { state, done, total } = current;
  return (
    <WorkLine
      label={say(`imports:${state}`)}
      amount={say("imports:progress", { done, total })}
      fraction={total === 0 ? null : done / total}
      cancel={state === "importing" ? cancelling : null}
    >
      {say(`imports:${state}`)}
    </WorkLine>
  );
}

function Outcome({ current }: { current: ImportState }) {
  const texts = useTexts();
  const { say } = texts;
  const { undo, close } = useImports((state) => state);
  if (current.state === "done") {
    const action = { label: say("imports:undo"), onClick: () => void undo() };
    const { chats, folders, presets } = current.result;
    return (
      <Notice {...(chats + folders + presets > 0 && { action })} onDismiss={() => void close()} lastsMs={null}>
        {importedText(texts, current.result)}
      </Notice>
    );
  }
  if (current.state !== "undone") return null;
  return (
    <Notice onDismiss={() => void close()} lastsMs={null}>
      {undoneText(texts, current)}
    </Notice>
  );
}
