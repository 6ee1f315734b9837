/**
 * A throw-away certificate for one host, with its authority in a file.
 *
 * @module
 */
import { makeIdentity } from "../support/certificate.ts";

/** The certificate with its key, and the authority's file. */
export interface Certificate extends AsyncDisposable {
  readonly tls: { readonly cert: string; readonly key: string };
  readonly caPath: string;
}

/** Made out to one host name. */
export async function makeCertificate(host: string): Promise<Certificate> {
  const { authority, ...tls } = await makeIdentity([host]);
  const caPath = await Deno.makeTempFile({ suffix: ".pem" });
  await Deno.writeTextFile(caPath, authority);
  return {
    tls,
    caPath,
    [Symbol.asyncDispose]: () => Deno.remove(caPath),
  };
}
