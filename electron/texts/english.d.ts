// Written by `npm run texts` from en/*.json.
export interface English {
  apiServer: {
    "title": "This machine as a server",
    "intro": "Editors, scripts and other programs can use the models on this machine in the way they use OpenAI’s. They reach nothing but the models: no chats, files, settings or access tokens. Your own replies come first. While the chats are locked, the server goes on.",
    "switch": "Programs can use the models on this machine",
    "states": {
      "off": "Off. The port is closed.",
      "starting": "Starting…",
      "on": "On, for programs on this machine.",
      "onNetwork": "On, for programs on this machine and in the local network.",
      "onOffline": "On, for programs on this machine. Other machines are refused while Offline is on.",
      "stopping": "Turning off. Replies that are being written for programs stop.",
      "failed": "Off."
    },
    "addressHint": "The address for programs on this machine.",
    "addressHintOff": "The address for programs on this machine, once the server is on.",
    "networkAddress": "Address in the local network",
    "networkAddressHint": "For other machines in the local network.",
    "copyAddress": "Copy address",
    "key": {
      "none": "None yet. It is made when the server is turned on for the first time.",
      "made": "Made {{when}}. It cannot be shown again.",
      "fresh": "Copy the key now. It is not shown again, and it disappears from here when you leave this page.",
      "copy": "Copy key",
      "done": "Done",
      "renew": "Renew key…",
      "hint": "Each program needs it. If it is lost, or someone has it who should not, renew it."
    },
    "renewing": {
      "title": "Renew the key?",
      "text": "Every program that has the present key is refused until you give it the new one. Replies that are being written for programs stop.",
      "programs": "It was last used by {{programs}}.",
      "action": "Renew key"
    },
    "portHint": "If another program uses this port, the server does not start and says so. Leave empty for {{usual}}.",
    "portHintOn": "A change restarts the server, and replies that are being written for programs stop. Leave empty for {{usual}}.",
    "network": {
      "switch": "Other machines in the local network can connect too",
      "hint": "Off: only programs on this machine can connect.",
      "warning": "Any device in the same network can connect, and use your models if it has the key. Connections are not encrypted: whoever can read the network’s traffic can read the key and the texts."
    },
    "origins": {
      "hint": "Web pages whose scripts may connect, by their origin. All others are refused, and nearly no program needs this.",
      "label": "Origin of a web page",
      "add": "Allow",
      "remove": "No longer allow {{origin}}"
    },
    "starts": "Turn the server on when the app starts",
    "contents": "Keep what programs ask and what the models reply, to look at it here",
    "contentsHint": "In memory only, for the requests that are listed below, and off again when the app starts.",
    "examples": {
      "title": "Examples",
      "program": "Program",
      "model": "Model",
      "key": "Put the key in place of {{placeholder}}.",
      "curl": "For a terminal on macOS or Linux, or Git Bash on Windows.",
      "python": "Needs the package openai: pip install openai",
      "javascript": "For Node.js. Needs the package openai: npm install openai",
      "continue": "Goes in the file config.yaml in the folder .continue of your home folder.",
      "zed": "Goes in Zed’s settings.json. The key is entered in Zed’s settings under LLM Providers, and never in this file.",
      "openWebUi": "For a terminal on macOS or Linux, when Open WebUI is started for the first time. Later, it has a form for this: Admin Settings, Connections. If it runs in a container, it reaches this machine only through the local network."
    },
    "requests": {
      "title": "Last requests",
      "none": "No request yet.",
      "noneHint": "The requests of programs are listed here with their speeds, without their texts.",
      "connected_one": "{{count, number}} connection",
      "connected_other": "{{count, number}} connections",
      "running_one": "{{count, number}} running",
      "running_other": "{{count, number}} running",
      "waiting_one": "{{count, number}} waiting",
      "waiting_other": "{{count, number}} waiting",
      "unnamed": "Unnamed program",
      "from": "from {{address}}",
      "stop": "Stop",
      "stopNamed": "Stop the request of {{program}}",
      "show": "Show",
      "showNamed": "Show the texts of the request of {{program}}",
      "waited": "waited {{time}}",
      "told": "It was told: {{words}}",
      "more_one": "Show {{count, number}} more",
      "more_other": "Show {{count, number}} more",
      "columns": {
        "when": "When",
        "program": "Program",
        "read": "Read",
        "written": "Written",
        "first": "First token",
        "speed": "Speed",
        "tokensHint": "In tokens",
        "firstHint": "Time from its turn to the first token",
        "speedHint": "Tokens written per second",
        "actions": "Actions"
      },
      "outcomes": {
        "waiting": "Waiting for its turn",
        "running": "Being written",
        "stopped": "Stopped",
        "failed": "Failed",
        "refused": "Refused: too many were waiting"
      },
      "refused": {
        "title_one": "{{count, number}} refused connection",
        "title_other": "{{count, number}} refused connections",
        "401": "No key or a wrong one",
        "403": "From a web page that is not allowed",
        "421": "Not addressed to this machine"
      }
    },
    "texts": {
      "title": "Texts of the request",
      "prompt": "Prompt",
      "thought": "Thought",
      "answer": "Answer",
      "gone": "They are no longer kept."
    },
    "sign": {
      "on": "Server on",
      "onNetwork": "Server open to network",
      "failed": "Server not started"
    },
    "locked": {
      "on": "The server is on, for programs on this machine.",
      "onNetwork": "The server is on and open to the local network.",
      "off": "Turn off"
    }
  };
  backups: {
    "title": "Backups",
    "text": "All chats are copied once a day, at the first change, and before a backup is restored or the database is changed for a new version. Three copies of today are kept and one of each earlier day, at most ten, none longer than 30 days. They are in the app’s folder: a broken disk takes them with it.",
    "none": "There are no backups yet. The first one is made with the next change.",
    "last": "last one {{when}}",
    "makeNow": "Back up now",
    "making": "Backing up…",
    "made": "Backed up",
    "restoring": "Restoring…",
    "restored": "Restored. What there was before is in the list.",
    "restore": "Restore",
    "restoreNamed": "Restore: {{when}}",
    "yesterday": "Restore from yesterday",
    "lastDay": "Restore from {{day}}",
    "undo": "Undo restore",
    "undone": "The restore is undone",
    "deleteAll": "Delete all…",
    "deleted": "All backups are deleted",
    "columns": {
      "when": "Made",
      "reason": "Why",
      "chats": "Chats",
      "messages": "Messages",
      "size": "Size",
      "actions": "Actions"
    },
    "reasons": {
      "day": "Daily",
      "asked": "On request",
      "migration": "Before an update of the database",
      "restore": "Before a restore"
    },
    "unreadable": "cannot be read",
    "mayContain_one": "Backups may contain it until {{day}}.",
    "mayContain_other": "Backups may contain them until {{day}}.",
    "deleteNow": "Delete backups now…"
  };
  benchmark: {
    "readingModels": "Reading the model folder…",
    "noModel": "There is no model to measure yet. {{get}}",
    "getModel": "Get a model",
    "nothingYet": "Nothing measured yet. A quick run takes about 30 s, and results can be compared.",
    "modelNotYet": "{{name}} has not been measured on this machine yet. A quick run takes about 30 s.",
    "plans": {
      "standard": "Standard",
      "quick": "Quick",
      "custom": "Custom"
    },
    "form": {
      "label": "New benchmark",
      "model": "Model",
      "plan": "Plan",
      "time": "Time at most",
      "atMost": "{{minutes, number}} min",
      "run": "Run benchmark",
      "hints": {
        "standard": "Reads 512 tokens and writes 128 at depths 0, 2,048 and 8,192, then a typical reply of R1, five times each.",
        "quick": "Reads 512 tokens and writes 128 into an empty context, two to five times each.",
        "custom": "Measures each length at each depth."
      },
      "closeOthers": "Close what keeps the processor busy.",
      "depths": "Depths, tokens",
      "repeats": "Repeats",
      "settings": "Settings…",
      "threads": "Threads",
      "threadsHint": "Leave empty to use as many as for a reply. R1 Nano is so small that it uses one. Results with different numbers of threads cannot be compared.",
      "wrongLength": "Enter whole numbers up to {{most, number}}, separated by commas.",
      "noLength": "Enter at least one length to read or to write.",
      "tooManyTests_one": "This is {{count, number}} test. At most {{most, number}} can be measured at once.",
      "tooManyTests_other": "These are {{count, number}} tests. At most {{most, number}} can be measured at once.",
      "takes": "About {{seconds, roughly}}.",
      "takesMost": "At most {{minutes, number}} min.",
      "wrongRepeats": "Enter a number of repeats from 1 to {{most, number}}.",
      "settingsLabel": "Settings of the benchmark",
      "reading": "Read, tokens",
      "writing": "Write, tokens",
      "problems": "Problems to solve",
      "noProblems": "None",
      "level": "Level",
      "suited": "Suited to the model",
      "thenProblems": "Then the model solves problems with known results; how long that takes is known after the first one."
    },
    "running": {
      "label": "Running benchmark",
      "progress": "Benchmark",
      "stop": "Stop",
      "stopping": "Stopping…",
      "queued": "Waiting for the current reply to finish",
      "hashing": "Computing the model file’s SHA-256",
      "loading": "Loading the model",
      "measuring": "Measuring",
      "firstToken": "Measuring the time to the first token",
      "warmingUp": "{{test}}: warming up",
      "timedRun": "{{test}}: timed run {{run, number}} of {{repeats, number}}",
      "left": "{{time}} left",
      "leftUnknown": "Estimating the time left…",
      "goesOn": "The benchmark continues while you use other screens. Replies wait until it is done.",
      "soFar": "Measured so far",
      "runsDone": "{{done, number}} of {{repeats, number}}",
      "replyWaits": "A reply is waiting for the benchmark to finish.",
      "solving": "Solving problem {{number, number}} of {{wanted, number}}",
      "solved": "{{right, number}} of {{asked, number}} right so far"
    },
    "ended": {
      "doneIn": "Done in {{time}}.",
      "stopped": "Stopped. {{kept}}",
      "nothing": "Nothing was measured.",
      "kept_one": "The result of {{count, number}} test is kept.",
      "kept_other": "The results of {{count, number}} tests are kept.",
      "notInHistory": "The result is shown below, but it is not in the history.",
      "exportNow": "Export it now if you need it.",
      "afterCrash": "Run it again. If the engine stops again, try the quick plan or a smaller model."
    },
    "result": {
      "label": "Result",
      "endings": {
        "stopped": "stopped",
        "engine-died": "engine crashed",
        "failed": "failed"
      },
      "caption": "Speeds of {{name}}, {{when}}",
      "notReported": "not reported by the system",
      "conditions": "All conditions",
      "took": "took {{time}}",
      "otherPrograms_one": "other programs used {{cores}} core",
      "otherPrograms_other": "other programs used {{cores}} cores"
    },
    "table": {
      "test": "Test",
      "speed": "tok/s",
      "spread": "Spread",
      "spreadHint": "Half the width of the middle half of the timed runs",
      "runs": "Timed runs",
      "range": "{{low}} to {{high}}",
      "discarded_one": "{{test}}: {{count, number}} run not counted, because the machine was asleep.",
      "discarded_other": "{{test}}: {{count, number}} runs not counted, because the machine was asleep.",
      "inOrder": "Timed runs in order: {{figures}} tok/s",
      "does": "What it does",
      "plusMinus": "± {{half}}"
    },
    "test": {
      "deep": "{{test}} at depth {{depth, number}}",
      "reading": "Reads {{read, tokens}}",
      "writing": "Writes {{written, tokens}}",
      "both": "Reads {{read, tokens}}, then writes {{written, number}}",
      "inEmpty": "{{what}} into an empty context",
      "after": "{{what}} after {{depth, number}}"
    },
    "noisy": "noisy",
    "noisyBecause": "Noisy: {{reasons}}",
    "noise": {
      "other-load_all": "Other programs used {{share, percent}} of the processor during the measurements.",
      "other-load_reading": "Other programs used {{share, percent}} of the processor while reading was measured.",
      "other-load_writing": "Other programs used {{share, percent}} of the processor while writing was measured.",
      "other-load_test": "Other programs used {{share, percent}} of the processor during {{test}}.",
      "other-load_deep": "Other programs used {{share, percent}} of the processor during {{test}} at depth {{depth, number}}.",
      "stolen": "The host of this virtual machine took away {{share, percent}} of its processor time.",
      "spread_test": "The timed runs of {{test}} vary widely: their middle half spans {{share, percent}} of the median.",
      "spread_deep": "The timed runs of {{test}} at depth {{depth, number}} vary widely: their middle half spans {{share, percent}} of the median.",
      "throttled": "The processor slowed down because of heat.",
      "power_mains": "The machine was plugged in during the measurements.",
      "power_battery": "The machine switched to battery during the measurements.",
      "power_unknown": "The power source changed during the measurements.",
      "slept": "The machine was asleep during the measurement.",
      "told-earlier": "{{sentence}}"
    },
    "leftOut": {
      "context": "The model’s context holds {{most, tokens}} at most.",
      "memory": "There is not enough memory for a context of {{context, tokens}}.",
      "time_tooLong": "It would take about {{needed, roughly}}, and the time left for it is {{left, roughly}}.",
      "time_unfinished": "Its first timed run was not finished after {{spent, roughly}}.",
      "time_over": "The time was up.",
      "stopped_byPerson": "The benchmark was stopped.",
      "stopped_byFailure": "The benchmark failed.",
      "told-earlier": "{{sentence}}"
    },
    "recheck": {
      "label": "Check again",
      "llama": "llama.cpp was {{was}} and is now {{is}}.",
      "library": "node-llama-cpp was {{was}} and is now {{is}}.",
      "backend": "The backend was {{was}} and is now {{is}}.",
      "driver": "The graphics driver was {{was}} and is now {{is}}.",
      "driver_added": "The graphics driver {{is}} is new.",
      "driver_removed": "The graphics driver {{was}} is no longer there.",
      "offer": "{{changes}} The last result of {{name}} was measured before this change.",
      "start": "Check again (30 s)",
      "speed_faster": "{{amount, percent}} faster than on {{since, dayAndTime}} with the same settings.",
      "speed_slower": "{{amount, percent}} slower than on {{since, dayAndTime}} with the same settings.",
      "speed_same": "As fast as on {{since, dayAndTime}} with the same settings.",
      "reading_faster": "Reading is {{amount, percent}} faster.",
      "reading_slower": "Reading is {{amount, percent}} slower."
    },
    "comparison": {
      "label": "Comparison",
      "close": "Close comparison",
      "loading": "Comparing…",
      "same": "Comparable. The conditions are the same.",
      "comparable": "Comparable. These conditions differ: {{differences}}.",
      "incomparable": "Not comparable. These conditions differ: {{differences}}.",
      "difference": "{{condition}} ({{values}})",
      "caption": "Median tok/s, compared with {{first}}",
      "notMeasured": "not measured",
      "unclear": "no clear difference",
      "faster": "{{amount, percent}} faster",
      "slower": "{{amount, percent}} slower",
      "between": "{{change}} ({{near, number}} to {{far, number}})",
      "differences": "Conditions that differ",
      "condition": "Condition",
      "matters": "affects the speed"
    },
    "condition": {
      "processor": "processor",
      "usableCores": "usable cores",
      "graphics": "graphics",
      "memoryBytes": "memory",
      "backend": "backend",
      "threads": "threads",
      "batchSize": "batch size",
      "microBatchSize": "micro-batch size",
      "flashAttention": "flash attention",
      "kvCacheType": "KV cache type",
      "memoryMapped": "memory mapping",
      "largePages": "large memory pages",
      "gpuLayers": "GPU layers",
      "powerSource": "power",
      "powerMode": "power mode",
      "throttled": "slowed down by heat",
      "model": "model",
      "modelFile": "model file",
      "llamaRelease": "llama.cpp",
      "libraryVersion": "node-llama-cpp",
      "driver": "graphics driver",
      "appVersion": "app version",
      "contextSize": "context",
      "system": "operating system",
      "celsius": "temperature",
      "noisy": "noise"
    },
    "value": {
      "on": "on",
      "off": "off",
      "yes": "yes",
      "no": "no",
      "none": {
        "graphics": "none",
        "driver": "none"
      },
      "unknown": {
        "flashAttention": "not known",
        "powerSource": "not known",
        "powerMode": "not known",
        "throttled": "not known",
        "celsius": "not known"
      },
      "noisy": "noisy",
      "quiet": "quiet",
      "mains": "mains",
      "battery": "battery",
      "about": "about {{degrees, number}} °C",
      "allOnCpu": "all on the CPU",
      "allOnGpu": "all on the GPU",
      "someOnGpu": "{{gpu, number}} of {{all, number}} on the GPU"
    },
    "facts": {
      "model": "Model",
      "quantization": "Quantization",
      "weights": "Weights",
      "file": "File",
      "fileNumber": "File {{number, number}}",
      "fileFacts": "{{name}}, {{size, bytes}}, SHA-256 {{sha256}}",
      "engine": "Engine",
      "backend": "Backend",
      "driver": "Graphics driver",
      "threads": "Threads",
      "batch": "Batch size",
      "batchFacts": "{{batch, tokens}}, micro-batch {{microBatch, tokens}}",
      "flashAttention": "Flash attention",
      "byLlama": "chosen by llama.cpp",
      "kvCacheType": "KV cache type",
      "memoryMapped": "Memory mapping",
      "largePages": "Large memory pages",
      "gpuLayers": "GPU layers",
      "layersOf": "{{gpu, number}} of {{all, number}}",
      "context": "Context",
      "seed": "Seed",
      "processor": "Processor",
      "processorFacts": "{{name}}, {{cores}}, {{threads}} usable",
      "cores_one": "{{count, number}} core",
      "cores_other": "{{count, number}} cores",
      "graphics": "Graphics",
      "noGraphics": "none that can be used",
      "memory": "Memory",
      "memoryFacts": "{{total, bytes}}, {{free, bytes}} free at the start",
      "system": "System",
      "power": "Power",
      "charge": "battery at {{charge, percent}}",
      "powerMode": "mode {{mode}}",
      "temperature": "Temperature",
      "degrees": "{{degrees, number}} °C",
      "throttled": "slowed down by heat",
      "notThrottled": "not slowed down by heat",
      "app": "App",
      "machine": "Machine ID"
    },
    "threads_one": "{{count, number}} thread",
    "threads_other": "{{count, number}} threads",
    "history": {
      "label": "History",
      "model": "Model",
      "allModels": "All models",
      "machine": "Machine",
      "thisMachine": "This machine",
      "allMachines": "All machines",
      "none": "There are no results of this model on this machine.",
      "caption": "Results, newest first",
      "selectOne": "Select {{name}}, {{when}}",
      "row": "{{name}}, {{when}}",
      "measured": "When",
      "conditions": "Conditions",
      "reading": "Reading",
      "writing": "Writing",
      "show": "Show this result",
      "showAll": "Show all {{count, number}} results",
      "otherMachine": "another machine",
      "selectHint": "Select two or more results to compare them.",
      "selected_one": "{{count, number}} selected",
      "selected_other": "{{count, number}} selected",
      "compare": "Compare",
      "remove": "Remove…",
      "removeTitle_one": "Remove this result?",
      "removeTitle_other": "Remove these {{count, number}} results?",
      "removeDetail": "This cannot be undone. Files that you exported are kept.",
      "removeAction": "Remove",
      "note": "Differences from the run before, same model and plan",
      "change": "Change",
      "same": "same",
      "sameHint": "Within the spread, or less than 2 %",
      "noChange": "There is no earlier run that this one can be compared with",
      "incomparable_one": "not comparable: {{conditions}} differs",
      "incomparable_other": "not comparable: {{conditions}} differ",
      "onBattery": "on battery",
      "compareMode": "Compare…",
      "doneSelecting": "Done",
      "solved": "{{right, number}} of {{asked, number}} problems right"
    },
    "chart": {
      "byDepth": "Writing, tok/s, by tokens in context ({{test}})",
      "byDepthSummary": "{{first, speed}} at a depth of {{least, tokens}}, {{last, speed}} at {{most, tokens}}.",
      "overTime": "{{test}} over time, tok/s",
      "overTimeSummary": "{{test}} in {{count, number}} results, oldest first. The history’s table has the figures.",
      "series": "{{backend}}, {{threads}}, batch {{batch, number}}",
      "resultOf": "{{when}}, llama.cpp {{release}}",
      "point": "{{what}}: {{speed, speed}}, spread {{low, speed}} to {{high, speed}}",
      "noisyPoint": "{{what}}: {{speed, speed}}, spread {{low, speed}} to {{high, speed}}, noisy",
      "ofSeries": "{{name}}, {{what}}",
      "summary": "{{title}}. {{summary}}"
    },
    "picture": {
      "heading": "R1 Workbench benchmark, {{day}}",
      "model": "{{quantization}}, {{weights}}, {{size, bytes}}",
      "firstToken": "first token after {{time}}",
      "loaded": "loaded in {{time}}",
      "memory": "peak memory {{memory, bytes}}",
      "runs_one": "median and spread of at least {{count, number}} timed run",
      "runs_other": "median and spread of at least {{count, number}} timed runs",
      "machineMemory": "{{memory, bytes}} of memory",
      "batch": "batch {{batch, number}}",
      "cache": "KV cache {{type}}",
      "attentionOn": "flash attention on",
      "attentionOff": "flash attention off",
      "mains": "on mains",
      "battery": "on battery"
    },
    "export": {
      "label": "More",
      "copy": "Copy as {{format}}",
      "save": "Save as {{format}}…",
      "savePicture": "Save picture…",
      "copied": "Copied.",
      "saved": "Saved as {{name}}.",
      "copyTable": "Copy table"
    },
    "server": {
      "asks": "Sends {{requests, number}} prompts of random words to {{place}}: about {{prompt, tokens}} to read, and up to {{written, tokens}} to write.",
      "leaves": "They leave this machine, and the server may charge for them.",
      "stays": "The server runs on this machine, so nothing leaves it.",
      "keepFree": "Other requests to the server change the result.",
      "prompt": "Prompt, tokens",
      "written": "Write at most, tokens",
      "repeats": "Repeats",
      "wrongNumber": "Enter whole numbers: {{least, number}} to {{mostPrompt, number}} tokens to read, {{least, number}} to {{mostWritten, number}} to write, and 1 to {{mostRepeats, number}} repeats.",
      "warmingUp": "First request, which is not counted",
      "timedRun": "Timed run {{number, number}} of {{repeats, number}}",
      "goesOn": "The benchmark continues while you use other screens. Stopping it ends the request at once.",
      "finished": "Run {{number, number}}: first token after {{time}}, {{speed}}",
      "finishedWithout": "Run {{number, number}}: first token after {{time}}",
      "failedSoFar_one": "{{count, number}} run failed",
      "failedSoFar_other": "{{count, number}} runs failed",
      "measuredAt": "{{model}} on {{place}}, measured over the connection by this app’s clock.",
      "notComparable": "Not comparable with models on this machine.",
      "plan": "{{prompt, tokens}} read, up to {{written, number}} written",
      "figure": {
        "firstToken": "First token",
        "writing": "Writing, tok/s",
        "serverReading": "Reading, server’s clock, tok/s",
        "serverWriting": "Writing, server’s clock, tok/s"
      },
      "columns": {
        "figure": "Figure",
        "median": "Median",
        "spread": "Middle half",
        "range": "Range",
        "runs": "Runs"
      },
      "countedByServer": "The server counted the tokens.",
      "countedPieces": "The server does not count tokens, so each piece of text counts as one.",
      "countedBoth": "The server did not count the tokens of every run. Where it did not, each piece of text counts as one.",
      "promptSize": "It counted {{least, number}} to {{most, tokens}} in a prompt.",
      "promptSame": "It counted {{most, tokens}} in each prompt.",
      "cached": "It had read up to {{cached, tokens}} of a prompt before.",
      "endedEarly_one": "{{count, number}} reply ended before {{tokens, tokens}}.",
      "endedEarly_other": "{{count, number}} replies ended before {{tokens, tokens}}.",
      "withoutSpeed_one": "{{count, number}} run has no speed of writing: its text came all at once, or the server counted tokens that it did not send.",
      "withoutSpeed_other": "{{count, number}} runs have no speed of writing: their text came all at once, or the server counted tokens that it did not send.",
      "askedAgain_one": "{{count, number}} request was sent again, because the server was busy or did not know a field. The times are those of the last request.",
      "askedAgain_other": "{{count, number}} requests were sent again, because the server was busy or did not know a field. The times are those of the last request of each run.",
      "notCounted": "Run {{number, number}} is not counted: {{reason}}",
      "clocks": "The server’s clock leaves out the connection, and the time for which a request waited.",
      "headlineFirstToken": "first token",
      "label": "Result of a server",
      "history": "Servers",
      "historyHint": "Differences from the run before, same server, model and lengths",
      "nothingYet": "{{name}} on {{place}} has not been measured yet.",
      "caption": "Results of servers, newest first",
      "kept_one": "The result of {{count, number}} run is kept.",
      "kept_other": "The results of {{count, number}} runs are kept.",
      "sooner": "{{amount, percent}} sooner",
      "later": "{{amount, percent}} later",
      "conditions": {
        "server": "Server",
        "software": "Software",
        "model": "Model",
        "named": "Model, as the server names it",
        "where": "Where",
        "plan": "Lengths",
        "app": "App"
      },
      "softwareUnknown": "not recognized",
      "picture": "R1 Workbench benchmark of a server, {{day}}"
    },
    "terminal": {
      "lastSpeed": "{{step}}, {{speed}}",
      "left": "{{step}}; {{seconds, roughly}} left",
      "noisy": "{{step}} (noisy)",
      "finished": "{{test}}: {{speed}}",
      "model": "{{name}}, {{quantization}}, {{size, bytes}}; llama.cpp {{release}} on {{backend}}",
      "columns": {
        "test": "test",
        "depth": "depth",
        "speed": "tok/s",
        "spread": "middle half",
        "range": "range",
        "runs": "runs"
      },
      "allOnCpu": "all layers on the CPU",
      "layers": "{{gpu, number}} of {{all, number}} layers on the GPU",
      "facts": "{{facts}}.",
      "leftOut_one": "Left out: {{tests}}. {{reason}}",
      "leftOut_other": "Left out: {{tests}}. {{reason}}",
      "slept": "The machine was asleep during runs of {{tests}}; these runs do not count.",
      "progress": "{{step}}, {{fraction, percent}}"
    },
    "headline": {
      "writing": "tok/s writing",
      "reading": "tok/s reading"
    },
    "pace": {
      "slow": "It writes more slowly than you read aloud.",
      "aloud": "It writes faster than you read aloud.",
      "silent": "It writes faster than you read.",
      "times": "It writes more than {{times, number}} times as fast as you read.",
      "beyond": "It writes far faster than anyone can read.",
      "page": "It reads a page of 500 words in about {{time}}."
    },
    "solve": {
      "right": "Problems solved: {{share}}.",
      "share": "{{right, number}} of {{asked, number}}, {{share}}",
      "range": "{{value}} ({{low}} to {{high}})",
      "cost": "Each right answer took {{seconds}} and {{tokens}}, wrong ones included.",
      "noneRight": "No answer was right, so there is no time to a right answer.",
      "endedEarly": "It ended after {{asked, number}} of {{wanted, number}} problems.",
      "which": "Level: {{level}}; seed {{seed}}. The ranges contain the true figure in 95 of 100 cases.",
      "levels": {
        "nano": "R1 Nano’s own",
        "easy": "easy",
        "medium": "medium",
        "hard": "hard",
        "mixed": "easy, medium and hard"
      },
      "label": "Problems solved",
      "perRightTokens": "Tokens for each right answer",
      "perRightSeconds": "Time to a right answer",
      "figure": "Figure",
      "rightAnswers": "Right answers",
      "none": "none was right",
      "otherProblems": "They solved different problems, so these figures cannot be compared.",
      "sooner": "sooner",
      "later": "later",
      "unclear": "no clear difference"
    }
  };
  chatLock: {
    "locked": {
      "title": "Your chats are locked",
      "unreadable": "Your chats cannot be unlocked",
      "text": "They are encrypted on this disk. Downloads go on meanwhile.",
      "passphrase": "Passphrase",
      "show": "Show the passphrase",
      "hide": "Hide the passphrase",
      "unlock": "Unlock",
      "unlocking": "Unlocking…",
      "wrong": "That is not the passphrase. Try again.",
      "usePassphrase": "Use the passphrase instead",
      "useKeychain": "Unlock with the keychain instead",
      "showFolder": "Show the app’s folder",
      "forgotten": "Forgot your passphrase?",
      "forgottenText": "Nobody can read the chats without it: not you, not the makers of this app, nobody. There is no other way in. If you may still remember it, you can try as often as you like.",
      "keychainLost": "The keychain does not unlock them?",
      "keychainLostText": "You have not set a passphrase. If the keychain no longer has the key, nobody can read the chats any more.",
      "eraseText": "If you give the chats up, you can erase them, with their backups, and start without any.",
      "erase": "Erase the locked chats…"
    },
    "working": {
      "encrypting": "Encrypting your chats…",
      "decrypting": "Decrypting your chats…",
      "text": "This can take a few minutes if you have many. If it is interrupted, it is completed or undone when the chats are next opened, and nothing is lost."
    },
    "setting": {
      "off": "Anyone who gets at this disk or at a copy of the app’s folder can read your chats, unless the disk itself is encrypted.",
      "decrypted": "No longer encrypted, but earlier backups still are. Stop encrypting again to decrypt them.",
      "turnOn": "Encrypt the chats…",
      "passphrase": "On. A passphrase unlocks the chats.",
      "keychain": "On. The system’s keychain unlocks the chats, without asking.",
      "both": "On. The system’s keychain unlocks the chats at the start, without asking; your passphrase unlocks them too.",
      "lockNow": "Lock now",
      "change": "Change the passphrase…",
      "set": "Set a passphrase…",
      "turnOff": "Stop encrypting…",
      "useKeychain": "Unlock the chats with the system’s keychain",
      "keychainHint": "They open at the start without asking. Anyone who can use your account can then read them.",
      "onlyKey": "Set a passphrase before you turn this off: so far, only the keychain unlocks the chats.",
      "onlyIfOn": "Once the chats are encrypted."
    },
    "turnOn": {
      "title": "Encrypt your chats",
      "protects": "This protects your chats, with their drafts, documents and backups, from",
      "protected": {
        "disk": "someone who has this disk, or a copy of the app’s folder or of its backups",
        "account": "another account on this machine"
      },
      "leaves": "It does not protect",
      "open": {
        "inUse": "chats that are unlocked, from anyone who sits at this machine and from other programs of your account",
        "others": "what is not in the chats: models, prompt presets, settings, logs, damaged chats that were set aside, and whatever you exported or saved",
        "memory": "what is in memory while the chats are unlocked, and what the system writes of it to its swap or hibernation file"
      },
      "states": "What models have read of your chats is not kept on the disk any more, so a model reads a chat again when you come back to it.",
      "keys": "Unlock with",
      "key": {
        "passphrase": "A passphrase",
        "passphraseMeaning": "It is asked for at each start, and after the chats were locked.",
        "keychain": "The system’s keychain",
        "keychainMeaning": "The chats open at the start without asking. Anyone who can use your account can read them.",
        "both": "Both",
        "bothMeaning": "The keychain opens the chats without asking. The passphrase opens them if the keychain is lost, or on another machine."
      },
      "noKeychain": "This system has no keychain that can keep the key, so only a passphrase can unlock the chats.",
      "forgotten": "If you forget the passphrase, your chats are lost. Nobody can restore them, not even the makers of this app.",
      "keychainLost": "If the keychain loses the key, for example with a new account or a new installation of the system, your chats are lost. A passphrase would still open them.",
      "next": "Continue",
      "confirmTitle": "Confirm that nobody else can unlock your chats",
      "confirm": "There is no copy of the passphrase and no way around it. Write it down and keep it in a safe place, or keep it in a password manager, before you go on.",
      "confirmKeychain": "There is no copy of the key and no way around it. Whoever loses the keychain loses the chats.",
      "remains": "What was written to the disk before is overwritten as far as the system allows. On an SSD, a laboratory may still find traces of it.",
      "temporary": "Temporary chats end now. Make a copy of what you still need from them.",
      "understood": "I understand that nobody can read my chats if the passphrase is forgotten",
      "understoodKeychain": "I understand that nobody can read my chats if the keychain loses the key",
      "back": "Back",
      "start": "Encrypt the chats"
    },
    "new": {
      "first": "New passphrase",
      "again": "The same again",
      "hint": "At least {{least, number}} characters. Four or five random words are easier to remember, and harder to guess, than one word with digits.",
      "tooShort": "At least {{least, number}} characters are needed.",
      "different": "The two are not the same."
    },
    "change": {
      "title": "Change the passphrase",
      "setTitle": "Set a passphrase",
      "before": "Present passphrase",
      "save": "Change",
      "set": "Set",
      "saving": "One moment…",
      "remove": "Remove the passphrase",
      "removeHint": "Then only the keychain unlocks the chats.",
      "earlier": "Whoever knows the earlier passphrase can still open the chats if they have an earlier copy of chat-lock.json, from the app’s folder. To shut out somebody who knows the earlier one, stop encrypting and encrypt again."
    },
    "turnOff": {
      "title": "Stop encrypting the chats",
      "text": "The chats and their documents are written to the disk unencrypted, where anyone who gets at it can read them. Temporary chats end.",
      "backupsText": "Earlier backups are decrypted, so that they can be restored again. Temporary chats end.",
      "eraseText": "If you do not have the passphrase any more, you can erase these backups. Your chats stay.",
      "erase": "Erase the encrypted backups…",
      "confirm": "Stop encrypting"
    }
  };
  chats: {
    "new": "New chat",
    "untitled": "Untitled",
    "you": "You",
    "reply": "Reply",
    "copied": "Copied",
    "edit": "Edit",
    "editedBy": "{{name}}, edited by you",
    "stop": "Stop",
    "list": {
      "label": "Chats",
      "none": "Your chats will appear here.",
      "groups": {
        "temporary": "Temporary",
        "pinned": "Pinned",
        "today": "Today",
        "yesterday": "Yesterday",
        "folders": "Folders"
      },
      "writing": ", reply being written",
      "title": "Title",
      "rename": "Rename",
      "delete": "Delete",
      "deleted": "“{{title}}” deleted",
      "undo": "Undo",
      "selected": ", selected",
      "pin": "Pin",
      "unpin": "Unpin",
      "more": "More",
      "deleteMany_one": "Delete {{count, number}} chat",
      "deleteMany_other": "Delete {{count, number}} chats",
      "deletedMany_one": "{{count, number}} chat deleted",
      "deletedMany_other": "{{count, number}} chats deleted",
      "selectedCount_one": "{{count, number}} chat selected",
      "selectedCount_other": "{{count, number}} chats selected",
      "deleteSelected": "Delete",
      "selectNone": "Clear the selection",
      "openInWindow": "Open in a new window",
      "pinned": "Pinned",
      "result": "Result:"
    },
    "temporary": {
      "begin": "Temporary chat",
      "name": "Temporary chat",
      "badge": "Temporary",
      "hint": "kept only in memory, and gone when you quit",
      "title": "A temporary chat",
      "lead": "It is kept only in memory: it is not saved or found by search, and it is gone when you delete it or quit the app.",
      "limits": "The system may still write parts of its memory to the disk, to swap or to hibernate.",
      "keep": "Keep this chat",
      "keepHint": "Save it on the disk, with everything in it"
    },
    "search": {
      "label": "Search chats",
      "results": "Search results",
      "nothing": "No chat contains “{{query}}”.",
      "clear": "Clear the search",
      "hits_one": "{{count, number}} hit",
      "hits_other": "{{count, number}} hits",
      "total_one": "{{hits}} in {{count, number}} chat",
      "total_other": "{{hits}} in {{count, number}} chats",
      "more_one": "More than {{count, number}} hit",
      "more_other": "More than {{count, number}} hits",
      "archived": "Archived · {{when}}"
    },
    "find": {
      "label": "Find in this chat",
      "nothing": "Not found",
      "count_one": "{{count, number}} match",
      "count_other": "{{count, number}} matches",
      "at": "{{at, number}} of {{count, number}}",
      "previous": "Previous match",
      "next": "Next match",
      "close": "Close"
    },
    "conversation": {
      "earlier": "Show earlier messages",
      "later": "Show later messages",
      "toEnd": "Go to end",
      "answering": "Answering",
      "complete": "Reply finished",
      "showAll_one": "Show {{count, number}} character",
      "showAll_other": "Show all {{count, number}} characters",
      "previousVersion": "Previous version",
      "nextVersion": "Next version",
      "completeAt": "Reply finished, {{speed}}",
      "stopped": "Reply stopped",
      "thoughtFinished": "Thought finished after {{time}}, answering"
    },
    "composer": {
      "message": "Message",
      "send": "Send",
      "save": "Save",
      "textSafe": "What you typed is still here.",
      "editing": "You are editing an earlier message. The original is kept.",
      "editingReply": "You are editing an answer. It becomes another version, marked as edited by you. The original is kept, with what follows it.",
      "thoughtStays": "{{note}} Its thought stays as the model wrote it, because no later prompt contains it.",
      "editingThought": "You are editing a thought. The reply becomes another version, marked as edited by you. If the model continues it, it also writes the answer again. The original is kept, with what follows it.",
      "saveAndContinue": "Save and let the model continue",
      "waiting": "Wait for the reply to finish, or stop it first. Your text is kept.",
      "editHint": "Edit and send again",
      "loading": "Loading {{model}}, {{percent}}.",
      "loadingFor": "Loading {{model}}, {{percent}}. Your message is sent when it is ready.",
      "tooLong_one": "A message has at most {{count, number}} character.",
      "tooLong_other": "This text is too long: a message has at most {{count, number}} characters.",
      "queue": "Send after this reply",
      "queued": "Sent when this reply has ended.",
      "unqueue": "Don’t send",
      "notSent": "Not sent, because the reply did not end by itself. Your text is kept.",
      "early": "Sent as soon as this chat has been read.",
      "joined": "This chat already had a draft, so nothing was sent. Check the message, then press Enter."
    },
    "context": {
      "label": "What fills the context",
      "used": "{{used}} of {{size}}",
      "of": "Context: {{used}} of {{size}} tokens",
      "messages": "The messages so far",
      "reply": "The messages and this reply",
      "pasted": "Pasted text, about",
      "documents": "Documents",
      "free": "Free",
      "thoughts": "Earlier thoughts are not sent again, so they take no room.",
      "tight": "The context is nearly full. When it is full, the reply ends. A new chat starts with an empty one.",
      "tightDropOldest": "The context is nearly full. When it is full, the oldest messages are left out.",
      "tightSummarize": "The context is nearly full. When it is full, the model first summarizes the oldest messages."
    },
    "prompt": {
      "show": "What the model will see",
      "title": "What the model will see",
      "loading": "Building the prompt…",
      "tokens": "{{model}}: {{tokens, number}} of {{size, number}} tokens",
      "hint": "This text is what the model reads before its next reply, with what is typed now. Markers such as <｜User｜> belong to the model’s format."
    },
    "think": {
      "is": {
        "on": "Think: On",
        "off": "Think: Off",
        "auto": "Think: Auto"
      },
      "autoHint": "the model decides",
      "onHint": "always",
      "offHint": "answers at once"
    },
    "pasted": {
      "label": "Pasted texts",
      "name": "Pasted text",
      "numbered": "Pasted text {{number}}",
      "facts": "{{size}} · about {{tokens}}",
      "unfold": "Put into the message: {{name}}",
      "unfoldHint": "Put it into the message",
      "remove": "Remove: {{name}}"
    },
    "documents": {
      "attach": "Attach documents",
      "attachHint": "Attach documents: PDF, DOCX, ODT, EPUB, HTML, Markdown, CSV, code and other text",
      "openTitle": "Attach documents",
      "files": "Documents and text",
      "label": "Documents",
      "reading": "Reading…",
      "wholeFacts": "{{size}} · {{tokens}}",
      "partFacts": "{{parts}} · {{size}} · {{tokens}}",
      "about": "about {{tokens}}",
      "page_one": "{{count, number}} page",
      "page_other": "{{count, number}} pages",
      "emptyPages": "{{empty, number}} without text",
      "chapter_one": "{{count, number}} chapter",
      "chapter_other": "{{count, number}} chapters",
      "chosenPage": "pages {{pages}} of {{count, number}}",
      "chosenChapter": "chapters {{pages}} of {{count, number}}",
      "open": "Read {{name}}",
      "remove": "Remove: {{name}}",
      "choosePage": "Choose pages: {{name}}",
      "chooseChapter": "Choose chapters: {{name}}",
      "pageField": "Pages",
      "chapterField": "Chapters",
      "fieldHint": "Such as 1-5, 8. Empty: all of them.",
      "wrongPages": "Write them as 1-5, 8. The last one is {{count, number}}.",
      "use": "Use these",
      "search": "Search in it: {{name}}",
      "searchHint": "Search in it: only passages with words of your message are sent",
      "searchedHint": "Searched: passages with words of your message are sent. Press to send the whole document",
      "searchedHintPage": "Searched: passages with words of your message are sent, from the chosen pages only. Press to send these pages whole",
      "searchedHintChapter": "Searched: passages with words of your message are sent, from the chosen chapters only. Press to send these chapters whole",
      "searched": "searched",
      "passages_one": "{{count, number}} passage",
      "passages_other": "{{count, number}} passages",
      "nothingFound": "nothing found in it",
      "upTo": "up to about {{tokens}}",
      "passage": "Passage {{number, number}}: {{name}}",
      "passagePage": "Passage {{number, number}}: {{name}}, page {{part, number}}",
      "passageChapter": "Passage {{number, number}}: {{name}}, chapter {{part, number}}",
      "searchInstead": "Search in {{name}}",
      "earlier": "Show earlier text",
      "wait": "Documents are still being read.",
      "removeFirst": "Remove what could not be read, then send.",
      "checking": "Checking whether everything fits into the context…",
      "partPage": "Page {{number, number}}",
      "partChapter": "Chapter {{number, number}}",
      "emptyPart": "There is no text here. It may be a picture.",
      "changed": "This text was changed on the disk by something other than this app.",
      "goTo": "Go to",
      "more": "Show more"
    },
    "folderDocuments": {
      "menu": "Documents of this folder…",
      "title": "Documents of this folder",
      "openTitle": "Choose a folder of documents",
      "lead": "Choose a folder on your disk. What is asked in the chats of this folder is then searched for in its documents, and the passages found are sent with the question. Files that are new or have changed are read again by themselves.",
      "keeps": "The files stay where they are and are never changed. Their text is kept with the chats on this machine.",
      "choose": "Choose a folder…",
      "change": "Choose another folder…",
      "lookAgain": "Look for changes",
      "remove": "Remove",
      "removeHint": "Removing it erases the text that was read here. The files stay. The text of documents that messages were sent with stays with these messages, all of it; backups keep the rest until they are replaced.",
      "documents_one": "{{count, number}} document",
      "documents_other": "{{count, number}} documents",
      "toRead_one": "{{count, number}} still to be read",
      "toRead_other": "{{count, number}} still to be read",
      "looking": "looking for changes…",
      "ready": "{{indexed, number}} ready to be searched",
      "searched": "searched",
      "notSearched": "not searched",
      "unreachable": "not reachable",
      "stopped": "reading has stopped",
      "label": "Documents of the folder",
      "open": "Show the folder {{name}}",
      "search": "Search in the folder {{name}}",
      "searchedHint": "Searched: passages with words of your message are sent. Press to send none of this folder",
      "searchHint": "Not searched: nothing of this folder is sent. Press to search in it",
      "trouble": {
        "gone": "This folder is not there now. It may have been moved or deleted, or its drive unplugged. What was read of it is still searched.",
        "empty": "This folder is empty now. If its drive is unplugged, nothing is lost: what was read of it is still searched. If you have deleted the documents, remove the folder here.",
        "notAllowed": "The system does not let R1 Workbench read this folder. What was read of it is still searched. Allow it in the settings of the system, then look for changes.",
        "slow": "This folder does not answer; its drive or network may be down. What was read of it is still searched.",
        "offline": "This folder is on another machine, and R1 Workbench is offline. What was read of it is still searched."
      },
      "refused_one": "{{count, number}} file could not be read",
      "refused_other": "{{count, number}} files could not be read",
      "refusedMore_one": "and {{count, number}} more",
      "refusedMore_other": "and {{count, number}} more",
      "leftOut": "Left out",
      "others_one": "{{count, number}} file of a kind that is not read, such as a picture",
      "others_other": "{{count, number}} files of kinds that are not read, such as pictures",
      "hidden_one": "{{count, number}} hidden file or folder",
      "hidden_other": "{{count, number}} hidden files or folders",
      "trees_one": "{{count, number}} folder that programs fill, such as node_modules",
      "trees_other": "{{count, number}} folders that programs fill, such as node_modules",
      "links_one": "{{count, number}} link to another place",
      "links_other": "{{count, number}} links to other places",
      "deep_one": "{{count, number}} folder that is nested too deeply",
      "deep_other": "{{count, number}} folders that are nested too deeply",
      "closed_one": "{{count, number}} file or folder that could not be opened here; what was read of it before is still searched",
      "closed_other": "{{count, number}} files or folders that could not be opened here; what was read of them before is still searched",
      "beyond_one": "{{count, number}} more file: at most {{most, number}} are read. Choose a smaller folder.",
      "beyond_other": "{{count, number}} more files: at most {{most, number}} are read. Choose a smaller folder.",
      "full_one": "{{count, number}} file: at most {{most, number}} characters are read. Choose a smaller folder.",
      "full_other": "{{count, number}} files: at most {{most, number}} characters are read. Choose a smaller folder.",
      "isCut": "The folder holds so much that not all of it was looked at. Choose a smaller one."
    },
    "empty": {
      "get": "Get a model for this machine",
      "getLead": "The built-in {{model}} only does small sums. For real work, one download:",
      "getLeadNone": "There is no model to chat with yet. One download:",
      "ready": "Ready for real work",
      "readyLead": "The model is on this machine. Use it for this chat and every new one.",
      "own": "What is on your mind?",
      "ownLead": "{{model}} answers here, on this machine.",
      "tryDemo": "Meanwhile, {{model}} can answer these",
      "tryReady": "Or begin with one of these",
      "tryOwn": "For example",
      "prompts": {
        "primes": "Prove that there are infinitely many primes",
        "metronome": "Write a web page with a metronome",
        "training": "Plan a week of training for a 10 km run"
      },
      "stays": "Chats stay on this machine.",
      "contacts": "A download contacts {{host}} and nothing else."
    },
    "settings": {
      "label": "Settings for this chat",
      "isSet": "Settings for this chat: changed",
      "instructions": "Instructions for this chat",
      "instructionsHint": "They are sent before the messages, as a system prompt.",
      "defaultR1": "R1’s default: {{value}}",
      "ofModel": "Set for this model: {{value}}",
      "byFile": "As the model’s file recommends",
      "asAdvised": "auto",
      "none": "none",
      "noLimit": "no limit",
      "random": "random",
      "temperature": "Temperature",
      "topP": "Top-p",
      "maxTokens": "Longest reply, in tokens",
      "thoughtTokens": "Longest thought, in tokens",
      "thoughtSeconds": "Longest thought, in seconds",
      "seed": "Seed",
      "reset": "Reset",
      "resetOf": "Reset: {{name}}"
    },
    "stage": {
      "loading": "Loading the model",
      "reading": "Reading the prompt",
      "summarizing": "Summarizing the oldest messages, because the context is full",
      "summarizingPart": "Summarizing the oldest messages, because the context is full: part {{part, number}} of {{parts, number}}",
      "forReply": "Waiting for another reply to finish",
      "forEngine": "Waiting for the engine",
      "forBenchmark": "Waiting for the benchmark of {{model}} to finish. You can stop it under {{hardware}}.",
      "forTuning": "Waiting for the tuning of {{model}} to finish. You can stop it under {{hardware}}.",
      "loadingModel": "Loading {{model}}, {{percent}}. The reply begins when it is ready.",
      "preparing": "{{model}} is loaded. The graphics driver is being prepared for it, which can take a minute the first time.",
      "theModel": "the model",
      "readingTokens": "Reading the prompt, {{read, number}} of {{prompt}}"
    },
    "thought": {
      "running": "Thinking",
      "runningFor": "Thinking {{time}} · {{tokens}}",
      "done": "Thought",
      "doneIn": "Thought for {{time}} · {{tokens}}",
      "stoppedIn": "Thought for {{time}} · {{tokens}}, stopped",
      "cut": {
        "skipped": "skipped",
        "tokens": "ended at its token limit",
        "time": "ended at its time limit"
      },
      "cutIn": "{{thought}}, {{cut}}",
      "skip": "Skip thinking",
      "skipHint": "End the thought now and answer",
      "skipNeedsR1": "Only for R1 models",
      "repeating": "The model seems to be repeating itself.",
      "end": "End the reply here",
      "copy": "Copy thought"
    },
    "outcome": {
      "messageSafe": "Your message is kept.",
      "textSafe": "Your message and the text so far are kept.",
      "interrupted": "Interrupted: the app closed while this reply was being written.",
      "interruptedSafe": "The text so far is kept.",
      "stopped_one": "Stopped. {{count, number}} token kept.",
      "stopped_other": "Stopped. {{count, number}} tokens kept.",
      "tokenLimit": "The reply reached the token limit and ends here.",
      "noAnswer": "The model wrote no answer.",
      "continue": "Continue",
      "chooseModel": "Choose another model",
      "getModel": "Get a model",
      "restartEngine": "Restart the engine"
    },
    "actions": {
      "copy": "Copy",
      "copyHint": "Copy the answer, without the thought",
      "regenerate": "Regenerate",
      "regenerateHint": "Write another version of this reply",
      "more": "More",
      "copyMarkdown": "Copy as Markdown",
      "copyWithThought": "Copy as Markdown with thought",
      "regenerateWith": "Regenerate with…",
      "editReply": "Edit answer",
      "editThought": "Edit thought",
      "continue": "Let the model continue",
      "branch": "Branch into a new chat",
      "branchTitle": "{{title}} (branch)",
      "speed": "Speed of this reply",
      "delete": "Delete reply",
      "copyMessage": "Copy message"
    },
    "speed": {
      "noModelName": "Unknown model",
      "edited": "edited by you",
      "course": "Speed of this reply",
      "none": "– tok/s",
      "measuring": "measuring…",
      "silent": "engine not responding",
      "toFirstToken": "{{time}} to first token",
      "chart": "Speed of this reply. {{course}}",
      "courseOf": "Between {{least}} and {{most}}, {{average}} on average, over {{time}}.",
      "tooShort": "This reply is too short for a chart.",
      "ended": {
        "end": "Complete",
        "stopped": "Stopped by you",
        "maxTokens": "Token limit reached",
        "context": "Context full",
        "interrupted": "Interrupted"
      },
      "inOut_one": "{{prompt, number}} in, {{count, number}} out",
      "inOut_other": "{{prompt, number}} in, {{count, number}} out",
      "fact": {
        "writing": "Writing",
        "reading": "Reading the prompt",
        "first": "First token after",
        "prompt": "Prompt",
        "cached": "{{cached, number}} of {{tokens}} reused",
        "saved": "Reading time saved",
        "thought": "Thought",
        "in": "{{tokens}} in {{time}}",
        "share": "{{percent}}: {{amount}}",
        "answer": "Answer",
        "memory": "Memory in use, including the model file",
        "gpu": "Memory in use on the GPU",
        "end": "End"
      }
    },
    "branches": {
      "title": "Branches of this chat",
      "show": "Branches of this chat…",
      "showAt": "Version {{index, number}}/{{count, number}}: show the branches of this chat",
      "loading": "Reading the branches…",
      "hint": "Each line is a message and what follows it up to the next fork. Other versions are indented. The filled dots are the branch that is shown.",
      "none": "This chat has one branch. Editing a message or regenerating a reply begins another.",
      "start": "Beginning of the chat",
      "noWords": "(no words)",
      "cut_one": "Only the first {{count, number}} is listed.",
      "cut_other": "Only the first {{count, number}} are listed.",
      "count_one": "{{count, number}} message",
      "count_other": "{{count, number}} messages"
    },
    "presets": {
      "title": "Prompt presets",
      "tip": "Prompt presets: type / in an empty message",
      "hint": "Choose one to put it into the message. To begin a message with /, press / again.",
      "new": "New preset",
      "edit": "Edit preset",
      "editNamed": "Edit: {{name}}",
      "deleteNamed": "Delete: {{name}}",
      "name": "Name",
      "text": "Prompt",
      "variablesHint": "Write what is different each time as {{example}}. You are asked for it when you use the preset.",
      "fillHint": "What you leave empty can still be changed in the message.",
      "back": "Back",
      "insert": "Put into the message",
      "save": "Save",
      "webPage": {
        "name": "Web page in one file",
        "text": "Write this web page: {{page}}\n\nPut the whole page into one HTML file, with its CSS and JavaScript in it. Load nothing from elsewhere: no libraries, fonts or pictures. Answer with one code block that contains the complete file.",
        "page": "page"
      },
      "mathematics": {
        "name": "Reason step by step, put the result in \\boxed{}",
        "text": "{{problem}}\n\nPlease reason step by step, and put your final answer within \\boxed{}.",
        "problem": "problem"
      }
    },
    "plain": {
      "label": "Plain text",
      "why": "The window stopped working twice while this chat was open, so the chat is shown as plain text. Nothing is lost.",
      "copyChat": "Copy chat",
      "showAsUsual": "Return to the usual view",
      "thought": "Thought",
      "answer": "Answer",
      "rest": "The rest of this reply is shown as plain text because it is too long or too complex to format.",
      "part": "Part of this reply is shown as plain text because it is too long or too complex to format."
    },
    "code": {
      "copy": "Copy code",
      "noLanguage": "text",
      "wrap": "Wrap long lines",
      "numbers": "Line numbers",
      "save": "Save code as a file",
      "fileName": "code"
    },
    "diagram": {
      "name": "Diagram",
      "fileName": "diagram",
      "drawing": "Drawing the diagram…",
      "fullSize": "Full size",
      "save": "Save as PNG",
      "showCode": "Show code",
      "showDiagram": "Show diagram",
      "again": "Draw again",
      "wrong": "This diagram could not be drawn, because Mermaid cannot read it.",
      "tooLong": "This diagram is not drawn, because it is too long.",
      "tooMany": "This diagram is not drawn, because the others already take too much memory.",
      "tooSlow": "This diagram could not be drawn, because it took too long.",
      "tooMuchMemory": "This diagram could not be drawn, because it used too much memory.",
      "crashed": "This diagram could not be drawn, because the drawing crashed."
    },
    "formula": {
      "hint": "Click or press Enter to copy this formula",
      "menu": "Formula",
      "copyLatex": "Copy as LaTeX",
      "copyMathMl": "Copy as MathML"
    },
    "table": {
      "copyCsv": "Copy as CSV",
      "copyCells": "Copy for a spreadsheet",
      "sort": "Sort by this column"
    },
    "document": {
      "read": "Read as a document",
      "print": "Print",
      "savePdf": "Save as PDF"
    },
    "versions": {
      "compare": "Compare with another version",
      "title": "Version {{index, number}}, compared with another one",
      "with": "Compared with",
      "version": "Version {{index, number}}",
      "loading": "Reading the other version…"
    },
    "image": {
      "notLoaded": "Image not loaded",
      "notLoadedNamed": "Image not loaded: {{description}}"
    },
    "contextFull": {
      "reply": "The context of {{size, number}} tokens is full, so the reply ends here.",
      "prompt": "The chat has {{tokens}}, but the context holds only {{size, number}}. Your message is kept.",
      "unknown": "The context is full, so the reply ends here.",
      "larger": "Use a context of {{size, number}} tokens",
      "drop": "Leave out the oldest messages",
      "condense": "Summarize the oldest messages",
      "summary": "Continue from a summary",
      "takes": "about {{time}}",
      "shorten": "Shorten your message",
      "summarizing": "Summarizing this chat…",
      "summarizingPart": "Summarizing part {{part, number}} of {{parts, number}}…",
      "noSummary": "The model wrote no summary.",
      "title": "{{title}} (continued)",
      "draft": "Summary of our earlier conversation:"
    },
    "leftOut": {
      "above": "The messages above are no longer sent to the model.",
      "sendAgain": "Send them again"
    },
    "summary": {
      "stands": "The model reads a summary in place of the messages above.",
      "earlier": "An earlier summary of the messages above",
      "above": "A summary of the messages above",
      "show": "Show the summary",
      "hide": "Hide the summary",
      "by": "Summary by {{model}}",
      "byEdited": "Summary by {{model}}, edited",
      "edit": "Edit",
      "editField": "Summary",
      "remove": "Send the messages again",
      "removeThis": "Remove this summary"
    },
    "noReply": {
      "none": "This message has no reply.",
      "write": "Write a reply"
    },
    "deletedReply": "Reply deleted",
    "deletedReplyAndLater_one": "Reply and {{count, number}} later message deleted",
    "deletedReplyAndLater_other": "Reply and {{count, number}} later messages deleted",
    "folders": {
      "archived": "Archived",
      "more": "Folder actions",
      "rename": "Rename folder",
      "delete": "Delete folder, keep its chats",
      "deleted": "Folder “{{name}}” deleted. Its chats are still there.",
      "move": "Move to a folder…",
      "moveTo": "Move to",
      "none": "No folder",
      "new": "New folder…",
      "newName": "New folder",
      "empty": "No chats in this folder",
      "emptyArchive": "No archived chats",
      "failed": "These chats could not be read.",
      "archive": "Archive",
      "unarchive": "Move out of the archive",
      "archivedChats_one": "{{count, number}} chat archived",
      "archivedChats_other": "{{count, number}} chats archived",
      "unarchivedChats_one": "{{count, number}} chat moved out of the archive",
      "unarchivedChats_other": "{{count, number}} chats moved out of the archive"
    },
    "diff": {
      "label": "Differences",
      "same": "There is no difference.",
      "added_one": "{{count, number}} line added",
      "added_other": "{{count, number}} lines added",
      "removed_one": "{{count, number}} line removed",
      "removed_other": "{{count, number}} lines removed",
      "skipped_one": "{{count, number}} unchanged line",
      "skipped_other": "{{count, number}} unchanged lines",
      "tooDifferent": "too different to compare line by line",
      "cut_one": "only the first line is shown",
      "cut_other": "only the first {{count, number}} lines are shown"
    },
    "votes": {
      "menu": "Ask several times…",
      "title": "Ask several times",
      "about": "The model answers the question again, each time from scratch. The answers are grouped by their final result, and the first of the largest group is shown. The others stay as versions.",
      "aboutNew": "The model answers the question several times, each time from scratch. The answers are grouped by their final result, and the first of the largest group is shown. The others stay as versions.",
      "answers": "Answers",
      "more": "More answers",
      "start": "Ask",
      "takes": "This reply took about {{each}}, so all of them will take about {{all}}. It ends earlier once the rest cannot change the result.",
      "takesAsLast": "The last reply here took about {{each}}, so all of them will take about {{all}}. It ends earlier once the rest cannot change the result.",
      "takesTokens": "At the speed of this model, {{tokens}} take about {{each}}, so all answers of that length will take about {{all}}. It ends earlier once the rest cannot change the result.",
      "takesUnknown": "How long that takes is known after the first answer. It ends earlier once the rest cannot change the result.",
      "noMessage": "The message is empty now: it was sent or deleted in another window.",
      "label": "Answers to this question",
      "progress": "Answers",
      "answer": "Answer {{number, number}} of {{wanted, number}}",
      "left": "{{time}} left",
      "stop": "Stop asking",
      "agree_one": "{{count, number}} of {{all, number}} says {{result}}.",
      "agree_other": "{{count, number}} of {{all, number}} say {{result}}.",
      "tie": "As many say something else.",
      "others_one": "{{count, number}} other",
      "others_other": "{{count, number}} others",
      "group_one": "{{count, number}} answer: {{result}}",
      "group_other": "{{count, number}} answers: {{result}}",
      "withoutResult_one": "{{count, number}} answer without a result that can be compared",
      "withoutResult_other": "{{count, number}} answers without a result that can be compared",
      "unfinished_one": "{{count, number}} answer that was cut, stopped or failed",
      "unfinished_other": "{{count, number}} answers that were cut, stopped or failed",
      "cut_one": "{{count, number}} of {{wanted, number}} answers was written before the app closed.",
      "cut_other": "{{count, number}} of {{wanted, number}} answers were written before the app closed.",
      "rest": "Ask for the rest",
      "keep": "Keep as it is",
      "noResults_one": "{{count, number}} answer, without a result that can be compared.",
      "noResults_other": "{{count, number}} answers, none with a result that can be compared.",
      "show": "Show",
      "showNext": "Show the next",
      "shown": "shown above",
      "ended": {
        "decided": "The rest could not have changed that, so it ended early.",
        "stopped": "It was stopped; what was written is kept.",
        "failed": "It ended early because an answer failed; what was written is kept."
      }
    },
    "comparison": {
      "menu": "Compare models…",
      "title": "Compare models",
      "about": "Each model answers this question, one after another, so that only one is in memory at a time. The answers stay as versions of the reply, and you choose which one to keep.",
      "choose": "Two or three models",
      "hasAnswered": "this reply is its answer",
      "takes": "About {{time}} if the answers are as long as this reply, plus the time to load the models.",
      "takesUnknown": "How long that takes is not known yet.",
      "needsTwo": "This needs two models that can be used.",
      "start": "Compare",
      "running_one": "{{count, number}} model is being compared.",
      "running_other": "{{count, number}} models are being compared.",
      "asked_one": "{{count, number}} model was asked this question.",
      "asked_other": "{{count, number}} models were asked this question.",
      "cut": "The app closed before all models had answered. Still missing: {{models}}.",
      "show": "Show side by side",
      "label": "Answers side by side",
      "back": "Back to the chat",
      "stop": "Stop comparing",
      "waiting": "Waiting for its turn",
      "notAnswered": "No answer",
      "failed": "Failed",
      "answering": "Answering time",
      "load": "Loading the model",
      "differ": "The results differ.",
      "keep": "Keep this answer",
      "keepAndUse": "Keep and use this model",
      "keepAndUseHint": "Also use this model for this chat and for new ones",
      "ended": {
        "stopped": "The comparison was stopped; what was written is kept.",
        "failed": "The comparison ended early; what was written is kept.",
        "complete": "The comparison is complete."
      },
      "result": "Result",
      "progress": "Model {{number, number}} of {{count, number}} is answering.",
      "inChat": "shown in the chat",
      "first": "First token"
    }
  };
  cli: {
    "purpose": "Chat privately with DeepSeek-R1 and its distills on your own machine.",
    "usage": "Usage:",
    "headings": {
      "commands": "Commands:",
      "options": "Options:",
      "everywhere": "Options of every command:",
      "environment": "Environment variables:",
      "exitCodes": "Exit codes:"
    },
    "more": "Run `r1 COMMAND --help` for the options of a command.",
    "everywhere": {
      "json": "Print the result as one JSON document",
      "offline": "Connect to nothing; what needs a connection fails",
      "help": "Show help",
      "version": "Show the version"
    },
    "environment": {
      "home": "The folder that everything is stored in",
      "hub": "The address of the hub",
      "token": "A token for models that need one; sent only to that hub",
      "proxy": "A proxy for reaching the hub; HTTP_PROXY and NO_PROXY are also respected",
      "apiKey": "The key that programs must send to “r1 serve”; if it is not set, each run makes a new one",
      "offline": "Set to 1 to connect to nothing, as with --offline",
      "language": "The language: English, French or Chinese; LC_ALL and LC_MESSAGES take precedence"
    },
    "exitCodes": {
      "done": "Success",
      "failed": "Failure",
      "usage": "Wrong usage",
      "cancelled": "Cancelled with Ctrl+C"
    },
    "advice": {
      "modelNotFound": "`r1 models` lists the models on this machine.",
      "hubUnreachable": "Check the connection and the hub’s address, which HF_ENDPOINT or the app’s settings set.",
      "hubGated": "Accept the terms on the model’s page, then set HF_TOKEN, or the hub token in the app’s settings.",
      "hubHidden": "Check the name. If the repository is private, set HF_TOKEN, or the hub token in the app’s settings."
    },
    "commands": {
      "chat": {
        "summary": "Get a reply to a prompt, or chat in the terminal",
        "about": "Prints a reply to PROMPT. Text piped to the command is added to PROMPT. Without PROMPT, the prompt is read from standard input; on a terminal, a chat begins instead, which is kept and also appears in the app’s window. Single replies are not kept."
      },
      "chats": {
        "summary": "List the chats, or search them",
        "about": "Lists the id, last change and title of each chat that is not archived, as the window does. With WORDS, lists the chats that contain all of them, with an excerpt, archived ones too."
      },
      "export": {
        "summary": "Write chats to a file",
        "about": "Writes all chats, or those with these ids (`r1 chats` lists them), to FILE. A chat file (JSON, one record a line) keeps everything and can be imported again. Markdown and HTML have the versions that are shown. Several chats become one .zip file if FILE ends in .zip, and otherwise one text. FILE is replaced only when the export is complete."
      },
      "import": {
        "summary": "Import chats from a file",
        "about": "Reads FILE and says what is in it. With --apply, imports it: all of it, or nothing if that fails. FILE is a chat file of R1 Workbench, or an export of ChatGPT, DeepSeek, Claude, LM Studio, Jan (a .zip file of its threads), Open WebUI or Ollama’s app (its database). Chats that are already here are left out."
      },
      "prompt": {
        "summary": "Show exactly what a model would receive",
        "about": "Prints the text that a model would receive for a conversation, including the template’s special tokens, and the number of tokens. Nothing is generated."
      },
      "inspect": {
        "summary": "Show what a GGUF file says about itself",
        "about": "Prints the name, architecture, size and other facts from the header of a model file, and what is wrong with it, if anything."
      },
      "models": {
        "summary": "List the models on this machine",
        "about": "Lists the id, name, quantization and size of each model, the built-in ones first."
      },
      "servers": {
        "summary": "List, add, test or remove servers of models",
        "about": "Lists the servers whose models can be used here, such as vLLM, SGLang, llama-server, Ollama, LM Studio or DeepSeek’s API. Adding or testing one connects to it, lists its models and finds out what it is. A test asks a model something short if the server has only one, or if --model names it. The key is read from the environment variable each time, and is never stored."
      },
      "download": {
        "summary": "Download a model from the hub, or resume a download",
        "about": "Downloads a model into the library. If it is interrupted, run the same command again to resume it. The file is used only if its SHA-256 matches the one published by the hub."
      },
      "components": {
        "summary": "List, install or remove parts of the app, such as CUDA",
        "about": "Lists the parts that the app’s packages leave out because of their size and that this system can use, installs one, or removes it. One is used only if every file has the hash that the app’s release states."
      },
      "profile": {
        "summary": "Describe this machine: processor, memory, GPU, disk and power",
        "about": "Describes what matters for running models on this machine. The speeds of memory and disk are measured once after each start of the machine, in a few seconds."
      },
      "fit": {
        "summary": "Check whether a model fits this machine, and how fast it would be",
        "about": "MODEL is a model’s id, the path of its file, or an id from the catalogue. A model from the catalogue does not have to be downloaded first. The first time, this machine is measured, which takes up to a minute."
      },
      "bench": {
        "summary": "Measure the speed of a model, comparable with llama-bench",
        "about": "Runs llama-bench’s tests, with llama-bench’s options, and prints the median speed of each. To give an option several values, separate them with commas or repeat the option. Results are kept. A model on a server has to be named: it is sent prompts of random words, and what is measured over the connection is kept apart. When cancelled with Ctrl+C, the command prints what it has measured so far."
      },
      "tune": {
        "summary": "Find the fastest settings for a model on this machine",
        "about": "Tries threads, GPU layers, flash attention, batch sizes, large memory pages and memory mapping, and proposes the fastest settings. They are used only with --apply."
      },
      "serve": {
        "summary": "Serve R1 to other programs on this machine",
        "about": "Serves the models of this machine to other programs, such as editors and scripts, in the shape of OpenAI’s API, until it is ended with Ctrl+C. Only programs on this machine can connect, and only with the key. When it listens, it prints its address and the key. Chats, files and settings cannot be reached. What is supported is described in docs/server.md."
      },
      "llama-server": {
        "summary": "Run llama-server for a model, with experts in main memory or workers",
        "about": "Runs a llama-server of llama.cpp on this machine for a model that the app’s own engine cannot place well, such as full R1, until Ctrl+C. It listens on 127.0.0.1 only, on a free port, and asks for a new key each time. The program and the other options are kept for the next time."
      },
      "doctor": {
        "summary": "Check the app’s folder, the engine and this machine",
        "about": "Checks the app’s folder, the chats, the models, the engine, the backends, the disk and the network settings, and says what to do. It changes nothing and connects to nothing, and the app may be running meanwhile. The exit code is 1 if anything is not as it should be."
      }
    },
    "options": {
      "model": "The model’s id or the path of its file; default: the model for new chats",
      "messages": "Reply to a conversation: a JSON array of messages, each with a \"role\" (\"user\" or \"assistant\") and a \"content\"; “-” reads standard input",
      "file": "A document that the prompt is about: text, code, CSV, HTML, PDF, DOCX, ODT or EPUB; can be given several times",
      "pages": "Only these pages of the document, or chapters of a book: 3, 1-5 or 1-5,8",
      "search": "Only send passages of the documents with words of the prompt, as many as fit, with numbers that the answer cites",
      "seed": "Make the reply reproducible; N is from 0 to 4294967295",
      "temperature": "From 0 to 2; default: as recommended by the model’s authors",
      "maxTokens": "Stop after N tokens",
      "maxThoughtTokens": "Limit the thought to N tokens; the answer follows",
      "maxThoughtSeconds": "Limit the thought to N seconds; the answer follows",
      "noThink": "Answer without thinking first",
      "temporary": "Keep a typed chat only in memory, not on the disk",
      "passphraseFile": "A file whose first line is the passphrase of encrypted chats; “-” reads standard input; default: a terminal asks for it",
      "revision": "A branch, tag or commit; default: main",
      "acceptUnverified": "Accept a file for which the hub publishes no hash",
      "componentInstall": "Download and install the part NAME, such as cuda; resumes if it was interrupted",
      "componentRemove": "Remove the part NAME and free its space",
      "measureSpeedsAgain": "Measure memory and disk again",
      "context": "The context to check, in tokens; default: the one the model would be loaded with",
      "depth": "Predict the speeds after N tokens of context; default: 0",
      "measureMachineAgain": "Measure this machine again",
      "benchPrompt": "Tests that read N tokens; 0 for none; default: 512",
      "benchGenerate": "Tests that write N tokens; 0 for none; default: 128",
      "benchBoth": "A test that reads N tokens and then writes M",
      "benchDepth": "Tokens in the context before each test; default: 0",
      "benchRepetitions": "Timed runs of each test, after a warm-up; default: 5",
      "benchThreads": "Number of threads; default: as for replies",
      "benchOutput": "csv, json, jsonl or md, in llama-bench’s columns",
      "benchPlan": "Instead of choosing tests: standard (several depths and R1’s case, in 10 minutes) or quick (30 seconds)",
      "benchMinutes": "Time limit in minutes, including loading; tests that do not fit are left out",
      "tuneMinutes": "Time limit in minutes; default: 2",
      "tuneLossy": "On a graphics card, also try settings that lose some precision",
      "tuneApply": "Use the settings that are found",
      "tuneUndo": "Restore the settings from before the last tuning",
      "doctorDeep": "Also read models and kept states completely and compare their hashes",
      "exportAll": "All chats, archived ones too",
      "exportFormat": "md, json or html; default: by the extension of FILE, or json",
      "noThoughts": "Leave out what the models thought",
      "importApply": "Import them; without this, nothing changes",
      "importCopies": "Import chats that are already here as copies",
      "chatsQuery": "The same as WORDS",
      "chatsArchived": "Only archived chats",
      "chatsFolder": "Only the chats in the folder with this name or id",
      "benchSolve": "Then have the model solve N problems with known results, and print its share of right answers and the tokens and seconds for each",
      "benchLevel": "Level of the problems: nano, easy, medium, hard or mixed; default: suited to the model",
      "benchSeed": "Seed of the problems; default: 1",
      "serverKey": "The environment variable that has the server’s key",
      "serverCertificate": "A PEM file with the only certificate, or authority, that the server is trusted with",
      "serverPlainHttp": "Allow unencrypted http to a machine outside the local network",
      "serverModel": "The server’s model to ask in the test",
      "servePort": "The port to listen on; 0: any free one; default: 8321",
      "serveHost": "The address to listen at; default: 127.0.0.1. With 0.0.0.0, other machines in the network can connect too; nothing is encrypted on the way",
      "serverProgram": "The program llama-server; kept for the next time",
      "servedModel": "The model’s id or the path of its file; of a split model, its first part",
      "servedContext": "The context in tokens; default: 16384",
      "serverWorker": "The address of an rpc-server that computes too; can be given several times",
      "serverPlan": "Only print where the model would be placed and how fast it would be"
    },
    "notStated": "not stated",
    "reply": {
      "loading": "Loading the model: {{fraction, percent}}",
      "preparing": "Preparing the graphics driver, which can take a minute the first time",
      "reading_one": "Reading the prompt: {{read, number}} of {{count, number}} token",
      "reading_other": "Reading the prompt: {{read, number}} of {{count, number}} tokens",
      "summarizing": "Summarizing the oldest messages, because the context is full: part {{part, number}} of {{parts, number}}",
      "tokens": "{{tokens}} ({{thought, number}} thought, {{answer, number}} answer)",
      "firstToken": "first token after {{time}}",
      "prompt": "prompt: {{tokens}}",
      "promptReused": "prompt: {{tokens}}, {{reused, number}} reused",
      "thoughtCut": {
        "skipped": "thought skipped",
        "tokens": "thought ended at its token limit",
        "time": "thought ended at its time limit"
      },
      "ended": {
        "stopped": "stopped",
        "maxTokens": "token limit reached",
        "context": "context full",
        "interrupted": "interrupted"
      }
    },
    "import": {
      "notYet": "Nothing was imported yet. Add --apply to import this."
    },
    "passphrase": "Passphrase of the chats:",
    "chat": {
      "searchInstead": "With --search, only passages with words of the prompt are sent.",
      "pagesWithoutText_one": "“{{name}}”: {{count, number}} of {{pages, number}} pages has no text. It may be a picture.",
      "pagesWithoutText_other": "“{{name}}”: {{count, number}} of {{pages, number}} pages have no text. They may be pictures.",
      "you": "You: {{prompt}}",
      "welcome": "Type a message, or /help for the commands.",
      "welcomeTemporary": "This chat is kept only in memory. Type a message, or /help for the commands.",
      "commands": {
        "new": "Start a new chat",
        "model": "List the models, or use another one",
        "think": "Show or change whether the model thinks first",
        "quit": "Quit",
        "interrupt": "Stop the reply; while there is none, quit"
      },
      "unknown": "There is no command {{command}}.",
      "newChat": "Started a new chat.",
      "noModel": "There is no model “{{id}}” here. The models are:",
      "model": "The model is now {{id}}.",
      "thinking": {
        "on": "Thinking is on.",
        "off": "Thinking is off.",
        "auto": "Thinking is automatic: the model decides."
      },
      "changeThinking": "Change it with /think on, /think off or /think auto."
    },
    "download": {
      "sha256": "SHA-256 {{sha256}}, as published by the hub",
      "sha256Only": "SHA-256 {{sha256}}; the hub publishes none to compare with",
      "queued": "waiting for another download",
      "stopped": "Stopped. What was downloaded is kept; run the same command again to resume."
    },
    "components": {
      "none": "There is nothing to install on this system: the app has all that it can use.",
      "line": "{{title}} {{version}}: {{state}}",
      "states": {
        "absent": "not installed; {{download, bytes}} to download from {{host}}, {{installed, bytes}} on the disk",
        "installed": "installed, {{installed, bytes}}",
        "damaged": "damaged and not used; install it again"
      },
      "noCard": "No NVIDIA card with a driver was found on this machine.",
      "installedNow": "{{title}} is installed.",
      "removed": "{{title}} is removed.",
      "notInstalled": "{{title}} is not installed."
    },
    "fit": {
      "starting": "Starting the engine…",
      "measuringNow": "Measuring this machine with small generated models, which takes up to a minute and is done only once. Press Ctrl+C to cancel.",
      "measuring": "Measuring: {{fraction, percent}}, at most {{seconds, number}} s left",
      "estimated": "This machine was too slow to be measured completely within a minute, so the speeds are estimates with wide ranges.",
      "noisy": "Other programs were busy during the measurement, so the speeds are less certain. To measure again, use --measure-again.",
      "verdict": "Verdict",
      "usable": "Usable memory",
      "cache": "{{size, bytes}} for a context of {{tokens, number}} tokens",
      "maxContext": "Maximum context",
      "noContext": "no context fits",
      "recommended": "Recommended",
      "smaller": "a smaller model",
      "depth": "Depth",
      "writing": "Writing speed",
      "reading": "Reading speed",
      "speed": "{{about}}; {{range}} in nine cases out of ten",
      "notMeasured": "not measured"
    },
    "inspect": {
      "detail": "Detail: {{detail}}",
      "name": "Name",
      "architecture": "Architecture",
      "parameters": "Parameters",
      "quantization": "Quantization",
      "size": "Size",
      "licence": "Licence",
      "template": "Chat template",
      "noTemplate": "none",
      "characters_one": "{{count, number}} character",
      "characters_other": "{{count, number}} characters",
      "problem": "Problem"
    },
    "models": {
      "builtIn": "built in",
      "linked": "used in place",
      "onThisMachine": "on the server {{server}} ({{host}}), this machine",
      "elsewhere": "on the server {{server}} ({{host}}), leaves this machine"
    },
    "servers": {
      "none": "There are no servers.",
      "removed": "Removed {{name}}.",
      "untested": "not tested yet",
      "models_one": "{{count, number}} model",
      "models_other": "{{count, number}} models",
      "here": "on this machine",
      "elsewhere": "leaves this machine",
      "firstToken": "first token after {{ttft, number}} ms, measured here",
      "speed": "first token after {{ttft, number}} ms, {{speed, number}} tokens/s, measured here"
    },
    "serve": {
      "address": "Address",
      "key": "Key",
      "howToEnd": "The key is not shown again. Ctrl+C ends the server."
    }
  };
  commands: {
    "names": {
      "newChat": "New chat",
      "newTemporaryChat": "New temporary chat",
      "lockChats": "Lock chats",
      "openChatWindow": "Open this chat in a new window",
      "searchChats": "Search chats",
      "find": "Find in this chat",
      "showPresets": "Prompt presets…",
      "showBranches": "Show the branches of this chat",
      "findNext": "Find next",
      "findPrevious": "Find previous",
      "renameChat": "Rename this chat",
      "deleteChat": "Delete this chat",
      "print": "Print this chat…",
      "exportChat": "Export this chat…",
      "exportAllChats": "Export all chats…",
      "importChats": "Import chats…",
      "stopReply": "Stop the reply",
      "skipThought": "Skip thinking",
      "copyReply": "Copy the last reply",
      "regenerate": "Regenerate the last reply",
      "askSeveral": "Ask the last question several times…",
      "sendSeveral": "Ask a new question several times…",
      "compareModels": "Compare models with the last question…",
      "previousVersion": "Previous version of the last reply",
      "nextVersion": "Next version of the last reply",
      "nextThinking": "Thinking: on, off or automatic",
      "chooseModel": "Choose a model",
      "importModel": "Open a GGUF file…",
      "addServer": "Add a server…",
      "commandPalette": "Command palette",
      "toggleSidebar": "Show or hide the sidebar",
      "toggleOffline": "Turn Offline on or off",
      "toggleServer": "Turn this machine’s server on or off",
      "showChat": "Go to Chat",
      "showModels": "Go to Models",
      "showHardware": "Go to Hardware",
      "showSettings": "Settings",
      "zoomIn": "Zoom in",
      "zoomOut": "Zoom out",
      "resetZoom": "Actual size",
      "useSystemTheme": "Theme: same as the system",
      "useLightTheme": "Theme: light",
      "useDarkTheme": "Theme: dark",
      "showShortcuts": "Keyboard shortcuts",
      "showPrivacy": "Privacy",
      "showDisk": "What is on the disk",
      "showCommand": "Set up the r1 command",
      "openLogs": "Open the logs folder",
      "copyDiagnostics": "Copy diagnostics",
      "showAbout": "About R1 Workbench",
      "newFolder": "New folder of chats",
      "moveChat": "Move this chat to a folder…",
      "archiveChat": "Archive this chat",
      "unarchiveChat": "Move this chat out of the archive",
      "keepChat": "Keep this temporary chat",
      "pinChat": "Pin this chat",
      "unpinChat": "Unpin this chat",
      "chatSettings": "Settings for this chat",
      "attachDocuments": "Attach documents…",
      "showPrompt": "What the model will see",
      "showBenchmark": "Go to Benchmark",
      "showTune": "Go to Tune",
      "showMachine": "Go to This machine",
      "togglePreview": "Show or hide the preview",
      "focusPreview": "Move to the preview or back"
    },
    "also": {
      "newChat": "start begin conversation question",
      "newTemporaryChat": "start begin private incognito",
      "lockChats": "encrypt passphrase private hide",
      "openChatWindow": "separate pop out detach",
      "searchChats": "find look for history",
      "showBranches": "tree map versions",
      "showPresets": "prompts templates variables snippets reuse",
      "find": "search look for",
      "findNext": "search forward",
      "findPrevious": "search back",
      "renameChat": "title name",
      "deleteChat": "remove erase trash",
      "print": "paper printer",
      "exportChat": "save download markdown pdf html share file",
      "exportAllChats": "save download markdown pdf html file",
      "importChats": "load chatgpt claude lm studio jan open webui ollama file",
      "stopReply": "cancel halt interrupt",
      "skipThought": "reasoning answer now",
      "copyReply": "clipboard answer",
      "regenerate": "again retry another answer",
      "askSeveral": "vote agree majority sample answers",
      "sendSeveral": "vote agree majority sample answers composer",
      "compareModels": "compare models side by side quantizations answers",
      "previousVersion": "back older answer",
      "nextVersion": "forward newer answer",
      "nextThinking": "reasoning think",
      "chooseModel": "switch change select",
      "importModel": "import add load file",
      "addServer": "remote api connect ollama vllm sglang lm studio llama-server deepseek",
      "commandPalette": "actions search",
      "toggleSidebar": "list panel fold collapse hide",
      "toggleOffline": "network internet connection airplane privacy",
      "toggleServer": "openai api programs network listen",
      "showChat": "conversation screen",
      "showModels": "download get install hub delete",
      "showHardware": "speed performance",
      "showSettings": "preferences options configuration language theme",
      "zoomIn": "larger bigger magnify text",
      "zoomOut": "smaller text",
      "resetZoom": "reset zoom 100 %",
      "useSystemTheme": "appearance automatic colours colors",
      "useLightTheme": "appearance bright white colours colors",
      "useDarkTheme": "appearance night black colours colors",
      "showShortcuts": "keys hotkeys help",
      "showPrivacy": "data telemetry network leaves",
      "showDisk": "files space storage erase delete everything",
      "showCommand": "terminal cli shell install",
      "openLogs": "errors crash bug report folder",
      "copyDiagnostics": "bug report system information support",
      "showAbout": "version licence license credits",
      "newFolder": "group organise organize create",
      "moveChat": "organise organize group sort",
      "archiveChat": "put away hide",
      "unarchiveChat": "restore bring back",
      "keepChat": "save store permanent",
      "pinChat": "favourite favorite keep on top",
      "unpinChat": "favourite favorite remove",
      "chatSettings": "instructions system prompt temperature top-p seed length sampling",
      "attachDocuments": "file upload pdf paperclip add",
      "showPrompt": "tokens template exact context",
      "showBenchmark": "measure test speed tokens per second llama-bench",
      "showTune": "faster optimise optimize threads settings",
      "showMachine": "processor cpu gpu graphics memory cuda vulkan metal backends",
      "togglePreview": "page website html artifact canvas",
      "focusPreview": "page keyboard focus pane"
    },
    "keys": {
      "ctrl": "Ctrl",
      "shift": "Shift",
      "alt": "Alt",
      "escape": "Esc",
      "delete": "Del",
      "enter": "Enter"
    },
    "groups": {
      "recent": "Recently used",
      "chats": "Chats",
      "reply": "Reply",
      "models": "Models",
      "view": "View",
      "help": "Help",
      "composer": "Message field"
    },
    "composer": {
      "send": "Send the message",
      "newLine": "New line",
      "editLast": "Edit the last question (in an empty field)"
    },
    "useModel": "Use {{name}}",
    "field": "Search actions and settings",
    "nothing": "No action or setting is found by these words.",
    "close": "Close",
    "about": {
      "licence": "R1 Workbench is free software under the MIT licence.",
      "others": "Software of others in this app",
      "reading": "Reading the licences…",
      "chromium": "The licences of Chromium’s parts are in the file LICENSES.chromium.html beside the app."
    },
    "privacy": {
      "chats": {
        "title": "What you write stays on this machine",
        "text": "Unless you choose a model on a server, it runs here. Your chats and settings are files in the app’s folder, which only you can read:"
      },
      "hub": {
        "title": "The hub, when you ask for it",
        "text": "The app contacts the hub that is set in Settings only when you search for models, look up their sizes, or download one. The hub then sees your network address, what you search for and what you download. It never sees your chats."
      },
      "servers": {
        "title": "Servers, if you choose their models",
        "text": "A chat with a model on a server is sent to that server: each question with the chat so far and its documents. The window marks such models and replies with where they are. No server is contacted before you add it and test it or choose one of its models."
      },
      "links": {
        "title": "Links, after a question",
        "text": "A link in a reply opens in your browser only after a dialog has shown where it leads."
      },
      "server": {
        "title": "Other programs, when you let them",
        "text": "This machine is a server for other programs only while you have turned that on under Servers, in Settings. Programs need the key, and reach nothing but the models. Other machines are refused unless you open the server to the local network."
      },
      "offline": {
        "title": "Offline, and a list of connections",
        "text": "Offline, in the sidebar and in Settings, refuses every connection until you turn it off. Privacy, in Settings, lists every connection that was made: when, to whom and why."
      },
      "nothingElse": {
        "title": "Nothing else",
        "text": "There is no account and no telemetry. New versions are looked for only if you turn that on in Settings. The window itself cannot connect to anything."
      },
      "check": {
        "title": "See for yourself",
        "text": "On Linux, npm run prove-privacy in the source code runs the packaged app in a network where every packet is recorded, and prints what left it. The page docs/prove-it.md explains how to check with a firewall, a packet recorder or a router, also on macOS and Windows."
      }
    }
  };
  disk: {
    "title": "What is on the disk",
    "back": "Privacy",
    "reading": "Looking at the files…",
    "total_one": "{{size, bytes}} in {{count, number}} file, in this folder:",
    "total_other": "{{size, bytes}} in {{count, number}} files, all in this folder:",
    "totalOutside_one": "{{size, bytes}} in {{count, number}} file: in this folder, and in the separate one that holds the models.",
    "totalOutside_other": "{{size, bytes}} in {{count, number}} files: in this folder, and in the separate one that holds the models.",
    "showFolder": "Show the folder",
    "columns": {
      "what": "Contents",
      "files": "Files",
      "size": "Size",
      "actions": "Actions"
    },
    "open": "Show",
    "erase": "Erase",
    "openNamed": "Show: {{what}}",
    "eraseNamed": "Erase: {{what}}",
    "filesNamed": "Files of: {{what}}",
    "more_one": "and {{count, number}} smaller file",
    "more_other": "and {{count, number}} smaller files",
    "erased": "Erased: {{what}}",
    "erasedUnused": "Erased, except what is in use: {{what}}",
    "kinds": {
      "chats": {
        "name": "Chats",
        "text": "Your chats and drafts, in one SQLite database with its journal (-wal) and its index (-shm). If they are encrypted, chat-lock.json has what the passphrase unlocks; without that file, nobody can read them."
      },
      "backups": {
        "name": "Backups",
        "text": "Copies of all chats, made once a day and before risky changes: at most ten, none older than 30 days. Restore them under Privacy."
      },
      "setAside": {
        "name": "Damaged chats that were set aside",
        "text": "Databases that could not be read, or that an earlier version wrote beside encrypted chats, kept so that nothing is lost. Encrypting the chats does not encrypt these."
      },
      "states": {
        "name": "What models have read",
        "text": "Kept so that models need not read chats again. Contains the text of chats, and is deleted with them."
      },
      "models": {
        "name": "Models",
        "text": "Models that you downloaded, with their hashes, and files that you put there yourself, which are not erased. Delete single ones on the Models screen."
      },
      "downloads": {
        "name": "Unfinished downloads",
        "text": "The parts that have arrived. To delete them, cancel the downloads on the Models screen."
      },
      "components": {
        "name": "CUDA and other parts fetched later",
        "text": "Parts of the app that you downloaded, and what has arrived of them. Remove them under Hardware, This machine."
      },
      "settings": {
        "name": "Settings",
        "text": "What you chose in Settings, with the version before the last change."
      },
      "secrets": {
        "name": "Secrets",
        "text": "The hub token, and what opens encrypted chats with the keychain. Encrypted with a key that the system’s keychain holds."
      },
      "choices": {
        "name": "What is known about models",
        "text": "Your settings for each model, its last use and speed, and what a tuning found."
      },
      "measurements": {
        "name": "Measurements",
        "text": "Results of benchmarks, and the speeds of this machine. Delete results on the Hardware screen."
      },
      "lookups": {
        "name": "Remembered look-ups",
        "text": "Facts from model files and from the hub, so that they need not be read again. They are created again when needed."
      },
      "windows": {
        "name": "Window state",
        "text": "Where the windows were, which chat was open, and whether the app was closed properly."
      },
      "updates": {
        "name": "Updates",
        "text": "The version that was downloaded to be installed, if any, and when the app last looked for one."
      },
      "connections": {
        "name": "Record of connections",
        "text": "The list under Privacy: when, to whom and why the app connected. At most two megabytes."
      },
      "logs": {
        "name": "Log",
        "text": "Unexpected errors with technical details, which may name files. No text of chats. At most two megabytes."
      },
      "dumps": {
        "name": "Crash dumps",
        "text": "The app writes none. Electron keeps only a random number here, which is sent nowhere."
      },
      "browser": {
        "name": "Chromium’s files",
        "text": "Caches of the window, and small things that it remembers, such as its width. No text of chats."
      },
      "other": {
        "name": "Other files",
        "text": "The app did not write these, and never changes or erases them."
      }
    },
    "outside": "outside the app’s folder",
    "elsewhere": "Elsewhere",
    "linked_one": "{{count, number}} imported model stays where it is. It is yours, and the app never deletes it.",
    "linked_other": "{{count, number}} imported models stay where they are. They are yours, and the app never deletes them.",
    "exports": "What you exported or saved is where you put it. The r1 command, if you installed it, is a link to the app; remove it under General in Settings.",
    "system": "The app writes nothing else. The system may keep caches of the desktop and of the graphics driver and, if it is set up to, core dumps: the memory of programs that crashed, which can contain chats.",
    "everything": {
      "title": "Erase everything",
      "text": "Quits the app, erases everything above that it wrote, including models, and starts it again as if newly installed.",
      "button": "Erase everything…",
      "question": "Erase everything?",
      "what_one": "{{size, bytes}} in {{count, number}} file: all chats, models, settings and measurements. This cannot be undone.",
      "what_other": "{{size, bytes}} in {{count, number}} files: all chats, models, settings and measurements. This cannot be undone.",
      "models": "Also the models that the app downloaded into {{folder}}.",
      "staying_one": "{{count, number}} file stays, because the app did not put it there:",
      "staying_other": "{{count, number}} files and folders stay, because the app did not put them there:",
      "traces": "Erasing frees the space, as in every app. Until that space is overwritten, a laboratory may still find traces in it, especially on an SSD, which spreads what it writes. Snapshots, backups and swap space are not touched. Only an encrypted disk protects against all of this.",
      "word": "erase",
      "type": "Type “{{word}}” to confirm",
      "confirm": "Erase everything",
      "ending": "The app quits now and starts again…"
    }
  };
  doctor: {
    "examining": "Checking… This takes a few seconds.",
    "good": "ok",
    "bad": "!!",
    "allGood": "Everything is as it should be.",
    "faulty_one": "{{count, number}} check found something that needs attention.",
    "faulty_other": "{{count, number}} checks found something that needs attention.",
    "model": "{{model}}: {{what}}",
    "backend": "{{backend}}: {{what}}",
    "names": {
      "home": "Folder",
      "settings": "Settings",
      "store": "Chats",
      "models": "Models",
      "engine": "Engine",
      "backends": "Backend",
      "components": "Parts fetched later",
      "disk": "Disk",
      "network": "Network",
      "states": "What models have read",
      "log": "Log"
    },
    "what": {
      "homeGood": "{{folder}} can be written to, and only you can read it.",
      "homeNew": "{{folder}} does not exist yet. It is created at the first start.",
      "homeReadOnly": "{{folder}} cannot be written to.",
      "homeOthers": "{{folder}} belongs to another user.",
      "homeNotFolder": "{{folder}} is not a folder.",
      "homeOpen_one": "{{count, number}} file or folder of the app can be read by other users.",
      "homeOpen_other": "{{count, number}} files and folders of the app can be read by other users.",
      "homeErasing": "Everything is being erased, and this has not finished yet.",
      "settingsGood": "The settings can be read.",
      "settingsNone": "Nothing has been changed yet; the defaults are used.",
      "settingsDamaged": "The settings are damaged: {{file}}",
      "storeNone": "There are no chats yet.",
      "storeUnchecked": "Not checked: the app was not closed properly, and there is no room for the copy that the check needs.",
      "storeGood_one": "{{count, number}} chat, {{size, bytes}}, undamaged; format {{schema}}.",
      "storeGood_other": "{{count, number}} chats, {{size, bytes}}, undamaged; format {{schema}}.",
      "storeOlder": "An earlier version of the app wrote the chats (format {{schema}}; this version uses {{known}}). They are converted when the app opens them.",
      "storeNewer": "A newer version of the app wrote the chats (format {{schema}}; this version knows formats up to {{known}}).",
      "storeDamaged": "The file with the chats is damaged: {{reason}}",
      "storeUnreadable": "The file with the chats cannot be read: {{reason}}",
      "storeEncrypted": "The chats are encrypted ({{size, bytes}}). They are not checked here, because that needs their key; the app checks them when it unlocks them.",
      "storeSwitching": "The chats are being encrypted or decrypted, or that was interrupted.",
      "storePartlyPlain": "The chats are encrypted, but copies from before that are not encrypted are still in the app’s folder.",
      "modelsGood_one": "{{count, number}} model, {{size, bytes}}: readable and complete. Hashes are compared only with --deep.",
      "modelsGood_other": "{{count, number}} models, {{size, bytes}}: readable and complete. Hashes are compared only with --deep.",
      "modelsHashed_one": "{{count, number}} model, {{size, bytes}}: readable and complete; if it was downloaded, its hash is correct.",
      "modelsHashed_other": "{{count, number}} models, {{size, bytes}}: readable and complete; the hashes of downloaded ones are correct.",
      "engineGood": "Starts, and R1 Nano answers after {{ms, seconds}} (node-llama-cpp {{library}}, llama.cpp {{release}}).",
      "engineSilent": "Starts, but R1 Nano wrote nothing.",
      "componentsNone": "Nothing is installed.",
      "componentsGood": "{{name}} {{version}} is installed, {{size, bytes}}. Hashes are compared only with --deep.",
      "componentsHashed": "{{name}} {{version}} is installed, {{size, bytes}}, and every file has the right hash.",
      "componentsDamaged": "The files of {{name}} {{version}} are damaged, so they are not used.",
      "diskGood": "{{free, bytes}} of {{total, bytes}} free. Its speed was not measured, because no downloaded model is large enough.",
      "diskMeasured": "{{free, bytes}} of {{total, bytes}} free; reads {{speed, rate}}.",
      "diskFull": "Only {{free, bytes}} of {{total, bytes}} are free.",
      "networkOffline_forced": "Offline, because R1_OFFLINE or --offline is set.",
      "networkOffline_setting": "Offline, as chosen in the app.",
      "networkOnline": "The app connects to {{hub}} only when you search there or download from it. This check connected to nothing.",
      "networkAsks": "The app asks you before it first connects to {{hub}}. This check connected to nothing.",
      "statesNone": "Nothing is kept.",
      "statesGood_one": "Kept for {{count, number}} chat, {{size, bytes}}.",
      "statesGood_other": "Kept for {{count, number}} chats, {{size, bytes}}.",
      "statesDamaged_one": "Damaged for {{count, number}} chat.",
      "statesDamaged_other": "Damaged for {{count, number}} chats.",
      "logNone": "Nothing has ever been logged.",
      "logQuiet": "Nothing was logged in the last seven days.",
      "logFaults_one": "{{count, number}} unexpected event in the last seven days, at {{when, dayAndTime}}; see logs/faults.log.",
      "logFaults_other": "{{count, number}} unexpected events in the last seven days, the last one at {{when, dayAndTime}}; see logs/faults.log.",
      "logUnusable": "The log cannot be used: {{reason}}"
    },
    "next": {
      "homeReadOnly": "Change its permissions, or set R1_WORKBENCH_HOME to another folder.",
      "homeOthers": "Make yourself its owner, or set R1_WORKBENCH_HOME to a folder of yours.",
      "homeNotFolder": "Move that file away, or set R1_WORKBENCH_HOME to another folder.",
      "homeOpen": "Start the app: it closes them to others.",
      "homeErasing": "Start the app: it erases the rest.",
      "settingsDamaged": "Start the app: it keeps the damaged file under another name and uses the settings from before the last change.",
      "storeNewer": "Update the app. Nothing is changed until then.",
      "storeDamaged": "Make a copy of the folder “store”. Then start the app: it moves the file aside, deletes nothing, and begins a new one.",
      "storeUnreadable": "Check the permissions of the folder “store” and the disk.",
      "storeSwitching": "If the app is not running, start it: it completes what was interrupted.",
      "storePartlyPlain": "Start the app and unlock the chats: it then erases or encrypts the copies.",
      "engineSilent": "Install the app again.",
      "componentsDamaged": "Run `r1 components --install cuda`, or open Hardware, This machine, in the app.",
      "diskFull": "Free some space. Downloads pause, and chats cannot be saved on a full disk.",
      "statesDamaged": "Nothing needs to be done: models read these chats again. To delete what is damaged, open Settings, then Privacy.",
      "logUnusable": "Move it away; the app begins a new one.",
      "backend": "Update the graphics driver. Until then, models run on the processor."
    }
  };
  downloads: {
    "heading": "Downloads",
    "progressOf": "Download of {{name}}",
    "next": "Next to start",
    "queued": "Number {{position, number}} in the queue",
    "starting": "Asking the hub…",
    "stalled": "No data for {{seconds, number}} s, retrying",
    "left": "{{time}} left",
    "tryingIn": "Trying again in {{time}}",
    "tryingNow": "Trying again…",
    "cancel": "Cancel",
    "deletesHint": "Deletes what was downloaded",
    "sooner": "Sooner",
    "later": "Later",
    "pause": "Pause",
    "pauseAll": "Pause all",
    "resume": "Resume",
    "resumeAll": "Resume all",
    "arrived": "{{name}} is downloaded.",
    "arrivedUnusable": "{{name}} cannot be used. {{what}}",
    "failed": "{{name}} was not downloaded. {{what}}",
    "strip": {
      "several_one": "{{count, number}} download",
      "several_other": "{{count, number}} downloads",
      "severalFailed_one": "{{count, number}} download failed",
      "severalFailed_other": "{{count, number}} downloads failed",
      "waiting": "Waiting",
      "starting": "Starting",
      "running": "Running",
      "stalled": "Stalled",
      "verifying": "Verifying",
      "installing": "Installing",
      "paused": "Paused",
      "failed": "Failed",
      "unusable": "Unusable",
      "useName": "Use {{name}} now"
    },
    "verifying": "Verifying the checksum",
    "installing": "Installing",
    "paused": "Paused",
    "leftOver": "Not finished",
    "waitsOffline": "Waiting: Offline is on",
    "mismatch": "Checksum differs. Kept, not used.",
    "repair": "Repair",
    "repairHint": "Fetches the blocks again and keeps those that were right",
    "discard": "Delete what was downloaded",
    "discardTitle": "Cancel the download of {{name}}?",
    "discardDetail": "{{received, bytes}} that were downloaded will be deleted. Pause keeps them.",
    "discardAction": "Delete and cancel",
    "copyDetails": "Copy"
  };
  exports: {
    "all": "Export all chats",
    "title_one": "Export {{count, number}} chat",
    "title_other": "Export {{count, number}} chats",
    "menu": "Export…",
    "format": "Format",
    "formats": {
      "json": "Chat file (JSON)",
      "markdown": "Markdown",
      "html": "Web page (HTML)",
      "pdf": "PDF"
    },
    "hints": {
      "json": "Everything in a chat: all versions, settings and figures. Only this format can be imported again.",
      "markdown": "The versions that are shown, as text. Several chats become one .zip file.",
      "html": "The versions that are shown, on one page without scripts that opens in any browser.",
      "pdf": "The versions that are shown, as they are printed."
    },
    "withPresets": "{{hint}} Your prompt presets are in it too.",
    "withBookmarks": "{{hint}} Each chat begins on a new page and has a bookmark.",
    "thoughts": "Thoughts",
    "withThoughts": "Include what the model thought",
    "save": "Choose a file…",
    "writing": "Exporting",
    "progress": "{{done, number}} of {{total, number}}",
    "cancel": "Cancel the export",
    "written_one": "{{count, number}} chat is in “{{name}}” ({{size, bytes}}).",
    "written_other": "{{count, number}} chats are in “{{name}}” ({{size, bytes}}).",
    "show": "Show in folder",
    "failed": "The chats could not be exported.",
    "unchanged": "Your chats are unchanged.",
    "chats": "Chats",
    "saveTitle": "Export chats",
    "file": {
      "you": "You",
      "thought": "Thought",
      "instructions": "Instructions",
      "contents": "Contents",
      "document": "Document",
      "edited": "edited",
      "onServer": "{{model}}, on the server {{server}} ({{host}})",
      "page": "page {{part}}",
      "chapter": "chapter {{part}}",
      "endedEarly": "This reply ended early.",
      "summary": "Summary of the messages above by {{model}}, which the model reads in their place",
      "summaryEdited": "Summary of the messages above by {{model}}, edited, which the model reads in their place",
      "earlierSummary": "Earlier summary of the messages above by {{model}}",
      "earlierSummaryEdited": "Earlier summary of the messages above by {{model}}, edited"
    }
  };
  failures: {
    "engine-start-failed": {
      "what": "The engine could not start.",
      "what_late": "The engine did not start within {{seconds, number}} s.",
      "what_signal": "The engine could not start (signal {{signal}}).",
      "what_exitCode": "The engine could not start (exit code {{exitCode}}).",
      "what_notRun": "The engine’s program could not be run.",
      "what_otherVersion": "The engine and the app are of different versions.",
      "next": "Restart the app. If it happens again, reinstall it.",
      "next_otherVersion": "Reinstall the app."
    },
    "engine-down": {
      "what": "The engine stopped while it was working.",
      "what_signal": "The engine stopped while it was working (signal {{signal}}).",
      "what_exitCode": "The engine stopped while it was working (exit code {{exitCode}}).",
      "what_closed": "The engine was closed.",
      "what_notRunning": "The engine is not running.",
      "safe": "The text so far is kept.",
      "next": "Send the message again."
    },
    "engine-hung": {
      "what": "The engine stopped responding and was ended.",
      "what_silent": "The engine did not respond for {{seconds, number}} s and was ended.",
      "what_notStopped": "The engine did not stop in time and was ended.",
      "safe": "The text so far is kept.",
      "next": "Send the message again."
    },
    "engine-out-of-memory": {
      "what": "The engine ran out of memory.",
      "what_holding": "The engine ran out of memory while it was using {{used, bytes}}.",
      "next": "Choose a smaller model or a smaller context, or close other programs."
    },
    "engine-gave-up": {
      "what": "The engine failed three times in a row.",
      "what_start": "The engine failed three times in a row, most recently because it could not start.",
      "what_hung": "The engine failed three times in a row, most recently because it stopped responding.",
      "what_memory": "The engine failed three times in a row, most recently because it ran out of memory.",
      "next": "Open the Hardware screen to check the backends, then start the engine again.",
      "next_memory": "Choose a smaller model or a smaller context, then start the engine again."
    },
    "engine-busy": {
      "what": "The engine is busy with another reply.",
      "what_replyBegan": "Measuring stopped because a reply started.",
      "next": "Wait for it to finish, or stop it.",
      "next_replyBegan": "Measure again when it is finished."
    },
    "model-not-found": {
      "what": "This model does not exist.",
      "what_named": "There is no model “{{name}}”.",
      "what_none": "There is no model on this machine yet.",
      "what_notLoaded": "No model is loaded.",
      "what_notInCatalogue": "The catalogue has no model “{{name}}”.",
      "what_inNeither": "There is no model “{{name}}” on this machine or in the catalogue.",
      "next": "Choose a model from the list.",
      "next_none": "Download a model, or open a GGUF file.",
      "next_inNeither": "`r1 models` lists the models on this machine. The ids in the catalogue are {{ids, list}}.",
      "next_notLoaded": "Choose a model from the list."
    },
    "model-file-missing": {
      "what": "The model file was not found.",
      "what_at": "The model file was not found: {{path}}",
      "what_badPath": "This path cannot be the name of a file.",
      "next": "Check the path, or put the file back.",
      "next_badPath": "Choose another file."
    },
    "model-file-empty": {
      "what": "The model file is empty.",
      "next": "Download the file again."
    },
    "model-is-folder": {
      "what": "This is a folder, not a model file.",
      "next": "Choose a .gguf file inside it."
    },
    "model-file-unreadable": {
      "what": "The model file cannot be read.",
      "what_silentDisk": "The model file cannot be read: its disk did not respond within {{milliseconds, seconds}}.",
      "what_notAFile": "This is a device or a pipe, not a file.",
      "what_notAllowed": "You do not have permission to read the model file.",
      "what_system": "The model file cannot be read ({{reason}}).",
      "what_changing": "The model file changed while it was being read.",
      "what_slow": "The model file’s header could not be read within {{seconds, number}} s.",
      "next": "Check the file’s permissions and the disk.",
      "next_notAFile": "Choose a .gguf file.",
      "next_notAllowed": "Change the file’s permissions, or choose another file.",
      "next_changing": "Wait until no other program is writing to it, then try again.",
      "next_slow": "The machine or the disk may be busy. Try again in a moment. If it happens again, download the file again."
    },
    "model-not-gguf": {
      "what": "This is not a GGUF file.",
      "what_webPage": "This is a web page, perhaps a sign-in or error page, not a GGUF file.",
      "what_gitLfs": "This is a Git LFS pointer to the model, not the model itself.",
      "what_json": "This is a JSON file, perhaps an error message, not a GGUF file.",
      "what_zip": "This is a ZIP archive or a PyTorch checkpoint, not a GGUF file.",
      "what_safetensors": "This is a safetensors file, not a GGUF file.",
      "what_ggml": "This file is in the old GGML format, which GGUF has replaced.",
      "what_zeros": "This is not a GGUF file: it starts with zeros, as an unfinished download does.",
      "next": "Choose a file in GGUF format.",
      "next_webPage": "Download the file again.",
      "next_gitLfs": "Run `git lfs pull`, or download the file.",
      "next_json": "Download the file again.",
      "next_safetensors": "Convert it to GGUF, or get the model in GGUF format.",
      "next_zeros": "Download the file again."
    },
    "model-version-unsupported": {
      "what": "This GGUF version is not supported.",
      "what_version": "GGUF version {{version}} is not supported.",
      "what_byteOrder": "This GGUF file was written for machines with the opposite byte order.",
      "next": "Get the model in GGUF version 2 or 3.",
      "next_byteOrder": "Get the model as a little-endian GGUF file."
    },
    "model-truncated": {
      "what": "The model file ends too early.",
      "what_header": "The model file ends inside its header.",
      "what_bytes": "The model file ends too early: it has {{there, number}} of {{needed, number}} bytes.",
      "what_part": "A part of the model, {{file}}, ends too early.",
      "what_partsMissing": "Missing {{count, number}} of the model’s {{total, number}} files: {{names, list}}.",
      "what_morePartsMissing": "Missing {{count, number}} of the model’s {{total, number}} files, among them {{names, list}}.",
      "next": "Download the file again; the download was not complete.",
      "next_partsMissing": "Put all of the model’s files into one folder, or download it again.",
      "next_morePartsMissing": "Put all of the model’s files into one folder, or download it again."
    },
    "model-header-invalid": {
      "what": "The model file’s header is damaged.",
      "what_part": "The header of {{file}}, a part of the model, is damaged.",
      "what_laterPart": "This is part {{part, number}} of {{total, number}} of a split model.",
      "what_slow": "Reading the model file’s header took more than {{seconds, number}} s of processor time.",
      "what_crashed": "The process that read the model file’s header crashed.",
      "next": "Download the file again from a source you trust.",
      "next_laterPart": "Choose its first file, {{file}}."
    },
    "model-not-chat": {
      "what": "This model is not made for chat.",
      "what_noTemplate": "This model has no chat template, so it cannot be used for chat.",
      "what_noVocabulary": "This model has no vocabulary, so it cannot read text.",
      "what_embeddings": "This model computes embeddings and cannot chat.",
      "what_companion": "This file ({{architecture}}) is an embedding model or a companion of another model, so it cannot chat.",
      "next": "Choose a chat model such as an R1 distill."
    },
    "model-architecture-unsupported": {
      "what": "The engine does not support this model’s architecture.",
      "what_unknown": "The engine does not support the architecture “{{architecture}}”.",
      "what_tokenizer": "The engine does not support this model’s tokenizer, “{{tokenizer}}”.",
      "next": "Choose another model, or update the app."
    },
    "model-too-large": {
      "what": "The model does not fit into memory.",
      "what_smallerContext": "{{name}} needs {{needed, bytes}} of memory with a context of {{context, number}} tokens, but only {{free, bytes}} are free.",
      "what_noContext": "{{name}} needs {{needed, bytes}} of memory even with a context of {{context, number}} tokens, but only {{free, bytes}} are free.",
      "next": "Choose a smaller model or a smaller context.",
      "next_smallerContext": "Choose a context of {{fitting, number}} tokens, which fits.",
      "next_noContext": "Choose a smaller model, or close other programs."
    },
    "model-changed": {
      "what": "The model file {{file}} has changed since it was downloaded.",
      "next": "Delete it and download it again. If you replaced it yourself, give your file another name."
    },
    "model-load-failed": {
      "what": "The model could not be loaded.",
      "next": "Try again, or choose another model."
    },
    "model-template-failed": {
      "what": "The model’s chat template could not be used.",
      "what_vocabulary": "This is an R1 model, but its vocabulary lacks {{token}}.",
      "what_tooLong": "The model’s chat template is too long.",
      "what_refused": "The model’s chat template does not accept these messages: {{reason}}",
      "what_messages": "The model’s chat template cannot be used with these messages.",
      "what_changes": "The model’s chat template changes messages in a way that is not supported.",
      "next": "Choose another model, or get this one from another source."
    },
    "model-crashed-engine": {
      "what": "The engine crashed while it worked with this model.",
      "what_hung": "The engine stopped responding while it worked with this model.",
      "what_memory": "The engine ran out of memory while it worked with this model.",
      "what_appEnded": "The app ended while it was loading this model.",
      "next": "Choose another model, or load this one again."
    },
    "model-in-use": {
      "what": "The model is being used for a reply.",
      "next": "Wait for the reply, or stop it."
    },
    "model-unloaded": {
      "what": "The model was unloaded in the app.",
      "next": "A new request loads it again."
    },
    "model-not-deletable": {
      "what": "This app cannot delete the model.",
      "what_comesWithApp": "{{name}} comes with the app and cannot be deleted.",
      "what_notOurs": "{{name}} was not downloaded by this app, so it is not deleted here.",
      "what_inFolder": "{{name}} is listed because it, or a link to it, is in one of the app’s own folders.",
      "next": "Delete it in the app that it belongs to.",
      "next_comesWithApp": "It is removed when you uninstall the app.",
      "next_notOurs": "Delete it in the file manager or in the app that it belongs to.",
      "next_inFolder": "Move the file or the link out of that folder."
    },
    "model-trash-failed": {
      "what": "The file could not be moved to the trash.",
      "what_noTrash": "There is no trash here; only the app’s window can delete a model.",
      "what_file": "The file could not be moved to the trash: {{path}}",
      "next": "Delete it in the file manager.",
      "next_noTrash": "Delete it in the app’s window or in the file manager."
    },
    "models-folder-missing": {
      "what": "The folder with the downloaded models cannot be reached: {{folder}}",
      "safe": "Nothing in it was changed, and your chats open as usual.",
      "next": "Connect its disk, or choose another folder on the Models screen."
    },
    "models-moving": {
      "what": "The models are being moved to another folder.",
      "next": "Wait until that has finished, or cancel it on the Models screen."
    },
    "models-move-refused": {
      "what": "The models cannot be moved there.",
      "what_alreadyThere": "The models are already in {{folder}}.",
      "what_insideItself": "{{folder}} is inside the models folder.",
      "what_insideHome": "{{folder}} is inside the app’s own folder.",
      "what_notWritable": "The app cannot create a folder in {{folder}}.",
      "what_openToOthers": "Other users of this machine could replace the models in {{folder}}.",
      "what_leftOver": "Files from an earlier move are still in {{folder}}.",
      "what_special": "{{path}} cannot be moved, because it is neither a file nor a folder.",
      "what_sameName": "{{path}} has the same name as another file, apart from upper and lower case, and some disks do not distinguish them.",
      "what_largeFile": "The disk is formatted as FAT, which cannot hold files of 4 GB, and {{path}} is larger.",
      "what_room": "{{needed, bytes}} are needed there, and {{free, bytes}} are free.",
      "what_tooMany": "The models folder has more than {{most, number}} files.",
      "what_downloading": "A download is running.",
      "what_links": "The models folder contains links, and that disk cannot hold links.",
      "what_outdated": "Something has changed since you chose the folder.",
      "what_system": "The system reported an error before the move began.",
      "safe": "Nothing was moved.",
      "next": "Choose another folder.",
      "next_insideHome": "Choose a folder outside it, or move the models back.",
      "next_leftOver": "Move them elsewhere or delete them, then try again.",
      "next_special": "Remove it from the models folder, then try again.",
      "next_sameName": "Rename one of them, then try again.",
      "next_tooMany": "Move files that are not models elsewhere, then try again.",
      "next_downloading": "Pause it, then try again.",
      "next_outdated": "Choose it again.",
      "next_system": "Try again."
    },
    "models-move-failed": {
      "what": "The models could not be moved.",
      "what_changed": "{{path}} was changed while it was being copied.",
      "what_damaged": "{{path}} is no longer the file that was downloaded; it was not copied.",
      "what_badCopy": "The disk did not store {{path}} correctly.",
      "what_folderGone": "The folder {{folder}} can no longer be reached.",
      "what_diskFull": "The disk to which the models are being moved is full.",
      "what_largeFile": "The disk to which the models are being moved cannot hold a file of this size.",
      "what_system": "The system reported an error while the models were being moved.",
      "what_notDeleted": "The models are in the new folder, but some files could not be deleted from the former one.",
      "safe": "No model was lost.",
      "next": "Try again, or undo the move.",
      "next_damaged": "Undo the move, delete that model and download it again.",
      "next_badCopy": "Check that disk, then try again, or undo the move.",
      "next_folderGone": "Connect its disk and try again, or undo the move.",
      "next_diskFull": "Free some space and try again, or undo the move.",
      "next_largeFile": "Undo the move and choose another disk.",
      "next_notDeleted": "Try again."
    },
    "models-copies-left": {
      "what": "The move was undone while {{folder}} could not be reached, so copies of models may be left in it.",
      "safe": "All models are where they were.",
      "next": "Once its disk is connected, delete the copies that you do not need."
    },
    "prompt-empty": {
      "what": "The message is empty.",
      "next": "Write something first."
    },
    "prompt-too-long": {
      "what": "The message is too long to store.",
      "what_file": "The text in {{path}} is larger than {{most, bytes}}.",
      "what_stdin": "The text on standard input is larger than {{most, bytes}}.",
      "next": "Shorten it or split it."
    },
    "context-exceeded": {
      "what": "The conversation does not fit into the context.",
      "what_prompt": "The conversation takes {{promptTokens, number}} tokens and a reply needs at least one more, but the context is limited to {{contextSize, number}}.",
      "what_tests": "The tests need a context of {{needed, tokens}}, but the model’s context is limited to {{held, tokens}}.",
      "next": "Choose a larger context, shorten the message, or start a new chat.",
      "next_tests": "Leave out the deepest test."
    },
    "summary-failed": {
      "what": "The oldest messages could not be summarized.",
      "what_room": "With a summary of the oldest messages, there would be no room in the context for the reply.",
      "what_empty": "The model wrote no summary of the oldest messages.",
      "what_roomDropped": "With a summary of the oldest messages, there would have been no room in the context for the reply, so they were left out.",
      "what_emptyDropped": "The model wrote no summary of the oldest messages, so they were left out.",
      "what_roomDroppedIn": "In the chat “{{title}}”, a summary of the oldest messages would have left no room in the context for the reply, so they were left out.",
      "what_emptyDroppedIn": "The model wrote no summary of the oldest messages of the chat “{{title}}”, so they were left out.",
      "safe": "They are still in the chat; a line marks where the model starts to read.",
      "safe_room": "No message is lost.",
      "safe_empty": "No message is lost.",
      "next": "A larger context holds more of the chat."
    },
    "text-not-utf8": {
      "what": "The text is not valid UTF-8.",
      "what_file": "The text in {{path}} is not valid UTF-8.",
      "what_stdin": "The text on standard input is not valid UTF-8.",
      "next": "Save it as UTF-8 and try again.",
      "next_stdin": "Convert it to UTF-8 and try again."
    },
    "messages-invalid": {
      "what": "The list of messages is not valid.",
      "what_notJson": "The messages are not valid JSON.",
      "what_notList": "The messages must be a JSON array.",
      "what_empty": "The list of messages is empty.",
      "what_message": "Message {{position, number}} is not valid. A message has a \"role\", which is \"user\" or \"assistant\", and a \"content\", which is text, and nothing else.",
      "what_lastNotUser": "The last message must have \"user\" as its \"role\".",
      "next": "Run `r1 {{command}} --help` to see the format."
    },
    "chat-not-found": {
      "what": "This chat no longer exists.",
      "next": "Choose another chat."
    },
    "chat-busy": {
      "what": "A reply is still being written in this chat.",
      "next": "Wait for it, or stop it."
    },
    "chat-folder-not-found": {
      "what": "This folder of chats no longer exists. Its chats are still there.",
      "next": "Choose another folder."
    },
    "chat-folder-exists": {
      "what": "There is already a folder of chats with this name.",
      "what_named": "There is already a folder of chats named “{{name}}”.",
      "next": "Choose another name."
    },
    "chat-folders-full": {
      "what": "There are already as many folders of chats as there can be. Nothing was changed.",
      "what_most": "There are {{most, number}} folders of chats, which is the most there can be. Nothing was changed.",
      "next": "Delete a folder that you no longer need. Its chats stay."
    },
    "message-not-found": {
      "what": "This message no longer exists.",
      "next": "Open the chat again."
    },
    "chat-damaged": {
      "what": "This chat’s stored details were changed on the disk by something other than this app.",
      "next": "Its title, draft, system prompt or settings may be lost. Its messages are checked separately."
    },
    "chat-plain": {
      "what": "The window stopped working twice while a chat was open, so it was opened without that chat.",
      "what_named": "The window stopped working twice while the chat “{{title}}” was open, so it was opened without that chat.",
      "next": "You can read the chat as plain text, and return to the usual view from there."
    },
    "message-damaged": {
      "what": "This message was changed on the disk by something other than this app.",
      "safe": "The rest of the chat is not affected.",
      "next": "Compare it with a backup."
    },
    "messages-damaged": {
      "what": "Messages were changed on the disk by something other than this app.",
      "what_counted": "Messages that were changed on the disk by something other than this app: {{count, number}}.",
      "safe": "Nothing was deleted, and the messages are marked in their chats.",
      "next": "An earlier backup may have them unchanged: see Privacy in Settings. Check the disk."
    },
    "run-not-found": {
      "what": "This reply is no longer being written.",
      "next": "Open the chat again."
    },
    "offline": {
      "what": "Offline is on, so no connection was made.",
      "what_forced": "R1 Workbench was started offline, so no connection was made.",
      "what_cut": "Offline was turned on, so the connection was closed.",
      "what_share": "Offline is on, so this file was not opened: it is on another machine, {{host}}.",
      "safe": "Anything already downloaded is kept.",
      "safe_share": "Nothing was sent to that machine.",
      "next": "Turn Offline off in the sidebar or under Settings, Privacy.",
      "next_forced": "Start it again without --offline and without R1_OFFLINE.",
      "next_share": "Copy the file to this machine, or turn Offline off and open the file again."
    },
    "hub-unreachable": {
      "what": "The hub could not be reached.",
      "what_unknownHost": "{{host}} could not be reached: no server of this name was found.",
      "what_lookupFailed": "{{host}} could not be reached: its name could not be looked up.",
      "what_refused": "{{host}} could not be reached: it refused the connection.",
      "what_cut": "The connection to {{host}} was interrupted.",
      "what_offline": "{{host}} could not be reached: there is no network connection.",
      "what_noRoute": "{{host}} could not be reached: no route leads to it.",
      "what_late": "{{host}} did not respond in time.",
      "what_stalled": "{{host}} stopped sending data.",
      "what_noEncryption": "{{host}} could not be reached: no encrypted connection could be established.",
      "safe": "Anything already downloaded is kept.",
      "next": "Check the connection, and the hub’s address in Settings."
    },
    "hub-not-trusted": {
      "what": "The hub’s certificate cannot be trusted.",
      "what_expired": "The connection to {{host}} is not secure: its certificate has expired.",
      "what_notYetValid": "The connection to {{host}} is not secure: its certificate is not valid yet.",
      "what_otherHost": "The connection to {{host}} is not secure: its certificate is for another host.",
      "what_unknownSigner": "The connection to {{host}} is not secure: its certificate is signed by an unknown authority.",
      "what_certificate": "The connection to {{host}} is not secure: its certificate cannot be trusted.",
      "safe": "Nothing was sent or received.",
      "next": "Check the hub’s address and this machine’s date, or try another network."
    },
    "hub-refused": {
      "what": "The hub refused the request.",
      "what_status": "The hub refused the request (HTTP {{status}}).",
      "next": "Try again later, or choose another source."
    },
    "hub-not-found": {
      "what": "The hub has no such repository or file.",
      "what_file": "The hub has no such file.",
      "what_revision": "The hub has no such revision.",
      "what_hidden": "The hub has no such repository, or it is private.",
      "what_notARepo": "“{{name}}” is not the name of a repository.",
      "what_notARevision": "“{{name}}” is not the name of a revision.",
      "what_notInRepo": "The repository has no file “{{name}}”.",
      "next": "Check the name, or choose another source.",
      "next_hidden": "Check the name. If the repository is private, set your hub token in Settings.",
      "next_notARepo": "Enter it as owner/name.",
      "next_notARevision": "Enter a branch, a tag or a commit."
    },
    "hub-gated": {
      "what": "The authors share this model only with people who accept their terms.",
      "next": "Accept the terms on the model’s page, then set your hub token in Settings."
    },
    "hub-token-refused": {
      "what": "The hub did not accept the token.",
      "what_malformed": "This is not a token: it contains spaces or other characters that tokens do not have.",
      "what_environment": "HF_TOKEN is not a token: it contains spaces or other characters that tokens do not have.",
      "next": "Set a valid token in Settings, or remove it.",
      "next_environment": "Correct the environment variable, or remove it."
    },
    "hub-busy": {
      "what": "The hub asked the app to wait.",
      "what_status": "The hub has a problem of its own (HTTP {{status}}).",
      "safe": "Nothing is lost.",
      "next": "The request is repeated automatically."
    },
    "hub-answer-invalid": {
      "what": "The hub’s response could not be understood.",
      "what_notGguf": "The hub sent something that is not a GGUF file.",
      "next": "A sign-in page or a proxy may be in between. Check the connection and try again."
    },
    "hub-address-invalid": {
      "what": "This is not a usable hub address.",
      "what_address": "“{{address}}” is not a usable hub address.",
      "next": "Enter it as https://host, without a path."
    },
    "hub-not-agreed": {
      "what": "You have not agreed to connect to this hub.",
      "what_nobodyToAsk": "The settings name {{origin}} as the hub, but you have not agreed to connect to it.",
      "safe_nobodyToAsk": "Nothing was sent to {{origin}}.",
      "safe_declined": "Nothing was sent to {{origin}}.",
      "next": "Try again and choose Connect, or set another address in Settings.",
      "next_nobodyToAsk": "Set HF_ENDPOINT to it, or search it once in the app’s window and choose Connect."
    },
    "hub-redirect-refused": {
      "what": "The hub redirected the download to a server that is not trusted.",
      "what_tooMany": "The hub redirected the request too many times.",
      "safe": "Nothing was sent to that server or received from it.",
      "safe_tooMany": "Anything already downloaded is kept.",
      "next": "Try another source."
    },
    "proxy-failed": {
      "what": "The proxy did not let the request through.",
      "what_signIn": "The proxy requires you to sign in.",
      "what_unsupported": "Proxies of the kind “{{kind}}” are not supported.",
      "next": "Check the system’s proxy settings.",
      "next_unsupported": "Use an http or https proxy."
    },
    "server-not-found": {
      "what": "There is no such server.",
      "what_named": "There is no server named “{{name}}”.",
      "next": "Look at the list of servers in Settings, or run r1 servers."
    },
    "server-name-taken": {
      "what": "Another server has this name.",
      "what_named": "Another server is named “{{name}}”.",
      "next": "Choose another name."
    },
    "servers-full": {
      "what": "No more servers can be added.",
      "what_most": "There are already {{most, number}} servers, which is the most there can be.",
      "next": "Remove one that you no longer use."
    },
    "servers-busy": {
      "what": "The list of servers is being changed by another program of R1 Workbench.",
      "safe": "Nothing was changed.",
      "next": "Try again in a moment."
    },
    "servers-damaged": {
      "what": "The list of servers could not be read, so it is empty now. The damaged file was kept as {{file}}.",
      "safe": "Keys that are in the system’s keychain are still there.",
      "next": "Add your servers again in Settings."
    },
    "server-address-invalid": {
      "what": "This is not a usable server address.",
      "what_address": "“{{address}}” is not a usable server address.",
      "what_credentials": "The address of {{address}} contains a user name or password.",
      "what_plainHttp": "The connection to {{address}} would not be encrypted, so others could read what you send.",
      "next": "Enter it as https://host/v1, or http://127.0.0.1:8080 for this machine.",
      "next_credentials": "Leave them out, and enter a key instead.",
      "next_plainHttp": "Enter an address that begins with https://, or allow unencrypted http for this server."
    },
    "server-not-agreed": {
      "what": "You have not agreed to the address of this server.",
      "what_nobodyToAsk": "You have not agreed to a server at {{origin}}.",
      "safe": "Nothing was sent.",
      "safe_nobodyToAsk": "Nothing was sent to {{origin}}.",
      "safe_declined": "Nothing was sent to {{origin}}.",
      "next": "Try again and choose Add."
    },
    "server-key-malformed": {
      "what": "This is not a key: it contains spaces or other characters that keys do not have.",
      "next": "Copy the key again, without anything around it."
    },
    "server-key-missing": {
      "what": "This server’s key is missing.",
      "what_variable": "The environment variable {{variable}}, which should have the key of {{server}}, is not set.",
      "safe": "Nothing was sent.",
      "next": "Set the variable, or enter the key in Settings."
    },
    "server-certificate-invalid": {
      "what": "This certificate cannot be used.",
      "what_notPem": "This is not a certificate in PEM form.",
      "what_expired": "This certificate has expired.",
      "next": "Paste the certificate from “-----BEGIN CERTIFICATE-----” to “-----END CERTIFICATE-----”.",
      "next_expired": "Ask whoever runs the server for a new one."
    },
    "server-unreachable": {
      "what": "The server could not be reached.",
      "what_unknownHost": "{{host}} could not be reached: no server of this name was found.",
      "what_lookupFailed": "{{host}} could not be reached: its name could not be looked up.",
      "what_refused": "{{host}} could not be reached: it refused the connection.",
      "what_cut": "The connection to {{host}} was interrupted.",
      "what_offline": "{{host}} could not be reached: there is no network connection.",
      "what_noRoute": "{{host}} could not be reached: no route leads to it.",
      "what_late": "{{host}} did not respond in time.",
      "what_stalled": "{{host}} stopped sending data.",
      "what_noEncryption": "{{host}} could not be reached: no encrypted connection could be established.",
      "next": "Check that the server is running, and its address in Settings."
    },
    "server-not-trusted": {
      "what": "The server’s certificate cannot be trusted.",
      "what_expired": "The connection to {{host}} is not secure: its certificate has expired.",
      "what_notYetValid": "The connection to {{host}} is not secure: its certificate is not valid yet.",
      "what_otherHost": "The connection to {{host}} is not secure: its certificate is for another host.",
      "what_unknownSigner": "The connection to {{host}} is not secure: its certificate is signed by an unknown authority.",
      "what_certificate": "The connection to {{host}} is not secure: its certificate cannot be trusted.",
      "safe": "Nothing was sent.",
      "next": "If the server has a certificate of its own, add it in Settings. Otherwise check the address and this machine’s date."
    },
    "server-redirected": {
      "what": "{{server}} redirected the request to {{host}}, which is not followed.",
      "safe": "Nothing was sent there, and neither was the key.",
      "next": "If that is where the server is, enter its address in Settings."
    },
    "server-key-refused": {
      "what": "The server did not accept the key.",
      "what_withKey": "{{server}} did not accept the key.",
      "what_withoutKey": "{{server}} requires a key.",
      "next": "Enter the key of the server in Settings, or add it to r1 with --key-env."
    },
    "server-unpaid": {
      "what": "{{server}} does not write because the account has no balance left.",
      "next": "Top up the account at the provider, or choose another model."
    },
    "server-busy": {
      "what": "The server is too busy.",
      "what_status": "{{server}} is too busy (HTTP {{status}}).",
      "what_waits": "{{server}} asks to wait for {{seconds, number}} s.",
      "next": "Try again later."
    },
    "server-loading": {
      "what": "{{server}} is still loading its model.",
      "next": "Try again in a moment."
    },
    "server-model-missing": {
      "what": "The server does not have this model.",
      "what_named": "{{server}} does not have the model “{{model}}”.",
      "next": "Test the server in Settings to list its models again."
    },
    "server-refused": {
      "what": "The server refused the request.",
      "what_status": "{{server}} refused the request (HTTP {{status}}).",
      "what_said": "{{server}} refused the request (HTTP {{status}}): {{said}}",
      "next": "Check the server’s address and the settings of the model."
    },
    "server-failed": {
      "what": "The server reported an error.",
      "what_said": "{{server}} reported an error: {{said}}",
      "next": "Look at the server’s own log, or try again."
    },
    "server-answer-invalid": {
      "what": "The server’s answer could not be understood.",
      "what_notJson": "{{server}} did not answer as a server of models does. The address may lead to something else.",
      "what_notUnderstood": "The answer of {{server}} could not be understood.",
      "what_tooLarge": "The answer of {{server}} was too large, and was ended.",
      "what_empty": "{{server}} ended the reply without writing anything, and did not say why.",
      "next": "Check the server’s address. A sign-in page or a proxy may be in between.",
      "next_empty": "Look at the server’s own log, or try again."
    },
    "server-silent": {
      "what": "{{server}} has sent nothing for {{seconds, number}} s.",
      "next": "Check whether the server is still working, and try again."
    },
    "server-cut": {
      "what": "The connection to {{server}} ended before the reply was complete.",
      "safe": "What had arrived by then is kept. Nothing was sent again.",
      "next": "Continue the reply, or have it written again.",
      "safe_measuring": "A reply that was cut is not counted.",
      "next_measuring": "Check the connection and the server, and run the benchmark again."
    },
    "server-endless": {
      "what": "{{server}} did not end its reply.",
      "what_slow": "{{server}} had not ended its reply after {{seconds, roughly}}, so it was stopped.",
      "what_long": "{{server}} was asked for {{tokens, tokens}} at most and wrote far more, so it was stopped.",
      "next": "Check the server, or ask for fewer tokens."
    },
    "server-cannot": {
      "what": "Models on servers cannot do this.",
      "what_endThought": "{{server}} cannot end a thought early.",
      "what_skipThinking": "{{server}} cannot skip the thought of this model.",
      "what_otherModel": "{{server}} cannot skip the thought of this model, but it can skip that of {{model}}.",
      "what_continue": "{{server}} cannot continue this reply.",
      "what_showPrompt": "{{server}} does not show what its model reads.",
      "what_followSchema": "{{server}} is not known to write answers that conform to a schema.",
      "what_plainText": "{{server}} can only write replies in a chat, and continues no plain text.",
      "what_fileOnly": "This works only with models on this machine, and this one is on {{server}}.",
      "next": "Choose a model on this machine.",
      "next_endThought": "Remove the limit for the thought in the settings of this chat.",
      "next_skipThinking": "Turn thinking on for this chat, or choose another model.",
      "next_otherModel": "Choose {{model}} for this chat, or turn thinking on.",
      "next_continue": "Have the reply written again."
    },
    "api-server-not-started": {
      "what": "The server could not be started.",
      "what_portInUse": "The server could not be started: another program uses port {{port}}.",
      "what_portNotAllowed": "The server could not be started: the system does not allow it to use port {{port}}.",
      "what_noAddress": "The server could not be started: this machine does not have the address {{host}}.",
      "what_otherReason": "The server could not be started: {{reason}}",
      "next": "Try again.",
      "next_portInUse": "Close the other program, or choose another port.",
      "next_portNotAllowed": "Choose another port, at least 1024.",
      "next_noAddress": "Choose an address of this machine, such as 127.0.0.1."
    },
    "api-origin-invalid": {
      "what": "This is not the address of a website.",
      "what_origin": "“{{origin}}” is not the address of a website.",
      "next": "Enter it as https://host, without a path."
    },
    "llama-server-failed": {
      "what": "llama-server failed.",
      "what_noProgram": "No llama-server has been chosen.",
      "what_noModel": "No model has been chosen for llama-server.",
      "what_notOne": "This program is not llama-server.",
      "what_tooOld": "This llama-server is too old: it cannot keep experts in main memory.",
      "what_notRunnable": "The program could not be run.",
      "what_workers": "llama-server could not use all of its workers.",
      "what_noWorkers": "This llama-server was built without support for workers.",
      "what_slow": "The program did not answer within {{seconds, number}} s.",
      "what_exitCode": "llama-server ended by itself (exit code {{exitCode}}).",
      "what_signal": "llama-server ended by itself (signal {{signal}}).",
      "what_portTaken": "llama-server could not be started again: another program has its port.",
      "what_outOfMemory": "llama-server ran out of memory.",
      "what_modelNotLoaded": "llama-server could not load the model.",
      "next": "Its last lines are in the details.",
      "next_noProgram": "Choose the program named llama-server from llama.cpp.",
      "next_noModel": "Choose a model.",
      "next_notOne": "Choose the program named llama-server from llama.cpp.",
      "next_tooOld": "Install a newer release of llama.cpp.",
      "next_notRunnable": "Check that the file is there and that you may run it.",
      "next_workers": "Check that rpc-server runs at each address and that no firewall blocks it.",
      "next_noWorkers": "Use one that was built with GGML_RPC, or remove the workers.",
      "next_slow": "Try again.",
      "next_portTaken": "Start it again; it then gets another port.",
      "next_outOfMemory": "Choose a shorter context or a smaller model, or close other programs.",
      "next_modelNotLoaded": "Check that the model’s files are still there, or install a newer release of llama.cpp. Its last lines are in the details."
    },
    "update-unreachable": {
      "what": "The server with new versions could not be reached.",
      "what_noAnswer": "{{host}} could not be reached.",
      "what_late": "{{host}} took too long to respond.",
      "what_notTrusted": "The connection to {{host}} is not secure: its certificate cannot be trusted.",
      "what_status": "{{host}} refused the request (HTTP {{status}}).",
      "safe": "The installed version is unchanged.",
      "next": "Try again later."
    },
    "update-refused": {
      "what": "What the update server sent was refused.",
      "what_redirected": "The update server redirected the request to {{host}}, which is not one of its own hosts.",
      "what_tooLarge": "The update server sent more than it should.",
      "what_unsigned": "The description of the new version does not have the signature of this app’s makers.",
      "what_invalid": "The response of the update server could not be understood.",
      "what_mismatch": "The SHA-512 of the downloaded file is not the one in the signed description.",
      "safe": "The installed version is unchanged.",
      "next": "Try again later, on another network if possible."
    },
    "update-not-installed": {
      "what": "Version {{version}} could not be installed.",
      "safe": "This is still the earlier version, with everything as it was.",
      "next": "Try again under Settings, General, or download it from the release page."
    },
    "download-not-found": {
      "what": "This download no longer exists.",
      "next": "Start it again from the list."
    },
    "download-in-use": {
      "what": "This model is being downloaded elsewhere on this machine.",
      "next": "Wait for that download, or stop it there."
    },
    "download-name-refused": {
      "what": "The file’s name cannot be used on this machine.",
      "what_name": "The file name “{{name}}” cannot be used.",
      "what_notGguf": "Only GGUF files can be downloaded.",
      "what_link": "A link in the models folder leads out of it.",
      "safe": "Nothing was written.",
      "next": "Choose another file or repository.",
      "next_notGguf": "Choose a .gguf file.",
      "next_link": "Remove the link, then try again."
    },
    "download-incomplete-set": {
      "what": "Parts of this model are missing on the hub.",
      "what_count": "The hub lacks {{count, number}} of the model’s {{total, number}} parts.",
      "next": "Choose another source."
    },
    "download-changed": {
      "what": "The file on the hub changed while it was being downloaded.",
      "next": "The download starts over with the new file, so that the two are never mixed."
    },
    "download-mismatch": {
      "what": "The file’s hash does not match the one published by the hub.",
      "safe": "The file is kept but not used.",
      "next": "Resume the download to get the damaged parts again."
    },
    "download-unverifiable": {
      "what": "The hub publishes no hash for this file, so it cannot be verified.",
      "next": "Download it only if you trust the source."
    },
    "download-disk-full": {
      "what": "There is not enough free space on the disk.",
      "what_room": "{{rest, bytes}} must still be downloaded and {{reserve, bytes}} stay free, but the disk has only {{free, bytes}} left.",
      "safe": "What was downloaded is kept.",
      "next": "Free some space, then resume."
    },
    "download-disk-failed": {
      "what": "The download could not be written to the disk.",
      "next": "Check the disk and the folder’s permissions, then resume."
    },
    "download-file-exists": {
      "what": "Another file with this name is in the models folder.",
      "what_at": "Another file is already at {{path}}.",
      "next": "Rename or delete that file, then resume."
    },
    "component-not-offered": {
      "what": "This part of the app cannot be installed here.",
      "what_noCard": "CUDA needs an NVIDIA card and its driver, and neither was found on this machine.",
      "what_system": "There is no such part for this system, or the app contains it already.",
      "safe": "Nothing was downloaded.",
      "next": "Nothing needs to be done.",
      "next_noCard": "If this machine has such a card, install its driver, then restart the app."
    },
    "component-unreachable": {
      "what": "{{host}} could not be reached, or did not send what was requested.",
      "safe": "What was downloaded is kept.",
      "next": "Check the connection, then resume."
    },
    "component-missing": {
      "what": "{{host}} does not have the files for this version of the app, or does not give them out.",
      "safe": "Nothing was installed.",
      "next": "Try again later, or update the app."
    },
    "component-mismatch": {
      "what": "What was downloaded is not what this version of the app expects.",
      "safe": "It was not installed.",
      "next": "Resume to download it again, if possible from another network."
    },
    "component-in-use": {
      "what": "Another program uses these files, so they cannot be removed now.",
      "safe": "They are unchanged.",
      "next": "Close other windows and terminals of the app, then try again."
    },
    "component-changing": {
      "what": "A part of the app is being installed or removed, so no model can be loaded for a moment.",
      "next": "Try again in a few seconds."
    },
    "benchmark-running": {
      "what": "A benchmark is running.",
      "what_elsewhere": "A benchmark or a tuning is already running on this machine, in this or another window or terminal.",
      "next": "Wait for it to finish, or stop it."
    },
    "benchmark-nothing-to-measure": {
      "what": "None of the benchmark’s tests can be run.",
      "what_context": "None of the tests can be run: the model’s context holds {{most, tokens}} at most.",
      "next": "Choose a smaller model or smaller tests, or close other programs."
    },
    "benchmark-too-slow": {
      "what": "The benchmark ran out of time before anything was measured.",
      "what_hashing": "The model file’s hash could not be computed within the benchmark’s {{seconds, roughly}}, so nothing was measured.",
      "what_loading": "The model was not loaded within the benchmark’s {{seconds, roughly}}, so nothing was measured.",
      "what_measuring": "The first timed run did not finish within the benchmark’s {{seconds, roughly}}, so nothing was measured.",
      "next": "Give it more time, or choose a smaller model or smaller tests."
    },
    "benchmark-not-found": {
      "what": "This benchmark result no longer exists.",
      "next": "Choose another result."
    },
    "benchmark-damaged": {
      "what": "A benchmark result could not be read and was set aside.",
      "safe": "The others are not affected. The damaged file is kept as {{file}}."
    },
    "tune-running": {
      "what": "This machine is being tuned.",
      "next": "Wait for it to finish, or stop it."
    },
    "tune-nothing-to-apply": {
      "what": "There is no proposal to apply.",
      "next": "Tune for this machine first."
    },
    "tune-nothing-to-undo": {
      "what": "There is no tuning to undo.",
      "safe": "The model’s settings are as you chose them."
    },
    "store-failed": {
      "what": "The chats could not be read or written.",
      "what_damaged": "The chats could not be read or written because the chat store is damaged.",
      "what_closed": "The chats cannot be read or written because the app is closing.",
      "what_notConverted": "The chats were written by an earlier version of this app and could not be converted for this version.",
      "safe": "Nothing was deleted.",
      "next": "Restart the app.",
      "next_damaged": "Restart the app. It checks the store when it starts, and restores what it can.",
      "next_notConverted": "This is a fault in the app; please report it. A newer version may be able to read them."
    },
    "store-corrupt": {
      "what": "The chat store was damaged.",
      "what_inUse": "The chat store is damaged.",
      "what_mending": "The chat store is damaged and is being mended.",
      "what_mendedAll": "The chat store was damaged. Messages restored: {{restored, number}} of {{total, number}}.",
      "what_mended": "The chat store was damaged. Messages restored: {{restored, number}} of {{total, number}}. The newest lost one was written about {{lostAt, dayAndTime}}.",
      "what_fromBackup": "The chat store was damaged. Messages restored from the backup of {{backupAt, dayAndTime}} and from what could be read: {{restored, number}}. Others that were written after the backup may be lost.",
      "what_readable": "The chat store was damaged, and there was no backup. Messages that could be read and were restored: {{restored, number}}. Others may be lost.",
      "what_nothing": "The chat store was damaged, and no message could be restored.",
      "what_missing": "The chat store was missing. Messages restored from the backup of {{backupAt, dayAndTime}}: {{restored, number}}.",
      "safe": "The original is kept in the quarantine folder.",
      "safe_inUse": "Nothing was changed.",
      "safe_mending": "What can be read is not changed meanwhile.",
      "safe_mended": "The damaged store is kept in {{folder}}.",
      "safe_mendedAll": "The damaged store is kept in {{folder}}.",
      "safe_fromBackup": "The damaged store is kept in {{folder}}.",
      "safe_readable": "The damaged store is kept in {{folder}}.",
      "safe_nothing": "The damaged store is kept in {{folder}}.",
      "safe_missing": "What was written after that is not in it.",
      "next_inUse": "Close the app and start it again.",
      "next_mending": "Your chats will be here when that is done. A large store can take a minute.",
      "next_mended": "Earlier backups may have what is lost: see Privacy in Settings.",
      "next_fromBackup": "Chats that you deleted after the backup may be back. Delete them again."
    },
    "store-newer": {
      "what": "The chats were written by a newer version of this app.",
      "next": "Update the app."
    },
    "store-read-only": {
      "what": "The chats can be read but not changed.",
      "what_readOnly": "The chats can be read but not changed, because their disk is read-only.",
      "what_notAllowed": "The chats can be read but not changed, because the system does not let the app write to their folder.",
      "what_diskFull": "The chats can be read but not changed, because the disk is full.",
      "safe": "What you typed is still here, and is saved as soon as that is possible.",
      "next": "Make the folder writable again.",
      "next_diskFull": "Free some space."
    },
    "backup-not-made": {
      "what": "The chats could not be backed up.",
      "what_replying": "The chats are not backed up while a reply is being written.",
      "what_diskFull": "The chats could not be backed up, because the disk is full.",
      "safe": "The chats and the earlier backups are unchanged.",
      "next": "Try again under Privacy in Settings.",
      "next_replying": "Wait until the reply has ended.",
      "next_diskFull": "Free some space, then make a backup under Privacy in Settings."
    },
    "backup-not-restored": {
      "what": "The backup was not restored.",
      "what_replying": "A backup is not restored while a reply is being written.",
      "what_importing": "A backup is not restored while chats are being imported.",
      "what_gone": "The backup no longer exists.",
      "what_damaged": "The backup is damaged.",
      "what_newer": "The backup was made by a newer version of this app.",
      "safe": "The chats are unchanged.",
      "next_replying": "Wait until the reply has ended, or stop it.",
      "next_importing": "Wait until the import has ended, or cancel it.",
      "next_gone": "Choose another one.",
      "next_damaged": "Choose another one.",
      "next_newer": "Update the app."
    },
    "chats-locked": {
      "what": "The chats are locked.",
      "what_keychainOnly": "Only the system’s keychain opens the chats, and r1 cannot ask it.",
      "safe": "They are encrypted on the disk.",
      "next": "Unlock them.",
      "next_notAsked": "Run the command in a terminal, which asks for the passphrase, or use --passphrase-file.",
      "next_keychainOnly": "Set a passphrase in the app’s settings."
    },
    "chat-lock-unreadable": {
      "what": "The chats cannot be unlocked.",
      "what_damaged": "The chats cannot be unlocked, because the file with their key is damaged.",
      "what_missing": "The chats cannot be unlocked, because the file with their key is missing.",
      "what_newer": "The chats were locked by a newer version of this app.",
      "what_otherKey": "The chats cannot be unlocked, because they were encrypted with another key.",
      "safe": "The chats are unchanged.",
      "next_damaged": "Restore chat-lock.json in the app’s folder from a backup of yours. Without it, nobody can read the chats.",
      "next_missing": "Restore chat-lock.json in the app’s folder from a backup of yours. Without it, nobody can read the chats.",
      "next_newer": "Update the app.",
      "next_otherKey": "Restore chat-lock.json and the store folder from the same backup of yours."
    },
    "chat-lock-refused": {
      "what": "The lock was not changed.",
      "what_passphrase": "That is not the passphrase.",
      "what_keychain": "The system’s keychain no longer has the key of the chats.",
      "what_noKeychain": "This system has no keychain that could keep the key.",
      "what_on": "The lock is already on.",
      "what_off": "The lock is already off.",
      "what_replying": "The lock is not changed while a reply is being written.",
      "what_inUse": "The lock is not changed while another program has the chats open, such as r1 in a terminal.",
      "what_diskFull": "There is not enough space on the disk to encrypt or decrypt the chats.",
      "what_tooShort": "The passphrase is too short: it needs at least {{least, number}} characters.",
      "safe": "The chats are unchanged.",
      "next_passphrase": "Try again.",
      "next_keychain": "Unlock with your passphrase, if you have set one.",
      "next_noKeychain": "Use a passphrase.",
      "next_replying": "Wait until the reply has ended, or stop it.",
      "next_inUse": "Close it, then try again.",
      "next_diskFull": "Free some space, then try again.",
      "next_tooShort": "Choose a longer one.",
      "what_lastKey": "The lock needs a passphrase or the keychain.",
      "what_open": "The chats are unlocked, so they are erased like others.",
      "what_moving": "The lock is not changed while chats are being imported or exported.",
      "what_switching": "The app is encrypting or decrypting the chats.",
      "what_interrupted": "Encrypting or decrypting the chats was interrupted.",
      "next_lastKey": "Set a passphrase first.",
      "next_open": "Erase them under “What is on the disk”.",
      "next_moving": "Wait until that has ended, then try again.",
      "next_switching": "Wait until it is done, then try again.",
      "next_interrupted": "Start the app and open the chats there, which completes or undoes it."
    },
    "chat-lock-unfinished": {
      "what": "The chats were encrypted or decrypted, but something of before is left.",
      "what_encrypting": "The chats are encrypted, but not everything from before is erased yet.",
      "what_decrypting": "The chats are no longer encrypted, but their earlier backups still are.",
      "safe": "All chats are there.",
      "next_encrypting": "See that there is space on the disk and that no r1 runs in a terminal, then lock and unlock the chats: the app tries again each time they are unlocked.",
      "next_decrypting": "See that there is space on the disk, then choose “Stop encrypting…” in Settings again. Without the passphrase, you can erase these backups there."
    },
    "encrypting-undone": {
      "what": "The chats are not encrypted: the app ended before that was done.",
      "safe": "All chats are there, as they were before.",
      "next": "Encrypt them again under Settings, Privacy."
    },
    "chats-left-plain": {
      "what": "Damaged files or files of an earlier version with chats were set aside, and are not encrypted.",
      "safe": "They may have chats that are nowhere else, so they were not erased.",
      "next": "If you do not need them, erase them under Settings, Privacy, in the list of what is on the disk."
    },
    "presets-damaged": {
      "what": "Your prompt presets could not be read.",
      "safe": "The damaged file is kept as {{file}}.",
      "next": "You can make presets again. The ones that come with the app are there."
    },
    "presets-full": {
      "what": "There are already as many prompt presets as there can be. Nothing was changed.",
      "what_most": "There are {{most, number}} prompt presets of your own, which is the most there can be. Nothing was changed.",
      "next": "Delete one that you no longer need."
    },
    "presets-busy": {
      "what": "Another program of R1 Workbench is changing the prompt presets. Nothing was changed here.",
      "next": "Wait until it has ended, for example an import with r1, and try again."
    },
    "preset-not-found": {
      "what": "This preset no longer exists.",
      "safe": "Nothing was changed.",
      "next": "It may have been deleted in another window."
    },
    "settings-damaged": {
      "what": "The settings could not be read; earlier ones or the defaults are used.",
      "safe": "The damaged file is kept as {{file}}.",
      "next": "Check your settings."
    },
    "file-blocked": {
      "what": "Something else is in the place of one of the app’s own files.",
      "what_notOurs": "{{path}} should be one of the app’s own files, but is something else.",
      "what_link": "{{path}} should be one of the app’s own files, but is a link.",
      "what_folder": "{{path}} should be one of the app’s own files, but is a folder.",
      "what_pipe": "{{path}} should be one of the app’s own files, but is a named pipe.",
      "what_device": "{{path}} should be one of the app’s own files, but is a device or a socket.",
      "what_notFolder": "{{path}} should be one of the app’s own folders, but is not a folder.",
      "what_unusable": "{{path}} should be one of the app’s own files, but cannot be used.",
      "safe": "It was not changed.",
      "next": "Move it elsewhere, then start the app again."
    },
    "print-failed": {
      "what": "The chat could not be printed.",
      "safe": "The chat itself is unchanged.",
      "next": "Check that a printer is connected, then try again."
    },
    "pdf-too-large": {
      "what": "The PDF would be larger than {{mostBytes, bytes}}.",
      "safe": "Your chats are unchanged, and nothing was written.",
      "next": "Export fewer chats at once, or choose another format."
    },
    "file-not-saved": {
      "what": "The file could not be saved.",
      "next": "Choose another folder, or check this one’s permissions."
    },
    "export-running": {
      "what": "Another export is running.",
      "next": "Wait until it has ended, or cancel it."
    },
    "import-running": {
      "what": "Another import is running.",
      "next": "Wait until it has ended, or cancel it."
    },
    "import-not-known": {
      "what": "R1 Workbench does not know the format of this file.",
      "safe": "Nothing was imported.",
      "next": "Choose a chat file of R1 Workbench, or an export of ChatGPT, DeepSeek, Claude, LM Studio, Jan, Open WebUI or Ollama’s app."
    },
    "import-newer": {
      "what": "This file was written by a newer version of R1 Workbench.",
      "what_version": "This file was written by a newer version of R1 Workbench: its format has the number {{version, number}}.",
      "safe": "Nothing was imported.",
      "next": "Update R1 Workbench, then import the file again."
    },
    "import-too-large": {
      "what": "This file is too large to be imported.",
      "what_chats": "This file has more than {{most, number}} chats.",
      "what_messages": "This file has more than {{most, number}} messages.",
      "what_file": "This file is larger than {{mostBytes, bytes}}.",
      "what_zip": "This .zip file would become too large when it is unpacked.",
      "safe": "Nothing was imported."
    },
    "import-changed": {
      "what": "The file has changed since it was read.",
      "safe": "Nothing was imported.",
      "next": "Choose the file again."
    },
    "import-failed": {
      "what": "The file could not be read.",
      "what_unreadable": "The file cannot be opened.",
      "what_missing": "There is no such file.",
      "what_damaged": "The file is damaged.",
      "what_slow": "Reading the file took too long.",
      "safe": "Nothing was imported.",
      "next": "Export the chats again, then import the new file.",
      "next_missing": "Check the path, then try again."
    },
    "import-nothing": {
      "what": "There is no chat in this file that can be imported.",
      "safe": "Nothing was changed."
    },
    "import-not-undone": {
      "what": "The import cannot be undone, because the list of what it imported is missing.",
      "safe": "What is here now stays: chats, folders and presets.",
      "next": "If r1 has imported other chats since, start R1 Workbench again to undo that import. Otherwise, delete the chats that you do not want."
    },
    "document-not-found": {
      "what": "This document is no longer here.",
      "next": "Attach it again if you need it."
    },
    "document-damaged": {
      "what": "“{{name}}” was changed on the disk by something other than this app.",
      "safe": "The chat is not affected. Nothing was sent.",
      "next": "Remove the document and attach its file again."
    },
    "documents-too-many": {
      "what": "A message has at most {{most, number}} documents. None was added.",
      "next": "Attach fewer, or send some with another message."
    },
    "documents-too-long": {
      "what": "The documents do not fit into the context.",
      "what_counted": "With its documents, the conversation takes {{promptTokens, tokens}}. The context holds {{contextSize, number}}, and the reply needs some of them.",
      "what_about": "With its documents, the conversation takes about {{promptTokens, tokens}}. The context holds {{contextSize, number}}, and the reply needs some of them.",
      "safe": "Nothing was sent.",
      "next": "Search in the documents for what you ask, choose the pages that matter, or choose a larger context."
    },
    "passages-not-found": {
      "what": "No words of your message were found in {{names, list}}.",
      "safe": "Nothing was sent.",
      "next": "Use words that stand in the document, choose other pages if only some are searched, or have its text sent instead of passages."
    },
    "passage-not-there": {
      "what": "This passage is no longer here.",
      "next": "Open the document to read all of it."
    },
    "document-unreadable": {
      "what": "“{{name}}” could not be read.",
      "what_missing": "There is no file “{{name}}”.",
      "what_folder": "“{{name}}” is a folder.",
      "what_notAllowed": "The system does not let R1 Workbench read “{{name}}”.",
      "what_unknown": "R1 Workbench cannot read files like “{{name}}”.",
      "what_old": "“{{name}}” is protected by a password, or is a document of Word 2003 or older.",
      "what_password": "“{{name}}” is protected by a password.",
      "what_scanned": "“{{name}}” contains no text: its pages are pictures, perhaps scanned.",
      "what_empty": "“{{name}}” contains no text.",
      "what_damaged": "“{{name}}” is damaged.",
      "what_notRead": "“{{name}}” could not be read from its disk.",
      "what_tooLarge": "“{{name}}” is too large to be read.",
      "what_slow": "Reading “{{name}}” took too long.",
      "what_notFile": "“{{name}}” is not a file on this machine.",
      "next_notFile": "Save it as a file first, then attach that.",
      "next_notRead": "Check that its drive is connected and works, then try again.",
      "next_folder": "Name the files in it.",
      "next_unknown": "It reads text, code, Markdown, CSV, HTML, PDF, DOCX, ODT and EPUB.",
      "next_old": "Save it without a password, as .docx or PDF.",
      "next_password": "Save a copy without a password.",
      "next_scanned": "Have its text recognized (OCR) with another program, then use that file.",
      "next_tooLarge": "Save the part that you need as a file of its own."
    },
    "document-folder-own": {
      "what": "This folder is where R1 Workbench keeps its own files. It does not read them as documents.",
      "next": "Choose another folder."
    },
    "pages-not-there": {
      "what": "“{{name}}” does not have these pages.",
      "what_none": "“{{name}}” has no pages: it can only be read as a whole.",
      "what_page": "“{{name}}” has {{last, number}} pages.",
      "what_chapter": "“{{name}}” has {{last, number}} chapters."
    },
    "command-not-linked": {
      "what": "The r1 command could not be set up.",
      "what_taken": "Another file is at {{path}}. R1 Workbench does not replace it.",
      "what_refused": "R1 Workbench may not change the folder {{path}}.",
      "next": "Check the folder’s permissions.",
      "next_taken": "Move it away if you do not need it, then try again.",
      "next_refused": "Check its permissions and the free space on the disk, then try again."
    },
    "disk-full": {
      "what": "The disk is full.",
      "safe": "What you typed is still here.",
      "next": "Free some space."
    },
    "output-not-written": {
      "what": "The output could not be written.",
      "what_diskFull": "The output could not be written: the disk is full.",
      "what_otherReason": "The output could not be written: {{reason}}",
      "next": "Free some space or write the output elsewhere, then run the command again."
    },
    "home-not-made": {
      "what": "The app’s folder cannot be created.",
      "what_noNewFolders": "The app’s folder {{folder}} cannot be created: this file system does not allow new folders.",
      "what_fileInPath": "The app’s folder {{folder}} cannot be created: a part of its path is a file.",
      "what_nameTaken": "The app’s folder {{folder}} cannot be created: a file or a broken link already has this name.",
      "what_notAllowed": "The app’s folder {{folder}} cannot be created: permission is denied.",
      "what_anotherUsers": "The app’s folder {{folder}} belongs to another user, who could read and change what is in it.",
      "what_readOnly": "The app’s folder {{folder}} cannot be created: the disk is read-only.",
      "what_diskFull": "The app’s folder {{folder}} cannot be created: the disk is full.",
      "what_quotaUsedUp": "The app’s folder {{folder}} cannot be created: the disk quota is used up.",
      "what_pathTooLong": "The app’s folder {{folder}} cannot be created: its path is too long.",
      "what_linkLoop": "The app’s folder {{folder}} cannot be created: its path contains a loop of links.",
      "what_otherReason": "The app’s folder {{folder}} cannot be created: {{reason}}",
      "next": "Check the permissions there, or set R1_WORKBENCH_HOME to another folder."
    },
    "message-not-drawn": {
      "what": "This message could not be displayed. Error id: {{faultId}}.",
      "safe": "Its text is shown as it was written.",
      "next": "To report the problem, give this id and its entry in logs/faults.log in the app’s folder."
    },
    "screen-not-drawn": {
      "what": "This part of the window could not be displayed. Error id: {{faultId}}.",
      "safe": "Nothing is lost.",
      "next": "Try again. If it happens again, report this id and its entry in logs/faults.log in the app’s folder."
    },
    "window-not-drawn": {
      "what": "The window could not be displayed. Error id: {{faultId}}.",
      "safe": "Your chats are safe.",
      "next": "Load the window again. If it happens again, report this id and its entry in logs/faults.log in the app’s folder."
    },
    "input-invalid": {
      "what": "The request was not valid.",
      "next": "This is a fault in the app; please report it."
    },
    "usage": {
      "what": "The command was not understood.",
      "what_noCommand": "No command was given.",
      "what_unknownCommand": "“{{given}}” is not an r1 command.",
      "what_unknownOption": "Unknown option: {{option}}.",
      "what_valueMissing": "{{option}} needs a value.",
      "what_valueUnexpected": "{{option}} does not take a value.",
      "what_argumentUnexpected": "Unexpected argument: {{given}}.",
      "what_number": "{{option}} must be a number from {{least, number}} to {{most, number}}, not “{{given}}”.",
      "what_wholeNumber": "{{option}} must be a whole number from {{least, number}} to {{most, number}}, not “{{given}}”.",
      "what_promptAndMessages": "Give either a prompt or --messages, not both.",
      "what_filesAndMessages": "Give either --file or --messages, not both.",
      "what_pagesNeedFile": "--pages needs exactly one --file.",
      "what_searchNeedsFile": "--search needs at least one --file.",
      "what_messagesNeeded": "A file with the messages is needed: --messages FILE.",
      "what_fileNeeded": "The path of one model file is needed.",
      "what_chatFileNeeded": "The path of one file is needed.",
      "what_chatsNeeded": "Name the chats by their ids, or use --all.",
      "what_modelNeeded": "One model is needed: its id, the path of its file, or a catalogue id.",
      "what_repoAndFileNeeded": "A repository and the name of one file in it are needed.",
      "what_componentNeeded": "Name one part that can be installed, such as cuda, with either --install or --remove.",
      "what_serverAndUrlNeeded": "A name and an address are needed.",
      "what_serverNeeded": "After servers, use add, test or remove, with the name of the server.",
      "what_undoAlone": "--undo cannot be used together with --minutes, --lossy or --apply.",
      "what_fileMissing": "There is no file {{path}}.",
      "what_fileIsFolder": "{{path}} is a folder, not a file.",
      "what_fileNotAllowed": "{{path}} cannot be read: permission denied.",
      "what_fileUnreadable": "{{path}} cannot be read: {{reason}}",
      "what_jsonAndOutput": "Give either --json or -o, not both.",
      "what_planAndTests": "A plan has its own tests: -p, -n, -pg, -d and -r cannot be used together with --plan.",
      "what_quickAndMinutes": "The quick plan has its own time limit: --minutes cannot be used with it.",
      "what_testCount": "A benchmark has 1 to {{most, number}} tests, not {{tests, number}}.",
      "what_pair": "{{option}} needs two numbers such as 1280,3072, not “{{given}}”.",
      "what_pages": "{{option}} takes pages like 3, 1-5 or 1-5,8, not “{{given}}”.",
      "what_oneOf": "{{option}} must be one of {{allowed}}, not “{{given}}”.",
      "what_apiKeyUnusable": "R1_API_KEY must consist of visible ASCII characters.",
      "what_apiKeyShort": "For other machines, R1_API_KEY must have at least 32 characters. If it is not set, a key is made.",
      "next": "Run `r1 {{command}} --help` to see how the command is used.",
      "next_noCommand": "Run `r1 --help` to see the commands.",
      "next_unknownCommand": "Run `r1 --help` to see the commands.",
      "next_fileMissing": "Check the path.",
      "next_fileIsFolder": "Check the path.",
      "next_fileNotAllowed": "Check the file’s permissions.",
      "next_fileUnreadable": "Check the path and the disk.",
      "what_serverTests": "For a model on a server, -p and -n take one number each, from {{least, number}} to {{mostPrompt, number}} and to {{mostWritten, number}}, and -r one up to {{mostRepeats, number}}. There are no depths.",
      "what_serverOptions": "-t, --minutes and --solve are for models on this machine.",
      "what_withoutSolve": "--level and --seed choose problems to solve: they need --solve.",
      "what_notAWorker": "“{{given}}” is not an address of a worker such as 192.168.1.20:50052."
    },
    "link-refused": {
      "what": "Links of this kind are not opened.",
      "next": "Only http, https and mailto links are."
    },
    "erase-blocked": {
      "what": "Everything is being erased, but this cannot continue.",
      "what_inUse": "Everything is being erased, but another program, such as r1, still uses the app’s folder.",
      "what_begun": "Everything is being erased, and this has not finished yet.",
      "what_diskMissing": "Everything is being erased, but the folder with the downloaded models cannot be reached: {{path}}",
      "what_file": "Everything is being erased, but this could not be deleted: {{path}}",
      "next": "Start the app again.",
      "next_inUse": "End it, and start the app again.",
      "next_begun": "Start the app: it erases the rest.",
      "next_diskMissing": "Connect its disk and start the app again. If the models are gone, delete the link “models” in the app’s folder first.",
      "next_file": "Delete it yourself, or change its permissions, and start the app again."
    },
    "app-ended": {
      "what": "The app closed unexpectedly last time.",
      "safe": "Your chats are complete. A reply that was being written is kept up to that point.",
      "next": "If it happens again, copy the diagnostics from the Help menu and report them with the log."
    },
    "page-crashed": {
      "what": "The window stopped working and was loaded again.",
      "safe": "Your chats are complete, and a reply that was being written goes on.",
      "next": "If it happens again, copy the diagnostics from the Help menu and report them with the log."
    },
    "sandbox-off": {
      "what": "The AppImage was started without Chromium’s sandbox, because this system does not allow it.",
      "safe": "The app works, but a layer of protection around its window is missing.",
      "next": "Install the deb or the rpm package instead. It brings what the sandbox needs."
    },
    "internal": {
      "what": "Something unexpected went wrong. Error id: {{faultId}}.",
      "next": "Try again. If it happens again, report this id and its entry in logs/faults.log in the app’s folder."
    }
  };
  figures: {
    "tokens_one": "{{value}} token",
    "tokens_other": "{{value}} tokens",
    "seconds": "{{value}} s",
    "minutes": "{{value}} min",
    "minutesAndSeconds": "{{minutes}} min {{seconds}} s",
    "hours": "{{value}} h",
    "hoursAndMinutes": "{{hours}} h {{minutes}} min",
    "bytes_one": "{{value}} byte",
    "bytes_other": "{{value}} bytes",
    "kilobytes": "{{value}} kB",
    "megabytes": "{{value}} MB",
    "gigabytes": "{{value}} GB",
    "perSecond": "{{amount}}/s",
    "tokensPerSecond": "{{value}} tok/s",
    "percent": "{{value}} %",
    "faster": "{{amount}} faster",
    "slower": "{{amount}} slower",
    "timesAsFast": "{{value}} times as fast",
    "dayAndTime": "{{day}}, {{time}}",
    "joined": "{{first}}, {{next}}",
    "names": "{{first}}, {{next}}",
    "equallyFast": "equally fast",
    "series": "{{first}}, {{next}}",
    "parameters": "{{value}} weights",
    "millionsOfParameters": "{{value}} weights",
    "thousandsShort": "{{value}}k",
    "millionsShort": "{{value}}M",
    "billionsShort": "{{value}}B",
    "partOf": "{{part}} of {{whole}}"
  };
  hardware: {
    "title": "Hardware",
    "machine": {
      "measuring": "Measuring…",
      "again": "Measure again",
      "copy": "Copy for a bug report",
      "copied": "Copied, without names and paths.",
      "system": "System",
      "processor": "Processor",
      "unknown": "not known",
      "memory": "Memory",
      "memoryFree": "{{total, bytes}}, {{free, bytes}} free",
      "bandwidth": "Memory speed",
      "notMeasured": "Not measured",
      "bandwidthHint": "On the processor, about {{speed, number}} tok/s at most for a 1.1 GB model.",
      "graphics": "Graphics",
      "noGraphics": "None that can be used: models run on the processor.",
      "cardMemory": "{{total, bytes}}, {{free, bytes}} free",
      "driver": "driver {{version}}",
      "disk": "Models’ disk",
      "diskFree": "{{free, bytes}} free of {{total, bytes}}",
      "diskHint": "A 1.1 GB model loads in {{time}} at best.",
      "power": "Power",
      "notReported": "Not reported by the system",
      "mains": "Mains",
      "battery": "Battery",
      "charge": "battery at {{charge, number}} %",
      "mode": "mode {{mode}}",
      "batteryHint": "Many machines generate more slowly on battery.",
      "heat": "Temperature",
      "degrees": "{{degrees, number}} °C",
      "throttled": "The processor slows itself down to stay cool.",
      "advices": {
        "updateDriver": "Update the graphics driver, then restart the app.",
        "cudaEngine": "The NVIDIA driver is installed, but the app does not have CUDA yet. Vulkan supports such a card too.",
        "cudaRuntime": "The app has CUDA, but NVIDIA’s own libraries cudart and cuBLAS, version 12 or 13, are missing, or the driver is too old for them. Install NVIDIA’s CUDA Toolkit or your distribution’s package of it, update the driver, then restart the app. Vulkan supports such a card too.",
        "cudaDriver": "It needs an NVIDIA card and its driver. If this machine has such a card, install the driver, then restart the app.",
        "vulkanDriver": "If this machine has a graphics card, install its driver with Vulkan support (on Debian and Ubuntu: mesa-vulkan-drivers), then restart the app.",
        "restart": "Restart the app. If it happens again, copy these facts for a bug report."
      },
      "problems": {
        "notYet": "It has not been measured yet.",
        "busy": "The engine is busy. Measure again when it has finished.",
        "noModel": "There is no model to read.",
        "modelTooSmall": "There is no model larger than {{least, bytes}} to read.",
        "littleMemory": "There is too little free memory to measure it.",
        "unfinished": "The measurement did not finish.",
        "noDirectReads": "The disk cannot be read without the file cache.",
        "system": "This system offers no way to read without its file cache."
      },
      "noise": {
        "otherLoad_one": "Other programs kept {{count, number}} core busy meanwhile, so it may be faster.",
        "otherLoad_other": "Other programs kept {{count, number}} cores busy meanwhile, so it may be faster.",
        "spread": "The measurements varied by {{fraction, percent}}."
      },
      "instructions": "Instruction sets in use: {{features}}.",
      "threadsUsed_one": "A model gets {{count, number}} thread unless you choose another number.",
      "threadsUsed_other": "A model gets {{count, number}} threads unless you choose another number.",
      "threadsUsable_one": "{{count, number}} of {{logical}} can be used here.",
      "threadsUsable_other": "{{count, number}} of {{logical}} can be used here.",
      "roomFor": "A model with its context can use up to {{size, bytes}}.",
      "backends": "Backends",
      "diskReads": "reads {{rate, rate}}"
    },
    "component": {
      "offer": "Models can run faster on your NVIDIA card with CUDA, which this package leaves out because of its size.",
      "size": "{{download, bytes}} to download from {{host}}; {{installed, bytes}} on the disk.",
      "licence": "These are node-llama-cpp’s files, under the MIT licence. The app compares each of them with the hash in its release.",
      "download": "Download CUDA",
      "noRuntime": "CUDA also needs NVIDIA’s own libraries, cudart and cuBLAS, version 12 or 13, which were not found on this machine. They come with NVIDIA’s CUDA Toolkit, or from your Linux distribution. CUDA works only once they are installed.",
      "installed": "CUDA is installed, {{size, bytes}}.",
      "noCard": "No NVIDIA card with a driver was found, so it is not used.",
      "damaged": "CUDA’s files are damaged and are not used.",
      "repair": "Download again",
      "remove": "Remove",
      "removing": "Removing…",
      "removeTitle": "Remove CUDA?",
      "removeDetail": "This frees {{size, bytes}}. The loaded model is unloaded, and models run on another backend. You can download CUDA again."
    },
    "engine": {
      "heading": "Engine",
      "states": {
        "stopped": "Stopped",
        "starting": "Starting: trying each backend in its own process",
        "ready": "Ready",
        "busy": "Working on a reply, a benchmark or a tuning",
        "stopping": "Stopping",
        "crashed": "Crashed, restarting",
        "gaveUp": "Gave up after three failures"
      },
      "process": "process {{pid}}",
      "inUse": "in use",
      "reasons": {
        "always": "Always available.",
        "found": "The driver reports a device.",
        "noDevice": "The driver works but reports no device.",
        "noDriver": "The app does not include this backend, or its driver is missing or does not work.",
        "macosOnly": "Metal is available only on macOS.",
        "notOnMacos": "CUDA is not available on macOS.",
        "metalInstead": "On macOS, Metal is used instead.",
        "late": "The trial did not finish within {{seconds, number}} s.",
        "endedBySignal": "The trial crashed (signal {{signal}}).",
        "endedWithCode": "The trial crashed (exit code {{exitCode}}).",
        "failed": "The trial failed: {{said}}",
        "notStarted": "The trial succeeded, but the engine could not start with it.",
        "notTried": "Not tried, because the engine is not running.",
        "beingTried": "Being tried: known in a moment."
      },
      "notUsable": "not usable"
    },
    "backends": {
      "automatic": "Automatic",
      "processor": "Processor",
      "onProcessor": "the processor",
      "notNow": "{{backend}} (not usable now)",
      "measured": {
        "trials": "about {{speed}}",
        "itself": "{{speed}}, measured",
        "slow": "too slow to measure: under {{speed}}",
        "stopped": "It stopped working while it was measured.",
        "late": "It did not complete a test within {{seconds, number}} s.",
        "none": "Its speed has not been measured yet."
      },
      "software": "It computes on the processor: this is not a graphics card.",
      "runs": {
        "only": "Replies run on the processor.",
        "chosen": "Replies run on {{backend}}, as you chose.",
        "layers": "{{model}} runs on {{backend}}, because you chose its number of layers on the GPU.",
        "small": "{{model}} runs on the processor, because it is so small that a graphics card would only delay it.",
        "faster": "{{model}} runs on {{backend}}, which is the fastest for it.",
        "unmeasured": "Replies run on {{backend}} until the speeds have been measured.",
        "software": "Replies run on the processor, because there is no real graphics card.",
        "failed": "Replies run on the processor, because nothing else could be measured."
      },
      "missing": "{{backend}}, which you chose, cannot be used now.",
      "other": "{{name}} runs on {{backend}}.",
      "figures": "Speeds with {{model}}.",
      "noisy": "Other programs were busy during the measurement.",
      "stale": "The measurement is old or incomplete.",
      "measure": "Measure backends",
      "again": "Measure backends again",
      "measuring": "Measuring the backends: {{seconds, number}} s left"
    },
    "loaded": {
      "heading": "Loaded model",
      "loading": "Loading {{name}}…",
      "preparing": "{{name}}: preparing the graphics driver…",
      "layersOn": "{{gpu, number}} on the GPU, {{cpu, number}} on the CPU",
      "context": "Context",
      "loadedIn": "loaded in {{time}}",
      "memory": "Needs {{total, bytes}}: {{weights, bytes}} for the weights, {{cache, bytes}} for the KV cache, {{buffers, bytes}} for compute buffers.",
      "contextOf": "context {{tokens, tokens}}",
      "model": "Model",
      "layers": "Layers",
      "weights": "Weights",
      "cache": "KV cache",
      "buffers": "Compute buffers",
      "largest": "Largest single buffer"
    },
    "report": {
      "cores": "Cores",
      "coresOf": "{{physical}}, {{logical}}, {{usable}}; threads for a model: {{threads, number}}",
      "physicalCores_one": "{{count, number}} physical",
      "physicalCores_other": "{{count, number}} physical",
      "logicalCores_one": "{{count, number}} logical",
      "logicalCores_other": "{{count, number}} logical",
      "usableCores_one": "{{count, number}} usable here",
      "usableCores_other": "{{count, number}} usable here",
      "instructions": "Instruction sets",
      "memoryUnknown": "memory not known",
      "through": "through {{backend}}",
      "unreachable": "no backend can use it",
      "backend": "Backend {{name}}",
      "usable": "Usable",
      "notUsable": "Not usable",
      "diskSpeed": "Disk speed",
      "throttled": "throttled",
      "notThrottled": "not throttled",
      "throttlingUnknown": "throttling not reported"
    },
    "tabs": {
      "benchmark": "Benchmark",
      "tune": "Tune",
      "machine": "This machine"
    }
  };
  hub: {
    "heading": "Hub",
    "searchLabel": "Search the hub",
    "placeholder": "Words, link or hf:owner/name",
    "search": "Search",
    "theHub": "the hub",
    "sentTo": "What you type is sent to {{host}} when you press Search, and not before.",
    "searching": "Searching…",
    "nothing": "No model named “{{words}}”.",
    "downloads_one": "{{count, number}} download",
    "downloads_other": "{{count, number}} downloads",
    "gated": "gated",
    "gatedHint": "Its authors ask you to accept terms on the hub first",
    "readingRepo": "Reading {{repo}}…",
    "openPage": "Open its page",
    "noModel": "There is no GGUF model in {{repo}}.",
    "noSuchModel": "There is no GGUF model {{path}} in {{repo}}.",
    "needsToken": "needs your token",
    "incomplete": "Some of its files are missing on the hub.",
    "unverifiedTitle": "Download {{name}} unverified?",
    "unverifiedAction": "Download unverified",
    "unverifiedDetail": "The hub publishes no hash for this file, so there is no way to tell whether it arrives as its authors made it. Its header is still checked before it is opened.",
    "asks": "asks {{host}}",
    "clear": "Clear the search",
    "showFiles": "Show files",
    "files": "Files of {{name}}",
    "searchedFor": "Searched {{host}} for GGUF files.",
    "rowLabel": "{{name}}, {{repo}}"
  };
  imports: {
    "menu": "Import chats…",
    "openTitle": "Import chats",
    "files": "Chats",
    "allFiles": "All files",
    "title": "Import these chats?",
    "from": "From",
    "sources": {
      "r1": "R1 Workbench",
      "chatgpt": "ChatGPT",
      "deepseek": "DeepSeek",
      "claude": "Claude",
      "lmstudio": "LM Studio",
      "jan": "Jan",
      "openwebui": "Open WebUI",
      "ollama": "Ollama"
    },
    "file": "File",
    "contains": "Contains",
    "chats_one": "{{count, number}} chat",
    "chats_other": "{{count, number}} chats",
    "messages_one": "{{count, number}} message",
    "messages_other": "{{count, number}} messages",
    "folders_one": "{{count, number}} folder without chats",
    "folders_other": "{{count, number}} folders without chats",
    "presets_one": "{{count, number}} prompt preset",
    "presets_other": "{{count, number}} prompt presets",
    "nothing": "Nothing new to import",
    "amount": "{{chats}} with {{messages}}",
    "first": "The first ones",
    "more_one": "and {{count, number}} more",
    "more_other": "and {{count, number}} more",
    "leftOut": "Left out",
    "skipped": {
      "empty_one": "{{count, number}} chat without messages",
      "empty_other": "{{count, number}} chats without messages",
      "damaged_one": "{{count, number}} chat that cannot be read",
      "damaged_other": "{{count, number}} chats that cannot be read",
      "tooLarge_one": "{{count, number}} chat that is too large",
      "tooLarge_other": "{{count, number}} chats that are too large"
    },
    "parts_one": "{{count, number}} picture, file or tool call",
    "parts_other": "{{count, number}} pictures, files and tool calls",
    "presetsLeftOut_one": "{{count, number}} prompt preset, because there is no room for more",
    "presetsLeftOut_other": "{{count, number}} prompt presets, because there is no room for more",
    "foldersLeftOut_one": "{{count, number}} folder, because there is no room for more",
    "foldersLeftOut_other": "{{count, number}} folders, because there is no room for more",
    "incomplete": "The end of this file is missing, or it was changed after the export. What is listed here can be imported.",
    "here_one": "{{count, number}} of these chats is already here.",
    "here_other": "{{count, number}} of these chats are already here.",
    "hereLabel": "Already here",
    "skip": "Leave them out",
    "copy": "Import them as copies",
    "confirm": "Import",
    "reading": "Reading “{{name}}”",
    "importing": "Importing",
    "undoing": "Removing the imported chats",
    "progress": "{{done, number}} of {{total, number}}",
    "cancel": "Cancel the import",
    "done_one": "{{count, number}} chat was imported.",
    "done_other": "{{count, number}} chats were imported.",
    "doneSkipped_one": "{{count, number}} chat was already here.",
    "doneSkipped_other": "{{count, number}} chats were already here.",
    "doneFolders_one": "{{count, number}} folder was made.",
    "doneFolders_other": "{{count, number}} folders were made.",
    "donePresets_one": "{{count, number}} prompt preset was added.",
    "donePresets_other": "{{count, number}} prompt presets were added.",
    "doneFoldersLeftOut_one": "{{count, number}} folder was not made, because there is no room for more.",
    "doneFoldersLeftOut_other": "{{count, number}} folders were not made, because there is no room for more.",
    "doneNothing": "There was nothing new to import.",
    "undo": "Undo import",
    "undone_one": "{{count, number}} imported chat was removed.",
    "undone_other": "{{count, number}} imported chats were removed.",
    "kept_one": "{{count, number}} chat has been changed since, and is still here.",
    "kept_other": "{{count, number}} chats have been changed since, and are still here.",
    "undonePresets_one": "{{count, number}} prompt preset was removed.",
    "undonePresets_other": "{{count, number}} prompt presets were removed.",
    "undoneNothing": "The import was undone.",
    "nothingNew": "All of these chats are already here."
  };
  llamaServer: {
    "window": {
      "title": "llama-server",
      "intro": "For models that the app’s own engine cannot place well, such as full R1 with experts in main memory. The app runs the llama-server of llama.cpp that you choose, for this machine only and with a key of its own, and ends it with the app. Its model is then in the list of models.",
      "choose": "Choose…",
      "chooseLabel": "Choose the program llama-server",
      "chooseTitle": "Choose llama-server",
      "noProgram": "none chosen",
      "model": "Model",
      "noModel": "none chosen",
      "context": "Context",
      "contextUnit": "tokens",
      "contextHint": "A longer context leaves less room for experts on the card.",
      "workers": "Workers",
      "workersExample": "192.168.1.20:50052",
      "workersHint": "Addresses of rpc-server on other machines, separated by commas. What is sent to them is not encrypted.",
      "workersWrong": "Addresses with a port, such as 192.168.1.20:50052, separated by commas.",
      "workersUnused": "Not in use yet. Press Enter to confirm them.",
      "start": "Start",
      "stop": "Stop",
      "showPlan": "Show placement",
      "planning": "Asking llama-server for its devices…",
      "log": "Log",
      "noLog": "It has written nothing.",
      "programHint": "Named llama-server, from a release of llama.cpp or built by you.",
      "modelHint": "Of the models on this machine.",
      "startsNext": "What you change now takes effect with the next start.",
      "holds": "It holds {{size, bytes}} of memory.",
      "silentHint": "If that lasts, stop it and start it again.",
      "copyLog": "Copy",
      "logIs": "The last lines that it wrote",
      "startNamed": "Start llama-server",
      "stopNamed": "Stop llama-server",
      "examining": "Examining…"
    },
    "plan": {
      "labels": {
        "devices": "Graphics cards and workers",
        "where": "Placement",
        "onDevice": "On the card",
        "inMemory": "In main memory",
        "disk": "Disk",
        "writing": "Writing speed",
        "command": "Options"
      },
      "noDevices": "none",
      "device": "{{name}} ({{description}}), {{free, bytes}} free",
      "processor": "all of it in main memory, because llama-server sees no graphics card",
      "itself": "llama-server decides that itself when it starts",
      "whole": "all of it on {{device}}",
      "someExperts": "the experts of {{layers, number}} of {{total, number}} layers in main memory, everything else on {{device}}",
      "allExperts": "all experts in main memory, everything else on {{device}}",
      "memory": "{{size, bytes}}; {{usable, bytes}} may be used",
      "fromDisk": "This is more than fits into memory, so parts of the file are read again and again, which is slow.",
      "speedUnknown": "not known"
    },
    "state": {
      "off": "llama-server is not running.",
      "starting": "llama-server is being started.",
      "loading": "llama-server is loading the model.",
      "loadingHolds": "llama-server is loading the model; it holds {{size, bytes}} of memory.",
      "ready": "llama-server is ready.",
      "readyHolds": "llama-server is ready; it holds {{size, bytes}} of memory.",
      "silent": "llama-server does not respond.",
      "waiting": "llama-server ended by itself and is being started again ({{restart, number}} of {{most, number}})."
    },
    "terminal": {
      "listening": "{{model}} answers at {{url}} until you press Ctrl+C.",
      "key": "Key: {{key}}"
    }
  };
  models: {
    "importRefusedFile": "“{{name}}” was not imported. {{what}}",
    "title": "Models",
    "readingFile": "Reading the file…",
    "import": "Import",
    "columns": {
      "name": "Name",
      "size": "Size",
      "memory": "Memory, of {{usable, bytes}}",
      "speed": "Speed here",
      "action": "Action",
      "memoryPlain": "Memory",
      "memoryHint": "Of this machine’s {{total, bytes}}, a model may use {{usable, bytes}}; the rest is left for other programs."
    },
    "installed": {
      "heading": "Installed",
      "reading": "Reading the model folder…",
      "builtIn": "tiny demo model",
      "settingsOf": "Settings of {{name}}",
      "delete": "Delete",
      "deleteTitle": "Delete {{name}}?",
      "deleteDetail": "{{size, bytes}} will be moved to the system’s trash. Chats with this model are kept.",
      "remove": "Remove from list",
      "removeTitle": "Remove {{name}} from the list?",
      "removeDetail": "The file stays where it is: {{path}}",
      "removeAction": "Remove",
      "loadingNow": "Loading…",
      "preparing": "Preparing the graphics driver",
      "loading": "Loading {{name}}",
      "unload": "Unload",
      "unloadHint": "Frees its memory",
      "use": "Use",
      "useNow": "Use now",
      "useHint": "Load it, and use it for new chats",
      "note": "{{used, bytes}} · {{free, bytes}} free",
      "demoUse": "Small sums only, comes with the app",
      "none": "There is no model on this machine yet. Download one below, or import a GGUF file; it stays where it is."
    },
    "facts": {
      "activeWeights": "{{weights}} weights, {{active}} at a time",
      "noLicence": "no licence stated",
      "ownTerms": "its own terms",
      "fileOf": "{{owner}}’s file",
      "fileInHuggingFaceCache": "file in the Hugging Face cache",
      "verified": "verified",
      "notVerified": "not verified",
      "files_one": "{{count, number}} file",
      "files_other": "{{count, number}} files"
    },
    "memory": {
      "fits": "fits",
      "tight": "tight",
      "no": "does not fit",
      "limited": {
        "weights": "{{verdict}}: weights",
        "kv-cache": "{{verdict}}: context",
        "compute-buffers": "{{verdict}}: compute buffers"
      },
      "parts": "Weights {{weights, bytes}}, context of {{tokens, number}} tokens {{cache, bytes}}, compute buffers {{buffers, bytes}}; {{usable, bytes}} may be used.",
      "inLine": "{{need, bytes}}, {{verdict}}",
      "short": "{{missing}} short",
      "copyMapped": "Up to {{copy, bytes}} more while there is room: the mapped file stays in memory beside the weights that the CPU rearranged.",
      "copyRead": "The file is read rather than mapped, because {{copy, bytes}} more would not fit.",
      "smallerCache": "With a KV cache in {{type}}, a context of {{tokens, number}} tokens would fit. It is less precise, and slower on the CPU.",
      "onServer": "llama-server could run it, with the experts of {{layers, number}} of {{total, number}} layers in main memory and everything else on the card: see Settings, Servers.",
      "ofUsable": "{{need}} of {{usable}}",
      "unknown": "not known",
      "unknownHint": "The file does not state what is needed to compute its memory.",
      "cell": {
        "fits": "fits",
        "tight": "tight",
        "no": "does not fit"
      }
    },
    "speed": {
      "measuredHint": "Measured here: median of its last replies",
      "measured": "measured",
      "predictedHint": "Predicted for this machine: {{range}} nine times in ten. It reads about {{reading, number}} tokens a second.",
      "about": "about {{speed}}",
      "range": "{{low}} to {{high}}",
      "measuringLabel": "Measuring this machine",
      "stop": "Stop measuring",
      "predicted": "Speeds are predicted from a measurement of this machine.",
      "predictedNoisy": "Speeds are predicted from a measurement of this machine that other programs disturbed.",
      "predictedRough": "Speeds are predicted from a measurement of this machine that could not finish in time, so their ranges are wide.",
      "measureHint": "Measures this machine for about a minute; nothing is downloaded",
      "estimate": "Estimate speed · 1 min",
      "again": "Estimate speed again",
      "steps": {
        "engine": "starting the engine",
        "vocabulary": "choosing from a large vocabulary",
        "overhead": "many thin layers",
        "token": "a single layer",
        "attention": "attention to a long context",
        "generate": "writing with {{type}} weights",
        "read": "reading with {{type}} weights"
      },
      "now": "Now: {{step}}",
      "nowOn": {
        "gpu": "Now on the graphics card: {{step}}",
        "cpu": "Now on the processor: {{step}}"
      },
      "measuredOn": "measured {{day}}",
      "notYet": "not estimated yet",
      "notYetHint": "The speed is estimated when this machine is idle.",
      "estimating": "estimating, {{seconds, number}} s",
      "estimatingLeft": "Estimating speed: at most {{seconds, number}} s left",
      "unpredictable": "not predictable",
      "unpredictableHint": "The file does not state what is needed to predict its speed. Use it or measure it.",
      "notMeasuredYet": "{{range}}, not measured yet",
      "waits": {
        "busy": "waits for the engine",
        "otherPrograms": "waits for idle time",
        "stopped": "not estimated",
        "off": "not estimated",
        "failed": "estimate failed",
        "battery": "battery at {{charge, number}} %"
      },
      "waitHints": {
        "busy": "The speed is estimated when the engine is free.",
        "otherPrograms": "Other programs are busy. The speed is estimated when this machine is idle.",
        "stopped": "The estimate was stopped. “Estimate speed” starts it again.",
        "off": "The setting to estimate speeds is off. “Estimate speed” does it once.",
        "failed": "The estimate failed. “Estimate speed” tries again.",
        "battery": "On battery at {{charge, number}} %. Below {{least, number}} % the speed is estimated only if you ask for it."
      },
      "benchmarkedHint": "Measured here by a benchmark"
    },
    "disk": {
      "saved": "{{saved}} saved by using other apps’ files where they are.",
      "open": "Open",
      "openLabel": "Open the models folder"
    },
    "folder": {
      "change": "Change…",
      "changeLabel": "Change the models folder",
      "back": "Move back…",
      "backLabel": "Move back into the app’s folder",
      "missing": "not connected",
      "planTitle": "Move the models?",
      "useTitle": "Use the models in this folder?",
      "from": "From",
      "to": "To",
      "amount": "What is moved",
      "room": "Free there",
      "files_one": "{{count, number}} file, {{bytes, bytes}}",
      "files_other": "{{count, number}} files, {{bytes, bytes}}",
      "copyNote": "Each file is copied and checked, which may take a while; only then is it deleted here. You can go on chatting, and cancel until everything is copied. If the app is closed meanwhile, the move continues at the next start.",
      "renameNote": "Both folders are on the same disk, so nothing is copied.",
      "useNote": "Nothing is moved. The folder has models of an earlier move, and new ones will be downloaded into it.",
      "found": "Found there",
      "openNote": "This disk does not keep other users of this machine from reading or changing files.",
      "nothing": "Nothing; new models will be downloaded into it",
      "move": "Move",
      "use": "Use this folder",
      "moving": "Moving to {{folder}}",
      "amountOf": "{{moved}} of {{total}}",
      "steps": {
        "copying": "copying",
        "waiting": "waiting for the engine",
        "finishing": "finishing",
        "undoing": "undoing"
      },
      "progress": "Moving the models",
      "cancelLabel": "Cancel the move",
      "undo": "Undo",
      "retryOnly": "Try again; the move can no longer be undone.",
      "connectOnly": "Connect its disk, then try again; the move can no longer be undone."
    },
    "foreign": {
      "heading": "In other apps",
      "huggingFaceCache": "Hugging Face cache",
      "holds_one": "{{owner}} has {{count, number}} model, {{size}}",
      "holds_other": "{{owner}} has {{count, number}} models, {{size}}",
      "useHint": "They stay where they are; nothing is copied",
      "use": "Use them here"
    },
    "family": {
      "heading": "R1 family",
      "reading": "Reading the catalogue…",
      "noneFits": "None of them fits into this machine’s {{memory}} of memory.",
      "sizesFromHub": "Sizes as the hub states them",
      "sizesComputed": "Computed sizes",
      "askHub": "Ask the hub",
      "askingHub": "Asking the hub…",
      "sizeOf": "Size of {{name}}",
      "sizes": {
        "small": "Small",
        "balanced": "Balanced",
        "finer": "Finer",
        "large": "Full"
      },
      "installed": "Installed",
      "here": "on this machine",
      "noRoom": "It needs {{needed, bytes}}; {{free, bytes}} are free on the disk.",
      "download": "Download",
      "reasons": {
        "onlyOne": "The only one that fits",
        "largest": "The largest that fits",
        "smallest": "The smallest that fits",
        "fastest": "The fastest that fits",
        "largestQuick": "The largest that writes at least {{least, number}} tok/s",
        "likelyQuick": "Likely fast enough without a GPU",
        "likelyQuickOn_one": "Likely fast enough on {{count, number}} core",
        "likelyQuickOn_other": "Likely fast enough on {{count, number}} cores",
        "shortContext": "Fits with a short context"
      },
      "uses": {
        "quickAnswers": "Quick answers, school mathematics",
        "laptop": "Mathematics and short programs",
        "prose": "Fluent English prose",
        "deepestSmall": "Strongest reasoning at its size",
        "harder": "Harder mathematics, longer programs",
        "nearFull": "Hard mathematics, long programs",
        "workstation": "The most capable distill, for workstations",
        "fullJanuary": "The full model of January 2025, for servers",
        "fullMay": "The full model of May 2025, for servers"
      },
      "llamaTerms": "The weights are under the MIT License. Llama {{version}}, the base model, adds the Llama {{version}} Community License, which you accept by downloading.",
      "otherFiles": "All files…",
      "otherFilesOf_one": "{{count, number}} file…",
      "otherFilesOf_other": "All {{count, number}} files…",
      "doNotFit_one": "{{count, number}} does not fit this machine: {{names}}",
      "doNotFit_other": "{{count, number}} do not fit this machine: {{names}}"
    },
    "picker": {
      "label": "Model",
      "none": "No model",
      "rule": "Your choice serves this chat and every new one.",
      "inThisChat": "used in this chat",
      "loaded": "Loaded",
      "notLoaded": "Not loaded; it loads with the next message",
      "measured": "measured",
      "about": "about {{speed}}",
      "range": "{{low}} to {{high}}",
      "loadsIn": "loads in {{time}}",
      "unloads": "unloads {{name}}",
      "filter": "Filter: {{words}}",
      "noMatch": "No model matches.",
      "open": "Open a GGUF file…",
      "get": "Get another model…",
      "context": "{{tokens}} of context"
    },
    "choices": {
      "reading": "Reading its settings…",
      "contextHint": "The model allows {{most, number}}. Takes effect the next time the model is loaded.",
      "asInSettings": "As in Settings",
      "temperature": "Temperature",
      "temperatureHint": "0: always the likeliest token.",
      "temperatureHintR1": "DeepSeek recommends 0.6 for R1. 0: always the likeliest token.",
      "topPHint": "The likeliest tokens whose probabilities add up to this.",
      "topPHintR1": "DeepSeek recommends 0.95 for R1.",
      "topKHint": "Only the k likeliest tokens. 0: no such limit.",
      "minPHint": "Only tokens whose probability is at least this fraction of the likeliest token’s.",
      "reset": "Reset to defaults"
    },
    "load": {
      "threads": "Threads",
      "threadsHint": "Leave empty for one per physical core.",
      "batch": "Batch",
      "batchHint": "Tokens read at once. Leave empty for 512. Less is used where memory is short.",
      "gpuLayers": "GPU layers",
      "gpuLayersHint": "Leave empty for as many as fit. 0: everything on the CPU.",
      "flashAttention": "Flash attention",
      "automatic": "Automatic",
      "on": "On",
      "off": "Off",
      "flashAttentionHint": "A way to compute attention that needs less memory.",
      "cacheType": "KV cache type",
      "cacheHalf": "{{type}}, half the memory",
      "cacheQuarter": "{{type}}, a quarter of it",
      "cacheHint": "Smaller types are only for saving memory. They lose some precision and are slower than f16 on the CPU.",
      "file": "Model file",
      "mapped": "Mapped into memory",
      "read": "Read into memory",
      "fileHint": "Mapped: the system can reclaim pages that are not needed. Read: no second copy of weights that the CPU rearranges. Automatic: read if memory is short, and with large memory pages.",
      "largePages": "Large memory pages",
      "largePagesHint": "On: the CPU writes about a tenth faster, but loading can take several times as long. Automatic: off."
    },
    "importOpens": "Import…",
    "tableLabel": "Models",
    "filter": "Filter models",
    "filterPlaceholder": "Filter",
    "filterNone": "No model here is named “{{words}}”.",
    "badges": {
      "loaded": "Loaded",
      "default": "Default",
      "recommended": "Recommended here",
      "demo": "Demo",
      "defaultHint": "New chats use it"
    },
    "menu": {
      "label": "More about {{name}}",
      "settings": "Settings",
      "measure": "Measure",
      "facts": "Facts",
      "licence": "Licence",
      "openFolder": "Open folder",
      "otherSizes": "Get another size",
      "openPage": "Open its page",
      "close": "Close"
    },
    "factsOf": "Facts about {{name}}",
    "factNames": {
      "file": "File",
      "parameters": "Weights",
      "context": "Longest context",
      "quantization": "Quantization",
      "architecture": "Architecture",
      "licence": "Licence",
      "checksum": "Checksum",
      "lastUsed": "Last used",
      "memory": "Memory",
      "speed": "Speed here",
      "owner": "Owner",
      "family": "Family"
    },
    "licence": {
      "title": "Licence of {{name}}",
      "mit": "The MIT License allows any use, also commercial ones, as long as its notice is kept.",
      "stated": "The file states the licence {{licence}}. Its terms are on the page it came from.",
      "none": "No licence is stated. See the page it came from.",
      "readMit": "Read the MIT License",
      "readLlama": "Read the Llama {{version}} licence",
      "askTitle": "{{name}} is based on Llama {{version}}",
      "accept": "Accept and download"
    },
    "card": {
      "label": "Recommended model",
      "size": "Size",
      "verified": "Downloaded, checksum verified.",
      "here": "On this machine.",
      "loading": "Looking at this machine…",
      "other": "Browse all…",
      "open": "Open a GGUF file…",
      "sizeAndType": "{{size}}, {{type}}"
    },
    "drop": {
      "over": "Drop documents to attach them, or a GGUF file to use it in this chat"
    },
    "opened": {
      "title": "Open with R1 Workbench",
      "familyR1": "DeepSeek-R1: thinks before it answers",
      "familyOther": "Other: prompted with the file’s own chat template",
      "listed": "In your models",
      "importHint": "Adds it to your models",
      "useHint": "Adds it to your models, loads it, and uses it for new chats",
      "note": "Importing adds a model to your list. Its file stays where it is.",
      "memory": "{{needed}}, {{verdict}}",
      "speed": "{{speed}}, {{note}}",
      "cut": "More files were opened than are shown. Close these first, then open the others again."
    },
    "missing": {
      "chat": "The model of this chat, “{{wanted}}”, is not on this machine now. {{model}} answers in its place.",
      "newChats": "The model for new chats, “{{wanted}}”, is not on this machine now. {{model}} answers in its place.",
      "chatOnServer": "The model of this chat, “{{wanted}}”, is on a server that is not in the list any more. {{model}} answers in its place.",
      "chatOnStarted": "The model of this chat, “{{wanted}}”, is run by llama-server, which is off. Start it in Settings, Servers; until then, {{model}} answers in its place.",
      "newChatsOnStarted": "The model for new chats, “{{wanted}}”, is run by llama-server, which is off. Start it in Settings, Servers; until then, {{model}} answers in its place."
    }
  };
  network: {
    "offline": "Offline",
    "goOnline": "Go online",
    "goOffline": "Go offline",
    "meaning": "No connection is made, whatever you click",
    "hint": "Models cannot be searched for or downloaded meanwhile, models on other machines cannot be used, and links do not open. Downloads are paused and resume afterwards. Chats, benchmarks and installed models work as always. While the server is on, programs on this machine can still use it, and other machines are refused.",
    "forcedHint": "The app was started offline, because R1_OFFLINE is set. Start it without R1_OFFLINE to change this.",
    "stillOnline": "The app is still online.",
    "stillOffline": "The app is still offline.",
    "heading": "Connections",
    "last": "The last one: {{when}}",
    "copy": "Copy",
    "copied": "Copied.",
    "export": "Export…",
    "saved": "Saved as {{name}}.",
    "clear": "Clear",
    "none": "No connection yet.",
    "noneHint": "Everything that the app fetches is listed here, with the reason.",
    "more_one": "Show {{count, number}} more",
    "more_other": "Show {{count, number}} more",
    "columns": {
      "when": "When",
      "host": "Host",
      "reason": "Reason",
      "sent": "Sent",
      "received": "Received",
      "bytesHint": "Without what encryption adds"
    },
    "reasons": {
      "search": "You searched for “{{words}}”",
      "listing": "You looked at the files of {{repo}}",
      "download": "You downloaded {{name}}",
      "download_inCatalogue": "You downloaded {{model}} ({{name}})",
      "server_reply": "A model on {{name}} replied",
      "server_test": "You tested the server {{name}}",
      "server_count": "The tokens of a prompt were counted on {{name}}",
      "server_benchmark": "You measured a model on {{name}}",
      "server_worker": "{{name}} had it compute a part of a model",
      "component": "You downloaded a part of the app: {{name}}",
      "update": "The app looked for a new version of itself",
      "updateFile": "You downloaded version {{version}} of the app",
      "served": "A program used this app as a server",
      "page": "Something in the window tried to connect"
    },
    "outcomes": {
      "open": "Still connected",
      "failed": "Failed",
      "refused": "Refused: nothing was sent",
      "stopped": "Stopped: Offline was turned on",
      "interrupted": "The app ended before it did"
    },
    "from": "from {{host}}",
    "proxy": "through {{proxy}}",
    "requests_one": "{{count, number}} request",
    "requests_other": "{{count, number}} requests",
    "connections_one": "{{count, number}} connection",
    "connections_other": "{{count, number}} connections"
  };
  preview: {
    "saveFolder": "Save the page in a new folder",
    "folderName": "Page",
    "title": "Preview",
    "edge": "Width of the chat beside the preview",
    "back": "Back to the chat",
    "reload": "Reload",
    "stop": "Stop",
    "save": "Save…",
    "more": "More",
    "close": "Close preview",
    "size": "{{width, number}} × {{height, number}}",
    "tabs": {
      "page": "Preview",
      "code": "Code",
      "console": "Console"
    },
    "card": {
      "lines_one": "{{count, number}} line",
      "lines_other": "{{count, number}} lines",
      "version": "version {{number, number}}",
      "writing": "being written",
      "shown": "shown beside the chat",
      "show": "show",
      "more": "More about {{name}}",
      "moreTip": "More",
      "open": "Show beside the chat",
      "compare": "Compare with the version before"
    },
    "version": {
      "short": "v{{number, number}}",
      "label": "v{{number, number}}: choose another version",
      "name": "Version {{number, number}}",
      "newest": "newest",
      "edited": "edited by you",
      "elsewhere": "not in this branch",
      "editedElsewhere": "edited by you, not in this branch"
    },
    "width": {
      "full": "Full width",
      "tablet": "Tablet (768 px)",
      "phone": "Phone (390 px)"
    },
    "foot": {
      "noNetwork": "No network",
      "sandbox": "Runs in a sandbox without files or connections",
      "partial": "Being written: its scripts run when it is complete"
    },
    "state": {
      "starting": "The page is being started.",
      "waiting": "The page appears here as soon as enough of it is written.",
      "stopped": "You stopped the page.",
      "notResponding": "The page stopped responding, perhaps because of a loop that never ends, so it was ended.",
      "tooMuchMemory": "The page used too much memory, so it was ended.",
      "tooMuchLogging": "The page wrote to its console faster than it could be read, so it was ended.",
      "crashed": "The page crashed.",
      "safe": "The chat and its code are not affected.",
      "runAgain": "Run again"
    },
    "code": {
      "file": "File",
      "label": "Code of {{name}}",
      "keys": "Tab indents. Press Esc and then Tab to leave the field. {{keys}} runs the page.",
      "compare": "Compare with another version",
      "compareNone": "Do not compare",
      "compareWith": "Compare with version {{number, number}}",
      "copy": "Copy",
      "dismiss": "Discard changes",
      "restore": "Restore changes",
      "run": "Run",
      "runChanged": "Keep and run",
      "runTip": "Runs the page with this code ({{keys}})",
      "becomesVersion": "When you run it, your change is kept as another version of the reply. The earlier one stays, with the messages below it.",
      "find": "Find",
      "notFound": "Not found"
    },
    "console": {
      "filter": "Show",
      "filters": {
        "all": "Everything",
        "error": "Errors",
        "warn": "Warnings",
        "network": "Refused requests"
      },
      "levels": {
        "log": "Message:",
        "info": "Information:",
        "note": "From the app:",
        "warn": "Warning:",
        "error": "Error:",
        "network": "Refused request:"
      },
      "noNetwork": "No network: {{text}}",
      "copy": "Copy",
      "clear": "Clear the console",
      "empty": "The page has written nothing.",
      "noneOfThese": "There is nothing of this kind.",
      "dropped_one": "{{count, number}} earlier line was left out.",
      "dropped_other": "{{count, number}} earlier lines were left out.",
      "times_one": "{{count, number}} time",
      "times_other": "{{count, number}} times",
      "fix": "Fix this error",
      "fixRequest": "The page reports this error:\n\n{{quote}}\n\nPlease fix it."
    },
    "point": {
      "ask": "Ask for a change…",
      "how": "Click the part of the page that is to change. Esc cancels.",
      "cancel": "Cancel",
      "request": "Please change this part of the page ({{selector}}):\n\n{{quote}}"
    },
    "otherVersion": "{{name}} {{asked}} was asked for; {{here}} is here.",
    "tailwind": "Tailwind {{asked}} was asked for; {{here}} is here. It is set up in CSS (@theme), and tailwind.config has no effect.",
    "notHere": "This library is not here. Pages have no network; these come with the app: React, Tailwind, Chart.js, three.js, KaTeX, D3 and Babel."
  };
  servers: {
    "title": "Servers",
    "intro": "Use models on servers that you run or trust: llama-server, vLLM, SGLang, Ollama, LM Studio or the DeepSeek API. What you write to such a model is sent to its server, with the chat so far and its documents. No chat is sent to a server before you choose one of its models.",
    "reading": "Reading the list of servers…",
    "none": "No server yet.",
    "add": "Add server…",
    "leaves": "Leaves this machine",
    "here": "This machine",
    "at": "{{name}} ({{host}})",
    "leavesTo": "Leaves this machine: what you send goes to {{name}} ({{host}}).",
    "hereAt": "Stays on this machine: {{name}} ({{host}}) runs on it.",
    "wroteAway": "Written outside this machine, on {{name}} ({{host}})",
    "wroteHere": "Written on this machine, by {{name}} ({{host}})",
    "sendsAway": "This chat leaves this machine: it is sent to {{place}}.",
    "sendsAllAway": "This chat and every new one leave this machine: they are sent to {{place}}.",
    "pickerRule": "A model on another machine serves only this chat.",
    "sendsHere": "{{place}} answers here. It runs on this machine.",
    "isOffline": "Not available: Offline is on",
    "facts": {
      "key": "Key",
      "certificate": "Certificate",
      "models": "Models",
      "software": "Software",
      "thought": "Thoughts",
      "tokens": "Token counts",
      "speed": "Speed"
    },
    "keys": {
      "none": "None",
      "keychain": "In the system’s keychain, for this address only",
      "session": "Kept until the app quits",
      "environment": "From the environment variable {{name}}",
      "app": "Made for each start, and never stored"
    },
    "test": {
      "run": "Test",
      "runNamed": "Test {{name}}",
      "running": "Testing…",
      "stop": "Stop",
      "never": "Not tested yet.",
      "answered": "Answered {{when}}, in {{time}}.",
      "failed": "The last test failed, {{when}}.",
      "asked": "Model to ask in the test",
      "askNone": "List the models only",
      "stopNamed": "Stop testing {{name}}"
    },
    "menu": {
      "label": "More about {{name}}",
      "edit": "Edit…",
      "remove": "Remove…"
    },
    "sheet": {
      "add": "Add server",
      "edit": "Edit server",
      "address": "Address",
      "addressHint": "As the server’s own instructions name it, with /v1 if they do.",
      "name": "Name",
      "nameHint": "Leave empty to use the host’s name.",
      "key": "Key",
      "keyHint": "Leave empty if the server needs none. It is kept in the system’s keychain and sent only to this address.",
      "keyHintSession": "Leave empty if the server needs none. It is sent only to this address. This system has no keychain, so the key is kept only until the app quits.",
      "keyKept": "A key is kept. What you type here replaces it.",
      "keyMoves": "The key that is kept is for the earlier address, and is removed if you save another one.",
      "keyRemove": "Remove the key",
      "keyRemoved": "The key is removed when you save.",
      "keyKeep": "Keep it",
      "certificate": "Certificate of your own",
      "certificateHint": "Only for a server whose certificate this system does not know, such as one that you have made yourself. In PEM form; trusted for this server only.",
      "certificateChoose": "Choose a file…",
      "save": "Save and test",
      "saving": "Saving…",
      "allowOpen": "Send without encryption. Anyone on the way can read it.",
      "certificateRemove": "Remove the certificate"
    },
    "remove": {
      "title": "Remove {{name}}?",
      "text": "Its models are no longer offered, and its key is deleted. What they have written stays in your chats, with the name of the server.",
      "action": "Remove"
    },
    "dialects": {
      "deepseek": "DeepSeek API",
      "llama-server": "llama-server",
      "vllm": "vLLM",
      "sglang": "SGLang",
      "ollama": "Ollama",
      "lm-studio": "LM Studio",
      "other": "Another one with OpenAI’s interface"
    },
    "thoughts": {
      "reasoning_content": "Apart from the answer, as reasoning_content",
      "reasoning": "Apart from the answer, as reasoning",
      "thinking": "Apart from the answer, as thinking",
      "tags": "In the text, between <think> and </think>",
      "none": "The model wrote none"
    },
    "counting": {
      "tokenize": "The server counts any text",
      "usage": "The server counts each reply",
      "none": "The server does not count; each piece of text that arrives counts as one token"
    },
    "speed": "{{speed}}, first token after {{first}}, with the way there and back",
    "certificate": "{{subject}}, valid until {{day}}",
    "open": "Not encrypted",
    "openHint": "What is sent can be read on its way, because the address begins with http.",
    "openToWorkersHint": "What it sends to its workers is not encrypted, and can be read on its way.",
    "moreModels_one": "{{count, number}} more",
    "moreModels_other": "{{count, number}} more",
    "leftOut_one": "{{count, number}} model is left out: its name is too long or cannot be shown, or the list is too long.",
    "leftOut_other": "{{count, number}} models are left out: their names are too long or cannot be shown, or the list is too long.",
    "useHint": "Use it for new chats. What you write in them then goes to its server.",
    "showServer": "Show the server",
    "received": "as received",
    "receivedOn": "as received, {{day}}",
    "speedHint": "How fast its last replies arrived here, measured by this app. How fast the server itself is may differ.",
    "refusedThere": "Offline is on, so nothing is sent to {{place}}.",
    "answersAt": "{{model}} answers on {{place}}.",
    "kept": "Chats are kept on this machine, and each question is sent to {{place}} with what came before it.",
    "cannotSkip": "This server cannot skip it with this model",
    "cannotEndThought": "This server cannot end a thought early.",
    "measured": {
      "usage": "Measured by this app, with the way to the server and back. The server counted the tokens.",
      "pieces": "Measured by this app, with the way to the server and back. The server did not count: each piece of text that arrived counts as one token."
    }
  };
  settings: {
    "title": "Settings",
    "reading": "Loading settings…",
    "unchanged": "Your settings are as they were.",
    "changed": "“{{name}}” changed.",
    "search": {
      "label": "Search settings",
      "nothing": "No setting contains these words."
    },
    "tabs": {
      "general": "General",
      "models": "Models",
      "servers": "Servers",
      "privacy": "Privacy",
      "appearance": "Appearance"
    },
    "names": {
      "language": "Language",
      "startWith": "Start with",
      "defaultThinking": "Thinking in new chats",
      "longChats": "Long chats",
      "notifyReplies": "Notifications",
      "showReplyInNotification": "Text in notifications",
      "checkUpdates": "Updates",
      "moveChats": "Your chats",
      "home": "Everything is kept in",
      "command": "r1 command",
      "version": "Version",
      "defaultModelId": "Default model",
      "contextSize": "Context",
      "idleUnloadMinutes": "Unload after",
      "backend": "Run replies on",
      "estimateSpeed": "Speed estimate",
      "improveTitles": "Titles of chats",
      "readAheadCharge": "Reading ahead on battery",
      "keptStateBytes": "Space for what was read",
      "downloadBytesPerSecond": "Download limit",
      "servers": "Servers",
      "llamaServer": "llama-server program",
      "apiServer": "Server",
      "apiServerAddress": "Server address",
      "apiServerKey": "Server key",
      "apiServerPort": "Server port",
      "apiServerNetwork": "Local network",
      "apiServerOrigins": "Web pages",
      "apiServerStarts": "Start with the app",
      "apiServerContents": "Texts of requests",
      "offline": "Offline",
      "leaves": "What leaves this machine",
      "chatLock": "Encryption of chats",
      "lockAfterMinutes": "Lock after",
      "lockOnSleep": "Lock on sleep",
      "keptStates": "What models have read",
      "disk": "What is on the disk",
      "backups": "Backups",
      "hubEndpoint": "Hub address",
      "hubToken": "Hub token",
      "theme": "Theme",
      "textSize": "Text size",
      "readingWidth": "Reading width",
      "density": "Density"
    },
    "also": {
      "language": "translation langue 语言 sprache idioma lingua",
      "startWith": "start-up startup launch open last chat",
      "defaultThinking": "reasoning think",
      "longChats": "context full forget older messages summarize summary drop",
      "notifyReplies": "alerts messages background",
      "showReplyInNotification": "alerts preview content private",
      "checkUpdates": "new version upgrade",
      "moveChats": "export import save all",
      "home": "folder location path data",
      "command": "terminal cli shell",
      "version": "about release build",
      "defaultModelId": "new chats",
      "contextSize": "window tokens length memory",
      "idleUnloadMinutes": "idle memory free minutes keep loaded",
      "backend": "processor graphics card cpu gpu cuda vulkan metal device",
      "estimateSpeed": "measure prediction tokens per second",
      "improveTitles": "rename names of chats automatically",
      "readAheadCharge": "power laptop",
      "keptStateBytes": "cache disk storage limit",
      "downloadBytesPerSecond": "bandwidth speed network throttle",
      "servers": "api endpoint remote url address cloud network openai deepseek ollama vllm sglang llama-server lm studio key",
      "llamaServer": "llama.cpp rpc workers experts cluster large full r1 671b start run gguf",
      "apiServer": "openai api serve http localhost endpoint editor programs",
      "apiServerAddress": "url base endpoint openai api",
      "apiServerKey": "api token password bearer renew",
      "apiServerPort": "number 8321 listen",
      "apiServerNetwork": "lan wifi other computers phone share",
      "apiServerOrigins": "cors browser origin website allow",
      "apiServerStarts": "automatically autostart launch",
      "apiServerContents": "prompts log record requests content",
      "offline": "network internet connection airplane",
      "leaves": "connections record telemetry privacy",
      "chatLock": "lock password passphrase encrypt keychain protect secret",
      "lockAfterMinutes": "timeout idle minutes automatically chats encryption",
      "lockOnSleep": "suspend standby screen lid chats encryption",
      "keptStates": "cache delete",
      "disk": "files space storage erase delete everything",
      "backups": "restore copy save",
      "hubEndpoint": "hugging face server mirror url",
      "hubToken": "hugging face password key login access",
      "theme": "appearance dark light night colours colors",
      "textSize": "font letters larger smaller bigger",
      "readingWidth": "column line wide narrow",
      "density": "compact spacing rows"
    },
    "hints": {
      "moveChats": "A chat file keeps everything and can be imported again. Chats of ChatGPT, DeepSeek, Claude, LM Studio, Jan, Open WebUI and Ollama’s app can be imported from their exports.",
      "startWith": "What the window shows when you open the app.",
      "notifyReplies": "Only for replies that took longer than 30 seconds.",
      "showReplyInNotification": "Other people may see it on a locked screen. It is never shown while the chats are encrypted, because the system keeps its notifications.",
      "home": "Chats, settings, models and logs. Models that you imported stay where they are.",
      "defaultModelId": "Used in new chats.",
      "estimateSpeed": "Takes at most a minute, stops when you send a message, and does not run on a nearly empty battery.",
      "improveTitles": "Once for each chat, when the model that has replied has nothing else to do, and never on battery. Not for small models such as R1 Nano. Titles that you write are never changed.",
      "textSize": "For the whole window. Zooming in and out comes on top of it.",
      "readingWidth": "How wide messages and the message box may get.",
      "density": "Compact rows are lower, so that more of them fit.",
      "backend": "Automatic uses the fastest one that was measured for each model. The speeds are under This machine in Hardware.",
      "lockAfterMinutes": "If you have not used the app for this long. A reply that is being written ends first.",
      "lockOnSleep": "A reply that is being written is stopped, and what it has said so far is kept."
    },
    "general": {
      "systemLanguage": "Same as system",
      "builtInModel": "Built-in demo model (R1 Nano)",
      "contextUnit": "tokens",
      "contextHint": "Leave empty to use as much as the model and memory allow, up to {{most, number}}. Takes effect the next time a model is loaded.",
      "unloadUnit": "minutes",
      "never": "never",
      "unloadHint": "Unloads a model that has not been used for this long. Leave empty to keep models loaded.",
      "readAheadUnit": "% and more",
      "readAheadHint": "After a reply, the model reads the chat for your next message, which is then answered sooner. On battery, only at this charge or above. Leave empty to never read ahead on battery.",
      "keptUnit": "GB",
      "keptHint": "What a model has read of a chat is kept on the disk, so that it need not read it again after a restart or when you come back to the chat. When the space is used up, the chats that were left first are dropped. Leave empty to keep nothing. Nothing is kept while the chats are encrypted.",
      "notifyReplies": "When a reply ends while the window is in the background",
      "showReplyInNotification": "Show the beginning of the answer",
      "estimateSpeed": "Measure this machine when it is idle, to predict how fast models run",
      "improveTitles": "The model may replace the first question as the title",
      "show": "Show",
      "showHome": "Show the folder"
    },
    "starts": {
      "lastChat": "The last chat",
      "newChat": "A new chat"
    },
    "longChats": {
      "ask": "Ask what to do",
      "askMeaning": "When a chat no longer fits in the context, the reply ends, and you choose how to go on.",
      "dropOldest": "Leave out the oldest messages",
      "dropOldestMeaning": "Nothing is deleted: a line in the chat marks where the model starts to read.",
      "summarize": "Summarize the oldest messages",
      "summarizeMeaning": "The model first writes a summary of them, which takes a while, and reads it in their place. Nothing is deleted: a line in the chat marks where the model starts to read, and shows the summary."
    },
    "appearance": {
      "theme": {
        "system": "Same as system",
        "light": "Light",
        "dark": "Dark"
      },
      "textSize": {
        "small": "Small",
        "standard": "Standard",
        "large": "Large",
        "largest": "Very large"
      },
      "readingWidth": {
        "narrow": "Narrow",
        "standard": "Standard",
        "wide": "Wide"
      },
      "density": {
        "comfortable": "Comfortable",
        "compact": "Compact"
      }
    },
    "thinking": {
      "on": "On",
      "off": "Off",
      "auto": "Auto",
      "onMeaning": "Every reply begins with a thought, as DeepSeek recommends for R1.",
      "offMeaning": "Replies begin with the answer, which is faster and often less accurate.",
      "autoMeaning": "The model decides whether to think first."
    },
    "number": {
      "auto": "auto",
      "wrongWhole": "Enter a whole number from {{least, number}} to {{most, number}}, or leave it empty.",
      "wrong": "Enter a number from {{least, number}} to {{most, number}}, or leave it empty."
    },
    "downloads": {
      "limitUnit": "MB/s",
      "none": "none",
      "limitHint": "For all downloads together. Leave empty for no limit.",
      "addressHint": "The address of a mirror. Leave empty to use the public hub.",
      "inUse_default": "In use: {{address}}, the public hub.",
      "inUse_environment": "In use: {{address}}, from HF_ENDPOINT.",
      "inUse_settings": "In use: {{address}}, from this setting.",
      "save": "Save",
      "forget": "Remove",
      "tokens": {
        "none": "Only gated models need one.",
        "environment": "HF_TOKEN is used.",
        "keychain": "A token is stored in the system’s keychain.",
        "session": "A token is kept until the app quits.",
        "elsewhere": "HF_TOKEN belongs to another hub, so it is not sent to this one.",
        "unbound": "A token saved by an earlier version does not say which hub it is for, so it is not used. Save it again."
      },
      "tokenScope": "A token is sent only to the hub that it was saved for.",
      "noKeychain": "This system has no keychain, so a token is kept only until the app quits."
    },
    "privacy": {
      "kept_one": "{{size, bytes}} for {{count, number}} chat.",
      "kept_other": "{{size, bytes}} for {{count, number}} chats.",
      "keptNone": "Nothing is kept at the moment.",
      "keptText": "What models have read of chats is kept in the app’s folder, so that they need not read it again. It contains the text of the chats, is deleted with them, and is never exported. Nothing is kept while the chats are encrypted.",
      "keptDelete": "Delete",
      "text": "Nothing, unless you ask for it. Chats stay in the app’s folder, and imported models stay where they are. There is no account and no telemetry, and new versions of the app are looked for only if you turn that on under General. The hub is contacted only when you search it, check sizes or download from it; it then sees your network address, what you search for and what you download. A link in a chat opens in your browser only after you confirm it. A chat with a model on a server is sent to that server, which the window says before and after. Pictures in answers are never fetched. Programs can connect to this machine only if you turn the server on under Servers, and then they reach the models only.",
      "disk": "Every file that the app keeps, with its size and purpose. Parts of it, or everything, can be erased.",
      "diskShow": "Show what is kept",
      "never": "Never",
      "minutes_one": "{{count, number}} minute",
      "minutes_other": "{{count, number}} minutes",
      "hours_one": "{{count, number}} hour",
      "hours_other": "{{count, number}} hours",
      "lockOnSleep": "When the computer sleeps or its screen is locked"
    },
    "command": {
      "intro": "Chats, benchmarks and downloads in a terminal. “r1 --help” lists what it can do.",
      "install": "Install",
      "remove": "Remove",
      "absent": "Not installed. Installing it creates a link at {{link}}.",
      "installed": "Installed: {{link}}",
      "notOnPath": "Terminals do not look in this folder yet. Many systems add it when you next log in; otherwise add it to PATH.",
      "taken": "Another file is at {{link}}, and is left alone.",
      "packaged": "Installed with the app: {{link}}",
      "folder": "It is in the app’s folder: {{link}}",
      "none": "Not available from this copy of the app. Install R1 Workbench from a package to get it.",
      "installLabel": "Install the r1 command",
      "removeLabel": "Remove the r1 command"
    }
  };
  shell: {
    "screens": {
      "label": "Screens",
      "chat": "Chat",
      "models": "Models",
      "hardware": "Hardware",
      "settings": "Settings"
    },
    "sidebar": "Chats and screens",
    "sidebarWidth": "Width of the sidebar",
    "showChats": "Show chats",
    "menu": {
      "view": "View",
      "file": "File",
      "edit": "Edit",
      "window": "Window",
      "quit": "Quit",
      "close": "Close window",
      "undo": "Undo",
      "redo": "Redo",
      "cut": "Cut",
      "copy": "Copy",
      "paste": "Paste",
      "delete": "Delete",
      "selectAll": "Select all",
      "fullScreen": "Full screen",
      "minimize": "Minimize",
      "reload": "Reload",
      "devTools": "Developer tools",
      "help": "Help",
      "settings": "Settings…",
      "services": "Services",
      "hide": "Hide R1 Workbench",
      "hideOthers": "Hide others",
      "showAll": "Show all",
      "maximize": "Zoom",
      "allToFront": "Bring all to front",
      "copyLink": "Copy link",
      "addToDictionary": "Add to dictionary"
    },
    "dismiss": "Dismiss",
    "undo": "Undo",
    "tryAgain": "Try again",
    "loadAgain": "Load again",
    "quit": "Quit",
    "cancel": "Cancel",
    "readAsPlainText": "Read as plain text",
    "openTheChat": "Open the chat",
    "showLog": "Show the log",
    "details": "Details",
    "engine": {
      "chatsSafe": "Your chats are safe.",
      "restarting": "The engine is starting again.",
      "start": "Start engine"
    },
    "pageDied": {
      "message": "The window stopped working three times.",
      "detail": "Your chats are safe. If it happens again, report it with logs/faults.log from the app’s folder."
    },
    "eraseEverything": {
      "message": "Erase everything that R1 Workbench keeps?",
      "detail": "The app quits and starts again as if newly installed. This cannot be undone.",
      "erase": "Erase everything"
    },
    "eraseChats": {
      "message_one": "Erase {{count, number}} chat?",
      "message_other": "Erase all {{count, number}} chats?",
      "detail": "They are erased from the database, with their backups and what models have read of them. This cannot be undone.",
      "erase": "Erase"
    },
    "deleteBackups": {
      "message": "Delete all backups of your chats?",
      "detail": "The chats themselves stay. Until the next backup is made, a damaged database cannot be restored.",
      "erase": "Delete"
    },
    "eraseSetAside": {
      "message": "Erase the damaged chats?",
      "detail": "Chats that might still be recovered from them will be lost.",
      "erase": "Erase"
    },
    "eraseLockedChats": {
      "message": "Erase the locked chats?",
      "detail": "All chats, their documents and their backups are erased. Models and settings stay. This cannot be undone.",
      "erase": "Erase the chats"
    },
    "eraseLockedBackups": {
      "message": "Erase the encrypted backups?",
      "detail": "Backups that are still encrypted are erased. Your chats and all other backups stay. Temporary chats end. This cannot be undone.",
      "erase": "Erase the backups"
    },
    "openLink": {
      "message": "Open {{target}}?",
      "open": "Open in browser",
      "offline": "R1 Workbench is offline, so the link was not opened.",
      "close": "Close",
      "copy": "Copy link"
    },
    "confirmHub": {
      "message": "Connect to {{origin}}?",
      "detail": "This address is set as the hub in Settings, and the app has not connected to it before. The hub will see this machine’s network address, what you search for and what you download. A token saved for another hub is not sent to it.",
      "unencrypted": "The connection is not encrypted.",
      "connect": "Connect"
    },
    "confirmServer": {
      "message": "Add the server {{origin}}?",
      "detail": "What you write in chats with its models, and the documents that you attach there, will be sent to it. Other chats stay on this machine.",
      "unencrypted": "The connection is not encrypted.",
      "connect": "Add"
    },
    "confirmNetwork": {
      "message": "Open the server to the local network?",
      "detail": "Any device in the same network can then connect, and use your models if it has the key. Connections are not encrypted: whoever can read the network’s traffic can read the key and the texts.",
      "firewall": "The system’s firewall may ask whether to allow it. Do not do this in a network that you do not trust.",
      "allow": "Open to the network"
    },
    "confirmOrigin": {
      "message": "Let web pages of {{origin}} use the models?",
      "detail": "While the server is on, their scripts can then ask the models on this machine, if they have the key, and read the replies.",
      "allow": "Allow"
    },
    "confirmWorkers": {
      "message": "Add the worker {{origin}}?",
      "detail": "llama-server will send it parts of the model, and what is computed from your chats with that model.",
      "unencrypted": "The connection is not encrypted.",
      "connect": "Add"
    },
    "openFile": {
      "title": "Open a GGUF file",
      "models": "GGUF models",
      "all": "All files"
    },
    "openFolder": {
      "title": "Choose a folder for the models",
      "choose": "Choose"
    },
    "save": "Save",
    "cannotStart": "R1 Workbench cannot start",
    "alreadyRunning": "R1 Workbench is already running; its window is shown.",
    "downloadEnded": {
      "verified": "Downloaded and verified.",
      "done": "Downloaded."
    },
    "replyEnded": {
      "done": "A reply is finished.",
      "failed": "A reply has failed.",
      "open": "Click to open the chat."
    },
    "diagnostics": {
      "copied": "The diagnostics were copied.",
      "detail": "They hold the versions, your system and hardware, the backends, and the codes of recent faults. They hold nothing from your chats, and no file or user names.",
      "close": "Close"
    }
  };
  tune: {
    "noModel": "There is no model to tune yet.",
    "form": {
      "label": "New tuning",
      "minutes": "Time at most",
      "start": "Start tuning",
      "lossy": "On a graphics card, also try settings that lose some precision",
      "hint": "Each setting is measured in turns with what is set now, by the time of a typical R1 reply: {{read, number}} tokens read, {{written, number}} written. Nothing changes until you apply it."
    },
    "running": {
      "label": "Running tuning",
      "progress": "Tuning",
      "stop": "Stop",
      "stopping": "Stopping…",
      "queued": "Waiting for the engine",
      "steps": {
        "loading": "Loading the model",
        "measuring": "Measuring",
        "comparing": "Comparing the output"
      },
      "stepOf": "{{step}}: {{setting}}",
      "left": "at most {{time}} left",
      "ends": "Tuning ends early if nothing more makes the model faster. Replies wait until it is done.",
      "measuringAgain": "Measuring again. {{reason}}"
    },
    "current": "Current settings: writing {{writing}}, reading {{reading}}.",
    "tried": "Tried",
    "outcomes": {
      "trying": "in progress",
      "gain": "faster",
      "no-gain": "not faster",
      "unclear": "unclear",
      "other-output": "different output",
      "does-not-fit": "does not fit",
      "crashed": "crashed",
      "failed": "failed",
      "unfinished": "not finished"
    },
    "found": {
      "changed": "{{ratio, faster}}.",
      "within-spread": "{{ratio, faster}}, which is within the spread.",
      "same": "As fast as before.",
      "other-output": "The output differs from token {{token, number}} on.",
      "unfinished": "Tuning ended before this was measured."
    },
    "change": {
      "threads_one": "{{value}} thread",
      "threads_other": "{{value}} threads",
      "threadsFrom_one": "{{value}} thread instead of {{from}}",
      "threadsFrom_other": "{{value}} threads instead of {{from}}",
      "gpuLayers_one": "{{value}} layer on the GPU",
      "gpuLayers_other": "{{value}} layers on the GPU",
      "gpuLayersFrom_one": "{{value}} layer on the GPU instead of {{from}}",
      "gpuLayersFrom_other": "{{value}} layers on the GPU instead of {{from}}",
      "flashAttentionOn": "flash attention on",
      "flashAttentionOff": "flash attention off",
      "batchSize": "batch size {{value}}",
      "batchSizeFrom": "batch size {{value}} instead of {{from}}",
      "mapped": "model file mapped into memory",
      "notMapped": "model file read into memory",
      "largePagesOn": "large memory pages on",
      "largePagesOff": "large memory pages off",
      "kvCacheType": "KV cache type {{value}}",
      "kvCacheTypeFrom": "KV cache type {{value}} instead of {{from}}"
    },
    "left": {
      "threads": "other numbers of threads",
      "gpuLayers": "other numbers of GPU layers",
      "flashAttention": "flash attention",
      "batchSize": "other batch sizes",
      "largePages": "large memory pages",
      "memoryMapped": "memory mapping",
      "kvCacheType": "a smaller KV cache type"
    },
    "outcome": {
      "nothingMeasured": "Nothing was measured.",
      "tooSlow": "Nothing was measured, because one run with the current settings takes longer than that. Allow more time.",
      "nothingFaster": "No faster settings were found, so nothing needs to change.",
      "noneTriedFaster": "No faster settings were found among those tried.",
      "noneTried": "No other settings could be compared.",
      "found": "Settings were found that are {{comparison}}.",
      "foundSome": "Faster settings were found.",
      "stopped": "Stopped. {{found}}",
      "timeUp": "The time limit of {{time}} was reached. {{found}}",
      "noTimeFor": "{{found}} Within {{time}}, there was no time to try {{settings}}.",
      "unchanged": "The model’s settings have not changed.",
      "same_one": "With a fixed prompt, the most likely token is the same as before.",
      "same_other": "With a fixed prompt, the {{count, number}} most likely tokens are the same as before.",
      "different": "With a fixed prompt, the output differs from before.",
      "lossy": "Lossy: keys and values are kept with less precision. {{output}}",
      "apply_one": "Apply {{count, number}} change",
      "apply_other": "Apply {{count, number}} changes",
      "label": "Outcome of the tuning"
    },
    "figures": {
      "writing": "Writing",
      "reading": "Reading",
      "usualReply": "typical R1 reply"
    },
    "applied": {
      "tuned": "Tuned on {{day}}: {{changes}}. Measured: {{comparison}}. Takes effect with the next message.",
      "undo": "Undo",
      "tunedLossy": "Tuned on {{day}}: {{changes}}. Measured: {{comparison}}, with some loss of precision. Takes effect with the next message."
    },
    "terminal": {
      "left": "{{step}}; at most {{seconds, roughly}} left",
      "disturbed": "{{step}} ({{reason}})",
      "tried": "Tried {{setting}}: {{outcome}}. {{why}}",
      "triedChange": "Tried {{setting}}: {{comparison}}.",
      "proposed": "Proposed: {{changes}}.",
      "before": "Before: {{figures}}.",
      "after": "After: {{figures}}.",
      "figures": "writing {{writing}}, reading {{reading}}",
      "speed": "{{median}} tok/s ({{low}} to {{high}})",
      "reply": "A typical R1 reply ({{read, number}} tokens read, {{written, number}} written) takes {{after}} instead of {{before}}: {{comparison}}.",
      "notApplied": "Nothing has been changed. Run `r1 tune --apply` to use these settings.",
      "applied": "These settings are now used for this model. `r1 tune --undo` restores the old ones.",
      "undone": "The settings are as they were before tuning."
    },
    "headline": {
      "writing": "writing",
      "reading": "reading",
      "writingSoFar": "writing so far",
      "readingSoFar": "reading so far",
      "change": "{{what}} {{before}} to {{after}}"
    },
    "columns": {
      "setting": "Setting",
      "now": "Now",
      "tried": "Tried",
      "verdict": "Verdict"
    },
    "stays": "Not faster, stays {{from}}",
    "staysSame": "No difference, stays {{from}}"
  };
  updates: {
    "on": "Look for a new version once a day",
    "sends": "If this is on, {{host}} is asked once a day for the description of the newest version, which is the same file for everyone. The server sees your network address and the name R1 Workbench, but no version, no system and no identifier. Nothing is downloaded or installed until you say so.",
    "sendsFile": "The check and a download may also connect to {{hosts}}, and a download shows which file you fetch.",
    "noSource": "This build does not know where new versions are published, so it never looks for one.",
    "checkNow": "Check now",
    "checking": "Checking…",
    "never": "Not checked yet.",
    "checked": "Last checked: {{when}}",
    "current": "This is the newest version.",
    "waiting": "Waiting until no reply, benchmark or model download is running.",
    "available": "Version {{version}} is available ({{date}}).",
    "download": "Download {{size, bytes}} and install on quit",
    "downloading": "Downloading version {{version}}: {{received, bytes}} of {{size, bytes}}",
    "progress": "Download of version {{version}}",
    "ready": "Version {{version}} is downloaded and verified. It will be installed when you quit R1 Workbench.",
    "readyNot": "Version {{version}} is downloaded and verified. It will not be installed.",
    "install": "Install on quit",
    "doNotInstall": "Do not install",
    "notes": "What is new",
    "page": "Open the release page",
    "noFile": "This version has no file for this system.",
    "byHand": {
      "deb": "To install it, download {{file}} from the release page and run: {{command}}",
      "rpm": "To install it, download {{file}} from the release page and run: {{command}}",
      "folder": "To use it, download {{file}} from the release page, unpack it, and replace this app’s folder with it. Chats, settings and models are kept elsewhere and stay.",
      "portable": "To use it, download {{file}} from the release page and replace this app’s file with it. Chats, settings and models are kept elsewhere and stay.",
      "development": "This app runs from its source code. Get the new version with git, from the tag v{{version}}."
    },
    "isAvailable": "Version {{version}} is available"
  };
}
