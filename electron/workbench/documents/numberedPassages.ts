import type { Passage } from "../../contract/documents.ts";
import type { MessagePassages } from "../chats/AttachmentTable.ts";
import type { FoundPassages } from "../chats/passages/DocumentPassages.ts";

/**
 * Returns the best passages, so many of them, with their numbers: in the order of the attachments, and as they follow each
 * other in a document.
 */
export function numberedPassages(
  { passages, firstNumber }: Pick<FoundPassages, "passages" | "firstNumber">,
  attachmentIds: readonly string[],
  count: number,
): MessagePassages {
  // Documents of the folder come after the attached ones, best first.
  const order = [...new Set([...attachmentIds, ...passages.map(({ attachmentId }) => attachmentId)])];
  const placeOf = (id: string): number => order.indexOf(id);
  const inOrder = passages
    .slice(0, count)
    .sort(
      (one, other) =>
        placeOf(one.attachmentId) - placeOf(other.attachmentId) || one.part - other.part || one.start - other.start,
    );
  const numbered: Record<string, Passage[]> = {};
  for (const [index, { attachmentId, ...place }] of inOrder.entries()) {
    (numbered[attachmentId] ??= []).push({ number: firstNumber + index, ...place });
  }
  return numbered;
}
