import { CornerDownLeft, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { serverOf } from "../../../electron/contract/modelKinds.ts";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useRecommendation } from "../../stores/useRecommendation.ts";
import { useComposer, useConversation, useHub, useModels } from "../../stores/useStores.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { texts, useSay } from "../../texts.ts";

/** English is the only language that the demo model knows. */
const demoQuestions = ["What is 17 + 25?", "How many r in strawberry?", "Which is larger, 9.11 or 9.9?"];
const prompts = ["primes", "metronome", "training"] as const;

export interface EmptyChatProps {
  /** The model to get for this machine, shown until a model for real work is in use. */
  recommended: ReactNode;
}

/** A chat without messages: a single decision, and three questions that the model can answer. */
export function EmptyChat({ recommended }: EmptyChatProps) {
  const say = useSay("chats");
  const model = useChosenModel();
  const list = useModels((state) => state.list);
  const use = useModels((state) => state.use);
  const send = useComposer((state) => state.send);
  const setModel = useComposer((state) => state.setModel);
  const sending = useComposer((state) => state.sending);
  const isKept = useConversation(({ openId }) => openId === null || !isTemporary(openId));
  const endpoint = useHub((state) => state.access?.endpoint);
  const recommendation = useRecommendation();
  if (list.state === "loading") return null;

  const server = model === undefined ? null : serverOf(model);
  const place = server === null ? "" : say("servers:at", { name: server.serverName, host: server.host });
  const isDemo = model === undefined || model.builtIn;
  const ready = isDemo && "installed" in recommendation ? recommendation.installed : null;
  const real = prompts.map((name) => say(`empty.prompts.${name}`));
  const shown: { title: string; lead: string; label: string; questions: readonly string[] } =
    model !== undefined && !isDemo
      ? {
          title: say("empty.own"),
          lead:
            server === null
              ? say("empty.ownLead", { model: model.name })
              : say("servers:answersAt", { model: model.name, place }),
          label: say("empty.tryOwn"),
          questions: real,
        }
      : ready !== null
        ? { title: say("empty.ready"), lead: say("empty.readyLead"), label: say("empty.tryReady"), questions: real }
        : {
            title: say("empty.get"),
            lead: model === undefined ? say("empty.getLeadNone") : say("empty.getLead", { model: model.name }),
            label: model === undefined ? "" : say("empty.tryDemo", { model: model.name }),
            questions: model === undefined ? [] : demoQuestions,
          };
  const ask = async (question: string): Promise<void> => {
    if (ready !== null) {
      await setModel(ready.id);
      void use(ready.id);
    }
    await send(question);
  };
  const host = endpoint === undefined ? say("hub:theHub") : new URL(endpoint).host;
  return (
    <div className="empty-chat">
      <h2>{isKept ? shown.title : say("temporary.title")}</h2>
      <p className="quiet">{isKept ? shown.lead : say("temporary.lead")}</p>
      {isDemo && recommended}
      {shown.questions.length > 0 && (
        <div className="examples">
          <p className="quiet small">{shown.label}</p>
          <ul>
            {shown.questions.map((question) => (
              <li key={question}>
                <button type="button" className="example" disabled={sending} onClick={() => void ask(question)}>
                  <span className="clip grow">{question}</span>
                  <CornerDownLeft size={16} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="empty-privacy quiet small">
        <Lock size={16} aria-hidden />
        <span>
          {joinSentences(texts, [
            !isKept
              ? say("temporary.limits")
              : server?.isThisMachine === false
                ? say("servers:kept", { place })
                : say("empty.stays"),
            isDemo && ready === null ? say("empty.contacts", { host }) : null,
          ])}
        </span>
      </p>
    </div>
  );
}
