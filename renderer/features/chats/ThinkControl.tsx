import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useChats, useSettings } from "../../stores/useStores.ts";

/** Whether this chat's replies open with a thought. */
export function ThinkControl() {
  const inChat = useChats(({ openId, begin, conversation }) =>
    openId === null ? begin.thinking : conversation?.state === "ready" ? conversation.value.chat.thinking : null,
  );
  const byDefault = useSettings(({ settings }) => settings?.defaultThinking ?? "on");
  const setThinking = useChats((state) => state.setThinking);
  const chosen = inChat ?? byDefault;
  return (
    <label className="choice" title={thinkingChoices.find(({ value }) => value === chosen)?.meaning}>
      Think
      <select
        value={chosen}
        onChange={({ target }) => {
          const choice = thinkingChoices.find(({ value }) => value === target.value);
          if (choice) void setThinking(choice.value);
        }}
      >
        {thinkingChoices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
