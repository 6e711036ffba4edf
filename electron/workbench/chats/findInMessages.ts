import type { ChatHit } from "../../contract/chats.ts";
import { countPlaces } from "../../contract/foundWords.ts";
import type { MessageTexts } from "./MessageTable.ts";
import { withoutMarkup } from "./withoutMarkup.ts";

/** Returns where the messages of a branch contain the words, in order: a reply's thought is above its answer. */
export function findInMessages(
  branch: readonly string[],
  texts: Iterable<MessageTexts>,
  words: readonly string[],
  asPhrase: boolean,
): ChatHit[] {
  if (words.length === 0) return [];
  const places = new Map(branch.map((id, index) => [id, index]));
  const hits: { place: number; hit: ChatHit }[] = [];
  for (const { id, role, text, thought } of texts) {
    const place = places.get(id);
    if (place === undefined) continue;
    const add = (part: ChatHit["part"], own: string): void => {
      const count = countPlaces(own, words, asPhrase);
      if (count > 0) hits.push({ place, hit: { messageId: id, part, count } });
    };
    if (thought !== null) add("thought", thought);
    add("text", role === "assistant" ? withoutMarkup(text) : text);
  }
  // Stable, so that a message's thought stays before its answer.
  return hits.sort((one, other) => one.place - other.place).map(({ hit }) => hit);
}
