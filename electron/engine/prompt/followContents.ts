/** Valid templates need a few steps per message. A hostile one must not use up the engine's time or memory. */
const mostSteps = 200_000;

/**
 * Determines how a template inserted each message. `frame` is its rendering with placeholders for the messages,
 * alternating literal texts and message numbers. `real` is the rendering with the messages. `variants` are the forms in
 * which a message may have been inserted, most likely first. Returns one form for each placeholder, or null if no
 * combination gives `real` or none was found within the step limit.
 */
export function followContents(
  frame: { literals: readonly string[]; messages: readonly number[] },
  real: string,
  variants: (message: number) => readonly string[],
): string[] | null {
  const { literals, messages } = frame;
  if (!real.startsWith(literals[0] ?? "")) return null;
  // Combinations of place and position that failed. A message may fit in several ways, and each is tried once.
  const dead = new Set<string>();
  const steps = [{ at: literals[0]?.length ?? 0, next: 0, chosen: "" }];
  let taken = 0;
  for (let step = steps.at(-1); step !== undefined && taken < mostSteps; step = steps.at(-1)) {
    taken++;
    const place = steps.length - 1;
    const message = messages[place];
    if (message === undefined) {
      if (step.at === real.length) return steps.slice(0, -1).map(({ chosen }) => chosen);
      steps.pop();
      continue;
    }
    const variant = variants(message)[step.next];
    if (variant === undefined) {
      dead.add(`${place} ${step.at}`);
      steps.pop();
      continue;
    }
    step.next++;
    const after = variant + (literals[place + 1] ?? "");
    const at = step.at + after.length;
    if (!real.startsWith(after, step.at) || dead.has(`${place + 1} ${at}`)) continue;
    step.chosen = variant;
    steps.push({ at, next: 0, chosen: "" });
  }
  return null;
}
