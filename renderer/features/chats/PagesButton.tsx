import { ListChecks } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { Attachment } from "../../../electron/contract/documents.ts";
import { pagesText, parsePages } from "../../../electron/contract/parsePages.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { Popover } from "../../parts/Popover.tsx";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Chooses which pages or chapters of a document are sent or searched. */
export function PagesButton({ attachment }: { attachment: Attachment }) {
  const say = useSay("chats");
  const [isOpen, setOpen] = useState(false);
  const { name, unit } = attachment;
  const label = unit === "chapter" ? say("documents.chooseChapter", { name }) : say("documents.choosePage", { name });
  return (
    <Popover
      side="top"
      label={label}
      className="pages-popover"
      isOpen={isOpen}
      onOpenChange={setOpen}
      button={
        <IconButton small label={label}>
          <ListChecks size={14} aria-hidden />
        </IconButton>
      }
    >
      <PagesForm attachment={attachment} onClose={() => setOpen(false)} />
    </Popover>
  );
}

function PagesForm({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const say = useSay("chats");
  const choosePages = useDocuments((state) => state.choosePages);
  const { id, unit, parts, pages } = attachment;
  const [typed, setTyped] = useState(pages === null ? "" : pagesText(pages));
  const fieldId = useId();
  const hintId = useId();
  const isAll = typed.trim() === "";
  const chosen = isAll ? null : parsePages(typed);
  const isValid = isAll || (chosen?.every(({ last }) => last <= parts) ?? false);
  const use = (event: FormEvent): void => {
    event.preventDefault();
    if (!isValid) return;
    onClose();
    void choosePages(id, chosen);
  };
  return (
    <form className="pages-form" onSubmit={use}>
      <label htmlFor={fieldId}>{say(unit === "chapter" ? "documents.chapterField" : "documents.pageField")}</label>
      <input
        id={fieldId}
        className="field figure"
        value={typed}
        aria-invalid={!isValid}
        aria-describedby={hintId}
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className="button" disabled={!isValid}>
        {say("documents.use")}
      </button>
      <p id={hintId} className={isValid ? "hint" : "hint is-wrong"}>
        {isValid ? say("documents.fieldHint") : say("documents.wrongPages", { count: parts })}
      </p>
    </form>
  );
}
