import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planMove } from "../../../electron/workbench/folder/planMove.ts";
import { isSameFingerprint } from "../../../electron/workbench/models/modelFiles.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function homeWithModel() {
  const home = await temporaryFolder();
  await mkdir(join(home, "models"));
  await writeFile(join(home, "models", "a.gguf"), "model");
  return { home, disk: await temporaryFolder() };
}

const refusal = (home: string, chosen: string | null) =>
  planMove(home, chosen, 0).then(
    () => null,
    (error: { facts?: { case: string } }) => error.facts?.case,
  );

test("a plan says what would be moved, and leaves nothing in the chosen folder", async () => {
  const { home, disk } = await homeWithModel();
  expect(await planMove(home, disk, 0)).toMatchObject({
    kind: "rename",
    from: join(home, "models"),
    to: join(disk, "R1 Workbench models"),
    files: 1,
    bytes: 5,
    isOpenToOthers: false,
  });
  expect(await readdir(disk)).toEqual([]);
  // Nothing that is there is written to.
  await mkdir(join(disk, "R1 Workbench models"));
  expect(await planMove(home, disk, 0)).toMatchObject({ to: join(disk, "R1 Workbench models 2") });
});

test("models are not moved to where they are, into themselves or into the home", async () => {
  const { home, disk } = await homeWithModel();
  await mkdir(join(home, "models", "inside"));
  expect(await refusal(home, null)).toBe("alreadyThere");
  expect(await refusal(home, home)).toBe("insideHome");
  expect(await refusal(home, join(home, "models", "inside"))).toBe("insideHome");
  const linked = await temporaryFolder();
  await mkdir(join(disk, "R1 Workbench models", "inside"), { recursive: true });
  await symlink(join(disk, "R1 Workbench models"), join(linked, "models"));
  expect(await refusal(linked, disk)).toBe("alreadyThere");
  expect(await refusal(linked, join(disk, "R1 Workbench models"))).toBe("alreadyThere");
  expect(await refusal(linked, join(disk, "R1 Workbench models", "inside"))).toBe("insideItself");
});

test.skipIf(process.platform === "win32")("a folder in which others could replace the models is refused", async () => {
  const { home, disk } = await homeWithModel();
  await chmod(disk, 0o777);
  expect(await refusal(home, disk)).toBe("openToOthers");
  // As in /tmp, where nobody can rename what belongs to somebody else.
  await chmod(disk, 0o1777);
  expect(await refusal(home, disk)).toBeNull();
});

test("what is not a folder, or has files of an earlier move in its way, is refused", async () => {
  const { home, disk } = await homeWithModel();
  await writeFile(join(disk, "file"), "");
  expect(await refusal(home, join(disk, "file"))).toBe("notWritable");
  expect(await refusal(home, join(disk, "missing"))).toBe("notWritable");
  await mkdir(join(home, "models.old"));
  expect(await refusal(home, disk)).toBe("leftOver");
});

test.skipIf(process.platform !== "linux")("what cannot be moved as it is stops the move before it begins", async () => {
  const pipe = await homeWithModel();
  execFileSync("mkfifo", [join(pipe.home, "models", "pipe")]);
  expect(await refusal(pipe.home, pipe.disk)).toBe("special");
  const twins = await homeWithModel();
  await writeFile(join(twins.home, "models", "A.gguf"), "another");
  expect(await refusal(twins.home, twins.disk)).toBe("sameName");
});

test("a moved file has the same fingerprint on a disk that keeps times in steps of two seconds, and no other file has", () => {
  expect(isSameFingerprint("10@1000123.456", "10@1000000")).toBe(true);
  expect(isSameFingerprint("10@1000+20@5000", "10@1000+20@5900.5")).toBe(true);
  expect(isSameFingerprint("10@1000", "10@9000")).toBe(false);
  expect(isSameFingerprint("10@1000", "11@1000")).toBe(false);
  expect(isSameFingerprint("10@1000", "10@1000+20@5000")).toBe(false);
});
