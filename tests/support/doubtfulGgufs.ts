import { array, type GgufPlan, ggufBytes, headerLength, scalar, text, uint32 } from "./GgufPlan.ts";
import { seededRandom } from "./seededRandom.ts";
import { tinyLlama, tinyTokens } from "./tinyLlama.ts";

/** A file that our check may accept or refuse, but must decide on. If it is accepted, it must not harm the app. */
export interface DoubtfulGguf {
  name: string;
  bytes: () => Buffer;
}

type Bend = (plan: GgufPlan) => void;

const bent = (name: string, bend: Bend): DoubtfulGguf => ({
  name,
  bytes: () => {
    const plan = tinyLlama();
    bend(plan);
    return ggufBytes(plan);
  },
});

const set =
  (key: string, value: Buffer): Bend =>
  (plan) => {
    plan.keys = [...plan.keys.filter((entry) => entry.key !== key), { key, value }];
  };
const template = (name: string, source: string): DoubtfulGguf =>
  bent(`template: ${name}`, set("tokenizer.chat_template", scalar("string", source)));
const weights = (name: string, value: number): DoubtfulGguf =>
  bent(`weights of ${name}`, (plan) => {
    const data = plan.tensors[0]?.data;
    for (let at = 0; data !== undefined && at < data.length; at += 4) data.writeFloatLE(value, at);
  });

const structured: DoubtfulGguf[] = [
  bent("vocabulary said to be 5", set("llama.vocab_size", scalar("uint32", 5))),
  bent("vocabulary said to be 2^31", set("llama.vocab_size", scalar("uint32", 0x8000_0000))),
  bent("a context of 1", set("llama.context_length", scalar("uint32", 1))),
  bent("no rope dimensions", set("llama.rope.dimension_count", scalar("uint32", 0))),
  bent("an endless rope base", set("llama.rope.freq_base", scalar("float32", Number.POSITIVE_INFINITY))),
  bent("a negative norm epsilon", set("llama.attention.layer_norm_rms_epsilon", scalar("float32", -1))),
  bent("an unknown tokenizer", set("tokenizer.ggml.model", scalar("string", "sideways"))),
  bent("an unknown splitting rule", set("tokenizer.ggml.pre", scalar("string", "sideways"))),
  bent(
    "token types of 99",
    set(
      "tokenizer.ggml.token_type",
      array(
        "int32",
        tinyTokens.map(() => 99),
      ),
    ),
  ),
  bent(
    "a name of invalid UTF-8",
    set("general.name", Buffer.concat([uint32(8), text(Buffer.from([0xff, 0xfe, 0xc0]))])),
  ),
  bent("a name of 1 MB", set("general.name", scalar("string", "x".repeat(1_000_000)))),
  bent("an unknown file type", set("general.file_type", scalar("uint32", 9999))),
  bent("a tensor missing", (plan) => void plan.tensors.splice(6, 1)),
  bent("a tensor too many", (plan) => {
    plan.tensors.push({ name: "odd.weight", dimensions: [8], type: 0, data: Buffer.alloc(32) });
  }),
  bent("a projection of the wrong shape", (plan) => {
    const found = plan.tensors[4];
    if (found !== undefined) found.dimensions = [32, 128];
  }),
  bent("a feed-forward the wrong way round", (plan) => void plan.tensors.at(-1)?.dimensions.reverse()),
  weights("NaN", Number.NaN),
  weights("infinity", Number.POSITIVE_INFINITY),
  weights("zero", 0),
  template("3,000 nested conditions", "{% if true %}".repeat(3000) + "x" + "{% endif %}".repeat(3000)),
  template("a loop of 10^9", "{% for i in range(1000000000) %}x{% endfor %}"),
  template("three loops of 3,000", `${"{% for i in range(3000) %}".repeat(3)}x${"{% endfor %}".repeat(3)}`),
  template(
    "a doubling text",
    "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
  ),
  template("a constructor", "{{ ''.constructor.constructor('return process')().exit(1) }}"),
  template("no place for the message", "hello"),
  template("one that raises", "{{ raise_exception('no') }}"),
  template("one that does not end", "{% for"),
];

/** One to four bytes of the header changed, the same in every run. */
const random: DoubtfulGguf[] = Array.from({ length: 120 }, (_, round) => ({
  name: `random change ${round}`,
  bytes: () => {
    const bytes = ggufBytes(tinyLlama());
    const length = headerLength(tinyLlama());
    const draw = seededRandom(5000 + round);
    const changes = 1 + Math.floor(draw() * 4);
    for (let change = 0; change < changes; change++) bytes[Math.floor(draw() * length)] = Math.floor(draw() * 256);
    return bytes;
  },
}));

export const doubtfulGgufs = { structured, random };
