import { expect, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { htmlPage, previewOf } from "./support/previewOf.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
});

test("a page with its style and script is shown, pictured, hidden, ended and started anew", async () => {
  const preview = await previewOf(app);
  const page = htmlPage(
    `<!doctype html><link rel="stylesheet" href="style.css"><p id="p">x</p><script src="script.js"></script>`,
    ["style.css", "body { background: rgb(255, 0, 0) }"],
    ["script.js", `document.getElementById("p").textContent = "ran"; console.log("from the script");`],
  );
  await preview.show(page);
  await preview.expectState("running");
  await preview.expectLine("log: from the script");
  expect(await preview.inPage("document.getElementById('p').textContent")).toBe("ran");
  expect(await preview.inPage("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 0, 0)");
  expect(await preview.inPage("document.compatMode")).toBe("CSS1Compat");
  expect(await preview.call("preview.picture")).not.toBeNull();
  await preview.call("preview.place", { bounds: null });
  await preview.call("preview.stop");
  await preview.expectState("stopped");
  expect(await preview.views()).toBe(0);
  expect(await preview.call("preview.picture")).not.toBeNull();
  await preview.call("preview.reload");
  await preview.expectState("running");
  await preview.call("preview.close");
  await preview.expectState("closed");
  expect(await preview.views()).toBe(0);
  expect(await preview.call("preview.picture")).toBeNull();
});
