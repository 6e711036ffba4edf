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
      {/* As wide as the wider of the two, so that what is beside it does not move away from the pointer. */}
      <span className="either-words">
        <span aria-hidden={copied} className={copied ? "is-away" : undefined}>
          <Copy size={16} aria-hidden />
          {label}
        </span>
        <span aria-hidden={!copied} className={copied ? undefined : "is-away"}>
          <Check size={16} aria-hidden />
          {say("copied")}
        </span>
      </span>
    </button>
  );
}
