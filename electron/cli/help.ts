/** What `r1 --help` prints. Only what exists. */
export const help = `Chat privately with DeepSeek-R1 and its distills on your own machine.

Usage:
  r1 chat [options] PROMPT           answer one prompt, with any text piped to it; not kept
  r1 chat [options] --messages FILE  answer a conversation from a JSON file
  r1 chat                            chat in the terminal, or answer the prompt on stdin
  r1 prompt --messages FILE          show exactly what the model would receive
  r1 inspect FILE                    what a GGUF file says about itself
  r1 models                          the models on this machine
  r1 profile                         this machine: processor, memory, graphics, disk, speeds
  r1 bench [options]                 measure a model's speed, comparable with llama-bench
  r1 tune [options]                  find the fastest settings for this machine; nothing is changed
  r1 fit MODEL                       whether a model or catalogue entry fits here, and how fast it would be
  r1 download REPO FILE              download a model from the hub; run it again to resume

Options of chat:
  --model MODEL      a model's id or file; default: the model for new chats
  --messages FILE    [{"role": "user" | "assistant", "content": "…"}, …]; "-" reads stdin
  --seed N           draw the same tokens each time; 0 to 4294967295
  --temperature X    0 to 2; default: what the model's makers recommend
  --max-tokens N     stop after this many tokens
  --no-think         answer without a thought
Options of prompt: --model, --messages, --no-think
Options of profile:
  --measure-again    measure memory and disk again
Options of bench, as in llama-bench; separate several values with commas, or repeat the option:
  --model MODEL      as for chat
  -p N, -n N         tests that read or write N tokens: 512 and 128; 0: none
  -pg N,M            a test that reads N, then writes M
  -d N               tokens in the context before the test: 0
  -r N               timed runs of each test, after a warm-up: 5
  -t N               threads; default: as for a reply
  -o FORMAT          csv, json, jsonl or md, in llama-bench's columns
  --plan PLAN        standard (deeper tests and R1's case, in 10 minutes) or quick (30 s) instead
  --minutes N        time limit, loading included; tests that do not fit are left out, with the reason
Options of tune:
  --model MODEL      as for chat
  --minutes N        how long it may try: 2
  --lossy            also try settings that lose some precision
  --apply            use the settings found
  --undo             restore the settings before the last tuning, and try nothing
Options of fit:
  --context N        tokens of context to judge; default: what the model would get
  --depth N          predict speeds after this many tokens of context; default: 0
  --measure-again    measure this machine again
Options of download:
  --revision R         a branch, tag or commit; default: main
  --accept-unverified  accept a file whose hash the hub does not state

Everywhere:
  --json             one JSON document on stdout, nothing else there
  --help, --version

Exit codes: 0 success, 1 failure, 2 wrong usage, 130 cancelled.
Everything the app writes is in one folder; set R1_WORKBENCH_HOME to use another.
`;
