/** An answer as a person sees and copies it: without the line breaks that set it off from the thought. */
export function shownAnswer(answer: string): string {
  return answer.replace(/^[\r\n]+/, "");
}
