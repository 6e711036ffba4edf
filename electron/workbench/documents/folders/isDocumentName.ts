const endings = new Set(
  (
    "txt text md markdown mdx rst adoc org tex bib csv tsv json jsonl yaml yml toml ini cfg conf xml log srt vtt ics vcf " +
    "pdf docx odt epub html htm xhtml xht " +
    "c h cc cpp hpp cs css scss go java js jsx mjs cjs ts tsx kt kts lua php pl py r rb rs sh bash ps1 bat sql swift vue scala jl"
  ).split(" "),
);

/** Returns whether a file of this name may be a document: in a folder, most other files hold no text. */
export function isDocumentName(name: string): boolean {
  const dot = name.lastIndexOf(".");
  return dot > 0 && endings.has(name.slice(dot + 1).toLowerCase());
}
