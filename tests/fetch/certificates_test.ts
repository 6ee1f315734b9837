import {
  type CertificateFile,
  namedCertificateFiles,
  trustFor,
} from "../../lib/fetch/certificates.ts";
import { assertEquals } from "../support/assert.ts";

/** What Deno is told, and the warnings; `faults` is by variable. */
function decide(
  environment: Readonly<Record<string, string>>,
  faults: Readonly<Record<string, string>> = {},
): {
  readonly set: Readonly<Record<string, string | undefined>>;
  readonly warnings: readonly string[];
} {
  const files = namedCertificateFiles(environment)
    .map((file): CertificateFile => {
      const fault = faults[file.variable];
      return fault === undefined ? file : { ...file, fault };
    });
  const { variables, warnings } = trustFor(environment, files);
  return {
    set: Object.fromEntries(variables),
    warnings: warnings.map(({ text }) => text),
  };
}

function told(
  DENO_CERT?: string,
  SSL_CERT_FILE?: string,
  DENO_TLS_CA_STORE = "mozilla,system",
): Record<string, string | undefined> {
  return { DENO_TLS_CA_STORE, DENO_CERT, SSL_CERT_FILE };
}

Deno.test("trustFor() trusts this machine's certificates and Mozilla's", () => {
  assertEquals(decide({}), { set: told(), warnings: [] });
});

Deno.test("trustFor() takes the first variable that names a file", () => {
  const all = {
    DENO_CERT: "d.pem",
    NODE_EXTRA_CA_CERTS: "n.pem",
    REQUESTS_CA_BUNDLE: "r.pem",
  };
  const { DENO_CERT: _d, ...others } = all;
  const { NODE_EXTRA_CA_CERTS: _n, ...last } = others;
  assertEquals(decide(all).set, told("d.pem"));
  assertEquals(decide(others).set, told("n.pem"));
  assertEquals(decide(last).set, told("r.pem"));
});

Deno.test("trustFor() adds the file of SSL_CERT_FILE to this machine's own", () => {
  assertEquals(decide({ SSL_CERT_FILE: "s.pem" }).set, told("s.pem"));
});

Deno.test("trustFor() has SSL_CERT_FILE count next to another file", () => {
  const both = { SSL_CERT_FILE: "s.pem", REQUESTS_CA_BUNDLE: "r.pem" };
  assertEquals(decide(both).set, told("r.pem", "s.pem"));
});

Deno.test("trustFor() passes over a file that cannot be used, and warns", () => {
  const environment = { DENO_CERT: "d.pem", NODE_EXTRA_CA_CERTS: "n.pem" };
  assertEquals(decide(environment, { DENO_CERT: "not found" }), {
    set: told("n.pem"),
    warnings: ['DENO_CERT "d.pem": not found; not used'],
  });
});

Deno.test("trustFor() is silent about files that it does not need", () => {
  const environment = { DENO_CERT: "d.pem", REQUESTS_CA_BUNDLE: "r.pem" };
  const faults = { REQUESTS_CA_BUNDLE: "not found" };
  assertEquals(decide(environment, faults).warnings, []);
});

Deno.test("trustFor() always warns of a faulty SSL_CERT_FILE, which would count as well", () => {
  const environment = { DENO_CERT: "d.pem", SSL_CERT_FILE: "s.pem" };
  assertEquals(decide(environment, { SSL_CERT_FILE: "not found" }), {
    set: told("d.pem"),
    warnings: ['SSL_CERT_FILE "s.pem": not found; not used'],
  });
});

Deno.test("trustFor() quotes no path that looks like a key", () => {
  const environment = { DENO_CERT: "xai-Ab12Cd34Ef56Gh78Ij90" };
  assertEquals(decide(environment, { DENO_CERT: "not found" }).warnings, [
    'DENO_CERT "[looks like a key]": not found; not used',
  ]);
});

Deno.test("trustFor() keeps every faulty file from Deno", () => {
  const environment = { DENO_CERT: "d.pem", SSL_CERT_FILE: "s.pem" };
  const faults = { DENO_CERT: "not found", SSL_CERT_FILE: "not a file" };
  assertEquals(decide(environment, faults), {
    set: told(),
    warnings: [
      'DENO_CERT "d.pem": not found; not used',
      'SSL_CERT_FILE "s.pem": not a file; not used',
    ],
  });
});

Deno.test("trustFor() takes away an empty variable, with which Deno fails", () => {
  const environment = { DENO_CERT: "", SSL_CERT_FILE: "" };
  assertEquals(decide(environment), { set: told(), warnings: [] });
});

for (const stores of ["mozilla", "system", "system, mozilla", "system,"]) {
  Deno.test(`trustFor() leaves DENO_TLS_CA_STORE=${stores} as it is`, () => {
    const { set, warnings } = decide({ DENO_TLS_CA_STORE: stores });
    const want = told(undefined, undefined, stores);
    assertEquals({ set, warnings }, { set: want, warnings: [] });
  });
}

Deno.test("trustFor() warns of certificate stores that Deno does not know", () => {
  for (const stores of ["Mozilla", ","]) {
    assertEquals(decide({ DENO_TLS_CA_STORE: stores }), {
      set: told(),
      warnings: [
        "DENO_TLS_CA_STORE: not a list of mozilla and system; not used",
      ],
    });
  }
});

Deno.test("trustFor() says how to write a file again that is in another encoding", () => {
  for (
    const fault of [
      "in UTF-16, as PowerShell's > writes",
      "with a byte order mark before its certificate",
    ]
  ) {
    const file = { variable: "SSL_CERT_FILE", path: "s.pem", fault } as const;
    const { warnings } = trustFor({ SSL_CERT_FILE: "s.pem" }, [file]);
    assertEquals(
      warnings.map(({ hint }) => hint),
      [
        "write it as plain text (PowerShell): Get-Content OLD | " +
        "Set-Content -Encoding ascii NEW",
      ],
    );
  }
});
