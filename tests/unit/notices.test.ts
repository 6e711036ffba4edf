import { expect, test } from "vitest";
import { problemOf } from "../../electron/contract/errors.ts";
import { Notices } from "../../electron/workbench/Notices.ts";

test("of several crashes, the last one is shown; other notices stay beside it", () => {
  let shown: string[] = [];
  const notices = new Notices((all) => {
    shown = all.map(({ problem }) => problem.code);
  });
  notices.add(problemOf("app-ended"));
  notices.add(problemOf("sandbox-off"));
  notices.add(problemOf("page-crashed"));
  expect(shown).toEqual(["sandbox-off", "page-crashed"]);
  notices.add(problemOf("page-crashed"));
  expect(shown).toEqual(["sandbox-off", "page-crashed"]);
  // It says more than that the window crashed.
  notices.add(problemOf("chat-plain"), "a chat");
  expect(shown).toEqual(["sandbox-off", "chat-plain"]);
});
