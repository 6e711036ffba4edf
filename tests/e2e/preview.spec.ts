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

// A page may take half a minute until it is there on a busy machine, and the tests wait for several.
test.describe.configure({ timeout: 180_000 });

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

test("the user clicks an element of a page, which the page neither sees nor can do itself", async () => {
  const preview = await previewOf(app);
  const text = `<body><div><p>One</p><p class="x">Two</p></div><script>
    document.addEventListener("click", () => console.log("the page saw a click"), true);
    window.point = () => ({ selector: "forged", html: "forged" });
  </script>`;
  await preview.show(htmlPage(text));
  await preview.expectState("running");
  await app.page.evaluate(() => {
    const { r1 } = globalThis as unknown as { r1: { call: (name: string, input: object) => Promise<unknown> } };
    const pointed = r1.call("preview.point", {});
    Object.assign(globalThis, { pointed });
  });
  const pointed = (): Promise<unknown> =>
    app.page.evaluate(() => (globalThis as unknown as { pointed: Promise<unknown> }).pointed);
  // The frame is there once the page is listening.
  await expect.poll(() => preview.inPage("document.documentElement.lastElementChild.localName")).toBe("div");
  await preview.inPage("document.querySelector('p').click()");
  const { x, y } = (await preview.inPage(
    "(({ left, top }) => ({ x: left + 5, y: top + 5 }))(document.querySelector('.x').getBoundingClientRect())",
  )) as { x: number; y: number };
  await preview.click(x, y);
  expect(await pointed()).toEqual({
    ok: true,
    value: { selector: "html > body > div > p:nth-of-type(2)", html: '<p class="x">Two</p>' },
  });
  // What is typed next goes into the message.
  await expect.poll(() => preview.hasFocus()).toEqual({ window: true, page: false });
  expect((await preview.lines()).join()).not.toContain("the page saw");
  expect(await preview.inPage("document.documentElement.lastElementChild.localName")).toBe("body");
  // Nothing is left of it.
  await preview.click(x, y);
  await preview.expectLine("the page saw a click");
  const ended = preview.call("preview.point");
  await expect.poll(() => preview.inPage("document.documentElement.lastElementChild.localName")).toBe("div");
  await preview.call("preview.endPointing");
  expect(await ended).toBeNull();
});

test("a link within a page is followed at once after it was shown, with its query and hash", async () => {
  const preview = await previewOf(app);
  await preview.show(
    htmlPage(
      `<!doctype html><p>x</p><script>
        if (location.search === "") location.href = "/?item=2#end";
        else console.log("at", location.search, location.hash);
      </script>`,
    ),
  );
  await preview.expectLine("log: at ?item=2 #end");
});
