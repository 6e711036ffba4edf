import { FileText } from "lucide-react";
import type { Attachment } from "../../../electron/contract/documents.ts";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useDocumentFacts } from "./useDocumentFacts.ts";

/** The documents of a message. A click opens the text of one. */
export function MessageDocuments({ attachments }: { attachments: readonly Attachment[] }) {
  const say = useSay("chats");
  const factsOf = useDocumentFacts();
  const open = useDocuments((state) => state.open);
  return (
    <ul className="chips message-documents" aria-label={say("documents.label")}>
      {attachments.map((attachment) => (
        <li key={attachment.id} className="chip">
          <FileText size={14} aria-hidden className="chip-icon" />
          <button
            type="button"
            className="chip-name clip"
            title={attachment.name}
            // Begins with what it does, and holds what is seen.
            aria-label={`${say("documents.open", { name: attachment.name })} ${factsOf(attachment)}`}
            onClick={() => open(attachment)}
          >
            <bdi>{attachment.name}</bdi> <span className="quiet">{factsOf(attachment)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
