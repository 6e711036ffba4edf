/** How a rule of a grammar is made up. A rule that is not listed is that of a text or a number. */
export interface RuleShape {
  /** Rules of which a text follows one. */
  choices: readonly string[];
  /** The rules of what a list or an object holds. */
  parts: readonly string[];
  /** What a text of a list or an object can begin with. */
  beginnings: readonly string[];
}

/**
 * Returns in how many ways llama.cpp may have to read a text at once, or a number over `limit` as soon as it is passed.
 * Alternatives that begin alike are all read until they differ, and whatever they hold meanwhile multiplies them: without
 * a limit, a few lists in each other would occupy the engine for minutes, and it could not even be stopped.
 */
export function mostReadings(shapes: ReadonlyMap<string, RuleShape>, limit: number): number {
  const groups = new Map([...shapes].map(([rule, { choices }]) => [rule, alike(choices, shapes)]));
  const readings = new Map<string, number>();
  const of = (rule: string): number => readings.get(rule) ?? 1;
  let most = 1;
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [rule, { parts }] of shapes) {
      const sums = (groups.get(rule) ?? []).map((group) => group.reduce((sum, one) => sum + of(one), 0));
      const next = Math.max(1, ...sums, ...parts.map(of));
      if (next <= of(rule)) continue;
      readings.set(rule, next);
      most = Math.max(most, next);
      if (most > limit) return most;
      isStable = false;
    }
  }
  return most;
}

/** Returns the rules among `choices` of which a text can begin alike, for each beginning. */
function alike(choices: readonly string[], shapes: ReadonlyMap<string, RuleShape>): string[][] {
  const begun = choices.map((rule) => ({ rule, beginnings: beginningsOf(rule, shapes, new Set()) }));
  const all = new Set(begun.flatMap(({ beginnings }) => [...beginnings]));
  return [...all].map((beginning) =>
    begun
      .filter(({ beginnings }) => [...beginnings].some((own) => own.startsWith(beginning) || beginning.startsWith(own)))
      .map(({ rule }) => rule),
  );
}

/** `seen`: the rules that were followed already. */
function beginningsOf(rule: string, shapes: ReadonlyMap<string, RuleShape>, seen: Set<string>): Set<string> {
  const shape = shapes.get(rule);
  if (shape === undefined) return new Set(["text"]);
  if (seen.has(rule)) return new Set();
  seen.add(rule);
  return new Set([...shape.beginnings, ...shape.choices.flatMap((one) => [...beginningsOf(one, shapes, seen)])]);
}
