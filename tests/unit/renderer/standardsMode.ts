// When loaded, KaTeX checks for a page in standards mode, which the real page is.
Object.defineProperty(document, "compatMode", { value: "CSS1Compat" });
