/**
 * Which certificates count besides the built-in ones of Mozilla: those that this
 * machine trusts, and a file that a variable names. Deno reads both from the
 * environment at the first request. What it cannot read fails every request, so
 * that it is looked at before.
 *
 * @module
 */

import type { NetworkVariable } from "../providers/variables.ts";
import { quoted } from "../text/key_look.ts";
import type { Warning } from "../warning.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables that name a file with certificates; the first one that can be used
 * counts. Deno 2.6 itself reads `DENO_CERT`, and `SSL_CERT_FILE` in place of the
 * system's store if that is asked for.
 */
const FILE_VARIABLES = [
  "DENO_CERT",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "SSL_CERT_FILE",
] as const;

/** One of {@linkcode FILE_VARIABLES}. */
export type CertificateVariable = typeof FILE_VARIABLES[number];

/** A file that a variable names. */
export interface CertificateFile {
  readonly variable: CertificateVariable;
  /** As it is set; a relative one counts from the working directory. */
  readonly path: string;
  /** Why it cannot be used, as a state. */
  readonly fault?: string;
}

/** What is trusted while the providers are asked. */
export interface Trust {
  /** What Deno's variables are set to; `undefined` takes one away. */
  readonly variables: ReadonlyMap<NetworkVariable, string | undefined>;
  readonly warnings: readonly Warning[];
}

const STORES = ["mozilla", "system"];
const BOTH = STORES.join(",");

/** The files to look at. An empty variable names none. */
export function namedCertificateFiles(
  environment: Environment,
): CertificateFile[] {
  return FILE_VARIABLES.flatMap((variable) => {
    const path = environment[variable];
    return path ? [{ variable, path }] : [];
  });
}

/** What Deno is to trust, of these files and of what the environment says. */
export function trustFor(
  environment: Environment,
  files: readonly CertificateFile[],
): Trust {
  const chosen = files.find(({ fault }) => fault === undefined);
  const own = files.find(({ variable }) => variable === "SSL_CERT_FILE");
  // Deno reads it instead of the machine's own; better all of them together.
  const isApart = own && own !== chosen && own.fault === undefined;
  const stores = environment["DENO_TLS_CA_STORE"];
  const isKnown = stores === undefined || isStoreList(stores);
  return {
    variables: new Map([
      ["DENO_TLS_CA_STORE", stores && isKnown ? stores : BOTH],
      ["DENO_CERT", chosen?.path],
      ["SSL_CERT_FILE", isApart ? own.path : undefined],
    ]),
    warnings: [
      ...isKnown ? [] : [unknownStore()],
      ...faultyOnes(files, chosen).map(unusable),
    ],
  };
}

function isStoreList(value: string): boolean {
  const names = value.split(",").map((one) => one.trim())
    .filter((one) => one !== "");
  return names.length > 0 && names.every((one) => STORES.includes(one));
}

/** Others after the one that counts are for other programs. */
function faultyOnes(
  files: readonly CertificateFile[],
  chosen: CertificateFile | undefined,
): CertificateFile[] {
  const at = chosen ? files.indexOf(chosen) : files.length;
  return files.filter(({ fault, variable }, index) =>
    fault !== undefined && (index < at || variable === "SSL_CERT_FILE")
  );
}

function unusable({ variable, path, fault }: CertificateFile): Warning {
  const text = `${variable} ${quoted(path)}: ${fault}; not used`;
  const hint = remedyFor(fault ?? "");
  return { code: "certificates-ignored", text, hint };
}

function remedyFor(fault: string): string {
  if (fault.startsWith("in binary form")) {
    return "convert it to PEM: certutil -encode OLD NEW (Windows), or " +
      "openssl x509 -inform der -in OLD -out NEW";
  }
  if (/^in UTF-16|^with a byte order mark/.test(fault)) {
    return "write it as plain text (PowerShell): Get-Content OLD | " +
      "Set-Content -Encoding ascii NEW";
  }
  return "set it to a PEM file with the certificate of your company, or unset it";
}

/** The value may be anything, and is not quoted. */
function unknownStore(): Warning {
  return {
    code: "certificates-ignored",
    text: "DENO_TLS_CA_STORE: not a list of mozilla and system; not used",
    hint: `set it to ${BOTH}, or unset it`,
  };
}
