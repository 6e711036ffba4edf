import { useEffect } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { useComparisons } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { CutActions } from "./CutActions.tsx";
import { cutComparisonText } from "./cutComparisonText.ts";

/** Under a reply with answers of several models: opens them side by side. */
export function CompareLine({ message }: { message: Message }) {
  const texts = useTexts();
  const { say } = texts;
  const { id, chatId, parentId, version, state, model } = message;
  const comparison = useComparisons((all) => (parentId === null ? undefined : all.comparisons[parentId]));
  const run = useComparisons((all) => (parentId === null ? undefined : all.runs[parentId]));
  const read = useComparisons((all) => all.read);
  const show = useComparisons((all) => all.show);
  const askRest = useComparisons((all) => all.askRest);
  const keep = useComparisons((all) => all.keep);
  const isPart = model?.asked?.kind === "comparison";
  const isWanted = version.count > 1 || isPart || run !== undefined;
  useEffect(() => {
    if (isWanted) void read({ id, chatId, parentId });
  }, [isWanted, read, id, chatId, parentId, version.count, state, isPart]);
  const isRunning = run?.state === "running";
  const asked = comparison?.answers.filter(({ messageId }) => messageId !== null);
  const count = (isRunning || run?.state === "cut" ? run.answers : asked)?.length ?? 0;
  if (!isWanted || count < 2) return null;
  return (
    <p className="compare-line">
      {run?.state === "cut"
        ? cutComparisonText(texts, run)
        : say(isRunning ? "chats:comparison.running" : "chats:comparison.asked", { count })}{" "}
      <button type="button" className="text-button" onClick={() => void show(message)}>
        {say("chats:comparison.show")}
      </button>
      {run?.state === "cut" && <CutActions onRest={() => void askRest(message)} onKeep={() => void keep(id)} />}
    </p>
  );
}
