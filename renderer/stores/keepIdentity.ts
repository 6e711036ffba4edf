import type { Message } from "../../electron/contract/chats.ts";

/** Keeps the object of each message that did not change, so that only changed messages are rendered again. */
export function keepIdentity(before: readonly Message[], after: readonly Message[]): Message[] {
  const known = new Map(before.map((message) => [message.id, message]));
  return after.map((message) => {
    const old = known.get(message.id);
    return old === message || (old && isSame(old, message)) ? old : message;
  });
}

function isSame(a: Message, b: Message): boolean {
  return (
    a.text === b.text &&
    a.thought === b.thought &&
    a.state === b.state &&
    a.parentId === b.parentId &&
    a.version.index === b.version.index &&
    a.version.ids.join() === b.version.ids.join() &&
    a.model?.name === b.model?.name &&
    JSON.stringify([a.stats, a.problem, a.summary]) === JSON.stringify([b.stats, b.problem, b.summary])
  );
}
