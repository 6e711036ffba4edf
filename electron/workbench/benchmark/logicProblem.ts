import type { SeededRandom } from "./SeededRandom.ts";

const names = ["Anna", "Bruno", "Clara", "David", "Emma", "Felix", "Greta", "Hugo"];
type Orders = readonly (readonly string[])[];

interface Clue {
  text: string;
  holds: (order: readonly string[]) => boolean;
}

/**
 * Returns a question about the order of people in a queue, with clues that leave exactly one order. The more people, the
 * harder it is.
 */
export function logicProblem(random: SeededRandom, people: number): { question: string; result: string } {
  const order = random.shuffled(names).slice(0, people);
  const listed = [...order].toSorted();
  const clues = random.shuffled(trueClues(order));
  let orders: Orders = permutations(listed);
  const given: string[] = [];
  for (const clue of clues) {
    if (orders.length === 1) break;
    const left = orders.filter(clue.holds);
    if (left.length === orders.length) continue;
    orders = left;
    given.push(clue.text);
  }
  const place = random.whole(0, people - 1);
  const ordinal = ["first", "second", "third", "fourth", "fifth", "sixth"][place] ?? "last";
  return {
    question: `${listed.join(", ")} stand in a queue. ${given.join(" ")} Who is ${ordinal} in the queue?`,
    result: order[place] ?? "",
  };
}

function trueClues(order: readonly string[]): Clue[] {
  const clues: Clue[] = [];
  for (const [i, one] of order.entries()) {
    clues.push({
      text: `${one} is ${i === 0 ? "" : "not "}first.`,
      holds: (other) => (other[0] === one) === (i === 0),
    });
    for (const [j, two] of order.entries()) {
      if (i >= j) continue;
      clues.push({
        text: `${one} stands somewhere in front of ${two}.`,
        holds: (other) => other.indexOf(one) < other.indexOf(two),
      });
      const between = j - i - 1;
      const isAre = between === 1 ? "is one person" : `are ${between} people`;
      if (between > 0)
        clues.push({
          text: `There ${isAre} between ${one} and ${two}.`,
          holds: (other) => Math.abs(other.indexOf(one) - other.indexOf(two)) === between + 1,
        });
    }
  }
  return clues;
}

function permutations(all: readonly string[]): string[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((first) => permutations(all.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}
