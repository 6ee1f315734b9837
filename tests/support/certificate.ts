/**
 * A throw-away certificate authority, and a certificate for some hosts signed
 * by it, made without any tool of the system: Windows has none.
 *
 * The fields are those of RFC 5280, in DER (X.690).
 *
 * @module
 */

/** All three are PEM. */
export interface Identity {
  /** Of the authority that a client has to be told to trust. */
  readonly authority: string;
  /** For the hosts. */
  readonly cert: string;
  /** What belongs to `cert`. */
  readonly key: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Makes an authority, and a certificate by it that holds for so many days more. */
export async function makeIdentity(
  hosts: readonly string[],
  daysLeft = 1,
): Promise<Identity> {
  const [authority, leaf] = await Promise.all([makeKeys(), makeKeys()]);
  const issuer = "Throw-away test authority";
  const name = { issuer, signedBy: authority.privateKey };
  return {
    authority: pem(
      "CERTIFICATE",
      await certificate(authority.publicKey, {
        ...name,
        subject: issuer,
        extensions: [
          extension(BASIC_CONSTRAINTS, sequence(der(0x01, [0xff]))),
          // The only bit is keyCertSign.
          extension(KEY_USAGE, der(0x03, [2, 0b0000_0100])),
        ],
      }),
    ),
    cert: pem(
      "CERTIFICATE",
      await certificate(leaf.publicKey, {
        ...name,
        subject: "Test providers",
        daysLeft,
        extensions: [
          extension(BASIC_CONSTRAINTS, sequence()),
          extension(
            SUBJECT_ALT_NAME,
            sequence(...hosts.map((host) => der(0x82, encode(host)))),
          ),
        ],
      }),
    ),
    key: pem("PRIVATE KEY", await exported("pkcs8", leaf.privateKey)),
  };
}

async function makeKeys(): Promise<CryptoKeyPair> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  return await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function exported(
  format: "pkcs8" | "spki",
  key: CryptoKey,
): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey(format, key));
}

interface Description {
  readonly issuer: string;
  readonly subject: string;
  readonly extensions: readonly Bytes[];
  readonly signedBy: CryptoKey;
  readonly daysLeft?: number;
}

async function certificate(
  publicKey: CryptoKey,
  { issuer, subject, extensions, signedBy, daysLeft = 1 }: Description,
): Promise<Bytes> {
  const dayMs = 24 * 60 * 60 * 1000;
  const content = sequence(
    // Version 3.
    der(0xa0, integer([2])),
    integer(crypto.getRandomValues(new Uint8Array(8))),
    SHA256_WITH_ECDSA,
    commonName(issuer),
    sequence(
      time(Date.now() - 3 * dayMs),
      time(Date.now() + daysLeft * dayMs),
    ),
    commonName(subject),
    await exported("spki", publicKey),
    der(0xa3, sequence(...extensions)),
  );
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signature = new Uint8Array(
    await crypto.subtle.sign(algorithm, signedBy, content),
  );
  const pair = sequence(
    integer(signature.subarray(0, 32)),
    integer(signature.subarray(32)),
  );
  return sequence(content, SHA256_WITH_ECDSA, der(0x03, [0], pair));
}

/** A tag, the length, and the parts of the value. */
function der(
  tag: number,
  ...parts: readonly (Uint8Array | readonly number[])[]
): Bytes {
  const value = parts.flatMap((part) => [...part]);
  const { length } = value;
  const size = length < 0x80
    ? [length]
    : length < 0x100
    ? [0x81, length]
    : [0x82, length >> 8, length & 0xff];
  return new Uint8Array([tag, ...size, ...value]);
}

function sequence(...parts: readonly Uint8Array[]): Bytes {
  return der(0x30, ...parts);
}

/** A positive number: as short as can be, its first bit clear. */
function integer(bytes: Uint8Array | readonly number[]): Bytes {
  const all = [...bytes];
  const start = all.findIndex((byte) => byte !== 0);
  const digits = all.slice(start);
  return der(0x02, (digits[0] ?? 0) > 0x7f ? [0] : [], digits);
}

function commonName(name: string): Bytes {
  const attribute = sequence(COMMON_NAME, der(0x0c, encode(name)));
  return sequence(der(0x31, attribute));
}

/** `UTCTime`, which holds until 2049. */
function time(ms: number): Bytes {
  const digits = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, "");
  return der(0x17, encode(digits.slice(2)));
}

/** One that a client must understand. */
function extension(id: Bytes, value: Bytes): Bytes {
  return sequence(id, der(0x01, [0xff]), der(0x04, value));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function pem(label: string, bytes: Bytes): string {
  const lines = btoa(String.fromCharCode(...bytes)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${
    lines.join("\n")
  }\n-----END ${label}-----\n`;
}

/** 2.5.4.3 */
const COMMON_NAME = der(0x06, [0x55, 0x04, 0x03]);
/** 2.5.29.15, 2.5.29.17 and 2.5.29.19 */
const KEY_USAGE = der(0x06, [0x55, 0x1d, 0x0f]);
const SUBJECT_ALT_NAME = der(0x06, [0x55, 0x1d, 0x11]);
const BASIC_CONSTRAINTS = der(0x06, [0x55, 0x1d, 0x13]);
/** 1.2.840.10045.4.3.2 */
const SHA256_WITH_ECDSA = sequence(
  der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]),
);
