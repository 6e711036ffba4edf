import { InfoDialog } from "../../parts/InfoDialog.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useContextRoom } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { PlainText } from "./PlainText.tsx";

/** Exactly what the model would read next, with the special tokens of its format. */
export function PromptSheet() {
  const say = useSay("chats");
  const prompt = useContextRoom((state) => state.nextPrompt);
  const hide = useContextRoom((state) => state.hidePrompt);
  if (prompt === null) return null;
  return (
    <InfoDialog title={say("prompt.title")} onClose={hide}>
      {prompt.state === "loading" && <output>{say("prompt.loading")}</output>}
      {prompt.state === "failed" && <ProblemNotice problem={prompt.problem} />}
      {prompt.state === "ready" && (
        <>
          <div className="prompt-facts">
            <span className="quiet">
              {say("prompt.tokens", {
                model: prompt.value.modelName,
                tokens: prompt.value.tokens,
                size: prompt.value.contextSize,
              })}
            </span>
            <CopyTextButton label={say("actions.copy")} text={() => prompt.value.text} />
          </div>
          <p className="hint">{say("prompt.hint")}</p>
          <div className="prompt-text" dir="auto">
            <PlainText text={prompt.value.text} />
          </div>
        </>
      )}
    </InfoDialog>
  );
}
