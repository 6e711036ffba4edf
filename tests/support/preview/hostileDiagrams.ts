/** A diagram that tries to load something in many ways, all of which Mermaid takes: it is drawn. */
export const escapingDiagram = `%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "@import url(SINK/css); .node rect { fill: url(SINK/fill) }", "fontFamily": "x; } @font-face { font-family: y; src: url(SINK/font) } a {"}}%%
flowchart TD
A["<img src='SINK/image'>"] --> B["![x](SINK/markdown)"]
click A "SINK/click" _blank`;

/** Diagrams that try to do harm. `SINK` stands for the address of a server that must receive nothing. */
export const hostileDiagrams: Record<string, string> = {
  "a link to be clicked": `graph TD\nA-->B\nclick A "SINK/click" _blank`,
  "a script to be called": `graph TD\nA-->B\nclick A call fetch("SINK/call")`,
  "a script as a link": `graph TD\nA-->B\nclick A "javascript:fetch('SINK/js')"`,
  "its own level of safety": `%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\ngraph TD\nA["<img src=x onerror=fetch('SINK/loose')>"]-->B`,
  "a front matter with HTML": `---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n---\ngraph TD\nA["<script>fetch('SINK/front')</script>"]-->B`,
  "styles from elsewhere": `%%{init: {"themeCSS": "@import url(SINK/css); .node rect { fill: url(SINK/fill) }"}}%%\ngraph TD\nA-->B`,
  "a variable of its theme with an address": `%%{init: {"themeVariables": {"primaryColor": "red; } @import 'SINK/variable'; a {"}}}%%\ngraph TD\nA-->B`,
  "a font from elsewhere": `%%{init: {"fontFamily": "x; } @font-face { font-family: y; src: url(SINK/font) } a {"}}%%\ngraph TD\nA-->B`,
  "a style with an address": `graph TD\nA-->B\nclassDef x fill:url(SINK/class),background:url(SINK/background)\nclass A x\nstyle B fill:url(SINK/style)`,
  "a picture in a label": `graph TD\nA["<img src='SINK/image'>"]-->B["![x](SINK/markdown)"]`,
  "a node that is a picture": `flowchart TD\nA@{ img: "SINK/node.png", label: "x", w: 60, h: 60 }\nA-->B`,
  "icons from elsewhere": `architecture-beta\ngroup api(cloud)[API]\nservice db(logos:SINK)[Database] in api`,
  "a sequence with links": `sequenceDiagram\nparticipant A\nlinks A: {"x": "SINK/links"}\nlink A: y @ javascript:fetch('SINK/link')\nA->>A: <iframe src=SINK/frame></iframe>`,
  "another part of its prototype": `%%{init: {"__proto__": {"securityLevel": "loose"}, "constructor": {"prototype": {"x": 1}}}}%%\ngraph TD\nA-->B`,
  "a class with a call back": `classDiagram\nclass A\ncallback A "fetch" "SINK/callback"\nlink A "SINK/class-link"`,
  "entities and SVG": `graph TD\nA["#lt;svg onload=fetch('SINK/entity')#gt;"]-->B["</text></svg><svg onload=fetch('SINK/svg')>"]`,
  "formulas with an address": String.raw`graph TD
A["$$\\href{SINK/href}{x} \\includegraphics{SINK/graphics}$$"]-->B`,
  "much of this at once": escapingDiagram,
};
