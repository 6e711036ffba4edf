import { randomUUID } from "node:crypto";

/** Returns chats as an import stages them, each with so many messages of this text. */
export function stagedLines(of: { chats: number; messages: number; text: string }): string[] {
  const lines: string[] = [];
  for (let chat = 0; chat < of.chats; chat++) {
    const ids = Array.from({ length: of.messages }, () => randomUUID());
    const at = 1_700_000_000_000 + chat;
    const common = { titledBy: "user", pinned: false, draft: "", pasted: null, edit: null, thinking: "on" };
    const others = { systemPrompt: "", replySettings: null, modelId: null, promptFrom: null, place: null };
    const title = `${of.text} ${chat}`;
    const chatId = randomUUID();
    lines.push(
      JSON.stringify({
        type: "chat",
        id: chatId,
        title,
        createdAt: at,
        updatedAt: at,
        leafId: ids.at(-1),
        ...common,
        ...others,
      }),
    );
    for (const [index, id] of ids.entries()) {
      const role = index % 2 === 0 ? "user" : "assistant";
      const text = `${of.text} ${chat} ${index}`;
      const rest = { thought: null, state: "done", model: null, stats: null, problem: null };
      lines.push(
        JSON.stringify({
          type: "message",
          id,
          chatId,
          parentId: ids[index - 1] ?? null,
          role,
          createdAt: at,
          text,
          ...rest,
        }),
      );
    }
  }
  return lines;
}
