import { FileText } from "lucide-react";
import type { Attachment } from "../../../electron/contract/documents.ts";
import { useSay } from "../../texts.ts";
import { DocumentButton } from "./DocumentButton.tsx";
import { PassageButton } from "./PassageButton.tsx";

/** The documents of a message. A click opens the text of one, or a passage that was sent of it. */
export function MessageDocuments({ attachments }: { attachments: readonly Attachment[] }) {
  const say = useSay("chats");
  return (
    <ul className="chips message-documents" aria-label={say("documents.label")}>
      {attachments.map((attachment) => (
        <li key={attachment.id} className="chip">
          <FileText size={14} aria-hidden className="chip-icon" />
          <DocumentButton attachment={attachment} isSent />
          {attachment.passages.map(({ number }) => (
            <PassageButton key={number} attachment={attachment} number={number} />
          ))}
        </li>
      ))}
    </ul>
  );
}
