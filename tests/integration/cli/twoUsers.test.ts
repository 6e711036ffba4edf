import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { chmod, chown, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { r1Entry } from "../../support/cli/runR1.ts";
import { openToOthers } from "../../support/openToOthers.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** Ids that no account has. */
const [anna, ben] = [64_101, 64_102];

function r1(user: number, home: string, ...args: string[]): Promise<{ status: number; stdout: string }> {
  const env = {
    PATH: process.env["PATH"],
    HOME: "/nonexistent",
    TMPDIR: join(home, "..", "tmp"),
    R1_WORKBENCH_HOME: home,
    LC_ALL: "C.UTF-8",
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [r1Entry, ...args, "--json"], { uid: user, gid: user, env }, (error, stdout) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout }),
    );
  });
}

/** Only root may start processes of other users, and they must get at this clone and at Node. */
const isPossible = process.getuid?.() === 0 && [r1Entry, process.execPath].every(isOpenToAll);

function isOpenToAll(path: string): boolean {
  const folder = dirname(path);
  return folder === path || ((statSync(folder).mode & 0o001) !== 0 && isOpenToAll(folder));
}

describe.runIf(isPossible)("two users of one machine", () => {
  async function homes() {
    const folder = await temporaryFolder();
    await chmod(folder, 0o711);
    const home = async (user: number): Promise<string> => {
      const path = join(folder, String(user));
      await mkdir(path, { mode: 0o755 });
      await chown(path, user, user);
      return path;
    };
    // As /tmp is: open to all.
    const temporary = join(folder, "tmp");
    await mkdir(temporary);
    await chmod(temporary, 0o1777);
    return { temporary, ofAnna: await home(anna), ofBen: await home(ben) };
  }

  it("answer at the same time, each in a home that the other cannot open, with nothing left in between", async () => {
    const { temporary, ofAnna, ofBen } = await homes();
    const both = await Promise.all([
      r1(anna, ofAnna, "chat", "What is 17 + 25?"),
      r1(ben, ofBen, "chat", "What is 6 * 7?"),
    ]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(both.map(({ stdout }) => (JSON.parse(stdout) as { answer: string }).answer)).toEqual([
      expect.stringContaining("42"),
      expect.stringContaining("42"),
    ]);
    for (const [user, home] of [
      [anna, ofAnna],
      [ben, ofBen],
    ] as const) {
      expect(await openToOthers(home)).toEqual([]);
      expect((await stat(join(home, "model-use.json"))).uid).toBe(user);
    }
    const { status, stdout } = await r1(ben, ofAnna, "models");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "home-not-made" } });
    expect(await readdir(temporary)).toEqual([]);
  });

  it("a home that belongs to someone else is refused, however open it is", async () => {
    const { ofAnna } = await homes();
    await chmod(ofAnna, 0o777);
    const { status, stdout } = await r1(ben, ofAnna, "chat", "What is 1 + 1?");
    expect({ status, ...(JSON.parse(stdout) as object) }).toMatchObject({
      status: 1,
      error: { code: "home-not-made", facts: { case: "anotherUsers", folder: ofAnna } },
    });
    expect(await readdir(ofAnna)).toEqual([]);
  });
});
