# What PowerShell offers at the end of each line, once the script with the
# completions is loaded as its first line says.
param([string] $QuestionPath, [string] $AnswerPath)

$question = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($QuestionPath))
$question.script | Out-String | Invoke-Expression
$lines = foreach ($line in $question.lines) {
    $found = TabExpansion2 -inputScript $line -cursorColumn $line.Length
    @{ line = $line; offered = @($found.CompletionMatches | ForEach-Object { $_.CompletionText }) }
}
$answer = @{ major = $PSVersionTable.PSVersion.Major; lines = @($lines) }
[IO.File]::WriteAllText($AnswerPath, (ConvertTo-Json -InputObject $answer -Depth 4))
