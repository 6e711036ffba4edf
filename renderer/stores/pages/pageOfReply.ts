import type { Message } from "../../../electron/contract/chats.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { growingText } from "../growingText.ts";
import { type CodeBlock, CodeBlocks } from "./CodeBlocks.ts";
import { type FoundPage, pageOf } from "./pageOf.ts";

const known = new WeakMap<Message, FoundPage | null>();

/** Returns the page in the answer of a reply that has ended, or null. Thoughts hold none. */
export function pageOfReply(reply: Message): FoundPage | null {
  if (reply.role !== "assistant" || reply.state === "streaming") return null;
  const before = known.get(reply);
  if (before !== undefined) return before;
  const page = /```|~~~/.test(reply.text) ? pageOf(blocksOf(reply)) : null;
  known.set(reply, page);
  return page;
}

/** Returns the blocks of code of a reply that has ended. */
export function blocksOf({ text }: Pick<Message, "text">): CodeBlock[] {
  const blocks = new CodeBlocks();
  blocks.read(growingText(shownAnswer(text)), false);
  return blocks.blocks();
}
