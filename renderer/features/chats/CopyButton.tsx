import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../parts/IconButton.tsx";
import { useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface CopyButtonProps {
  label: string;
  tip?: string;
  /** Called when it is pressed. */
  text: () => string;
  disabled?: boolean;
  className?: string;
}

/** Copies a text, and says so until the focus leaves it. */
export function CopyButton({ label, tip, text, disabled = false, className }: CopyButtonProps) {
  const say = useSay("chats");
  const copyText = useShell((state) => state.copyText);
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      small
      className={className}
      label={copied ? say("copied") : label}
      tip={copied ? undefined : tip}
      disabled={disabled}
      onBlur={() => setCopied(false)}
      onClick={() => void copyText(text()).then(setCopied)}
    >
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    </IconButton>
  );
}
