import { ChevronDown } from "lucide-react";
import type { Thinking } from "../../../electron/contract/chats.ts";
import { useAction } from "../../app/useAction.ts";
import { Menu } from "../../parts/Menu.tsx";
import { MenuChoices } from "../../parts/MenuChoices.tsx";
import { useKeyText } from "../../parts/useKeyText.ts";
import { useChatChoice } from "../../stores/useChatChoice.ts";
import { useComposer, useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** In the order in which the menu and the shortcut offer them. */
const choices: readonly Thinking[] = ["auto", "on", "off"];

/** Chooses whether replies in this chat start with a thought. */
export function ThinkMenu() {
  const say = useSay("chats");
  const inChat = useChatChoice(
    (chat) => chat.thinking,
    (begin) => begin.thinking,
  );
  const byDefault = useSettings(({ settings }) => settings?.defaultThinking ?? "on");
  const setThinking = useComposer((state) => state.setThinking);
  const chosen = inChat ?? byDefault;
  const keys = useKeyText("nextThinking");
  useAction("nextThinking", () => {
    const next = choices[(choices.indexOf(chosen) + 1) % choices.length];
    if (next !== undefined) void setThinking(next);
  });
  const name = say(`think.is.${chosen}`);
  return (
    <>
      <Menu
        side="top"
        className="think-menu"
        button={
          <button
            type="button"
            className="button ghost"
            title={`${say(`settings:thinking.${chosen}Meaning`)} (${keys})`}
          >
            {name}
            <ChevronDown size={16} aria-hidden className="chevron" />
          </button>
        }
      >
        <MenuChoices
          value={chosen}
          options={choices.map((choice) => ({
            value: choice,
            label: say(`settings:thinking.${choice}`),
            hint: say(`think.${choice}Hint`),
          }))}
          onChange={(choice) => void setThinking(choice)}
        />
      </Menu>
      {/* The shortcut changes it without the focus being here. */}
      <output className="visually-hidden">{name}</output>
    </>
  );
}
