import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useShell } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";

export interface CopyTextButtonProps {
  label: string;
  /** Called when it is pressed. */
  text: () => string;
  className?: string;
}

/** Copies a text, and says so in its words until the focus leaves it. */
export function CopyTextButton({ label, text, className = "" }: CopyTextButtonProps) {
  const say = useSay("chats");
  const copyText = useShell((state) => state.copyText);
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className={`text-button ${className}`.trim()}
      onBlur={() => setCopied(false)}
      onClick={() => void copyText(text()).then(setCopied)}
    >
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      {copied ? say("copied") : label}
    </button>
  );
}
