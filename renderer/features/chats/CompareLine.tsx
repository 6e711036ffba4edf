import { useEffect } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { useComparisons } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Under a reply with answers of several models: opens them side by side. */
export function CompareLine({ message }: { message: Message }) {
  const say = useSay("chats");
  const { id, chatId, parentId, version, state } = message;
  const comparison = useComparisons((all) => (parentId === null ? undefined : all.comparisons[parentId]));
  const run = useComparisons((all) => (parentId === null ? undefined : all.runs[parentId]));
  const read = useComparisons((all) => all.read);
  const show = useComparisons((all) => all.show);
  const isWanted = version.count > 1 || run !== undefined;
  useEffect(() => {
    if (isWanted) void read({ id, chatId, parentId });
  }, [isWanted, read, id, chatId, parentId, version.count, state]);
  const isRunning = run?.state === "running";
  const asked = comparison?.answers.filter(({ messageId }) => messageId !== null);
  const count = (isRunning ? run.answers : asked)?.length ?? 0;
  if (!isWanted || count < 2) return null;
  return (
    <p className="compare-line">
      {say(isRunning ? "comparison.running" : "comparison.asked", { count })}{" "}
      <button type="button" className="text-button" onClick={() => void show(message)}>
        {say("comparison.show")}
      </button>
    </p>
  );
}
