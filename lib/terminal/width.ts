/**
 * How many cells of a terminal a text takes. Where terminals differ the larger
 * number is taken: a line that is cut too early is still one line. std's
 * `unicode_width` comes without its table in the npm build that is used here.
 *
 * @module
 */

/** Marks over or under the character before them. */
const NO_CELL = /[\p{Mn}\p{Me}]/u;
/** East Asian wide and fullwidth characters, and pictures. */
const TWO_CELLS =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u{3000}-\u{303e}\u{3200}-\u{33ff}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}]/u;
/** Asks for the character before it as a picture, which is wider. */
const PICTURE_SELECTOR = "\u{fe0f}";

/** The cells of a text without control characters. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += cellsOfOne(character);
  return cells;
}

function cellsOfOne(character: string): number {
  if (character === PICTURE_SELECTOR) return 1;
  if (NO_CELL.test(character)) return 0;
  return TWO_CELLS.test(character) ? 2 : 1;
}
