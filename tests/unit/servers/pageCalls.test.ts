import { expect, test } from "vitest";
import { pageCalls, workbenchCalls } from "../../../electron/contract/calls.ts";

test("no page names a variable whose contents a server gets, or a program", () => {
  const added = { name: "gpu", url: "https://gpu.example.org", keyVariable: "AWS_SECRET_ACCESS_KEY" };
  expect(pageCalls["servers.add"].input.parse(added)).not.toHaveProperty("keyVariable");
  const changed = { serverId: "gpu", keyVariable: "AWS_SECRET_ACCESS_KEY" };
  expect(pageCalls["servers.change"].input.parse(changed)).not.toHaveProperty("keyVariable");
  expect(workbenchCalls["servers.change"].input.parse(changed)).toHaveProperty("keyVariable");
  expect(pageCalls["llamaServer.setUp"].input.parse({ program: "/bin/sh", path: "/bin/sh" })).toEqual({
    modelId: null,
    contextSize: 16_384,
    workers: [],
  });
});
