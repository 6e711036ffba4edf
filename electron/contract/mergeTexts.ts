import type { Draft } from "./chats.ts";

/** How a text differs from another one: what stands there from `from` up to `to` is replaced. */
export interface TextChange {
  from: number;
  to: number;
  text: string;
}

/**
 * Returns what becomes of a text that was changed in two places at once. Both changes are made. Where they meet,
 * everything that was written in either of them stays, what came first before what came second.
 */
export function mergeTexts(base: string, first: string, second: string): string {
  if (first === second || second === base) return first;
  if (first === base) return second;
  const one = changeOf(base, first);
  const other = changeOf(base, second);
  const isOnePlace = one.from === other.from && one.to === one.from && other.to === other.from;
  if (!isOnePlace && one.to <= other.from) return changed(changed(base, other), one);
  if (!isOnePlace && other.to <= one.from) return changed(changed(base, one), other);
  const from = Math.min(one.from, other.from);
  const to = Math.max(one.to, other.to);
  return changed(base, { from, to, text: joined(one.text, other.text) });
}

/** The same for a draft. A text that was pasted stays unless it was removed in one of the two. */
export function mergeDrafts(base: Draft, first: Draft, second: Draft): Draft {
  const isKept = (text: string): boolean => !base.pasted.includes(text) || second.pasted.includes(text);
  const isNew = (text: string): boolean => !base.pasted.includes(text) && !first.pasted.includes(text);
  return {
    draft: mergeTexts(base.draft, first.draft, second.draft),
    pasted: [...first.pasted.filter(isKept), ...second.pasted.filter(isNew)],
  };
}

/** Returns the smallest single change that makes `text` of `base`. */
export function changeOf(base: string, text: string): TextChange {
  const shorter = Math.min(base.length, text.length);
  let from = 0;
  while (from < shorter && base[from] === text[from]) from += 1;
  if (isSplit(base, from) || isSplit(text, from)) from -= 1;
  let below = 0;
  while (below < shorter - from && base[base.length - 1 - below] === text[text.length - 1 - below]) below += 1;
  if (isSplit(base, base.length - below) || isSplit(text, text.length - below)) below -= 1;
  return { from, to: base.length - below, text: text.slice(from, text.length - below) };
}

/** Returns whether a character that takes two code units would be cut here. */
const isSplit = (text: string, at: number): boolean =>
  at > 0 && /[\uD800-\uDBFF]/.test(text[at - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[at] ?? "");

const changed = (base: string, { from, to, text }: TextChange): string => base.slice(0, from) + text + base.slice(to);

/** Two texts that were written at the same place, on lines of their own. */
function joined(first: string, second: string): string {
  // One of them is the other one, written further.
  if (first.startsWith(second)) return first;
  if (second.startsWith(first)) return second;
  return /\s$/.test(first) || /^\s/.test(second) ? first + second : `${first}\n${second}`;
}
