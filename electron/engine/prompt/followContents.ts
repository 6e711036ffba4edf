/** Sound templates need a few steps for each message; a hostile one must not take the engine's time or memory. */
const mostSteps = 200_000;

/**
 * What a template made of each message. `frame` is its rendering with stand-ins in the messages' place, as literal
 * texts and message numbers in turns; `real` is the rendering with the messages; `variants` are the forms in which a
 * message may have gone in, likeliest first. Returns one form for each stand-in, or null if no choice gives `real`, or none was found in time.
 */
export function followContents(
  frame: { literals: readonly string[]; messages: readonly number[] },
  real: string,
  variants: (message: number) => readonly string[],
): string[] | null {
  const { literals, messages } = frame;
  if (!real.startsWith(literals[0] ?? "")) return null;
  // Places and positions that led nowhere: a message may fit in two ways, and each is tried once.
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
