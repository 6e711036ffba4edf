import type { Migration } from "./Migration.ts";

/** Reading positions. Chats that used the default model keep the model that wrote their last reply. */
export const places: Migration = `
  ALTER TABLE chats ADD COLUMN place TEXT;
  UPDATE chats SET modelId = (
    SELECT json_extract(model, '$.id') FROM messages
    WHERE chatId = chats.id AND model IS NOT NULL AND json_valid(model) AND json_type(model, '$.id') = 'text'
    ORDER BY sequence DESC LIMIT 1
  ) WHERE modelId IS NULL;
  `;
