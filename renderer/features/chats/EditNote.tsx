import { useStores } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface EditNoteProps {
  isReply: boolean;
  /** Whether it is the thought of the reply. */
  isThought: boolean;
  hasThought: boolean;
}

/** What becomes of the message that is being edited. */
export function EditNote({ isReply, isThought, hasThought }: EditNoteProps) {
  const say = useSay("chats");
  const { composer } = useStores();
  const plain = say(isReply ? "composer.editingReply" : "composer.editing");
  const ofAnswer = isReply && hasThought ? say("composer.thoughtStays", { note: plain }) : plain;
  return (
    <p className="composer-note">
      <span className="grow">{isThought ? say("composer.editingThought") : ofAnswer}</span>
      <button type="button" className="text-button" onClick={() => composer.getState().cancelEdit()}>
        {say("shell:cancel")}
      </button>
    </p>
  );
}
