import type { Message } from "../../../electron/contract/chats.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { useAction } from "../../app/useAction.ts";
import { useComparisons, useConversation, useShell, useVotes } from "../../stores/useStores.ts";

/** Offers what can be done with the last reply to the keyboard, the menu and the command palette. */
export function useLastReplyActions(last: Message | undefined): void {
  const copyText = useShell((state) => state.copyText);
  const regenerate = useConversation((state) => state.regenerate);
  const selectVersion = useConversation((state) => state.selectVersion);
  const ask = useVotes((state) => state.ask);
  const askModels = useComparisons((state) => state.ask);
  const reply = last?.role === "assistant" ? last : undefined;
  const { index = 1, ids = [] } = reply?.version ?? {};
  const before = ids[index - 2];
  const after = ids[index];
  useAction("copyReply", () => void copyText(shownAnswer(reply?.text ?? "")), (reply?.text ?? "").trim() !== "");
  useAction("regenerate", () => void (reply && regenerate(reply.id)), reply !== undefined);
  useAction("askSeveral", () => ask(reply ?? null), reply !== undefined);
  useAction("compareModels", () => askModels(reply ?? null), reply !== undefined);
  useAction("previousVersion", () => void (before !== undefined && selectVersion(before)), before !== undefined);
  useAction("nextVersion", () => void (after !== undefined && selectVersion(after)), after !== undefined);
}
