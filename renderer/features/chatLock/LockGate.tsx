import { type ReactNode, useEffect } from "react";
import { windowKind } from "../../app/windowKind.ts";
import { type Door, onNamed } from "../../stores/door.ts";
import { useChatLock } from "../../stores/useStores.ts";
import { LockProgress } from "./LockProgress.tsx";
import { LockScreen } from "./LockScreen.tsx";

/**
 * Shows the chats while they can be read, and otherwise how to unlock them. Without a lock it does not wait for main, so
 * that the first frame comes as soon as it can.
 */
export function LockGate({ door, children }: { door: Door; children: ReactNode }) {
  const info = useChatLock((state) => state.info);
  const isAwaited = useChatLock((state) => state.isAwaited);
  const isShut = isAwaited || info?.state === "locked" || info?.state === "unreadable";
  useEffect(() => {
    if (!isShut) return undefined;
    // Nothing that was typed is to be saved before the window closes.
    return onNamed(door, "shell.leaving", () => void door.call("shell.left", {}).catch(() => undefined));
  }, [door, isShut]);
  if (isShut) return windowKind() === "print" ? null : <LockScreen />;
  return (
    <>
      {children}
      {(info?.state === "encrypting" || info?.state === "decrypting") && <LockProgress state={info.state} />}
    </>
  );
}
