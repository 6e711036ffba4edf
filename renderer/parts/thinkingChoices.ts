import type { Thinking } from "../../electron/contract/chats.ts";

export const thinkingChoices: readonly { value: Thinking; label: string; meaning: string }[] = [
  { value: "on", label: "on", meaning: "Every reply begins with a thought, as DeepSeek advises for R1." },
  { value: "off", label: "off", meaning: "Replies begin with the answer: quicker, and often less right." },
  { value: "auto", label: "auto", meaning: "The model decides whether to think first." },
];
