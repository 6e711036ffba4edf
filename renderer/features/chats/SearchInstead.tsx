import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Has the longest document that does not fit searched for what the message asks. Nothing if all of them are searched. */
export function SearchInstead({ onSearched }: { onSearched: () => void }) {
  const say = useSay("chats");
  const draft = useDocuments((state) => state.draft);
  const search = useDocuments((state) => state.search);
  const whole = draft.flatMap((each) => (each.state === "ready" && each.attachment.use === "whole" ? [each] : []));
  const [longest] = whole.sort((one, other) => other.attachment.chars - one.attachment.chars);
  if (longest === undefined) return null;
  const searchAndSend = async (): Promise<void> => {
    if (await search(longest.id, true)) onSearched();
  };
  return (
    <button
      type="button"
      className="button search-instead"
      title={longest.attachment.name}
      onClick={() => void searchAndSend()}
    >
      <span className="clip">{say("documents.searchInstead", { name: longest.attachment.name })}</span>
    </button>
  );
}
