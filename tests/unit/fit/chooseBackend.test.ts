import { expect, test } from "vitest";
import {
  type BackendCandidate,
  type BackendQuestion,
  chooseBackend,
  replySeconds,
} from "../../../electron/workbench/fit/chooseBackend.ts";

const candidate = (backend: BackendCandidate["backend"], seconds: number | null): BackendCandidate => ({
  backend,
  seconds,
  software: false,
  failed: false,
});
const question = (...candidates: BackendCandidate[]): BackendQuestion => ({
  candidates,
  setting: null,
  gpuLayers: null,
  small: false,
  held: null,
});
const [cpu, vulkan] = [candidate("cpu", 100), candidate("vulkan", 50)];

test("the faster one runs the model, whichever it is", () => {
  expect(chooseBackend(question(vulkan, cpu))).toEqual({ backend: "vulkan", why: "faster" });
  expect(chooseBackend(question(candidate("vulkan", 5600), cpu))).toEqual({ backend: "cpu", why: "faster" });
  expect(chooseBackend(question(candidate("cuda", 60), vulkan, cpu)).backend).toBe("vulkan");
  expect(chooseBackend(question(cpu))).toEqual({ backend: "cpu", why: "only" });
});

test("before anything was measured, a real card runs it, and software never does", () => {
  const [unknownCard, unknownCpu] = [candidate("vulkan", null), candidate("cpu", null)];
  expect(chooseBackend(question(unknownCard, unknownCpu))).toEqual({ backend: "vulkan", why: "unmeasured" });
  const software = { ...unknownCard, software: true };
  expect(chooseBackend(question(software, unknownCpu))).toEqual({ backend: "cpu", why: "software" });
  expect(chooseBackend(question(candidate("cuda", null), software, unknownCpu)).backend).toBe("cuda");
});

test("what failed in the trials is not used unless the user chose it", () => {
  const failed = { ...candidate("vulkan", null), failed: true };
  expect(chooseBackend(question(failed, cpu))).toEqual({ backend: "cpu", why: "failed" });
  expect(chooseBackend(question(candidate("cuda", 20), failed, cpu)).backend).toBe("cuda");
  const chosen = chooseBackend({ ...question(failed, cpu), setting: "vulkan" });
  expect(chosen).toEqual({ backend: "vulkan", why: "chosen" });
});

test("the user's choice comes before all figures, as long as it can be used", () => {
  expect(chooseBackend({ ...question(vulkan, cpu), setting: "cpu" })).toEqual({ backend: "cpu", why: "chosen" });
  expect(chooseBackend({ ...question(vulkan, cpu), setting: "cuda" }).why).toBe("faster");
  const slow = candidate("vulkan", 5600);
  expect(chooseBackend({ ...question(slow, cpu), gpuLayers: 20 })).toEqual({ backend: "vulkan", why: "layers" });
  expect(chooseBackend({ ...question(vulkan, cpu), gpuLayers: 0 })).toEqual({ backend: "cpu", why: "layers" });
  expect(chooseBackend({ ...question(vulkan, cpu), gpuLayers: 0, setting: "vulkan" }).backend).toBe("vulkan");
});

test("a small model runs on the processor, unless the user chose otherwise", () => {
  const small = { ...question(vulkan, cpu), small: true };
  expect(chooseBackend(small)).toEqual({ backend: "cpu", why: "small" });
  expect(chooseBackend({ ...small, setting: "vulkan" })).toEqual({ backend: "vulkan", why: "chosen" });
  expect(chooseBackend({ ...small, gpuLayers: 20 })).toEqual({ backend: "vulkan", why: "layers" });
});

test("a loaded model stays where it is unless another backend is faster by a tenth", () => {
  const close = question(candidate("vulkan", 95), cpu);
  expect(chooseBackend(close).backend).toBe("vulkan");
  expect(chooseBackend({ ...close, held: "cpu" }).backend).toBe("cpu");
  expect(chooseBackend({ ...question(candidate("vulkan", 90), cpu), held: "cpu" }).backend).toBe("vulkan");
});

test("reading and writing count as R1 uses them", () => {
  const speed = (value: number) => ({ value, low: value, high: value });
  expect(replySeconds({ reading: speed(128), generation: speed(30.72) })).toBeCloseTo(110);
});
