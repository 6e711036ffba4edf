import { join } from "node:path";
import { expect, test } from "vitest";
import { inShippedNode } from "../../support/inShippedNode.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("the error of a copy that cannot be written does not have the key", async () => {
  const home = await temporaryFolder();
  const key = "0123456789abcdef".repeat(4);
  const printed = await inShippedNode(
    (ours) => `
      import { EncryptedSqlite } from ${ours("workbench/sqlite/EncryptedSqlite.ts")};
      const open = { key: ${JSON.stringify(key)}, readOnly: false, timeout: 1000, isUnchanging: false };
      const database = new EncryptedSqlite(${JSON.stringify(join(home, "chats.db"))}, open);
      database.exec("CREATE TABLE chats (words TEXT)");
      const missing = ${JSON.stringify(join(home, "missing", "copy.db"))};
      const errors = [];
      try {
        database.writeInto(missing, open.key);
      } catch (error) {
        errors.push(error);
      }
      await database.copyTo(missing, open.key).catch((error) => errors.push(error));
      database.close();
      console.log(JSON.stringify(errors.map(({ message, stack, errcode }) => ({ message, stack, errcode }))));
    `,
  );
  const errors = JSON.parse(printed) as unknown[];
  expect(errors).toHaveLength(2);
  // SQLITE_CANTOPEN
  for (const error of errors) expect(error).toMatchObject({ errcode: 14 });
  expect(printed).not.toContain(key.slice(0, 16));
});
