import { createHash } from "node:crypto";
import { readdirSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";
import type { Download, HubFile } from "../../../electron/contract/downloads.ts";
import { downloadId } from "../../../electron/workbench/downloads/DownloadPlan.ts";
import { HubClient } from "../../../electron/workbench/hub/HubClient.ts";
import { HubTransport } from "../../../electron/workbench/hub/HubTransport.ts";
import { findModelFiles } from "../../../electron/workbench/models/modelFiles.ts";
import { treeOf } from "../../support/homes/treeOf.ts";
import { hostilePaths, hostileRepos } from "../../support/hub/hostileNames.ts";
import type { HubFileOptions, HubServer } from "../../support/hub/hubServer.mjs";
import { surroundedHome } from "../../support/surroundedHome.ts";
import { forTest } from "../../support/testNetwork.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openDownloads, openHub } from "./openDownloads.ts";

const name = "model-Q4_K_M.gguf";
const fileOptions: HubFileOptions = { sizeBytes: 1000, seed: 7 };
const file = (hub: HubServer, path: string): HubFile => ({ repo: hub.repo, revision: "main", path });

/** Downloads in a home among canary files. `audit` reports after each whether anything is where it should not be. */
async function openAudited(hub: HubServer) {
  const folder = await temporaryFolder();
  const { home, outside, modelsFolder } = surroundedHome(folder);
  const downloads = openDownloads(hub, home);
  let before = treeOf(folder, modelsFolder);
  const arrived = new Set<string>();
  return {
    ...downloads,
    folder,
    home,
    outside,
    before: () => before,
    /** To be called after a test has changed something itself. */
    settle: () => (before = treeOf(folder, modelsFolder)),
    /** Requests it, waits for its end, and resolves with "kept" or the code it was refused with. */
    async ask(wanted: HubFile): Promise<string> {
      const ended = downloads.until(
        ({ id, status }) => id === downloadId(wanted) && /^(done|failed)$/.test(status.state),
      );
      const begun: unknown = await downloads.client
        .request("start", { file: wanted, acceptUnverified: false })
        .catch((error: unknown) => error);
      if (typeof begun === "object" && begun !== null && "code" in begun) return String(begun.code);
      const { status } = await ended;
      if (status.state === "done") arrived.add(status.path);
      return status.state === "failed" ? status.problem.code : "kept";
    },
    async audit(what: string): Promise<void> {
      expect(treeOf(folder, modelsFolder), what).toEqual(before);
      const listed = await findModelFiles(modelsFolder);
      expect(new Set(listed.map(({ path }) => path)), what).toEqual(arrived);
      expect(new Set(filesBelow(modelsFolder)), what).toEqual(arrived);
    },
  };
}

/** Returns the files in the models folder except the app's own records; anything but regular files counts. */
function filesBelow(modelsFolder: string): string[] {
  const all = readdirSync(modelsFolder, { recursive: true, encoding: "utf8" }).map((path) => join(modelsFolder, path));
  return all.filter((path) => {
    const [first = ""] = relative(modelsFolder, path).split(sep);
    return first !== ".downloads" && first !== ".verified.json" && !lstatSync(path).isDirectory();
  });
}

it("a file requested by any name is refused, or saved where the library lists it", async () => {
  const hub = await openHub({}, { pageEntries: 1000 });
  const audited = await openAudited(hub);
  const names = hostilePaths(audited.outside);
  // The hub has all of them, so anything that is not refused would be downloaded.
  hub.state.files = new Map(names.map(({ path }) => [path, fileOptions]));
  expect(names.length).toBeGreaterThan(100);
  for (const { path, verdict } of names) {
    const outcome = await audited.ask(file(hub, path));
    expect([path, outcome]).toEqual([path, verdict === "kept" ? "kept" : "download-name-refused"]);
    await audited.audit(path);
  }
  const states = (await audited.client.request("list", {})).map(({ status }) => status.state);
  expect(states).toEqual(names.filter(({ verdict }) => verdict === "kept").map(() => "done"));
});

it("a hub that lists such names gets none past the same check", async () => {
  const hub = await openHub({}, { pageEntries: 1000 });
  const audited = await openAudited(hub);
  const names = hostilePaths(audited.outside);
  hub.state.files = new Map(names.map(({ path }) => [path, fileOptions]));
  const transport = new HubTransport({ endpoint: hub.endpoint, token: null, ...forTest() });
  const { models } = await new HubClient(transport).listing(hub.repo, "main");
  await transport.close();
  const harmless = new Set(names.filter(({ verdict }) => verdict === "kept").map(({ path }) => path));
  const listed = models.filter((model) => harmless.has(model.file.path));
  expect(new Set(listed.map((model) => model.file.path))).toEqual(harmless);
  for (const model of models) {
    if (harmless.has(model.file.path)) continue;
    expect(await audited.ask(model.file), model.file.path).toBe("download-name-refused");
    await audited.audit(model.file.path);
  }
});

it("a repository of any name is refused, or has its own folder", async () => {
  const hub = await openHub({ [name]: fileOptions });
  // The hub finds all of them and responds for each.
  hub.state.intercept = (request, response) => {
    if (request.url?.startsWith("/api/models?") === true) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(repos.map((id) => ({ id }))));
      return true;
    }
    const asked = /^(?:\/api\/models)?\/(.+)\/(?:revision|tree|resolve)\//.exec(request.url ?? "")?.[1];
    if (asked !== undefined) request.url = request.url?.replace(asked, hub.repo);
    return false;
  };
  const audited = await openAudited(hub);
  const repos = hostileRepos(audited.outside);
  for (const repo of repos) {
    const outcome = await audited.ask({ repo, revision: "main", path: name });
    const expected = repo === "Owner/Model-GGUF" ? /^kept$/ : /^(hub-not-found|download-name-refused)$/;
    expect(outcome, repo).toMatch(expected);
    await audited.audit(repo);
  }
  const transport = new HubTransport({ endpoint: hub.endpoint, token: null, ...forTest() });
  const found = await new HubClient(transport).search("x");
  await transport.close();
  for (const { repo } of found) {
    expect(await audited.ask({ repo, revision: "main", path: name }), repo).toMatch(/^(kept|download-name-refused)$/);
    await audited.audit(repo);
  }
});

