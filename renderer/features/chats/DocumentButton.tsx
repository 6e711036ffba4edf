import type { Attachment, DocumentTokens } from "../../../electron/contract/documents.ts";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useDocumentFacts } from "./useDocumentFacts.ts";

export interface DocumentButtonProps {
  attachment: Attachment;
  /** Undefined: not told, or not known yet. */
  tokens?: DocumentTokens | undefined;
  /** Whether it belongs to a message, so that what was found in it is known. */
  isSent?: boolean;
}

/** The name and facts of a document. A press opens its text. */
export function DocumentButton({ attachment, tokens, isSent = false }: DocumentButtonProps) {
  const say = useSay("chats");
  const facts = useDocumentFacts()(attachment, { tokens, isSent });
  const open = useDocuments((state) => state.open);
  const { name } = attachment;
  return (
    <button
      type="button"
      className="chip-name clip"
      title={name}
      // Begins with what it does, and holds what is seen.
      aria-label={`${say("documents.open", { name })} ${facts}`}
      onClick={() => open(attachment)}
    >
      <bdi>{name}</bdi> <span className="quiet">{facts}</span>
    </button>
  );
}
