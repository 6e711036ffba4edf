/** Returns the id of Meta's licence for a version of Llama, such as "3.1", and its page. */
export function llamaLicence(version: string): { id: string; url: string } {
  return { id: `llama${version}`, url: `https://www.llama.com/llama${version.replace(".", "_")}/license/` };
}

/** Returns the version of Llama that a licence on the hub belongs to, such as "llama3.1". Null for other licences. */
export function llamaVersionOf(licence: string | null): string | null {
  return /^llama(\d+(?:\.\d+)?)$/i.exec(licence ?? "")?.[1] ?? null;
}
