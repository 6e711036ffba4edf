import { IconButton, type IconButtonProps } from "../../parts/IconButton.tsx";
import { useChangeGate } from "./changeGate.ts";

/** A small button that changes the chat: it is off while a reply is being written. */
export function ChangeButton({ disabled = false, ...props }: Omit<IconButtonProps, "ref" | "small">) {
  return <IconButton small ref={useChangeGate(disabled)} {...props} />;
}
