import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FileModel } from "../../../electron/contract/models.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import { deleteModel } from "../../../electron/workbench/models/deleteModel.ts";
import { modelsDisk } from "../../../electron/workbench/models/modelsDisk.ts";
import { modelChoicesSchema } from "../../../electron/contract/models.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const model = (path: string, owner: FileModel["owner"]) =>
  ({ source: { kind: "file", path }, owner, name: "M" }) as FileModel;
const known = (id: string) => ({ id, source: { kind: "file", path: `/${id}.gguf` } }) as const;

test("all parts of a split model go to the trash", async () => {
  const folder = await temporaryFolder();
  const parts = [1, 2].map((part) => join(folder, `big-0000${part}-of-00002.gguf`));
  for (const part of parts) await writeFile(part, "12345");
  const trashed: string[] = [];
  const answer = await deleteModel(model(parts[0] ?? "", "downloads"), async (path) => void trashed.push(path));
  expect(answer).toEqual({ sizeBytes: 10 });
  expect(trashed).toEqual(parts);
});

test("files of others stay, and without a trash nothing is deleted", async () => {
  const trash = () => Promise.reject(new Error("no"));
  const notOurs = { code: "model-not-deletable" };
  await expect(deleteModel(model("/m.gguf", "ollama"), trash)).rejects.toMatchObject(notOurs);
  await expect(deleteModel(model("/m.gguf", "app"), trash)).rejects.toMatchObject(notOurs);
  const failed = { code: "model-trash-failed" };
  await expect(deleteModel(model("/m.gguf", "downloads"), trash)).rejects.toMatchObject(failed);
  await expect(deleteModel(model("/m.gguf", "downloads"), undefined)).rejects.toMatchObject(failed);
});

test("reports the disk of a folder that does not exist yet", async () => {
  const folder = await temporaryFolder();
  const disk = await modelsDisk(join(folder, "not", "yet"));
  expect(disk.freeBytes).toBeGreaterThan(0);
  expect(disk.totalBytes).toBeGreaterThanOrEqual(disk.freeBytes);
});

test("choices are stored by id; a damaged file is set aside", async () => {
  const home = await temporaryFolder();
  const open = modelChoicesSchema.parse({});
  const [a, b] = [known("a"), known("b")];
  await createChoicesStore(home).set(a, { ...open, temperature: 0.3 });
  expect(await createChoicesStore(home).get(a)).toEqual({ ...open, temperature: 0.3 });
  expect(await createChoicesStore(home).get(b)).toEqual(open);
  await writeFile(join(home, "model-choices.json"), "[");
  const store = createChoicesStore(home);
  expect(await store.get(a)).toEqual(open);
  await store.set(b, { ...open, topK: 5 });
  expect(await store.get(b)).toMatchObject({ topK: 5 });
});
