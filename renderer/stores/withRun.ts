type Runs<Run> = Readonly<Record<string, Run>>;

/**
 * Returns what is known of the asked questions after one has been read. One that has ended stays; one that was cut is
 * no longer while a reply is being written in its chat.
 */
export function withRun<Run extends { state: string }>(
  runs: Runs<Run>,
  questionId: string,
  run: Run | null,
): Runs<Run> {
  if (run !== null) return { ...runs, [questionId]: run };
  if (runs[questionId]?.state !== "cut") return runs;
  const { [questionId]: _cut, ...others } = runs;
  return others;
}
