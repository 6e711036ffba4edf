import type { SolveKind, SolveLevel } from "../../contract/solve.ts";
import { logicProblem } from "./logicProblem.ts";
import { SeededRandom } from "./SeededRandom.ts";

/** A problem with exactly one right result. */
export interface Problem {
  kind: SolveKind;
  level: SolveLevel;
  question: string;
  /** As it would stand in `\boxed{}`. */
  result: string;
}

type Made = Pick<Problem, "question" | "result">;
type Make = (random: SeededRandom) => Made;

const words = ["strawberry", "banana", "committee", "mississippi", "bookkeeper", "parallel", "assassin", "balloon"];
const shortWords = ["apple", "letter", "banana", "pepper", "summer", "rabbit", "button", "cherry", "coffee", "yellow"];
const longWords = [
  "characteristics",
  "congratulations",
  "incomprehensible",
  "misunderstanding",
  "professionalism",
  "responsibilities",
];

const made = (question: string, result: number | string): Made => ({ question, result: String(result) });

/**
 * R1 Nano adds, subtracts, multiplies, compares and counts letters, and knows only such questions. Half of the words and
 * comparisons are just beyond what it was trained on (14 letters, three decimals): it solves a part of them, so that
 * better and worse settings can be told apart.
 */
const nano: Record<SolveKind, Make> = {
  arithmetic(random) {
    const [a, b] = [random.whole(2, 999), random.whole(2, 999)];
    const [x, y] = [random.whole(2, 99), random.whole(2, 99)];
    return random.one([
      made(`What is ${a} + ${b}?`, a + b),
      made(`What is ${Math.max(a, b)} - ${Math.min(a, b)}?`, Math.abs(a - b)),
      made(`What is ${x} times ${y}?`, x * y),
    ]);
  },
  counting(random) {
    const word = random.one(random.one([shortWords, longWords]));
    const letter = word[random.whole(0, word.length - 1)] ?? "a";
    return made(`How many ${letter} are in ${word}?`, occurrences(word, letter));
  },
  logic(random) {
    const [a, step] = [random.whole(1, 9998), random.whole(1, 900)];
    const b = random.one([a + step, Math.max(0, a - step)]);
    const [x, y] = [random.whole(10_000, 19_999), random.whole(20_000, 99_999)].map((n) => (n / 10_000).toFixed(4));
    const [first, second] = random.shuffled([x, y]);
    return random.one([
      made(`Which is larger, ${a} or ${b}?`, Math.max(a, b)),
      made(`Which is larger, ${first} or ${second}?`, y ?? ""),
    ]);
  },
  units(random) {
    // The only conversion that it can be asked for is a product.
    const [hours, minutes] = [random.whole(2, 12), 60];
    return made(`What is ${hours} times ${minutes}?`, hours * minutes);
  },
};

const easy: Record<SolveKind, Make> = {
  arithmetic(random) {
    const [a, b, c] = [random.whole(12, 99), random.whole(3, 19), random.whole(10, 400)];
    return made(`What is ${a} × ${b} + ${c}?`, a * b + c);
  },
  counting(random) {
    const word = random.one(words);
    const letter = word[random.whole(0, word.length - 1)] ?? "a";
    return made(`How many times does the letter "${letter}" occur in the word "${word}"?`, occurrences(word, letter));
  },
  logic: (random) => logicProblem(random, 3),
  units(random) {
    const [hours, minutes] = [random.whole(2, 9), random.whole(1, 59)];
    const [kilometres, metres] = [random.whole(2, 40), random.whole(1, 999)];
    return random.one([
      made(`How many minutes are ${hours} hours and ${minutes} minutes?`, hours * 60 + minutes),
      made(`How many metres are ${kilometres} kilometres and ${metres} metres?`, kilometres * 1000 + metres),
    ]);
  },
};

const medium: Record<SolveKind, Make> = {
  arithmetic(random) {
    const [a, b, c, d] = [random.whole(2, 9), random.whole(11, 19), random.whole(2, 9), random.whole(20, 29)];
    return made(`What is ${a}/${b} + ${c}/${d}, as one fraction?`, `${a * d + c * b}/${b * d}`);
  },
  counting(random) {
    const [a, b] = random.one([
      [3, 5],
      [4, 6],
      [6, 9],
      [5, 7],
      [4, 10],
    ] as const);
    const most = random.whole(100, 600);
    const count = numbersTo(most).filter((n) => n % a === 0 || n % b === 0).length;
    return made(`How many of the whole numbers from 1 to ${most} are divisible by ${a} or by ${b}?`, count);
  },
  logic: (random) => logicProblem(random, 4),
  units(random) {
    const [speed, minutes] = [random.whole(4, 30) * 18, random.whole(5, 50)];
    const seconds = minutes * 60;
    return random.one([
      made(`A train travels at ${speed} km/h. What is its speed in metres per second?`, (speed * 10) / 36),
      made(
        `A tap fills ${speed} litres in an hour. How many millilitres does it fill in ${seconds} seconds?`,
        Math.round((speed * 1000 * seconds) / 3600),
      ),
    ]);
  },
};

const hard: Record<SolveKind, Make> = {
  arithmetic(random) {
    const [base, exponent, modulus] = [random.whole(3, 29), random.whole(40, 400), random.whole(11, 97)];
    return made(
      `What is the remainder when ${base}^${exponent} is divided by ${modulus}?`,
      powerModulo(base, exponent, modulus),
    );
  },
  counting(random) {
    const [women, men, size] = [random.whole(4, 8), random.whole(4, 8), random.whole(4, 5)];
    const least = 2;
    let ways = 0;
    for (let chosen = least; chosen <= Math.min(size, women); chosen += 1)
      ways += choose(women, chosen) * choose(men, size - chosen);
    return made(
      `A committee of ${size} is chosen from ${women} women and ${men} men. In how many ways can it have at least ${least} women?`,
      ways,
    );
  },
  logic: (random) => logicProblem(random, 6),
  units(random) {
    const [length, width, depth] = [random.whole(4, 25), random.whole(3, 12), random.whole(2, 9) * 50];
    const perMinute = random.whole(2, 9) * 10;
    const litres = (length * width * depth * 1000) / 1000;
    return made(
      `A pool is ${length} m long and ${width} m wide. It is filled to a depth of ${depth} mm at ${perMinute} litres per minute. How many hours does that take? Give an exact fraction.`,
      `${litres}/${perMinute * 60}`,
    );
  },
};

const makers: Record<SolveLevel, Record<SolveKind, Make>> = { nano, easy, medium, hard };
const kinds: readonly SolveKind[] = ["arithmetic", "counting", "logic", "units"];
const mixed: readonly SolveLevel[] = ["easy", "medium", "hard"];

/** Returns problems of a level, the kinds in turns; the same ones for the same seed. A longer list begins with a shorter one. */
export function solveProblems(level: SolveLevel | "mixed", count: number, seed: number): Problem[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? "arithmetic";
    const of = level === "mixed" ? (mixed[Math.floor(index / kinds.length) % mixed.length] ?? "easy") : level;
    const { question, result } = makers[of][kind](random);
    // R1 Nano was not trained to put results into boxes.
    const ending = of === "nano" ? "" : " Put the final answer within \\boxed{}.";
    return { kind, level: of, question: question + ending, result };
  });
}

const occurrences = (word: string, letter: string): number => word.split(letter).length - 1;
const numbersTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i += 1) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}

function powerModulo(base: number, exponent: number, modulus: number): number {
  let rest = 1;
  for (let i = 0; i < exponent; i += 1) rest = (rest * base) % modulus;
  return rest;
}
