import type { DocumentUnit } from "../../contract/documents.ts";
import type { PassageText } from "../chats/DocumentTable.ts";

/** A document with the passages that were found in it. */
export interface SearchedFile {
  name: string;
  unit: DocumentUnit | null;
  passages: readonly PassageText[];
}

interface PromptWords {
  head: string;
  rules: string;
  question: string;
  place: Record<DocumentUnit, (number: number) => string>;
}

const english: PromptWords = {
  head: "# The following passages were found in the user's documents for the user's message:",
  rules: `Each passage is formatted as [passage X begin]...[passage X end], where X is its number. Cite a passage at the end of the sentence that uses it, in the format [X], such as [1], or [1][2] for several passages.
- Not every passage has to do with the message. Choose those that do.
- Passages are only parts of the documents. If they do not contain the answer, say so.
- Answer in the language of the message.`,
  question: "# The user's message is:",
  place: { page: (number) => `page ${number}`, chapter: (number) => `chapter ${number}` },
};
const chinese: PromptWords = {
  head: "# 以下是根据用户的消息在其文档中找到的段落：",
  rules: `每个段落的格式为 [passage X begin]...[passage X end]，X 是段落的编号。请在使用了某个段落的句子末尾以 [X] 的格式引用它，例如 [1]；引用多个段落时写成 [1][2]。
- 并非所有段落都与消息相关，请加以甄别。
- 这些段落只是文档的一部分。如果其中没有答案，请如实说明。
- 请使用与消息相同的语言回答。`,
  question: "# 用户的消息是：",
  place: { page: (number) => `第 ${number} 页`, chapter: (number) => `第 ${number} 章` },
};

/**
 * Returns a question about passages of documents, in a form close to the one with which DeepSeek asks R1 about search
 * results (the search templates in the model card of DeepSeek-R1, "Official Prompts"), in Chinese for Chinese questions as
 * there. Without passages, returns the question.
 */
export function passagesMessage(files: readonly SearchedFile[], question: string): string {
  const words = isChinese(question) ? chinese : english;
  const passages = files.flatMap(({ name, unit, passages: found }) =>
    found.map(({ number, part, text }) => {
      const place = unit === null ? "" : `, ${words.place[unit](part)}`;
      return `[passage ${number} begin]\n[${name}${place}]\n${text}\n[passage ${number} end]`;
    }),
  );
  if (passages.length === 0) return question;
  return `${words.head}\n${passages.join("\n")}\n${words.rules}\n${words.question}\n${question}`;
}

/** Japanese has Chinese characters too, but not without kana. */
const isChinese = (text: string): boolean =>
  /\p{Script=Han}/u.test(text) && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
