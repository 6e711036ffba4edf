import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const chats = new URL("../../../renderer/features/chats/", import.meta.url);

// Typed text, and text shown as written, takes its direction from its first letter, as determined by the browser.
test.each([
  ["Composer.tsx", "composer-field"],
  ["ChatSettings.tsx", "instructions"],
  ["RenameField.tsx", "rename-field"],
  ["UserMessage.tsx", "user-words"],
  ["ThoughtLine.tsx", "thought-text"],
  ["ChatTitle.tsx", "screen-title"],
])("in %s, %s has dir=auto", (file, name) => {
  const element = new RegExp(`<[a-z0-9]+[^<]*className="${name}"[^<]*`).exec(
    readFileSync(new URL(file, chats), "utf8"),
  );
  expect(element?.[0]).toContain('dir="auto"');
});
