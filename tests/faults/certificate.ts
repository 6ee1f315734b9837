/**
 * A throw-away certificate authority and one certificate by it. Needs
 * `openssl` on the path.
 *
 * @module
 */

import { useTool } from "./stage.ts";

/** The certificate with its key, and the authority's file. */
export interface Certificate extends AsyncDisposable {
  readonly tls: { readonly cert: string; readonly key: string };
  readonly caPath: string;
}

/** Made out to one host name. */
export async function makeCertificate(host: string): Promise<Certificate> {
  const folder = await Deno.makeTempDir();
  const path = (name: string): string => `${folder}/${name}`;
  const common = ["req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"];
  const curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"];
  await useTool("openssl", [
    ...[...common, ...curve, "-subj", "/CN=Throw-away authority"],
    ...["-keyout", path("ca.key"), "-out", path("ca.pem")],
  ]);
  await useTool("openssl", [
    ...[...common, ...curve, "-subj", `/CN=${host}`],
    ...["-addext", `subjectAltName=DNS:${host}`],
    ...["-addext", "basicConstraints=critical,CA:FALSE"],
    ...["-CA", path("ca.pem"), "-CAkey", path("ca.key")],
    ...["-keyout", path("leaf.key"), "-out", path("leaf.pem")],
  ]);
  return {
    tls: {
      cert: await Deno.readTextFile(path("leaf.pem")),
      key: await Deno.readTextFile(path("leaf.key")),
    },
    caPath: path("ca.pem"),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
