import { FileText, X } from "lucide-react";
import type { DraftDocument } from "../../../electron/contract/documents.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DocumentButton } from "./DocumentButton.tsx";
import { PagesButton } from "./PagesButton.tsx";

type Shown = Exclude<DraftDocument, { state: "refused" }>;

/** The documents that the next message gets. Those that could not be read are shown above the composer. */
export function DraftDocuments() {
  const say = useSay("chats");
  const draft = useDocuments((state) => state.draft);
  const shown = draft.filter((each): each is Shown => each.state !== "refused");
  if (shown.length === 0) return null;
  return (
    <ul className="chips" aria-label={say("documents.label")}>
      {shown.map((each) => (
        <DocumentChip key={each.id} document={each} />
      ))}
    </ul>
  );
}

function DocumentChip({ document }: { document: Shown }) {
  const say = useSay("chats");
  const tokens = useDocuments((state) => state.tokens[document.id]);
  const remove = useDocuments((state) => state.remove);
  const { id, state } = document;
  const name = state === "ready" ? document.attachment.name : document.name;
  return (
    <li className="chip">
      <FileText size={14} aria-hidden className="chip-icon" />
      {state === "reading" ? (
        <output className="clip">
          <bdi>{name}</bdi> <span className="quiet">{say("documents.reading")}</span>
        </output>
      ) : (
        <DocumentButton attachment={document.attachment} tokens={tokens} />
      )}
      {state === "ready" && document.attachment.unit !== null && <PagesButton attachment={document.attachment} />}
      <IconButton small label={say("documents.remove", { name })} onClick={() => void remove(id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
