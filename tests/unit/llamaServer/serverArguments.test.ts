import { expect, test } from "vitest";
import { serverSetupSchema } from "../../../electron/contract/llamaServer.ts";
import { serverArguments } from "../../../electron/workbench/llamaServer/serverArguments.ts";

const model = { path: "/models/R1-00001-of-00009.gguf", name: "R1, full" };
const setup = serverSetupSchema.parse({ modelId: "r1", workers: ["10.0.0.2:50052", "[fe80::1]:50052"] });
const experts = (layersInMemory: number, expertLayersInMemory: number) => ({
  by: "experts" as const,
  layersInMemory,
  expertLayersInMemory,
  expertLayers: 58,
});

test("a model gets one name, the chosen context and the workers", () => {
  expect(serverArguments(model, setup, { by: "itself" })).toEqual([
    "--rpc",
    "10.0.0.2:50052,[fe80::1]:50052",
    "--model",
    model.path,
    "--alias",
    "R1  full",
    "--ctx-size",
    "16384",
    "--parallel",
    "1",
    "--offline",
    "--no-webui",
  ]);
});

test.each([
  { placement: { by: "processor" as const }, expected: [] },
  { placement: { by: "itself" as const }, expected: [] },
  { placement: experts(0, 0), expected: ["--n-gpu-layers", "999"] },
  { placement: experts(61, 58), expected: ["--n-gpu-layers", "999", "--cpu-moe"] },
  { placement: experts(40, 37), expected: ["--n-gpu-layers", "999", "--n-cpu-moe", "40"] },
])("$placement is said with $expected", ({ placement, expected }) => {
  const args = serverArguments(model, { ...setup, workers: [] }, placement);
  expect(args.slice(args.indexOf("--no-webui") + 1)).toEqual(expected);
});

test.each([
  "host",
  "host:",
  ":50052",
  "host:0",
  "host:65536",
  "a b:1",
  "host:1,other:2",
  "-host:1",
  "--flag:1",
  "[::1:5",
])("%s is not the address of a worker", (address) => {
  expect(serverSetupSchema.safeParse({ workers: [address] }).success).toBe(false);
});

test.each(["host:50052", "gpu-2.example.org:1", "192.168.1.20:65535", "[::1]:50052"])("%s is one", (address) => {
  expect(serverSetupSchema.parse({ workers: [address] }).workers).toEqual([address]);
});
