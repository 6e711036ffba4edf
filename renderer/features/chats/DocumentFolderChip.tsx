import { Library, Search } from "lucide-react";
import { IconButton } from "../../parts/IconButton.tsx";
import { useConversation, useDocumentFolders } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { useDocumentFolder } from "./useDocumentFolder.ts";
import { useFolderFacts } from "./useFolderFacts.ts";

/** The folder of documents that the next question is searched for in, and whether it is. */
export function DocumentFolderChip() {
  const say = useSay("chats");
  const figures = useFigures();
  const factsOf = useFolderFacts();
  const shown = useDocumentFolder();
  const tokens = useDocumentFolders((state) => (shown === null ? undefined : state.tokens[shown.folder.folderId]));
  const show = useDocumentFolders((state) => state.show);
  const configure = useConversation((state) => state.configure);
  if (shown === null) return null;
  const { folder, isSearched } = shown;
  const { name } = folder;
  const facts = [...factsOf(folder), say(isSearched ? "folderDocuments.searched" : "folderDocuments.notSearched")];
  if (isSearched && tokens !== undefined && folder.documents > 0)
    facts.push(say("documents.upTo", { tokens: figures.tokens(Number(tokens.tokens.toPrecision(2))) }));
  const told = facts.join(" · ");
  return (
    <ul className="chips" aria-label={say("folderDocuments.label")}>
      <li className="chip">
        <Library size={14} aria-hidden className="chip-icon" />
        <button
          type="button"
          className="chip-name clip"
          title={name}
          // Begins with what it does, and holds what is seen.
          aria-label={`${say("folderDocuments.open", { name })} ${told}`}
          onClick={() => show(folder.folderId)}
        >
          <bdi>{name}</bdi> <span className="quiet">{told}</span>
        </button>
        <IconButton
          small
          label={say("folderDocuments.search", { name })}
          tip={say(isSearched ? "folderDocuments.searchedHint" : "folderDocuments.searchHint")}
          aria-pressed={isSearched}
          onClick={() => void configure({ searchesFolder: !isSearched })}
        >
          <Search size={14} aria-hidden />
        </IconButton>
      </li>
    </ul>
  );
}
