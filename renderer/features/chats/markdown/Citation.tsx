import { createContext, useContext } from "react";
import { useConversation } from "../../../stores/useStores.ts";
import { PassageButton } from "../PassageButton.tsx";
import { passageCited } from "../passageCited.ts";

/** The reply whose answer is drawn; null where answers have no buttons, as on paper. */
export const ReplyContext = createContext<string | null>(null);

/** A number in an answer, as it was written. It is a button if a passage was sent to the model under it. */
export function Citation({ written, number }: { written: string; number: number }) {
  const replyId = useContext(ReplyContext);
  const attachment = useConversation(({ conversation }) =>
    replyId === null || conversation?.state !== "ready"
      ? null
      : passageCited(conversation.value.messages, replyId, number),
  );
  return attachment === null ? written : <PassageButton attachment={attachment} number={number} />;
}
