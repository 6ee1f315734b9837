/**
 * Whether Deno can take a file for certificates to trust. One that it cannot
 * read fails every request, be it needed or not, and one without a certificate
 * it ignores in silence.
 *
 * @module
 */

const BEGIN = /^-----BEGIN ([^\n]*?)-----\s*$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const LAST_GROUP =
  /^(?:|[^=]{4}|[^=]{2}[AEIMQUYcgkosw048]=?|[^=][AQgw](?:==)?)$/;

/**
 * What keeps the bytes of a file from being PEM with a certificate in it, as a
 * state; nothing where Deno trusts what is in there. Text around the
 * certificates and blocks of other kinds do not matter, broken blocks do.
 */
export function pemFault(bytes: Uint8Array): string | undefined {
  const lines = new TextDecoder("latin1").decode(bytes).split(/\r\n|\r|\n/);
  let count = 0;
  let label: string | undefined;
  let body = "";
  for (const [at, line] of lines.entries()) {
    if (label === undefined) {
      label = BEGIN.exec(line)?.[1];
      body = "";
    } else if (line.startsWith(`-----END ${label}-----`)) {
      if (!isBase64(body)) {
        return `the block that ends on line ${at + 1} is damaged`;
      }
      if (label === "CERTIFICATE" && isSequence(body)) count++;
      label = undefined;
    } else body += line.trim();
  }
  if (label !== undefined) return "cut off inside a block";
  if (count > 0) return undefined;
  return otherForm(bytes) ?? "no certificate in it";
}

/** The form of a file in which Deno finds no certificate. */
function otherForm(bytes: Uint8Array): string | undefined {
  if (isDer(bytes)) return "in binary form, not PEM";
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe || first === 0xfe && second === 0xff) {
    return "in UTF-16, as PowerShell's > writes";
  }
  const isMarked = first === 0xef && second === 0xbb && third === 0xbf;
  return isMarked && hasBegin(bytes.subarray(3))
    ? "with a byte order mark before its certificate"
    : undefined;
}

function hasBegin(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes)
    .startsWith("-----BEGIN CERTIFICATE-----");
}

/** Deno takes it without its `=` too, but not with too few or with bits left over. */
function isBase64(text: string): boolean {
  const rest = text.length % 4 || Math.min(text.length, 4);
  return BASE64.test(text) && LAST_GROUP.test(text.slice(text.length - rest));
}

/** A certificate is a SEQUENCE of DER, whose first byte is 0x30. */
function isSequence(base64: string): boolean {
  return /^M[A-P]/.test(base64);
}

/** A SEQUENCE of DER whose length takes two bytes. */
function isDer([first, second]: Uint8Array): boolean {
  return first === 0x30 && second === 0x82;
}
