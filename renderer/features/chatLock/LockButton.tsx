import { LockKeyholeOpen } from "lucide-react";
import { IconButton } from "../../parts/IconButton.tsx";
import { useChatLock } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Says that the chats are encrypted and unlocked, and locks them. Nothing without a lock. */
export function LockButton() {
  const say = useSay("commands");
  const isOpen = useChatLock(({ info }) => info?.state === "open");
  const isBusy = useChatLock((state) => state.isBusy);
  const lock = useChatLock((state) => state.lock);
  if (!isOpen) return null;
  return (
    <div className="lock-row">
      <IconButton label={say("names.lockChats")} does="lockChats" disabled={isBusy} onClick={() => void lock()}>
        <LockKeyholeOpen size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
