/**
 * Whether an address is in a network such as `10.0.0.0/8`, of IPv4 or IPv6. A
 * library would bring much more: `URL` writes every form of an address in the
 * same way.
 *
 * @module
 */

/** An address as its bits, and how many there are. */
interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

/** Whether the text is an address: IPv4, or IPv6 without brackets. */
export function isAddress(text: string): boolean {
  return addressOf(text) !== undefined;
}

/** Whether the address is in `range`: another, or the network around one. */
export function isInRange(text: string, range: string): boolean {
  const address = addressOf(text);
  const [, start = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
  const first = addressOf(start);
  if (!address || !first || first.width !== address.width) return false;
  const kept = length === undefined ? first.width : Number(length);
  if (kept > first.width) return false;
  const shift = BigInt(first.width - kept);
  return first.bits >> shift === address.bits >> shift;
}

function addressOf(text: string): Address | undefined {
  if (/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text)) {
    const bytes = text.split(".").map(Number);
    if (bytes.some((byte) => byte > 255)) return undefined;
    return { bits: joined(bytes, 8n), width: 32 };
  }
  if (!text.includes(":")) return undefined;
  const { hostname } = URL.parse(`http://[${text}]/`) ?? {};
  if (hostname === undefined) return undefined;
  const [left = "", right] = hostname.slice(1, -1).split("::");
  const before = left.split(":").filter((word) => word !== "");
  const after = (right ?? "").split(":").filter((word) => word !== "");
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  const words = [...before, ...zeros, ...after].map((word) =>
    parseInt(word, 16)
  );
  return { bits: joined(words, 16n), width: 128 };
}

function joined(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((bits, part) => bits << width | BigInt(part), 0n);
}
