import type { Model } from "../../../electron/contract/models.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useComposer, useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** English is the only language that the demo model knows. */
const demoQuestions = ["What is 17 + 25?", "How many r in strawberry?", "Which is larger, 9.11 or 9.9?"];

/** A chat without messages. */
export function EmptyChat() {
  const say = useSay("chats");
  const model = useChosenModel();
  const list = useModels((state) => state.list);
  return (
    <div className="empty-chat">
      <h1>{say("new")}</h1>
      <p>{say("empty.private")}</p>
      {model?.builtIn === true && <DemoNote model={model} />}
      {list.state === "ready" && !model && <p>{say("empty.noModel")}</p>}
    </div>
  );
}

/** What the built-in model can and cannot do, and three questions that it can answer. */
function DemoNote({ model }: { model: Model }) {
  const say = useSay("chats");
  const send = useComposer((state) => state.send);
  const sending = useComposer((state) => state.sending);
  return (
    <>
      <p>
        <Sentence
          text={say("empty.demo", {
            model: model.name,
            // More digits would be of no interest.
            weights: Number(model.parameters.toPrecision(2)),
            link: slot("link"),
          })}
          slots={{ link: <a href="#/models">{say("empty.getModel")}</a> }}
        />
      </p>
      <ul className="examples">
        {demoQuestions.map((question) => (
          <li key={question}>
            <button type="button" className="button" disabled={sending} onClick={() => void send(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
