import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useChats, useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Whether this chat's replies open with a thought. */
export function ThinkControl() {
  const say = useSay("settings");
  const inChat = useChats(({ openId, begin, conversation }) =>
    openId === null ? begin.thinking : conversation?.state === "ready" ? conversation.value.chat.thinking : null,
  );
  const byDefault = useSettings(({ settings }) => settings?.defaultThinking ?? "on");
  const setThinking = useChats((state) => state.setThinking);
  const chosen = inChat ?? byDefault;
  return (
    <label className="choice" title={say(`thinking.${chosen}Meaning`)}>
      Think
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
