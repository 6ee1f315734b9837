import { pemFault } from "../../lib/fetch/pem.ts";
import { assertEquals } from "../support/assert.ts";
import { makeIdentity } from "../support/certificate.ts";

const { authority: ROOT, key: KEY } = await makeIdentity(["x.localhost"]);
const lines = ROOT.trimEnd().split("\n");
const bare = lines.slice(1, -1).join("\n");
const withoutLast = lines.slice(0, -1).join("\n");
const padding = /=*$/.exec(bare)?.[0] ?? "";

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function block(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

const BAD = block("X509 CRL", "*bad*");

/** What came of the file in a real Deno: read, ignored, or every request fails. */
async function read(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<"read" | "fails"> {
  const path = await Deno.makeTempFile({ suffix: ".pem" });
  try {
    await Deno.writeFile(path, bytes);
    // Nobody listens there: whether that is found out is what counts.
    const code = `try { await fetch("https://127.0.0.1:8/"); }
catch (error) { console.log(error.name, error.message); }`;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-config", code],
      env: { DENO_CERT: path },
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(stdout);
    return /pem file to certificate store/.test(said) ? "fails" : "read";
  } finally {
    await Deno.remove(path);
  }
}

const USABLE: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  "a certificate": ROOT,
  "several certificates": ROOT + ROOT,
  "line ends of Windows": ROOT.replaceAll("\n", "\r\n"),
  "line ends of old Macs": ROOT.replaceAll("\n", "\r"),
  "text around": `Company root\n=====\n${ROOT}\n# end\n`,
  "no last line end": ROOT.trimEnd(),
  "text after the end": `${ROOT.trimEnd()} end`,
  "spaces after the beginning": ROOT.replace("E-----", "E-----  "),
  "one long line": block("CERTIFICATE", bare.replaceAll("\n", "")),
  "indented lines": block("CERTIFICATE", bare.replaceAll(/^/gm, "  ")),
  "a key as well": KEY + ROOT,
  "bytes that are no text before": new Uint8Array([
    ...[0xff, 0xfe, 0x00, 0x0a],
    ...encode(ROOT),
  ]),
  "a certificate without padding": block(
    "CERTIFICATE",
    bare.slice(0, bare.length - padding.length),
  ),
  "a block that is empty, and one that is not": block("CERTIFICATE", "") + ROOT,
};

for (const [name, content] of Object.entries(USABLE)) {
  Deno.test(`pemFault() has nothing against ${name}, nor has Deno`, async () => {
    const bytes = typeof content === "string" ? encode(content) : content;
    assertEquals([pemFault(bytes), await read(bytes)], [undefined, "read"]);
  });
}

const DAMAGED: Readonly<Record<string, string>> = {
  "a foreign character": block("CERTIFICATE", `*${bare.slice(1)}`),
  "too little padding": block("CERTIFICATE", "MIIBMI="),
  "bits that are left over": block("CERTIFICATE", "MIIBMIJ="),
  "too much padding": block("CERTIFICATE", `${bare}=`),
  "one letter alone": block("CERTIFICATE", "MIIAA"),
  "headers in a block": block("CERTIFICATE", `Proc-Type: x\n\n${bare}`),
  "no end": withoutLast,
  "no end of the second": ROOT + withoutLast,
  "the end of another kind": ROOT.replace("END CERT", "END X CERT"),
  "no line ends": ROOT.replaceAll("\n", ""),
  "a damaged block of another kind": BAD + ROOT,
};

for (const [name, content] of Object.entries(DAMAGED)) {
  Deno.test(`pemFault() finds ${name}, with which Deno fails`, async () => {
    const bytes = encode(content);
    assertEquals(
      [pemFault(bytes) === undefined, await read(bytes)],
      [false, "fails"],
    );
  });
}

const EMPTY: Readonly<Record<string, string>> = {
  "nothing": "",
  "other text": "no certificate at all\n",
  "a key alone": KEY,
  "a block that is empty": block("CERTIFICATE", ""),
  "a block of something else": block("CERTIFICATE", "AAAA"),
  "a certificate of OpenSSL's own kind": ROOT.replaceAll(
    "CERTIFICATE",
    "TRUSTED CERTIFICATE",
  ),
  "indented markers": ROOT.replaceAll(/^/gm, "  "),
};

for (const [name, content] of Object.entries(EMPTY)) {
  Deno.test(`pemFault() finds no certificate in ${name}`, async () => {
    const bytes = encode(content);
    assertEquals(
      [pemFault(bytes), await read(bytes)],
      ["no certificate in it", "read"],
    );
  });
}

Deno.test("pemFault() tells the binary form of a certificate", () => {
  const der = Uint8Array.fromBase64(bare.replaceAll("\n", ""));
  assertEquals(pemFault(der), "in binary form, not PEM");
});

Deno.test("pemFault() names the line of a damaged block", () => {
  assertEquals(
    pemFault(encode(ROOT + BAD)),
    `the block that ends on line ${lines.length + 3} is damaged`,
  );
});

/** As PowerShell and Notepad write it. */
function utf16(text: string): Uint8Array<ArrayBuffer> {
  const units = Array.from(`\uFEFF${text}`, (one) => one.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => [unit & 0xff, unit >> 8]));
}

Deno.test("pemFault() tells the text encodings in which Deno finds no certificate", async () => {
  const marked = encode(`\uFEFF${ROOT}`);
  assertEquals(
    [pemFault(marked), await read(marked)],
    ["with a byte order mark before its certificate", "read"],
  );
  assertEquals(
    [pemFault(utf16(ROOT)), await read(utf16(ROOT))],
    ["in UTF-16, as PowerShell's > writes", "read"],
  );
});
