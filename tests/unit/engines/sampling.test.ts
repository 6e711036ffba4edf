import { describe, expect, it } from "vitest";
import { samplingAdvice } from "../../../electron/engine/gguf/samplingAdvice.ts";
import { samplingFor } from "../../../electron/workbench/engines/sampling.ts";

describe("how tokens are drawn", () => {
  it("follows DeepSeek's advice for R1, whatever the file says", () => {
    const advised = { temperature: 0.6, topP: 0.95, topK: 0, minP: 0, seed: null };
    expect(samplingFor({ family: "r1" })).toEqual(advised);
    expect(samplingFor({ family: "r1", sampling: { temperature: 1.5, topK: 3 } })).toEqual(advised);
  });

  it("follows the file's advice for others, with plain defaults", () => {
    const file = new Map([
      ["general.sampling.temp", 0.7],
      ["general.sampling.top_k", 20],
      ["general.sampling.top_p", 7],
      ["general.sampling.min_p", Number.NaN],
    ]);
    const sampling = samplingAdvice(file);
    expect(sampling).toEqual({ temperature: 0.7, topK: 20, topP: undefined, minP: undefined });
    expect(samplingFor({ family: "other", sampling })).toMatchObject({ temperature: 0.7, topK: 20, topP: 0.95 });
    expect(samplingAdvice(new Map())).toBeUndefined();
    expect(samplingFor({ family: "other" })).toMatchObject({ temperature: 0.8, topK: 40, minP: 0.05 });
  });

  it("follows the user's choice first", () => {
    const wishes = { temperature: 0, topP: 0.5, seed: 7 };
    expect(samplingFor({ family: "r1" }, wishes, { topP: 0.2 })).toMatchObject(wishes);
    const open = { temperature: null, topP: null, seed: null };
    expect(samplingFor({ family: "r1" }, open, { topP: 0.2 })).toMatchObject({
      temperature: 0.6,
      topP: 0.2,
      seed: null,
    });
  });
});

it("can vary where that is asked for, whatever was chosen", () => {
  const fixed = [{ temperature: 0 }, { topP: 0 }];
  for (const wishes of fixed)
    expect(samplingFor({ family: "r1" }, { ...wishes, varied: true })).toMatchObject({ temperature: 0.6, topP: 0.95 });
  for (const choices of [...fixed, { topK: 1 }, { minP: 1 }])
    expect(samplingFor({ family: "r1" }, { varied: true }, choices)).toMatchObject({ temperature: 0.6, topK: 0 });
  const likeliest = { temperature: 0, topK: 1 };
  expect(samplingFor({ family: "other", sampling: likeliest }, { varied: true })).toMatchObject({ temperature: 0.8 });
  expect(samplingFor({ family: "r1" }, { temperature: 1.2, varied: true })).toMatchObject({ temperature: 1.2 });
});

it("prefers a request to the model's choices, and those to advice", () => {
  const choices = { temperature: 0.2, topP: 0.5, topK: null, minP: null };
  const drawn = samplingFor({ family: "r1" }, { temperature: 1 }, choices);
  expect(drawn).toMatchObject({ temperature: 1, topP: 0.5, topK: 0 });
  expect(samplingFor({ family: "r1" }, {}, choices)).toMatchObject({ temperature: 0.2 });
});
