/** Returns at most so many UTF-16 code units of a text from a place on, and does not cut a character in two. */
export function cutAt(text: string, at: number, most: number): string {
  const end = at + most;
  const isCut = end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") && most > 1;
  return text.slice(at, isCut ? end - 1 : end);
}
