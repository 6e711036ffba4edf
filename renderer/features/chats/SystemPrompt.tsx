import { Popover } from "@base-ui/react/popover";
import { ScrollText } from "lucide-react";
import { useRef } from "react";
import { useChatChoice } from "../../stores/useChatChoice.ts";
import { useComposer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

const maxSystemPromptChars = 100_000;

/** The text that precedes the whole chat. Empty by default, since DeepSeek advises against one for R1. */
export function SystemPrompt() {
  const say = useSay("chats");
  const kept =
    useChatChoice(
      (chat) => chat.systemPrompt,
      (begin) => begin.systemPrompt,
    ) ?? "";
  const setSystemPrompt = useComposer((state) => state.setSystemPrompt);
  const field = useRef<HTMLTextAreaElement>(null);
  const keep = (): void => {
    const typed = field.current?.value;
    if (typed !== undefined && typed !== kept) void setSystemPrompt(typed);
  };
  return (
    <Popover.Root onOpenChange={(isOpen) => !isOpen && keep()}>
      <Popover.Trigger
        className={kept === "" ? "icon-button" : "icon-button is-set"}
        aria-label={say("systemPrompt.label")}
        title={say(kept === "" ? "systemPrompt.notSet" : "systemPrompt.set")}
      >
        <ScrollText size={16} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4}>
          <Popover.Popup className="menu system-prompt">
            <label>
              {say("systemPrompt.label")}
              <textarea
                ref={field}
                className="composer-field"
                dir="auto"
                defaultValue={kept}
                maxLength={maxSystemPromptChars}
                rows={4}
                onBlur={keep}
              />
            </label>
            <p className="hint">{say("systemPrompt.hint")}</p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
