/** Matches text without any character that the checks below look for, which is true of most text. */
const usualOnly =
  /^[\0-\xa8\xaa-\xac\xaf-\u02ff\u3000-\u3029\u3031-\u303c\u303e-\u3098\u309b-\u3296\u329a-\u9fff\uac00-\ud7a3]*$/;

/** Emoji, joiners, modifiers and combining marks. */
const sign = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}\p{Cf}]$/u;
/** The time to shape a run of signs, with or without spaces, grows much faster than its length. */
const maxRowChars = 240;
/** In no script are there more marks than letters, even if each letter has one. */
const maxShare = 0.75;

/** Scripts with joined letters. A long word broken across lines is shaped again for each line. */
const joined =
  /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Sogdian}\p{Script=Manichaean}\p{Script=Phags_Pa}\p{M}\p{Cf}]$/u;
const maxWordChars = 300;

/** Bidirectional controls. Each one starts a new text run. */
const turn = /^[\u202a-\u202e\u2066-\u2069]$/;
const maxTurns = 0.05;
/** Allowed in any text, whatever its length. */
const fewTurns = 50;

/** Returns whether a text is slow to lay out and must be split into short pieces. Ordinary text never is. */
export function isCostlyText(text: string): boolean {
  if (usualOnly.test(text)) return false;
  const mostTurns = Math.max(fewTurns, maxTurns * text.length);
  let signs = 0;
  let row = 0;
  let word = 0;
  let turns = 0;
  let isAfterSign = false;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    const kinds = kindsOf(code);
    at += length;
    if ((kinds & isTurn) !== 0) turns++;
    word = (kinds & isJoined) === 0 ? 0 : word + length;
    const isSign = (kinds & isSigns) !== 0;
    // Two signs of a row may have one space between them.
    const goesOn = isSign || (isAfterSign && (kinds & isSpace) !== 0);
    isAfterSign = isSign;
    row = goesOn ? row + length : 0;
    if (goesOn) signs += length;
    if (row > maxRowChars || word > maxWordChars || turns > mostTurns) return true;
  }
  return signs > maxShare * text.length;
}

const isKnown = 1;
const isSigns = 2;
const isJoined = 4;
const isTurn = 8;
const isSpace = 16;

/** Indexed by code point; testing a regular expression for each character would take twenty times as long. */
let known: Uint8Array | undefined;

function kindsOf(code: number): number {
  known ??= new Uint8Array(0x11_0000);
  const before = known[code] ?? 0;
  if (before !== 0) return before;
  const character = String.fromCodePoint(code);
  const kinds =
    isKnown |
    (sign.test(character) ? isSigns : 0) |
    (joined.test(character) ? isJoined : 0) |
    (turn.test(character) ? isTurn : 0) |
    (/^\s$/.test(character) ? isSpace : 0);
  known[code] = kinds;
  return kinds;
}
