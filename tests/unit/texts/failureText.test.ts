import { expect, test } from "vitest";
import { errorCodes, type Fact, type Facts, toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import { languages } from "../../../electron/contract/languages.ts";
import { catalogues } from "../../../electron/texts/catalogues.ts";
import { failureLine, failureText } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const english = openTexts("en");

/** Returns each case of a code, with facts for everything it names. */
function casesOf(code: (typeof errorCodes)[number]): Facts[] {
  const parts = catalogues.en.failures[code] as Record<string, string>;
  const names = new Set(
    Object.values(parts).flatMap((text) => Array.from(text.matchAll(/\{\{(\w+)/g), ([, name]) => name)),
  );
  const all = Object.values(parts).join(" ");
  /** Chosen by the fact's format in the texts. */
  const factOf = (name: string): Fact => {
    const format = new RegExp(`\\{\\{${name}, (\\w+)\\}\\}`).exec(all)?.[1];
    return format === undefined ? "X" : format === "list" ? ["X", "Y"] : 5000;
  };
  const facts = Object.fromEntries(Array.from(names, (name = "") => [name, factOf(name)]));
  const chosen = Object.keys(parts).flatMap((part) => part.split("_")[1] ?? []);
  return [facts, ...chosen.map((each) => ({ ...facts, case: each }))];
}

test("every failure says what happened, in every language, with its facts and no placeholders left", () => {
  for (const language of languages) {
    const texts = openTexts(language);
    for (const code of errorCodes) {
      for (const facts of casesOf(code)) {
        const text = failureText(texts, { code, facts });
        expect(text.what, `${language} ${code}`).not.toBe(code);
        for (const part of Object.values(text)) expect(part ?? "", `${language} ${code}`).not.toMatch(/[{}]|undefined/);
      }
    }
  }
});

test("its parts are separate: what happened, what is safe, what to do", () => {
  expect(failureText(english, toProblem(new WorkbenchError("download-mismatch")))).toEqual({
    what: "The file’s hash does not match the one published by the hub.",
    safe: "The file is kept but not used.",
    next: "Resume the download to get the damaged parts again.",
  });
  expect(failureText(english, toProblem(new WorkbenchError("store-corrupt", { case: "inUse" })))).toEqual({
    what: "The chat store is damaged.",
    safe: "Nothing was changed.",
    next: "Close the app and start it again.",
  });
  expect(failureText(english, toProblem(new WorkbenchError("chat-busy"))).safe).toBeNull();
});

test("a sentence that an earlier version stored is shown alone, unchanged", () => {
  const problem = { code: "engine-down", message: "The engine stopped (SIGKILL)." } as const;
  expect(failureText(openTexts("fr"), problem)).toEqual({
    what: "The engine stopped (SIGKILL).",
    safe: null,
    next: null,
  });
  expect(failureLine(english, { ...problem, message: "It stopped. Send the message again." })).toBe(
    "It stopped. Send the message again.",
  );
});

test("sentences in one line are separated by a space, except after a full-width stop", () => {
  const problem = toProblem(new WorkbenchError("store-corrupt", { case: "inUse" }));
  expect(failureLine(english, problem)).toBe(
    "The chat store is damaged. Nothing was changed. Close the app and start it again.",
  );
  expect(failureLine(openTexts("zh-CN"), problem)).not.toMatch(/ /);
});

test("a sentence that ends with a fact gets a full stop before the next one, and never two", () => {
  const missing = toProblem(new WorkbenchError("model-file-missing", { case: "at", path: "/nofile.gguf" }));
  expect(failureLine(english, missing)).toBe(
    "The model file was not found: /nofile.gguf. Check the path, or put the file back.",
  );
  expect(failureLine(openTexts("zh-CN"), missing)).toBe("找不到模型文件：/nofile.gguf。请检查路径，或将文件放回原处。");
  const refused = (reason: string) =>
    failureLine(english, toProblem(new WorkbenchError("model-template-failed", { case: "refused", reason })));
  expect(refused("roles must alternate")).toContain("roles must alternate. Choose another model");
  expect(refused("Roles must alternate!\n")).toContain("Roles must alternate! Choose another model");
  const output = (reason: string) =>
    failureLine(english, toProblem(new WorkbenchError("output-not-written", { case: "otherReason", reason })));
  expect(output("The pipe is closed.")).toContain("written: The pipe is closed. Free some space");
  expect(output("EIO")).toContain("written: EIO. Free some space");
});

test("a limit is written as the language writes numbers", () => {
  const facts = { case: "number", option: "--minutes", least: 0.1, most: 1200, given: "x" } as const;
  expect(failureText(openTexts("fr"), toProblem(new WorkbenchError("usage", facts))).what).toMatch(
    /^--minutes doit être un nombre de 0,1 à 1\s200, et non «\sx\s»\.$/,
  );
});

test("a fact is only text, whatever it contains", () => {
  const path = "$t(shell:quit) {{folder}} <b>&amp; $t(failures:internal.what, {})";
  expect(failureText(english, { code: "file-blocked", facts: { case: "notOurs", path } }).what).toBe(
    `${path} should be one of the app’s own files, but is something else.`,
  );
  const odd = { case: "__proto__", path: "p", count: 3, lng: "fr", context: "inUse", defaultValue: "no" };
  expect(failureText(english, { code: "chat-busy", facts: odd }).what).toBe(
    "A reply is still being written in this chat.",
  );
});

test("mismatches do not compile", () => {
  // @ts-expect-error no such case
  expect(() => new WorkbenchError("store-corrupt", { case: "other" })).not.toThrow();
  // @ts-expect-error a fact is missing
  expect(() => new WorkbenchError("settings-damaged", {})).not.toThrow();
  // @ts-expect-error no such code
  expect(() => new WorkbenchError("no-such-code")).not.toThrow();
  // @ts-expect-error no such key
  expect(english.say("no.such.key")).toBe("no.such.key");
  // @ts-expect-error its fact is missing
  expect(english.say("openLink.message")).toContain("{{target}}");
  // @ts-expect-error a fact of the wrong kind
  expect(english.say("settings:general.contextHint", { most: "many" })).toBeTruthy();
});
