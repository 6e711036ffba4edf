import { ArrowUp, Check, Square } from "lucide-react";
import { useSay } from "../../texts.ts";

export interface SendButtonProps {
  isStop?: boolean;
  /** Whether it saves an answer that was edited, which is sent to nobody. */
  isSave?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

/** Send and Stop have one place and one size, in every language. */
export function SendButton({ isStop = false, isSave = false, disabled = false, onClick }: SendButtonProps) {
  const say = useSay("chats");
  const SendIcon = isSave ? Check : ArrowUp;
  const words = { send: say(isSave ? "composer.save" : "composer.send"), stop: say("stop") };
  return (
    <button
      type="button"
      className={isStop ? "button" : "button primary"}
      aria-label={isStop ? words.stop : words.send}
      disabled={disabled}
      onClick={onClick}
    >
      {isStop ? (
        <Square size={16} fill="currentColor" strokeWidth={0} aria-hidden />
      ) : (
        <SendIcon size={16} aria-hidden />
      )}
      <span className="send-words" aria-hidden>
        <span className={isStop ? "is-off" : ""}>{words.send}</span>
        <span className={isStop ? "" : "is-off"}>{words.stop}</span>
      </span>
    </button>
  );
}
