/** What `r1 --help` prints. Only what exists. */
export const help = `Chat privately with DeepSeek-R1 and its distills on your own machine.

Usage:
  r1 chat [options] PROMPT           answer one prompt, and text piped to it; it is not kept
  r1 chat [options] --messages FILE  answer a conversation from a JSON file
  r1 chat                            chat in the terminal, or answer the prompt on stdin
  r1 prompt --messages FILE          show exactly what the model would be fed
  r1 inspect FILE                    what a GGUF file says of itself
  r1 models                          the models on this machine
  r1 profile                         this machine: processor, memory, graphics, disk, speeds
  r1 bench [options]                 measure a model's speed, beside llama-bench's figures
  r1 tune [options]                  find the fastest settings for this machine; nothing is changed
  r1 fit MODEL                       whether a model or catalogue entry fits here, and how fast it would be
  r1 download REPO FILE              bring a model from the hub; interrupted, the same command goes on

Options of chat:
  --model MODEL      a model's id or file; left out: the default model
  --messages FILE    [{"role": "user" | "assistant", "content": "…"}, …]; "-" reads stdin
  --seed N           draw the same tokens each time; 0 to 4294967295
  --temperature X    0 to 2; left out: what the model's makers advise
  --max-tokens N     stop after this many tokens
  --no-think         answer without a thought
Options of prompt: --model, --messages, --no-think
Options of profile:
  --measure-again    memory and disk, though measured since the machine started
Options of bench, as llama-bench has them; lists with commas or repeated:
  --model MODEL      as for chat
  -p N, -n N         tests that read or write N tokens: 512 and 128; 0: none
  -pg N,M            a test that reads N, then writes M
  -d N               tokens in the context beforehand: 0
  -r N               timed runs of each test, after a warm-up: 5
  -t N               threads; left out: as for a reply
  -o FORMAT          csv, json, jsonl or md, in llama-bench's columns
  --plan PLAN        standard (deeper tests and R1's case, in 10 minutes) or quick (30 s) instead
  --minutes N        at most so long, loading included; what finds no room is left out, with the reason
Options of tune:
  --model MODEL      as for chat
  --minutes N        how long it may try: 2
  --lossy            also settings that lose a little of what was read
  --apply            make what was found the model's settings
  --undo             put the settings before that back, and try nothing
Options of fit:
  --context N        tokens of context to judge; left out: what the model would get
  --depth N          speeds behind so many tokens of context; left out: 0
  --measure-again    this machine, though measured with this engine before
Options of download:
  --revision R         a branch, tag or commit; left out: main
  --accept-unverified  also a file whose hash the hub does not state

Everywhere:
  --json             one JSON document on stdout, nothing else there
  --help, --version

Exit status: 0 done, 1 failed, 2 not understood, 130 cancelled.
Everything the app writes is in one folder; R1_WORKBENCH_HOME chooses another.
`;
