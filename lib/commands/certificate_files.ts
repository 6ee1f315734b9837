/**
 * Reads the files with certificates that the environment names, before Deno
 * does: it would fail every request for one that is damaged.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import {
  type CertificateFile,
  namedCertificateFiles,
  type Trust,
  trustFor,
} from "../fetch/certificates.ts";
import type { Io } from "../io.ts";

/** The bundle of all public roots has a quarter of a megabyte. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What is trusted while the providers are asked. */
export async function readTrust(io: Io): Promise<Trust> {
  const named = namedCertificateFiles(io.environment);
  const files = await Promise.all(named.map((file) => look(io, file)));
  return trustFor(io.environment, files);
}

async function look(
  { store }: Io,
  file: CertificateFile,
): Promise<CertificateFile> {
  const fault = await faultOf(store, file.path);
  return fault === undefined ? file : { ...file, fault };
}

async function faultOf(
  store: Io["store"],
  path: string,
): Promise<string | undefined> {
  try {
    const bytes = await store.readOptional(path, MAX_BYTES);
    if (!bytes) return await store.exists(path) ? "not a file" : "not found";
    const { pemFault } = await import("../fetch/pem.ts");
    return pemFault(bytes);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.replace(/^cannot read "(?:[^"\\]|\\.)*": /, "");
  }
}