it("files of one repository whose last folders have the same name are saved separately", async () => {
  const files = {
    "q/x.gguf": fileOptions,
    "a/q/x.gguf": { ...fileOptions, seed: 8 },
    "b/q/x.gguf": { ...fileOptions, seed: 9 },
  };
  const hub = await openHub(files);
  const audited = await openAudited(hub);
  for (const path of Object.keys(files)) {
    expect(await audited.ask(file(hub, path)), path).toBe("kept");
    await audited.audit(path);
  }
  const repo = join(audited.modelsFolder, "owner", "model-GGUF");
  const folders = readdirSync(repo).toSorted();
  expect(folders).toEqual(["q", expect.stringMatching(/^q-[0-9a-f]{8}$/), expect.stringMatching(/^q-[0-9a-f]{8}$/)]);
  const hashes = folders.map((folder) =>
    createHash("sha256")
      .update(readFileSync(join(repo, folder, "x.gguf")))
      .digest("hex"),
  );
  expect(new Set(hashes).size).toBe(3);
});

describe("a link that is already in the models folder", () => {
  const id = downloadId({ repo: "owner/model-GGUF", revision: "main", path: name });
  it.each<[place: string, target: string, outcome: string]>([
    ["owner", "", "download-name-refused"],
    ["owner/model-GGUF", "", "download-name-refused"],
    ["owner", "not-there", "download-name-refused"],
    [`owner/model-GGUF/${name}`, "canary.gguf", "download-file-exists"],
    [`owner/model-GGUF/${name}`, "not-there", "download-file-exists"],
    [".downloads", "", "download-name-refused"],
    [".downloads", "not-there", "download-name-refused"],
    [`.downloads/${id}`, "", "download-name-refused"],
    [`.downloads/${id}/part-1`, "canary.gguf", "download-name-refused"],
    [`.downloads/${id}/part-1`, "not-there", "download-name-refused"],
    [`.downloads/${id}/part-1.receipts`, "canary.gguf", "download-name-refused"],
    [`.downloads/${id}/part-1.receipts`, "not-there", "download-name-refused"],
    [`.downloads/${id}/plan.json`, "canary.gguf", "download-name-refused"],
    [`.downloads/${id}/lock`, "canary.gguf", "download-name-refused"],
    [`.downloads/${id}/lock`, "not-there", "download-name-refused"],
    [".verified.json", "canary.gguf", "kept"],
  ])("%s to %j: nothing is written through it", async (place, target, expected) => {
    const hub = await openHub({ [name]: fileOptions });
    const audited = await openAudited(hub);
    const link = join(audited.modelsFolder, place);
    mkdirSync(join(link, ".."), { recursive: true });
    symlinkSync(join(audited.outside, target), link);
    expect(await audited.ask(file(hub, name))).toBe(expected);
    expect(treeOf(audited.folder, audited.modelsFolder)).toEqual(audited.before());
    await audited.client.request("cancel", { downloadId: id });
    expect(treeOf(audited.folder, audited.modelsFolder)).toEqual(audited.before());
  });

  it("and leads to a folder with a left-over download: the download is not resumed", async () => {
    const hub = await openHub({ [name]: fileOptions });
    const audited = await openAudited(hub);
    const planned = join(audited.outside, id);
    mkdirSync(planned);
    const commit = hub.state.commit;
    const part = { path: name, sizeBytes: 1000, sha256: hub.sha256(name) };
    const source = { endpoint: hub.endpoint, commit, parts: [part] };
    const plan = { version: 1, file: file(hub, name), acceptUnverified: false, beganAt: 1, source };
    writeFileSync(join(planned, "plan.json"), JSON.stringify(plan));
    symlinkSync(audited.outside, join(audited.modelsFolder, ".downloads"));
    audited.settle();
    const listed: Download[] = await audited.client.request("list", {});
    expect(listed).toEqual([]);
    await audited.audit("left over");
  });
});
