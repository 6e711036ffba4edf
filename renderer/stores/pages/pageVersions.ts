import type { Message } from "../../../electron/contract/chats.ts";
import type { FoundPage } from "./pageOf.ts";

/** A reply that holds a page. */
export interface PageReply {
  message: Message;
  page: FoundPage;
  /** Whether the reply is part of the branch that is shown. */
  isShown: boolean;
}

/** A page as one reply has it. */
export interface PageVersion extends PageReply {
  /** Versions of the same page have the same one. */
  pageId: string;
  /** Counted from 1 within the page. */
  number: number;
}

/**
 * Returns the versions of all pages of a conversation, from replies in their order. Replies of the same name are versions
 * of one page; one without a name is a version of the last page of its kind.
 */
export function pageVersions(replies: readonly PageReply[]): PageVersion[] {
  const counts = new Map<string, number>();
  const lastOfKind = new Map<string, string>();
  return replies.map((reply) => {
    const { kind, files, isNamed } = reply.page;
    const name = files[0]?.name ?? "";
    const last = lastOfKind.get(kind);
    const pageId = isNamed || last === undefined ? `${kind}:${name}` : last;
    lastOfKind.set(kind, pageId);
    const number = (counts.get(pageId) ?? 0) + 1;
    counts.set(pageId, number);
    return { ...reply, pageId, number };
  });
}
