import type { Model } from "../../../electron/contract/models.ts";
import { weights } from "../../parts/figures.ts";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useComposer, useModels } from "../../stores/useStores.ts";

const demoQuestions = ["What is 17 + 25?", "How many r in strawberry?", "Which is larger, 9.11 or 9.9?"];

/** A chat before its first message. */
export function EmptyChat() {
  const model = useChosenModel();
  const list = useModels((state) => state.list);
  return (
    <div className="empty-chat">
      <h1>New chat</h1>
      <p>What you write stays on this machine.</p>
      {model?.builtIn === true && <DemoNote model={model} />}
      {list.state === "ready" && !model && (
        <p>There is no usable model yet. Open a GGUF file from the model list above.</p>
      )}
    </div>
  );
}

/** Honest words about the built-in model, and three questions it can answer. */
function DemoNote({ model }: { model: Model }) {
  const send = useComposer((state) => state.send);
  const sending = useComposer((state) => state.sending);
  return (
    <>
      <p>
        {model.name} is a tiny demo model with {weights(model.parameters)} weights, about a thousandth of a real R1
        distill. It does small sums, counts letters, compares numbers and reverses words, and shows its steps. For real
        work, <a href="#/models">get an R1 distill</a>.
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
