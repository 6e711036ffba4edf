import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { examineProgram, listDevices } from "../../../electron/workbench/llamaServer/examineProgram.ts";
import { scriptedServer } from "../../support/llamaServer/scriptedServer.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const refusal = (what: string) => ({ code: "llama-server-failed", facts: { case: what } });

test("a llama-server says which version it is", async () => {
  const { program } = await scriptedServer();
  expect(await examineProgram(program)).toEqual({ path: program, version: "4711 (0123abc)" });
});

test("what is no llama-server, cannot be run or is too old is refused", async () => {
  const folder = await temporaryFolder();
  const plain = join(folder, "plain.txt");
  await writeFile(plain, "text");
  await expect(examineProgram(plain)).rejects.toMatchObject(refusal("notRunnable"));
  await expect(examineProgram(join(folder, "missing"))).rejects.toMatchObject(refusal("notRunnable"));
  await expect(examineProgram(process.execPath)).rejects.toMatchObject(refusal("notOne"));
  const failing = join(folder, "failing");
  await writeFile(failing, "#!/bin/sh\nexit 4\n");
  await chmod(failing, 0o755);
  await expect(examineProgram(failing)).rejects.toMatchObject(refusal("notOne"));
  const { program } = await scriptedServer({ help: "usage: --ctx-size N --api-key KEY" });
  await expect(examineProgram(program)).rejects.toMatchObject(refusal("tooOld"));
});

test("devices are listed with their memory, those of workers too", async () => {
  const { program } = await scriptedServer({
    devices: [
      "  CUDA0: NVIDIA GeForce RTX 5090 (32109 MiB, 31588 MiB free)",
      "  RPC0: 192.168.1.20:50052 (7924 MiB, 7924 MiB free)",
      "  nonsense",
    ],
  });
  expect(await listDevices(program, ["192.168.1.20:50052"])).toEqual([
    {
      name: "CUDA0",
      description: "NVIDIA GeForce RTX 5090",
      totalBytes: 32_109 * 1024 ** 2,
      freeBytes: 31_588 * 1024 ** 2,
    },
    { name: "RPC0", description: "192.168.1.20:50052", totalBytes: 7924 * 1024 ** 2, freeBytes: 7924 * 1024 ** 2 },
  ]);
});

test("without devices there are none, and a worker that does not answer is named as the reason", async () => {
  const { program } = await scriptedServer();
  expect(await listDevices(program, [])).toEqual([]);
  await expect(listDevices(program, ["gone:50052"])).rejects.toMatchObject(refusal("workers"));
});
