/** Returns an answer as the user sees and copies it, without the line breaks that separate it from the thought. */
export function shownAnswer(answer: string): string {
  return answer.replace(/^[\r\n]+/, "");
}
