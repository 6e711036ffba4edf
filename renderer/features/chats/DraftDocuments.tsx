import { FileText, Search, X } from "lucide-react";
import type { Attachment, DraftDocument } from "../../../electron/contract/documents.ts";
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

function searchedHint({ unit, pages }: Attachment) {
  if (unit === null || pages === null) return "documents.searchedHint";
  return unit === "page" ? "documents.searchedHintPage" : "documents.searchedHintChapter";
}

function DocumentChip({ document }: { document: Shown }) {
  const say = useSay("chats");
  const tokens = useDocuments((state) => state.tokens[document.id]);
  const remove = useDocuments((state) => state.remove);
  const search = useDocuments((state) => state.search);
  const { id, state } = document;
  const isSearched = state === "ready" && document.attachment.use === "search";
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
      {state === "ready" && (
        <IconButton
          small
          label={say("documents.search", { name })}
          tip={say(isSearched ? searchedHint(document.attachment) : "documents.searchHint")}
          aria-pressed={isSearched}
          onClick={() => void search(id, !isSearched)}
        >
          <Search size={14} aria-hidden />
        </IconButton>
      )}
      <IconButton small label={say("documents.remove", { name })} onClick={() => void remove(id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
