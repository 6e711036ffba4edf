/** Control characters, and those by which a name can reorder the text around it. */
const misleading = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const sign = "\uFFFD";

/** The path of a file or folder. A character by which it could pose as another path is drawn as a sign. */
export function PathName({ path }: { path: string }) {
  return <bdi>{path.replaceAll(misleading, sign)}</bdi>;
}
