import { type HubServer, startHubServer } from "../support/hub/hubServer.mjs";

const found = [
  { id: "unsloth/DeepSeek-R1-Distill-Qwen-1.5B-GGUF", downloads: 182_400, likes: 412, gated: false },
  { id: "bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF", downloads: 96_120, likes: 233, gated: false },
  { id: "a-company-with-a-long-name/DeepSeek-R1-Distill-Llama-70B-i1-GGUF", downloads: 4210, likes: 12, gated: true },
  { id: "someone/r1-tiny-GGUF", downloads: 3, likes: 0, gated: false },
];
const files = ["Q2_K", "Q4_K_M", "Q5_K_M", "Q8_0"].map((quantization, index) => [
  `DeepSeek-R1-Distill-Qwen-1.5B-${quantization}.gguf`,
  { sizeBytes: 752_880_000 + index * 380_000_000, sha256: `${index}`.repeat(64) },
]);

/** Starts a hub that finds a few repositories and lists the same files for each. It sends no file to its end. */
export async function picturedHub(): Promise<HubServer> {
  const hub = await startHubServer({ files: Object.fromEntries(files), pageEntries: 10 });
  hub.state.fault = () => ({ stallAfter: 5_000_000 });
  hub.state.intercept = (request, response) => {
    const url = new URL(request.url ?? "/", "http://hub");
    if (url.pathname === "/api/models") {
      const words = (url.searchParams.get("search") ?? "").toLowerCase();
      const repos = found.filter(({ id }) => id.toLowerCase().includes(words));
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(repos.map((repo) => ({ ...repo, lastModified: "2026-10-02T03:04:05.000Z" }))));
      return true;
    }
    // Any repository has the files of the only one that the server knows.
    request.url = (request.url ?? "").replace(/^\/api\/models\/[^/]+\/[^/]+\//, `/api/models/${hub.repo}/`);
    return false;
  };
  return hub;
}
