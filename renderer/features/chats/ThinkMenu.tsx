import { ChevronDown } from "lucide-react";
import type { Thinking } from "../../../electron/contract/chats.ts";
import { useAction } from "../../app/useAction.ts";
import { Menu } from "../../parts/Menu.tsx";
import { MenuChoices } from "../../parts/MenuChoices.tsx";
import { useKeyText } from "../../parts/useKeyText.ts";
import { useChatChoice } from "../../stores/useChatChoice.ts";
import { serverOf } from "../../../electron/contract/modelKinds.ts";
import { useChosenModel } from "../../stores/useChosenModel.ts";
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
  const model = useChosenModel();
  const alwaysThinks = model !== undefined && serverOf(model)?.abilities.skipsThinking === false;
  const keys = useKeyText("nextThinking");
  useAction("nextThinking", () => {
    const offered = choices.filter((choice) => choice !== "off" || !alwaysThinks);
    const next = offered[(offered.indexOf(chosen) + 1) % offered.length];
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
            hint: say(choice === "off" && alwaysThinks ? "servers:cannotSkip" : `think.${choice}Hint`),
            disabled: choice === "off" && alwaysThinks,
          }))}
          onChange={(choice) => void setThinking(choice)}
        />
      </Menu>
      {/* The shortcut changes it without the focus being here. */}
      <output className="visually-hidden">{name}</output>
    </>
  );
}
