/**
 * Completion scripts for the shells, made from the table of flags. Each begins
 * with the line that loads it for good. By hand, as the libraries that write such
 * scripts bring a parser of their own with them.
 *
 * @module
 */

import { type Flag, type Shell, TABLE } from "./flags.ts";
import { PROVIDERS } from "../providers/table.ts";

/** The script for a shell. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case "powershell":
      return powershellScript();
    case "bash":
      return bashScript();
    case "zsh":
      return zshScript();
    case "fish":
      return fishScript();
    default:
      return shell satisfies never;
  }
}

/** What may be typed for a flag: `--config`, and `-c` where there is one. */
function spellings({ name, short }: Flag): string[] {
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}

/** The words that a flag's value may be; nothing for files and times. */
function wordsFor({ value, words = [] }: Flag): readonly string[] {
  return value === "LIST" ? PROVIDERS.map(({ id }) => id) : words;
}

/** A text in single quotes; `escaped` is how a quote in it is written. */
function quoted(text: string, escaped: string): string {
  return `'${text.replaceAll("'", escaped)}'`;
}

function bashScript(): string {
  const files = TABLE.filter(({ value }) => value === "FILE").flatMap(spellings)
    .join("|");
  const choices = TABLE.filter((flag) => flag.value && flag.value !== "FILE")
    .map((flag) =>
      `    ${spellings(flag).join("|")}) words="${wordsFor(flag).join(" ")}" ;;`
    );
  const all = TABLE.map(({ name }) => `--${name}`).join(" ");
  return `# Completions for bash. For every new shell, write this into ~/.bashrc:
#   source <(discover --completions bash)
_discover() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  local words word head=
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -- ]] && return
  done
  # To bash, --flag=value is three words.
  if [[ $cur == "=" ]]; then
    cur=
  elif [[ $prev == "=" ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $prev in
    ${files}) return ;;
${choices.join("\n")}
    *) words="${all}" ;;
  esac
  compopt +o default 2>/dev/null
  # The last of a list: --only xai,ge
  if [[ $prev == --only && $cur == *,* ]]; then
    head=\${cur%,*},
    cur=\${cur##*,}
  fi
  COMPREPLY=($(compgen -P "$head" -W "$words" -- "$cur"))
}
complete -o default -F _discover discover discover.exe
`;
}

function zshScript(): string {
  const specs = TABLE.map((flag) => `    ${zshSpec(flag)} \\`);
  return `#compdef discover discover.exe
# Completions for zsh. For every new shell, write this into ~/.zshrc, below
# compinit:
#   source <(discover --completions zsh)
_discover() {
  _arguments -s -S : \\
${specs.join("\n")}
    '*:litellm argument:_default'
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _discover "$@"
else
  compdef _discover discover discover.exe
fi
`;
}

/** `'(-c --config)'{-c+,--config=}'[help]:FILE:_files'` and the like. */
function zshSpec(flag: Flag): string {
  const { name, short, value, isRepeatable } = flag;
  const help = flag.help.replace(/[[\]:\\]/g, "\\$&");
  const action = flag.value === "FILE"
    ? "_files"
    : flag.value === "LIST"
    ? `_values -s , provider ${wordsFor(flag).join(" ")}`
    : wordsFor(flag).length > 0
    ? `(${wordsFor(flag).join(" ")})`
    : " ";
  const rest = value === undefined
    ? `[${help}]`
    : `[${help}]:${value}:${action}`;
  const long = value === undefined ? `--${name}` : `--${name}=`;
  const repeat = isRepeatable ? "*" : "";
  if (short === undefined) return quoted(`${repeat}${long}${rest}`, "'\\''");
  const brief = value === undefined ? `-${short}` : `-${short}+`;
  const excluded = `(${spellings(flag).join(" ")})`;
  return `'${excluded}'{${brief},${long}}${quoted(rest, "'\\''")}`;
}

function fishScript(): string {
  const lines = TABLE.map((flag) => {
    const { name, short, value, help } = flag;
    const words = wordsFor(flag);
    return [
      "complete -c discover",
      short && `-s ${short}`,
      `-l ${name}`,
      value && (flag.value === "FILE" ? "-r -F" : "-x"),
      words.length > 0 && `-a ${quoted(fishWords(flag), "\\'")}`,
      `-d ${quoted(help, "\\'")}`,
    ].filter((part) => part).join(" ");
  });
  return `# Completions for fish. To have them in every new shell:
#   discover --completions fish > ~/.config/fish/completions/discover.fish
function __discover_list
    set -l head (commandline -ct | string replace -r '^--[a-z-]+=' '' | string replace -r '[^,]*$' '')
    for word in $argv
        echo "$head$word"
    end
end
complete -c discover -f
${lines.join("\n")}
`;
}

/** Of a comma-separated list, the last is completed. */
function fishWords(flag: Flag): string {
  const words = wordsFor(flag).join(" ");
  return flag.value === "LIST" ? `(__discover_list ${words})` : words;
}

function powershellScript(): string {
  const rows = TABLE.flatMap((flag) =>
    spellings(flag).map((spelling) => powershellRow(flag, spelling))
  );
  return `# Completions for PowerShell. For every new session, write this into $PROFILE:
#   discover --completions powershell | Out-String | Invoke-Expression
# Windows PowerShell 5.1 completes a flag from its first letter on: --c, not --.
Register-ArgumentCompleter -Native -CommandName @('discover', 'discover.exe') -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # Spelling, kind of the value, what it may be, help. Case counts: -v, -V.
    $flags = @(
${rows.join(",\n")}
    )
    $before = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text })
    if ($before -ccontains '--') { return }
    $word = "$wordToComplete"
    $head = ''
    $name = "$($before[-1])"
    if ($word -match '^(--[a-z-]+)=(.*)$') {
        $name = $Matches[1]
        $head = "$name="
        $word = $Matches[2]
    }
    $found = $flags | Where-Object { $_[0] -ceq $name } | Select-Object -First 1
    if ($found -and $found[1] -ne 'switch') {
        # With no answer, PowerShell offers files.
        if ($found[1] -eq 'file') { return }
        foreach ($value in $found[2]) {
            if ($value -clike "$word*") {
                [System.Management.Automation.CompletionResult]::new(
                    "$head$value", $value, 'ParameterValue', $found[3])
            }
        }
        return
    }
    foreach ($flag in $flags) {
        if ($flag[0] -clike "$word*") {
            [System.Management.Automation.CompletionResult]::new(
                $flag[0], $flag[0], 'ParameterName', $flag[3])
        }
    }
}
`;
}

function powershellRow(flag: Flag, spelling: string): string {
  const kind = flag.value === undefined
    ? "switch"
    : flag.value === "FILE"
    ? "file"
    : "words";
  const words = wordsFor(flag).map((word) => `'${word}'`).join(", ");
  const help = quoted(flag.help, "''");
  return `        @('${spelling}', '${kind}', @(${words}), ${help})`;
}
