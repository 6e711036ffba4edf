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
 * a limit, a few lists in each other would occupy the engine for minutes, and it could not even be stopped. `spend` is
 * told how much work this is, and may throw.
 */
export function mostReadings(
  shapes: ReadonlyMap<string, RuleShape>,
  limit: number,
  spend: (work: number) => void,
): number {
  const groups = new Map([...shapes].map(([rule, { choices }]) => [rule, alike(choices, shapes, spend)]));
  const readings = new Map<string, number>();
  const of = (rule: string): number => readings.get(rule) ?? 1;
  let most = 1;
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [rule, { parts }] of shapes) {
      const sums = (groups.get(rule) ?? []).map((group) => {
        spend(group.length);
        return group.reduce((sum, one) => sum + of(one), 0);
      });
      spend(1 + parts.length);
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
function alike(
  choices: readonly string[],
  shapes: ReadonlyMap<string, RuleShape>,
  spend: (work: number) => void,
): string[][] {
  if (choices.length === 1) return [[...choices]];
  const begun = choices.map((rule) => {
    const beginnings = new Set<string>();
    addBeginnings(rule, { shapes, beginnings, seen: new Set(), spend });
    return { rule, beginnings: [...beginnings] };
  });
  const all = new Set(begun.flatMap(({ beginnings }) => beginnings));
  return [...all].map((beginning) => {
    const isAlike = (own: string): boolean => {
      spend(1 + Math.min(own.length, beginning.length));
      return own.startsWith(beginning) || beginning.startsWith(own);
    };
    return begun.filter(({ beginnings }) => beginnings.some(isAlike)).map(({ rule }) => rule);
  });
}

interface Walk {
  shapes: ReadonlyMap<string, RuleShape>;
  beginnings: Set<string>;
  /** The rules that were followed already. */
  seen: Set<string>;
  spend: (work: number) => void;
}

function addBeginnings(rule: string, walk: Walk): void {
  const shape = walk.shapes.get(rule);
  if (shape === undefined) walk.beginnings.add("text");
  if (shape === undefined || walk.seen.has(rule)) return;
  walk.seen.add(rule);
  walk.spend(1 + shape.beginnings.length);
  for (const beginning of shape.beginnings) walk.beginnings.add(beginning);
  for (const one of shape.choices) addBeginnings(one, walk);
}
