/**
 * Which hosts are this machine or in a private network, judged by address or
 * name alone: nothing is looked up. A few patterns are enough; a library for
 * addresses does not cover names, nor what the permissions allow.
 *
 * @module
 */

import { isHostOf } from "./host_pattern.ts";

/**
 * What servers are called in Compose files and manifests: each found as the host
 * of an address in public repositories. No provider's key goes to any of them.
 */
const SERVICE_NAMES: readonly string[] = [
  "ollama",
  "vllm",
  "llama-cpp",
  "llamacpp",
  "llama-server",
  "llama-swap",
  "lmstudio",
  "lm-studio",
  "localai",
  "local-ai",
  "sglang",
  "tgi",
  "koboldcpp",
];

/**
 * The machine that a container runs on, and Docker's own server of models. Not
 * `*.internal`: a cloud answers there with credentials of the machine. Sources:
 * https://docs.docker.com/desktop/features/networking/,
 * https://docs.docker.com/ai/model-runner/api-reference/,
 * https://docs.podman.io/en/latest/markdown/podman-run.1.html
 */
const CONTAINER_HOSTS: readonly string[] = [
  "host.docker.internal",
  "gateway.docker.internal",
  "model-runner.docker.internal",
  "host.containers.internal",
];

/** Domains of private networks: RFC 6762, RFC 8375, and Tailscale's names. */
const DOMAINS: readonly string[] = [
  "*.local",
  "*.lan",
  "*.home.arpa",
  "*.ts.net",
];

/**
 * Where a server of the user's own may be: the permissions of the compiled
 * program have the same list. Link-local addresses are not in it, since a cloud
 * has its credentials at one; 100.64.0.0/10 is (RFC 6598, Tailscale).
 */
export const OWN_NETWORK: readonly string[] = [
  ...["localhost", "127.0.0.0/8", "[::1]"],
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
  ...SERVICE_NAMES,
  ...CONTAINER_HOSTS,
  ...DOMAINS,
];

/** Whether `hostname`, as in a `URL`, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether it is in {@linkcode OWN_NETWORK}. */
export function isInOwnNetwork(hostname: string): boolean {
  return OWN_NETWORK.some((pattern) => isHostOf(hostname, pattern));
}

/** Link-local addresses and, of IPv6, unique local ones: RFC 3927, 4291, 4193. */
const OTHER_PRIVATE_ADDRESS =
  /^(?:169\.254\.\d+\.\d+|\[f(?:e[89ab]|[cd]).*\])$/;

/**
 * A name without a dot, or under a further domain that is in no public DNS: RFC
 * 6761, and RFC 6762, appendix G.
 */
const PRIVATE_NAME =
  /^[^.:]+\.?$|\.(?:localhost|internal|intranet|private|corp|home)\.?$/;

/** Whether it is any address or name of a private network. */
export function isPrivate(hostname: string): boolean {
  return isInOwnNetwork(hostname) ||
    OTHER_PRIVATE_ADDRESS.test(hostname) || PRIVATE_NAME.test(hostname);
}
