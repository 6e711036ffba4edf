import { expect, it } from "vitest";
import { fileMessage } from "../../../electron/workbench/documents/fileMessage.ts";

it("asks about files in DeepSeek's own form, and without files as it is", () => {
  expect(fileMessage([], "Why?")).toBe("Why?");
  expect(fileMessage([{ name: "a.txt", text: "one" }], "Why?")).toBe(
    "[file name]: a.txt\n[file content begin]\none\n[file content end]\nWhy?",
  );
});
