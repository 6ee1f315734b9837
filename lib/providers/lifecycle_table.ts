/**
 * When models end and what follows them, made by `deno task lifecycle` from
 * LiteLLM's cost maps and from vendors' pages; not to be edited by hand.
 *
 * @module
 */

/** The day the facts last changed, as YYYY-MM-DD. */
export const LIFECYCLE_DATE = "2026-11-27";

/** Per provider, one line per model: `id LASTDAY [successor]`, sorted by id. */
export const LIFECYCLE_LINES: Readonly<Record<string, string>> = {
  anthropic: `
claude-3-5-haiku-20241022 2026-02-19 claude-haiku-4-5-20251001
claude-3-5-haiku-latest 2026-02-19 claude-haiku-4-5-20251001
claude-3-5-sonnet-20240620 2025-10-28 claude-sonnet-4-6
claude-3-5-sonnet-20241022 2025-10-28 claude-sonnet-4-6
claude-3-5-sonnet-latest 2025-10-28 claude-sonnet-4-6
claude-3-7-sonnet-20250219 2026-02-19 claude-sonnet-4-6
claude-3-7-sonnet-latest 2026-02-19 claude-sonnet-4-6
claude-3-haiku-20240307 2026-04-20 claude-haiku-4-5-20251001
claude-3-opus-20240229 2026-01-05 claude-opus-4-8
claude-3-opus-latest 2026-01-05 claude-opus-4-8
claude-3-sonnet-20240229 2025-07-21 claude-sonnet-4-6
claude-4-opus-20250514 2026-06-15
claude-4-sonnet-20250514 2026-06-15
claude-mythos-preview 2026-06-09
claude-opus-4-0 2026-06-15 claude-opus-4-8
claude-opus-4-1 2026-08-05 claude-opus-4-8
claude-opus-4-1-20250805 2026-08-05 claude-opus-4-8
claude-opus-4-20250514 2026-06-15 claude-opus-4-8
claude-sonnet-4-0 2026-06-15 claude-sonnet-4-6
claude-sonnet-4-20250514 2026-06-15 claude-sonnet-4-6
claude-sonnet-4-5 2026-11-30 claude-sonnet-5-5
claude-sonnet-4-5-20250929 2026-11-30 claude-sonnet-5-5
`,
  cerebras: `
llama-3.3-70b 2026-02-16
llama3.1-8b 2026-05-27
qwen-3-32b 2026-02-16
zai-glm-4.6 2026-01-20
`,
  cohere: `
command 2025-09-15
command-light 2025-09-15
command-r 2025-09-15
command-r-plus 2025-09-15
embed-english-light-v2.0 2026-04-04
embed-english-v2.0 2026-04-04
embed-multilingual-v2.0 2026-04-04
rerank-english-v2.0 2025-04-30
rerank-multilingual-v2.0 2025-04-30
`,
  deepseek: `
deepseek-chat 2026-07-24
deepseek-reasoner 2026-07-24
`,
  fireworks: `
accounts/fireworks/models/deepseek-v4-flash 2026-08-14
accounts/fireworks/models/deepseek-v4-flash-0731 2026-09-25
accounts/fireworks/models/deepseek-v4-flash-vision-exp 2026-09-25
accounts/fireworks/models/deepseek-v4-pro 2026-08-27
accounts/fireworks/models/deepseek-v4-pro-0813 2026-09-25
accounts/fireworks/models/glm-5p2 2026-09-25 accounts/fireworks/models/glm-5p3
accounts/fireworks/models/gpt-oss-120b 2026-11-07
accounts/fireworks/models/inkling 2026-11-07 accounts/fireworks/models/muse-spark-open
accounts/fireworks/models/kimi-k2p6 2026-09-25
accounts/fireworks/models/kimi-k2p7-code 2026-09-25
accounts/fireworks/models/minimax-m2p7 2026-08-27
accounts/fireworks/models/muse-glimmer-30b 2026-09-25
accounts/fireworks/models/nemotron-3-ultra-nvfp4 2026-11-07
accounts/fireworks/models/nemotron-lightning-3p5-30b-a3b 2026-11-07
accounts/fireworks/routers/glm-5p2-fast 2026-09-25 accounts/fireworks/models/glm-5p3
accounts/fireworks/routers/glm-5p2-fast-us 2026-09-25 accounts/fireworks/models/glm-5p3
accounts/fireworks/routers/glm-5p3-flash-us 2026-11-07 accounts/fireworks/models/deepseek-v4p1-flash-1017-us
accounts/fireworks/routers/kimi-k2p6-fast 2026-08-27 accounts/fireworks/models/kimi-k2p6
accounts/fireworks/routers/kimi-k2p7-code-fast 2026-08-27 accounts/fireworks/models/kimi-k2p7-code
accounts/fireworks/routers/spot-deepseek-v4-flash 2026-08-14
deepseek-v4-flash 2026-08-14
deepseek-v4-flash-0731 2026-09-25
deepseek-v4-flash-vision-exp 2026-09-25
deepseek-v4-pro-0813 2026-09-25
glm-5p2 2026-09-25 glm-5p3
glm-5p2-fast 2026-09-25 glm-5p3
glm-5p2-fast-us 2026-09-25 glm-5p3
glm-5p3-flash-us 2026-11-07 accounts/fireworks/models/deepseek-v4p1-flash-1017-us
gpt-oss-120b 2026-11-07
kimi-k2p6 2026-09-25
kimi-k2p6-fast 2026-08-27 kimi-k2p6
kimi-k2p7-code 2026-09-25
kimi-k2p7-code-fast 2026-08-27 kimi-k2p7-code
muse-glimmer-30b 2026-09-25
nemotron-3-ultra-nvfp4 2026-11-07
nemotron-lightning-3p5-30b-a3b 2026-11-07
`,
  gemini: `
deep-research-pro-preview-12-2025 2026-10-23 deep-research-preview-04-2026
gemini-1.5-flash 2025-09-29
gemini-2.0-flash 2026-06-01 gemini-3.5-flash
gemini-2.0-flash-001 2026-06-01 gemini-3.5-flash
gemini-2.0-flash-exp-image-generation 2025-11-14
gemini-2.0-flash-lite 2026-06-01 gemini-3.1-flash-lite
gemini-2.0-flash-lite-001 2026-06-01 gemini-3.1-flash-lite
gemini-2.5-computer-use-preview-10-2025 2026-07-28 gemini-3.8-flash
gemini-2.5-flash 2026-12-01 gemini-3.5-flash-lite
gemini-2.5-flash-image 2027-03-15 gemini-3.1-flash-lite-image
gemini-2.5-flash-lite-preview-06-17 2025-11-18
gemini-2.5-flash-lite-preview-09-2025 2026-03-31
gemini-2.5-flash-native-audio-preview-12-2025 2026-11-17 gemini-3.8-live
gemini-2.5-flash-preview-09-2025 2026-02-17
gemini-2.5-flash-preview-tts 2026-11-17 gemini-3.8-flash-tts
gemini-2.5-pro 2026-12-01 gemini-3.8-flash
gemini-2.5-pro-preview-tts 2026-11-17 gemini-3.8-flash-tts
gemini-3-pro-image-preview 2026-06-25 gemini-3-pro-image
gemini-3-pro-preview 2026-03-09 gemini-3.1-pro-preview
gemini-3.1-flash-image-preview 2026-06-25 gemini-nano-banana-2.1
gemini-3.1-flash-lite 2027-05-07 gemini-3.5-flash-lite
gemini-3.1-flash-lite-preview 2026-05-25 gemini-3.1-flash-lite
gemini-3.1-flash-live-preview 2026-11-17 gemini-3.8-live
gemini-3.1-flash-tts-preview 2026-11-17 gemini-3.8-flash-tts
gemini-embedding-001 2028-05-14 gemini-embedding-2
gemini-embedding-2-preview 2026-11-06 gemini-embedding-2
gemini-omni-1.1-flash 2026-12-03 gemini-omni-1.2-flash
gemini-omni-flash-preview 2026-10-22 gemini-omni-1.2-flash
gemini-robotics-er-1.5-preview 2026-04-30
gemini-robotics-er-1.6-preview 2026-08-31
imagen-3.0-generate-002 2025-11-10
imagen-4.0-fast-generate-001 2026-08-17
imagen-4.0-generate-001 2026-08-17
imagen-4.0-ultra-generate-001 2026-08-17
veo-2.0-generate-001 2026-06-30
veo-3.1-fast-generate-preview 2026-10-22 gemini-omni-1.2-flash
veo-3.1-generate-preview 2026-10-22 gemini-omni-1.2-flash
veo-3.1-lite-generate-preview 2026-10-22 gemini-omni-1.2-flash
`,
  groq: `
llama-3.1-8b-instant 2026-08-16
llama-3.3-70b-versatile 2026-08-16
llama-guard-3-8b 2025-06-06
meta-llama/llama-4-maverick-17b-128e-instruct 2026-03-09
meta-llama/llama-4-scout-17b-16e-instruct 2026-07-17
meta-llama/llama-guard-4-12b 2026-03-05
moonshotai/kimi-k2-instruct-0905 2026-04-15
playai-tts 2025-12-31
qwen/qwen3-32b 2026-07-17
`,
  mistral: `
codestral-2405 2025-06-16
devstral-2512 2026-07-31
devstral-medium-2507 2026-05-31
devstral-small-2505 2025-11-30
devstral-small-2507 2026-05-31
labs-devstral-small-2512 2026-03-31
labs-leanstral-1-5 2026-09-30
magistral-medium-1-2-2509 2026-07-31
magistral-medium-2506 2025-11-30
magistral-medium-2509 2026-07-31
magistral-small-1-2-2509 2026-07-31
magistral-small-2506 2025-11-30
mistral-large-2402 2025-06-16
mistral-large-2407 2025-03-30
mistral-large-2411 2026-05-31
mistral-large-2512 2027-04-30
mistral-medium-2312 2025-06-16
mistral-medium-2505 2026-08-31
mistral-medium-2508 2026-08-31
mistral-medium-3-1-2508 2026-08-31
mistral-medium-3-5 2027-04-30
mistral-ocr-2505-completion 2026-05-31
mistral-ocr-4-0 2026-09-30
mistral-small-3-2-2506 2026-07-31
open-codestral-mamba 2025-06-06
open-mistral-7b 2025-03-30
open-mistral-nemo-2407 2026-07-31
open-mixtral-8x22b 2025-03-30
open-mixtral-8x7b 2025-03-30
pixtral-12b-2409 2025-12-31
pixtral-large-2411 2026-05-31
voxtral-mini-2602 2027-04-30
voxtral-mini-transcribe-realtime-2602 2027-04-30
voxtral-mini-tts-2603 2027-04-30
zai-glm-5-2 2026-10-31
`,
  moonshot: `
kimi-k2-0711-preview 2026-05-25
kimi-k2-0905-preview 2026-05-25
kimi-k2-thinking 2026-05-25
kimi-k2-thinking-turbo 2026-05-25
kimi-k2-turbo-preview 2026-05-25
kimi-k2.5 2026-08-31
kimi-latest 2026-01-28
kimi-latest-128k 2026-01-28
kimi-latest-32k 2026-01-28
kimi-latest-8k 2026-01-28
kimi-thinking-preview 2025-11-11
moonshot-v1-128k 2026-08-31
moonshot-v1-128k-0430 2024-04-30
moonshot-v1-128k-vision-preview 2026-08-31
moonshot-v1-32k 2026-08-31
moonshot-v1-32k-0430 2024-04-30
moonshot-v1-32k-vision-preview 2026-08-31
moonshot-v1-8k 2026-08-31
moonshot-v1-8k-0430 2024-04-30
moonshot-v1-8k-vision-preview 2026-08-31
moonshot-v1-auto 2026-08-31
`,
  openai: `
chatgpt-4o-latest 2026-02-17
chatgpt-image-latest 2026-12-01 gpt-image-2.5-sunburst
codex-mini-latest 2026-02-12
computer-use-preview 2026-07-23 gpt-5.6-terra
computer-use-preview-2025-03-11 2026-07-23 gpt-5.6-terra
dall-e-2 2026-05-12
dall-e-3 2026-05-12
ft:gpt-3.5-turbo 2026-10-23 gpt-5.6-terra
ft:gpt-3.5-turbo-0125 2026-10-23 gpt-5.6-terra
ft:gpt-3.5-turbo-0613 2026-10-23 ft:gpt-3.5-turbo
ft:gpt-3.5-turbo-1106 2026-09-28 gpt-5.6-terra
ft:gpt-4-0613 2026-10-23 gpt-5.6-sol
ft:gpt-4.1-2025-04-14 2027-01-14 gpt-6-luna
ft:gpt-4.1-mini-2025-04-14 2027-01-14 gpt-6-luna
ft:gpt-4.1-nano-2025-04-14 2026-10-23 gpt-5.6-luna
ft:gpt-4o-2024-08-06 2027-01-14 gpt-6-luna
ft:gpt-4o-2024-11-20 2027-01-14 gpt-6-luna
ft:gpt-4o-mini-2024-07-18 2027-01-14 gpt-6-luna
ft:o4-mini-2025-04-16 2026-10-23 gpt-5.6-terra
gpt-3.5-turbo 2026-10-23 gpt-5.6-terra
gpt-3.5-turbo-0125 2026-10-23 gpt-5.6-terra
gpt-3.5-turbo-1106 2026-09-28 gpt-5.6-terra
gpt-3.5-turbo-16k 2026-10-23
gpt-4 2026-10-23 gpt-5.6-sol
gpt-4-0125-preview 2026-03-26
gpt-4-0314 2026-03-26
gpt-4-0613 2026-10-23 gpt-5.6-sol
gpt-4-1106-preview 2026-10-23 gpt-5.6-sol
gpt-4-turbo 2026-10-23 gpt-5.6-sol
gpt-4-turbo-2024-04-09 2026-10-23 gpt-5.6-sol
gpt-4-turbo-preview 2026-03-26
gpt-4.1 2027-01-14 gpt-6-luna
gpt-4.1-2025-04-14 2027-01-14 gpt-6-luna
gpt-4.1-mini 2027-01-14 gpt-6-luna
gpt-4.1-mini-2025-04-14 2027-01-14 gpt-6-luna
gpt-4.1-nano 2026-10-23 gpt-5.6-luna
gpt-4.1-nano-2025-04-14 2026-10-23 gpt-5.6-luna
gpt-4o 2027-01-14 gpt-6-luna
gpt-4o-2024-05-13 2026-10-23 gpt-5.6-sol
gpt-4o-2024-08-06 2027-01-14 gpt-6-luna
gpt-4o-2024-11-20 2027-01-14 gpt-6-luna
gpt-4o-audio-preview 2027-01-20
gpt-4o-audio-preview-2024-12-17 2027-01-20 gpt-audio-1.5
gpt-4o-audio-preview-2025-06-03 2027-01-20 gpt-audio-1.5
gpt-4o-mini 2027-01-14 gpt-6-luna
gpt-4o-mini-2024-07-18 2027-01-14 gpt-6-luna
gpt-4o-mini-audio-preview 2027-01-20
gpt-4o-mini-audio-preview-2024-12-17 2027-01-20
gpt-4o-mini-realtime-preview 2027-01-20
gpt-4o-mini-realtime-preview-2024-12-17 2027-01-20
gpt-4o-mini-search-preview-2025-03-11 2026-07-23 gpt-5.6-terra
gpt-4o-mini-transcribe 2027-02-26 gpt-live-transcribe
gpt-4o-mini-transcribe-2025-03-20 2027-01-20 gpt-4o-mini-transcribe-2025-12-15
gpt-4o-mini-transcribe-2025-12-15 2027-02-26 gpt-live-transcribe
gpt-4o-mini-tts 2027-01-06 gpt-realtime-2.1-mini
gpt-4o-mini-tts-2025-03-20 2027-01-06 gpt-realtime-2.1-mini
gpt-4o-mini-tts-2025-12-15 2027-01-06 gpt-realtime-2.1-mini
gpt-4o-realtime-preview 2027-01-20
gpt-4o-realtime-preview-2024-12-17 2027-01-20
gpt-4o-realtime-preview-2025-06-03 2027-01-20
gpt-4o-search-preview-2025-03-11 2026-07-23 gpt-5.6-terra
gpt-4o-transcribe 2027-02-26 gpt-live-transcribe
gpt-4o-transcribe-diarize 2027-02-26 gpt-live-transcribe
gpt-5 2026-12-11 gpt-5.6-sol
gpt-5-2025-08-07 2026-12-11 gpt-5.6-sol
gpt-5-chat 2026-07-23 gpt-5.2-chat-latest
gpt-5-chat-latest 2026-07-23 gpt-5.6-sol
gpt-5-codex 2026-07-23 gpt-5.6-sol
gpt-5-mini 2026-12-11 gpt-5.6-terra
gpt-5-mini-2025-08-07 2026-12-11 gpt-5.6-terra
gpt-5-nano 2026-12-11 gpt-5.6-luna
gpt-5-nano-2025-08-07 2026-12-11 gpt-5.6-luna
gpt-5-pro 2026-12-11 gpt-5.6-sol
gpt-5-pro-2025-10-06 2026-12-11 gpt-5.6-sol
gpt-5.1 2027-04-01 gpt-6-sol
gpt-5.1-2025-11-13 2027-04-01 gpt-6-sol
gpt-5.1-chat-latest 2026-07-23 gpt-5.6-sol
gpt-5.1-codex 2026-07-23 gpt-5.6-sol
gpt-5.1-codex-max 2026-07-23 gpt-5.6-sol
gpt-5.1-codex-mini 2026-07-23 gpt-5.6-terra
gpt-5.2-chat-latest 2026-08-10 gpt-5.6-sol
gpt-5.2-codex 2026-07-23 gpt-5.6-sol
gpt-5.3-chat-latest 2026-08-10 gpt-5.6-sol
gpt-5.3-codex 2027-04-01 gpt-6-sol
gpt-5.4-nano 2027-04-01 gpt-6-luna
gpt-5.4-nano-2026-03-17 2027-04-01 gpt-6-luna
gpt-5.5-cyber-preview 2027-02-01
gpt-audio 2027-01-20 gpt-audio-1.5
gpt-audio-2025-08-28 2027-01-20 gpt-audio-1.5
gpt-audio-mini 2027-01-20 gpt-audio-1.5
gpt-audio-mini-2025-10-06 2026-07-23 gpt-audio-1.5
gpt-audio-mini-2025-12-15 2027-01-20 gpt-audio-1.5
gpt-image-1 2026-10-23 gpt-image-2.5-sunburst
gpt-image-1-mini 2026-12-01 gpt-image-2.5-sunburst
gpt-image-1.5 2026-12-01 gpt-image-2.5-sunburst
gpt-image-1.5-2025-12-16 2026-12-01 gpt-image-2.5-sunburst
gpt-realtime 2027-01-20 gpt-realtime-2.1
gpt-realtime-2025-08-28 2027-01-20 gpt-realtime-2.1
gpt-realtime-mini 2027-01-20 gpt-realtime-2.1-mini
gpt-realtime-mini-2025-10-06 2026-07-23
gpt-realtime-mini-2025-12-15 2027-01-20 gpt-realtime-2.1-mini
o1 2026-10-23 gpt-5.6-sol
o1-2024-12-17 2026-10-23 gpt-5.6-sol
o1-pro 2026-10-23 gpt-5.6-sol
o1-pro-2025-03-19 2026-10-23 gpt-5.6-sol
o3 2026-12-11 gpt-5.6-sol
o3-2025-04-16 2026-12-11 gpt-5.6-sol
o3-deep-research 2026-07-23 gpt-5.6-sol
o3-deep-research-2025-06-26 2026-07-23 gpt-5.6-sol
o3-mini 2026-10-23 gpt-5.6-sol
o3-mini-2025-01-31 2026-10-23 gpt-5.6-sol
o3-pro 2026-12-11 gpt-5.6-sol
o3-pro-2025-06-10 2026-12-11 gpt-5.6-sol
o4-mini 2026-10-23 gpt-5.6-terra
o4-mini-2025-04-16 2026-10-23 gpt-5.6-terra
o4-mini-deep-research 2026-07-23 gpt-5.6-sol
o4-mini-deep-research-2025-06-26 2026-07-23 gpt-5.6-sol
sora-2 2026-09-24
sora-2-pro 2026-09-24
sora-2-pro-high-res 2026-09-24
text-moderation-007 2025-10-27
text-moderation-latest 2025-10-27
text-moderation-stable 2025-10-27
tts-1 2027-01-06 gpt-realtime-2.1-mini
tts-1-hd 2027-01-06 gpt-realtime-2.1-mini
whisper-1 2027-02-26 gpt-live-transcribe
`,
  together: `
MiniMaxAI/MiniMax-M3 2026-11-06 MiniMaxAI/MiniMax-M3.1-Flash
NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO 2025-08-28
Qwen/QwQ-32B 2025-11-13
Qwen/Qwen2-72B-Instruct 2025-08-28
Qwen/Qwen2-VL-72B-Instruct 2025-08-28
Qwen/Qwen2.5-72B-Instruct-Turbo 2026-02-06
Qwen/Qwen2.5-Coder-32B-Instruct 2025-11-13
Qwen/Qwen2.5-VL-72B-Instruct 2026-01-05
Qwen/Qwen3-235B-A22B-Instruct-2507-tput 2026-07-10
Qwen/Qwen3-235B-A22B-Thinking-2507 2026-04-16
Qwen/Qwen3-235B-A22B-fp8-tput 2026-02-06
Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8 2026-06-04
Qwen/Qwen3-Coder-Next-FP8 2026-05-14
Qwen/Qwen3-Next-80B-A3B-Instruct 2026-04-02
Qwen/Qwen3-Next-80B-A3B-Thinking 2026-02-25
Qwen/Qwen3-VL-32B-Instruct 2026-02-25
Qwen/Qwen3-VL-8B-Instruct 2026-04-16
Qwen/Qwen3.5-397B-A17B 2026-06-29
Qwen/Qwen3.8-2.4T-A95B 2026-11-04 Qwen/Qwen3.7-Max
Salesforce/Llama-Rank-V1 2026-02-06
deepseek-ai/DeepSeek-R1 2026-05-14
deepseek-ai/DeepSeek-R1-0528-tput 2026-02-03
deepseek-ai/DeepSeek-R1-Distill-Llama-70B 2025-12-23
deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B 2025-08-28
deepseek-ai/DeepSeek-R1-Distill-Qwen-14B 2025-11-13
deepseek-ai/DeepSeek-V3.1 2026-05-14
deepseek-ai/DeepSeek-V4-Flash-0731 2026-10-22 deepseek-ai/DeepSeek-V4.1-Flash-1017
deepseek-ai/DeepSeek-V4-Pro 2026-08-27
deepseek-ai/deepseek-coder-33b-instruct 2024-08-22
google/gemma-2-27b-it 2025-08-28
google/gemma-3n-E4B-it 2026-08-25
google/gemma-4-31B-it 2026-09-15 zai-org/GLM-5.3-Flash
meta-llama/Llama-3-8b-chat-hf 2025-08-28
meta-llama/Llama-3.2-3B-Instruct-Turbo 2026-03-06
meta-llama/Llama-3.3-70B-Instruct-Turbo 2026-10-22 meta-models/Muse-Glimmer-30B
meta-llama/Llama-3.3-70B-Instruct-Turbo-Free 2025-11-13
meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8 2026-03-31
meta-llama/Llama-4-Scout-17B-16E-Instruct 2026-02-06
meta-llama/Llama-Guard-4-12B 2026-08-25
meta-llama/Meta-Llama-3-70B-Instruct-Turbo 2025-12-23
meta-llama/Meta-Llama-3-8B-Instruct 2025-08-28
meta-llama/Meta-Llama-3.1-405B-Instruct-Turbo 2026-02-06
meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo 2026-02-25
meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo 2026-03-06
mistralai/Mistral-7B-Instruct-v0.1 2025-11-13
mistralai/Mistral-Small-24B-Instruct-2501 2026-04-02
mistralai/Mixtral-8x7B-Instruct-v0.1 2026-04-16
moonshotai/Kimi-K2-Instruct-0905 2026-03-06
moonshotai/Kimi-K2.5 2026-05-21
moonshotai/Kimi-K2.6 2026-08-19
moonshotai/Kimi-K2.7-Code 2026-08-27
nvidia/Llama-3.1-Nemotron-70B-Instruct-HF 2025-08-28
nvidia/NVIDIA-Nemotron-Nano-9B-v2 2026-02-25
nvidia/nemotron-3-ultra-550b-a55b 2026-08-27
openai/gpt-oss-20b 2026-09-15 Qwen/Qwen3.5-9B
pearl-ai/gemma-4-31b-it 2026-08-27
thinkingmachines/Inkling 2026-11-06 meta-models/Muse-Spark-Open-816B-A42B
zai-org/GLM-4.5-Air-FP8 2026-04-02
zai-org/GLM-4.7 2026-04-02
zai-org/GLM-5 2026-06-22
zai-org/GLM-5.1 2026-07-10
`,
  xai: `
grok-2-vision-1212 2026-02-28
grok-3 2026-05-15 grok-4.3
grok-3-beta 2026-05-15
grok-3-fast-beta 2026-05-15
grok-3-fast-latest 2026-05-15
grok-3-latest 2026-05-15
grok-3-mini 2026-02-28
grok-3-mini-beta 2026-02-28
grok-3-mini-fast 2026-02-28
grok-3-mini-fast-beta 2026-02-28
grok-3-mini-fast-latest 2026-02-28
grok-3-mini-latest 2026-02-28
grok-4 2026-05-15
grok-4-0709 2026-05-15 grok-4.3
grok-4-1-fast 2026-05-15
grok-4-1-fast-non-reasoning 2026-05-15 grok-4.3
grok-4-1-fast-non-reasoning-latest 2026-05-15
grok-4-1-fast-reasoning 2026-05-15 grok-4.3
grok-4-1-fast-reasoning-latest 2026-05-15
grok-4-fast-non-reasoning 2026-05-15 grok-4.3
grok-4-fast-reasoning 2026-05-15 grok-4.3
grok-4-latest 2026-05-15
grok-code-fast-1 2026-05-15 grok-build-0.1
grok-imagine-image-pro 2026-05-15 grok-imagine-image-2.0
grok-imagine-image-quality 2026-11-02 grok-imagine-image-2.0
grok-imagine-image-quality-20260403 2026-11-02 grok-imagine-image-2.0
grok-imagine-image-quality-latest 2026-11-02 grok-imagine-image-2.0
grok-voice-transcribe-1.0 2026-10-02 grok-voice-transcribe-2.0
`,
};
