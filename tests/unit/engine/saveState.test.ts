import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LoadedModel } from "../../../electron/engine/LoadedModel.ts";
import { saveState } from "../../../electron/engine/read/saveState.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const never = new AbortController().signal;

function loadedWith(saveStateToFile: (path: string) => Promise<{ fileSize: number }>): LoadedModel {
  return { sequence: { nextTokenIndex: 100, needsCheckpoints: false, saveStateToFile } } as unknown as LoadedModel;
}

test("a state that cannot be written does not fail, so that the engine keeps what the model has read", async () => {
  const path = join(await temporaryFolder(), "state.tmp");
  const full = loadedWith(() => Promise.reject(new Error("Failed to save state to file")));
  expect(await saveState(full, path, never)).toBeNull();
  // A disk that takes the file away again, or allows no permissions.
  const gone = loadedWith(() => Promise.resolve({ fileSize: 5 }));
  expect(await saveState(gone, path, never)).toBeNull();
  expect(existsSync(path)).toBe(false);
});

test("a state is described as it was written", async () => {
  const path = join(await temporaryFolder(), "state.tmp");
  const loaded = loadedWith((file) => {
    writeFileSync(file, "state");
    return Promise.resolve({ fileSize: 5 });
  });
  expect(await saveState(loaded, path, never)).toMatchObject({ tokens: 100, sizeBytes: 5 });
});
