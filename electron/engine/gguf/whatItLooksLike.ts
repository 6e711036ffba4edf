/** A sentence for a file that does not start as GGUF does, from its first bytes: what it probably is instead. */
export function whatItLooksLike(start: Buffer): string {
  const text = start.toString("latin1");
  const found = signatures.find(({ pattern }) => pattern.test(text));
  if (found !== undefined) return `This is not a GGUF file: ${found.looksLike}`;
  if (start.every((byte) => byte === 0)) {
    return "This is not a GGUF file: it starts with zeros, as a download does that was never filled.";
  }
  return "This is not a GGUF file: it does not start with the letters GGUF.";
}

const signatures = [
  { pattern: /^\s*<(!doctype|html|head|\?xml)/i, looksLike: "it is a web page, perhaps a login or error page." },
  {
    pattern: /^version https:\/\/git-lfs/,
    looksLike: "it is a git-LFS pointer; the model itself was not fetched. Run `git lfs pull`, or download the file.",
  },
  { pattern: /^\s*[{[]/, looksLike: "it looks like JSON, perhaps an error message instead of the model." },
  { pattern: /^PK/, looksLike: "it is a ZIP archive (or a PyTorch checkpoint)." },
  { pattern: /^[\s\S]{8}\{"/, looksLike: "it looks like safetensors; it needs to be converted to GGUF first." },
  { pattern: /^(ggml|lmgg|fmgg|tjgg|ggjt|ggmf)/, looksLike: "it is in the older GGML format that GGUF replaced." },
];
