import { Pencil } from "lucide-react";
import type { Message } from "../../../electron/contract/chats.ts";
import { useComposer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ChangeButton } from "./ChangeButton.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { useIdleTurn } from "./useIdleTurn.ts";
import { VersionSwitch } from "./VersionSwitch.tsx";

export interface UserActionsProps {
  message: Message;
  /** Whether the buttons, which are faint, may be rendered later. Their place is kept. */
  canWait: boolean;
}

/** What can be done with a question. */
export function UserActions({ message, canWait }: UserActionsProps) {
  const hasTurn = useIdleTurn(canWait);
  return (
    <div className="user-actions">
      <VersionSwitch version={message.version} />
      {hasTurn && <Buttons message={message} />}
    </div>
  );
}

function Buttons({ message }: Pick<UserActionsProps, "message">) {
  const say = useSay("chats");
  const edit = useComposer((state) => state.edit);
  return (
    <>
      <CopyButton className="on-hover" label={say("actions.copyMessage")} text={() => message.text} />
      <ChangeButton
        className="on-hover"
        label={say("edit")}
        tip={say("composer.editHint")}
        onClick={() => void edit(message.id)}
      >
        <Pencil size={16} aria-hidden />
      </ChangeButton>
    </>
  );
}
