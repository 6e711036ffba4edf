/** The formats whose text is read. `text` is anything that is text: notes, code, Markdown, CSV. */
export type DocumentFormat = "text" | "html" | "pdf" | "docx" | "odt" | "epub";

/** The text of a document. */
export interface DocumentText {
  format: DocumentFormat;
  /** By the document itself. */
  title: string | null;
  /** What `parts` are; null if the format knows neither, so that there is one part. */
  unit: "page" | "chapter" | null;
  parts: string[];
}
