import type { MessageState, ReplyModel, StopReason } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";

export interface PicturedReply {
  thought?: string;
  answer: string;
  state?: Exclude<MessageState, "streaming">;
  stopReason?: StopReason;
  problem?: Problem;
  /** Of it and the messages above it. */
  summary?: string;
  /** What differs from the model that wrote the others. */
  model?: Partial<ReplyModel>;
}

export interface PicturedChat {
  title: string;
  hoursAgo: number;
  turns: { question: string; versions: PicturedReply[] }[];
}

const cubes = `Write the three numbers as $n-1$, $n$ and $n+1$. Then

$$(n-1)^3 + n^3 + (n+1)^3 = 3n^3 + 6n = 3n(n^2+2).$$

If 3 divides $n$, then 9 divides $3n$. Otherwise $n^2 \\equiv 1 \\pmod 3$, so 3 divides $n^2+2$. **Either way the sum is a multiple of 9.**

| number $n$ | sum | sum ÷ 9 |
|---:|---:|---:|
| 2 | 36 | 4 |
| 3 | 99 | 11 |
| 10 | 3,060 | 340 |

\`\`\`python
def check(limit: int) -> bool:
    # Every sum up to the limit.
    return all(sum(k**3 for k in (n - 1, n, n + 1)) % 9 == 0 for n in range(limit))
\`\`\`

1. Expand the cubes.
2. Take out $3n$.
3. Look at the two cases.

> A proof by cases is complete when the cases cover everything.`;

const thought = Array.from(
  { length: 6 },
  (_, index) =>
    `Let me look at the ${["first", "second", "third", "fourth", "fifth", "last"][index]} step. The sum of three consecutive cubes is easiest around the middle number, because the odd powers cancel. Wait, they do not all cancel: the term 6n stays.`,
).join("\n\n");

/** The title of the chat with a proof, which shows most of what an answer can hold. */
export const proof = "Sum of three consecutive cubes";

export const cutVote = "The number of handshakes";
export const cutComparison = "The weight of a litre";
const handshakes = (result: number): PicturedReply => ({
  thought,
  answer: `Each of the 7 people shakes 6 hands, and each handshake counts twice, so there are $\\boxed{${result}}$.`,
  model: { asked: { kind: "vote", answers: 8 } },
});
const compared = ["R1-Distill-Qwen-1.5B", "R1-Distill-Llama-8B", "Qwen3 0.6B"].map((name) => ({
  id: name === "Qwen3 0.6B" ? "qwen3-0.6b-q8_0" : `deepseek-${name.toLowerCase()}-q4_k_m`,
  name,
}));
const weighs = (model: number, answer: string): PicturedReply => ({
  thought,
  answer,
  model: { ...compared[model], asked: { kind: "comparison", models: compared } },
});

/** Newest first. */
export const picturedChats: PicturedChat[] = [
  {
    title: proof,
    hoursAgo: 1,
    turns: [
      {
        question: "Show that the sum of three consecutive cubes is always a multiple of 9.",
        versions: [
          { thought: "Try induction.", answer: "By induction." },
          { thought, answer: cubes },
        ],
      },
      {
        question: "And for four consecutive cubes?",
        versions: [
          {
            thought,
            answer:
              "No. $1 + 8 + 27 + 64 = 100$, and 9 does not divide 100.\n\nThe sum of four consecutive cubes is a multiple of **4** instead.",
          },
        ],
      },
    ],
  },
  {
    title: "Stopped in the middle",
    hoursAgo: 2,
    turns: [
      {
        question: "Tell me everything about prime numbers.",
        versions: [{ thought, answer: "A prime number has exactly two", state: "stopped", stopReason: "stopped" }],
      },
    ],
  },
  {
    title: "The context was full",
    hoursAgo: 3,
    turns: [
      {
        question: "Write a long story about a lighthouse keeper.",
        versions: [{ thought, answer: "Once, on a rock in the sea", stopReason: "context" }],
      },
    ],
  },
  {
    title: "A prompt that was too long",
    hoursAgo: 4,
    turns: [
      {
        question: "Summarise this. ".repeat(60),
        versions: [
          {
            answer: "",
            state: "failed",
            problem: {
              code: "context-exceeded",
              message: "",
              facts: { case: "prompt", promptTokens: 21_340, contextSize: 16_384 },
            },
          },
        ],
      },
    ],
  },
  {
    title: "The engine stopped",
    hoursAgo: 5,
    turns: [
      {
        question: "Which is larger, 9.11 or 9.9?",
        versions: [
          {
            thought,
            answer: "9.9 is",
            state: "failed",
            problem: { code: "engine-down", message: "", facts: { case: "signal", signal: "SIGKILL" } },
          },
        ],
      },
    ],
  },
  {
    title: "Interrupted",
    hoursAgo: 6,
    turns: [
      {
        question: "Plan a week in Lisbon.",
        versions: [{ thought, answer: "Day 1: Alfama", state: "interrupted", stopReason: "interrupted" }],
      },
    ],
  },
  {
    title: "From a summary",
    hoursAgo: 7,
    turns: [
      {
        question: "Which sorting algorithms are stable?",
        versions: [{ thought, answer: "Insertion sort and merge sort are." }],
      },
      {
        question: "And which need no further memory?",
        versions: [
          {
            thought,
            answer: "Insertion sort and heapsort.",
            summary:
              "The user asked which sorting algorithms are stable: insertion sort and merge sort. Insertion sort and heapsort need no further memory.\n\nOpen question: none.",
          },
        ],
      },
      {
        question: "Then I take insertion sort. Is it quick?",
        versions: [{ thought, answer: "For short lists, yes." }],
      },
    ],
  },
  {
    title: cutVote,
    hoursAgo: 8,
    turns: [
      {
        question: "Seven people shake hands, each with each. How many handshakes are there?",
        versions: [
          handshakes(21),
          handshakes(42),
          handshakes(21),
          { ...handshakes(21), answer: "Each of the 7 people", state: "interrupted", stopReason: "interrupted" },
        ],
      },
    ],
  },
  {
    title: cutComparison,
    hoursAgo: 9,
    turns: [
      {
        question: "How much does a litre of water weigh at 4 °C, in grams?",
        versions: [
          weighs(0, "It is densest there: $\\boxed{1000}$ grams."),
          { ...weighs(1, "At this temperature, the"), state: "interrupted", stopReason: "interrupted" },
        ],
      },
    ],
  },
  ...[
    ["为什么天空是蓝色的？", 27],
    ["Expliquer la récursivité à un enfant", 29],
    ["Regex for ISO dates", 50],
    ["A rather long title that does not fit into the sidebar and must end with an ellipsis", 70],
    ["Rename photos by date", 120],
    ["Schedule of a marathon plan", 200],
    ["Dijkstra or A*?", 400],
    ["Interest on a loan", 800],
    ["Unit tests for a parser", 1600],
    ["SQL: last row per group", 3000],
  ].map(([title, hoursAgo]) => ({
    title: String(title),
    hoursAgo: Number(hoursAgo),
    turns: [{ question: String(title), versions: [{ thought: "One step.", answer: "A short answer with primes." }] }],
  })),
];
