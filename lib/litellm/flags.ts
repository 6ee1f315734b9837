/**
 * The flags of LiteLLM's own command line (`litellm --help`, read in 1.108.7),
 * but for those that this program has as well.
 *
 * @module
 */

/** Flags with a value. */
export const LITELLM_VALUES: readonly string[] = [
  ...["add_key", "alias", "api_base", "api_version", "ciphers"],
  ...["granian_threads", "headers", "host", "keepalive_timeout"],
  ...["limit_concurrency", "log_config", "max_budget"],
  ...["max_requests_before_restart", "max_requests_before_restart_jitter"],
  ...["max_tokens", "model", "num_requests", "num_workers", "port"],
  ...["prometheus_metrics_port", "request_timeout", "ssl_certfile_path"],
  ...["ssl_keyfile_path", "temperature", "timeout_worker_healthcheck"],
];

/** Those of them whose value is a key, or has one in it. */
export const LITELLM_SECRETS: readonly string[] = ["add_key", "headers"];

/** Flags without. */
export const LITELLM_SWITCHES: readonly string[] = [
  ...["add_function_to_prompt", "azure_postgresql_auth", "debug"],
  ...["detailed_debug", "drop_params", "health", "iam_token_db_auth", "local"],
  ...["reload", "run_granian", "run_gunicorn", "run_hypercorn", "save"],
  ...["setup", "skip_server_startup", "test", "test_async"],
  ...["use_legacy_migration_resolver", "use_prisma_db_push", "use_queue"],
  ...["use_v2_migration_resolver", "validate_config"],
];
