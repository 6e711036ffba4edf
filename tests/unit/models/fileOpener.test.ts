import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { createModelUse } from "../../../electron/workbench/engines/modelUse.ts";
import { expectDiskResponse } from "../../../electron/workbench/models/expectDiskResponse.ts";
import { FileOpener, type FileOpenerOptions } from "../../../electron/workbench/models/FileOpener.ts";
import { createLibrary } from "../../../electron/workbench/models/library.ts";
import { openSettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { ggufBytes } from "../../support/GgufPlan.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { tinyLlama } from "../../support/tinyLlama.ts";

const builtInFolder = fileURLToPath(new URL("../../../resources/models", import.meta.url));

/** For machines that do other things at the same time. */
const patience = { timeout: 20_000 };

async function open(given: Partial<FileOpenerOptions> = {}) {
  const home = await temporaryFolder();
  const outside = await temporaryFolder();
  const settings = await openSettingsStore({ home });
  const library = createLibrary({
    builtInFolder,
    home,
    settings,
    use: createModelUse(home),
    inspect: readFacts,
    foreign: () => Promise.resolve([]),
  });
  const opener = new FileOpener({
    library,
    expectResponse: () => Promise.resolve(),
    onChange: () => undefined,
    ...given,
  });
  const read = async (...paths: string[]) => {
    opener.open(paths);
    await vi.waitFor(
      () => expect(opener.state.files.filter(({ look }) => look.state === "reading")).toEqual([]),
      patience,
    );
    return opener.state.files;
  };
  const writeModel = async (name: string): Promise<string> => {
    const path = join(outside, name);
    await writeFile(path, ggufBytes(tinyLlama()));
    return path;
  };
  return { home, outside, settings, library, opener, read, writeModel };
}

test("an opened file is described and nothing else; it is imported when that is chosen, by its id", async () => {
  const { settings, library, opener, read, writeModel } = await open();
  const path = await writeModel("odd $(name) ; 模型.gguf");
  const [file] = await read(path);
  expect(file).toMatchObject({ path, look: { state: "read", isListed: false, model: { name: "Tiny Llama" } } });
  expect(settings.get().linkedModels).toEqual([]);
  expect(await library.list()).toHaveLength(1);

  await expect(opener.add(path)).rejects.toMatchObject({ code: "model-not-found" });
  const added = await opener.add(file?.id ?? "");
  expect(added.source.path).toBe(path);
  expect(settings.get().linkedModels).toEqual([path]);
  expect(opener.state.files).toMatchObject([{ look: { state: "read", isListed: true } }]);
  // A second press adds nothing.
  await opener.add(file?.id ?? "");
  expect(settings.get().linkedModels).toEqual([path]);

  opener.close([file?.id ?? ""]);
  expect(opener.state).toEqual({ files: [], isCut: false });
  await expect(opener.add(file?.id ?? "")).rejects.toMatchObject({ code: "model-not-found" });
});

test("a file that is in the list is found there, also through a link, and a file opened twice is shown once", async () => {
  const { home, outside, read } = await open();
  await mkdir(join(home, "models"));
  const own = join(home, "models", "own.gguf");
  await writeFile(own, ggufBytes(tinyLlama()));
  const link = join(outside, "link.gguf");
  await symlink(own, link);
  const files = await read(link, link, own);
  expect(files).toHaveLength(2);
  for (const { look } of files) {
    expect(look).toMatchObject({ state: "read", isListed: true, model: { owner: "downloads", source: { path: own } } });
  }
});

test("any part of a split model opens the model; if its first part is missing, what was opened is read", async () => {
  const outside = await temporaryFolder();
  const part = (index: number): string => join(outside, `split-0000${index}-of-00003.gguf`);
  for (const index of [1, 2, 3]) await writeFile(part(index), "");
  const read: string[] = [];
  const refused = (): Promise<never> => Promise.reject(new WorkbenchError("model-header-invalid"));
  const { opener } = await open({
    library: {
      at(path) {
        read.push(path);
        return refused();
      },
      link: refused,
    },
  });
  opener.open([part(3)]);
  await vi.waitFor(() => expect(read).toEqual([part(1)]));
  await rename(part(1), join(outside, "gone"));
  opener.open([part(2)]);
  await vi.waitFor(() => expect(read).toEqual([part(1), part(2)]));
});

test("what is no model is refused with its reason, and the others are read", async () => {
  const { outside, read, writeModel } = await open();
  await writeFile(join(outside, "page.gguf"), "<html></html>");
  await writeFile(join(outside, "empty.gguf"), "");
  await symlink("loop.gguf", join(outside, "loop.gguf"));
  const good = await writeModel("good.gguf");
  const files = await read(
    join(outside, "page.gguf"),
    join(outside, "empty.gguf"),
    join(outside, "loop.gguf"),
    join(outside, "gone.gguf"),
    outside,
    "/dev/zero",
    good,
  );
  expect(files.map(({ look }) => (look.state === "refused" ? look.problem.code : look.state))).toEqual([
    "model-not-gguf",
    "model-file-empty",
    "model-file-unreadable",
    "model-file-missing",
    "model-is-folder",
    "model-file-unreadable",
    "read",
  ]);
});

test("what is no path of this machine is refused without a look at any disk", async () => {
  const asked: string[] = [];
  const { read } = await open({
    expectResponse: (path) => {
      asked.push(path);
      return Promise.resolve();
    },
  });
  const files = await read(
    "https://example.com/x.gguf",
    "file://server/x.gguf",
    "x.gguf",
    "/x\0.gguf",
    `/${"a".repeat(5000)}`,
  );
  for (const { look } of files) {
    expect(look).toMatchObject({
      state: "refused",
      problem: { code: "model-file-missing", facts: { case: "badPath" } },
    });
  }
  expect(asked).toEqual([]);
});

test("a disk that never responds holds up neither the other files nor the app, and is tried again on request", async () => {
  const silent = "/mnt/silent/x.gguf";
  let responds = false;
  const { opener, writeModel } = await open({
    limitMs: 1500,
    expectResponse: (path) => (path === silent && !responds ? new Promise(() => undefined) : Promise.resolve()),
  });
  const good = await writeModel("good.gguf");
  opener.open([silent, good]);
  await vi.waitFor(() => expect(opener.state.files[1]?.look.state).toBe("read"), patience);
  await vi.waitFor(
    () =>
      expect(opener.state.files[0]?.look).toMatchObject({
        state: "refused",
        problem: { code: "model-file-unreadable", facts: { case: "silentDisk" } },
      }),
    patience,
  );
  responds = true;
  opener.readAgain(opener.state.files[0]?.id ?? "");
  await vi.waitFor(
    () => expect(opener.state.files[0]?.look).toMatchObject({ problem: { code: "model-file-missing" } }),
    patience,
  );
});

test("of very many files, some are shown, and that there are more is known", async () => {
  const { opener } = await open();
  opener.open(Array.from({ length: 50 }, (_, index) => `/gone/${index}.gguf`));
  expect(opener.state.files).toHaveLength(20);
  expect(opener.state.isCut).toBe(true);
});

test("whether a disk responds is asked in a process of its own, which reads an odd name as a name", async () => {
  const folder = await temporaryFolder();
  for (const path of ["/gone/x.gguf", "/", join(folder, "-e"), "/--version", `/a'"$(touch ${folder}/was-run)`]) {
    await expectDiskResponse(process.execPath, path);
  }
  // A program that does not end stands for a disk that does not respond.
  const stuck = join(folder, "stuck");
  await writeFile(stuck, "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
  await expect(expectDiskResponse(stuck, "/x", 100)).rejects.toMatchObject({
    code: "model-file-unreadable",
    facts: { case: "silentDisk", milliseconds: 100 },
  });
});
