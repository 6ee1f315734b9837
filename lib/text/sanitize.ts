/**
 * Foreign text made safe to show.
 *
 * @module
 */

/**
 * Text from elsewhere made safe to show: control and escape characters, bidi
 * and other invisible ones become `?`, so that no name can move the cursor,
 * forge a line or read backwards.
 */
export function sanitize(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?");
}
