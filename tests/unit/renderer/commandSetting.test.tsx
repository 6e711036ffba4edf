// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { R1Command } from "../../../electron/contract/shell.ts";
import { openApp } from "./openApp.tsx";

const link = "/home/reader/.local/bin/r1";

async function open(command: R1Command, answers: Parameters<typeof openApp>[1] = {}, hash = "#/settings/general") {
  const app = openApp(hash, { "shell.command": () => command, ...answers });
  const term = await screen.findByText("r1 command");
  const row = term.closest("dt")?.nextElementSibling as HTMLElement;
  await waitFor(() => expect(row.querySelector("output")).toBeTruthy());
  return { ...app, row: within(row), element: row };
}

test("the command is installed and removed in Settings, and what terminals still need is said", async () => {
  const { row, named } = await open(
    { state: "absent", link, isOnPath: false },
    {
      "shell.installCommand": () => ({ state: "installed", link, isOnPath: false }),
      "shell.removeCommand": () => ({ state: "absent", link, isOnPath: false }),
    },
  );
  expect(row.getByRole("status").textContent).toContain(link);
  fireEvent.click(row.getByRole("button", { name: "Install the r1 command" }));
  const remove = await row.findByRole("button", { name: "Remove the r1 command" });
  expect(row.getByText(/do not look in this folder yet/)).toBeTruthy();
  fireEvent.click(remove);
  expect(await row.findByRole("button", { name: "Install the r1 command" })).toBeTruthy();
  expect([named("shell.installCommand"), named("shell.removeCommand")]).toEqual([[{}], [{}]]);
});

test("a refused link says why; where there is nothing to do, no button is offered", async () => {
  const { row } = await open(
    { state: "absent", link, isOnPath: true },
    {
      "shell.installCommand": () => {
        throw new WorkbenchError("command-not-linked", { case: "taken", path: link });
      },
    },
  );
  fireEvent.click(row.getByRole("button", { name: "Install the r1 command" }));
  expect((await row.findByRole("alert")).textContent).toContain(`Another file is at ${link}`);
});

test.each<[R1Command, RegExp]>([
  [{ state: "packaged", link: "/usr/bin/r1" }, /^Installed with the app: \/usr\/bin\/r1$/],
  [{ state: "taken", link }, /is left alone/],
  [{ state: "unavailable", file: null }, /Not available from this copy/],
  [{ state: "unavailable", file: "C:\\R1 Workbench\\r1.cmd" }, /C:\\R1 Workbench\\r1\.cmd/],
])("nothing can be done about %o", async (command, words) => {
  const { row } = await open(command);
  expect(row.getByRole("status").textContent).toMatch(words);
  expect(row.queryByRole("button")).toBeNull();
});

test("the menu leads to the row, and does so again", async () => {
  const { element, emit } = await open({ state: "packaged", link: "/usr/bin/r1" });
  expect(document.activeElement).not.toBe(element);
  for (let time = 0; time < 2; time += 1) {
    element.blur();
    emit("shell.action", { action: "showCommand" });
    await waitFor(() => expect(document.activeElement).toBe(element));
    expect(window.location.hash).toBe("#/settings/general");
  }
});

test("an address leads to the row when Settings opens", async () => {
  const { element } = await open({ state: "packaged", link: "/usr/bin/r1" }, {}, "#/settings/general/command");
  await waitFor(() => expect(document.activeElement).toBe(element));
});
