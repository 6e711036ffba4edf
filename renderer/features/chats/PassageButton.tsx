import type { Attachment } from "../../../electron/contract/documents.ts";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** The number of a passage. A press shows it in its document, beside the chat. */
export function PassageButton({ attachment, number }: { attachment: Attachment; number: number }) {
  const say = useSay("chats");
  const open = useDocuments((state) => state.open);
  const { name, unit, passages } = attachment;
  const part = passages.find((each) => each.number === number)?.part ?? 1;
  const label =
    unit === null
      ? say("documents.passage", { number, name })
      : say(unit === "page" ? "documents.passagePage" : "documents.passageChapter", { number, name, part });
  return (
    <button
      type="button"
      className="passage-button figure"
      aria-label={label}
      title={label}
      onClick={() => open(attachment, number)}
    >
      [{number}]
    </button>
  );
}
