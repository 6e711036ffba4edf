import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useChatChoice } from "../../stores/useChatChoice.ts";
import { useComposer, useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Chooses whether replies in this chat start with a thought. */
export function ThinkControl() {
  const say = useSay("settings");
  const inChat = useChatChoice(
    (chat) => chat.thinking,
    (begin) => begin.thinking,
  );
  const byDefault = useSettings(({ settings }) => settings?.defaultThinking ?? "on");
  const setThinking = useComposer((state) => state.setThinking);
  const chosen = inChat ?? byDefault;
  return (
    <label className="choice" title={say(`thinking.${chosen}Meaning`)}>
      {say("chats:composer.think")}
      <select
        value={chosen}
        onChange={({ target }) => {
          const choice = thinkingChoices.find((thinking) => thinking === target.value);
          if (choice) void setThinking(choice);
        }}
      >
        {thinkingChoices.map((thinking) => (
          <option key={thinking} value={thinking}>
            {say(`thinking.${thinking}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
