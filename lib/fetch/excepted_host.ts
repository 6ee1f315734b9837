/**
 * Which hosts a `NO_PROXY` excepts, as Deno reads it: other programs read it in
 * other ways.
 *
 * @module
 */

/**
 * Whether a list such as `NO_PROXY` has the host of a URL. `gpu.example` and
 * `.gpu.example` match that name and all below it, `*` every name but no address;
 * letters count as they are written, a port matches nothing.
 */
export function isExcepted(hostname: string, list: string): boolean {
  if (list === "") return false;
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const address = addressOf(host);
  return list.split(",").map((one) => one.trim()).some((pattern) => {
    if (address) return isInRange(address, pattern);
    const name = pattern.replace(/^\./, "");
    // Of an empty one, only what ends with a dot is below it.
    return pattern === "*" || host === name || host.endsWith(`.${name}`);
  });
}

/** An address as its bits, and how many there are. */
interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

/** An address, or the network around one: `10.0.0.0/8`. */
function isInRange(address: Address, pattern: string): boolean {
  const [, text = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(pattern) ?? [];
  const range = addressOf(text);
  if (!range || range.width !== address.width) return false;
  const kept = length === undefined ? range.width : Number(length);
  if (kept > range.width) return false;
  const shift = BigInt(range.width - kept);
  return range.bits >> shift === address.bits >> shift;
}

function addressOf(text: string): Address | undefined {
  if (/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text)) {
    const bytes = text.split(".").map(Number);
    if (bytes.some((byte) => byte > 255)) return undefined;
    return { bits: joined(bytes, 8n), width: 32 };
  }
  if (!text.includes(":")) return undefined;
  // Which writes every form of an IPv6 address in the same way.
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
