/** Returns whether code has a React component: a default export, function or class with a capital that returns JSX. */
export function isComponent(code: string): boolean {
  if (!returnsMarkup.test(code)) return false;
  return forms.some((form) => form.test(code));
}

// Nothing that repeats is without a limit: the code is a model's, and may be long.
const returnsMarkup = /(?:\breturn\b|=>)\s{0,200}(?:\(\s{0,200})?<(?:[A-Za-z]|>)/;
const forms = [
  /\bexport\s{1,20}default\b/,
  /\bfunction\s{1,20}[A-Z]\w{0,99}\s{0,20}[(<]/,
  /\b(?:const|let|var)\s{1,20}[A-Z]\w{0,99}\s{0,20}(?::[^=\n]{1,200})?=\s{0,20}(?:React\.)?(?:memo|forwardRef|function|\(|\w{1,99}\s{0,20}=>)/,
  /\bclass\s{1,20}[A-Z]\w{0,99}\s{1,20}extends\s{1,20}(?:React\.)?(?:Pure)?Component\b/,
];
