import { createContext, useContext } from "react";
import { useConversation } from "../../../stores/useStores.ts";
import { PassageButton } from "../PassageButton.tsx";
import { passageCited } from "../passageCited.ts";

/** The message that the drawn answer replies to; null where answers have no buttons, as on paper. */
export const AskedContext = createContext<string | null>(null);

/** A number in an answer, as it was written. It is a button if a passage was sent to the model under it. */
export function Citation({ written, number }: { written: string; number: number }) {
  const askedId = useContext(AskedContext);
  const attachment = useConversation(({ conversation }) =>
    askedId === null || conversation?.state !== "ready"
      ? null
      : passageCited(conversation.value.messages, askedId, number),
  );
  return attachment === null ? written : <PassageButton attachment={attachment} number={number} />;
}
