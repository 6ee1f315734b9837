# What PowerShell's own parser says of each text: its errors, what Windows
# PowerShell 5.1 does not know, which parameters the commands get, and which of
# those this PowerShell has not.
param([string] $QuestionPath, [string] $AnswerPath)

# Newer than 5.1: kinds of tokens, and kinds of nodes of the tree.
$newTokens = @(
    'AndAnd', 'OrOr', 'QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals',
    'QuestionDot', 'QuestionLBracket', 'Clean'
)
$newNodes = @('TernaryExpressionAst', 'PipelineChainAst')
$newVariables = @('IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR')
$newEscapes = '(?<!`)(?:``)*`(?:e|u\{)'

function Get-Newer($Tree, $Tokens) {
    foreach ($token in $Tokens) {
        $line = $token.Extent.StartLineNumber
        $text = $token.Text
        # As the name of a command, a question mark is of another kind.
        if ($newTokens -contains "$($token.Kind)") { "line ${line}: $text" }
        if ("$($token.Kind)" -like '*StringExpandable' -and $text -cmatch $newEscapes) {
            "line ${line}: escape in $text"
        }
        if ($token.Kind -eq 'Number' -and $text -match '^0b|u[sylb]?[kmgtp]?b?$|[syn]$') {
            "line ${line}: number $text"
        }
    }
    $nodes = $Tree.FindAll({ $true }, $true)
    foreach ($node in $nodes) {
        $line = $node.Extent.StartLineNumber
        if ($newNodes -contains $node.GetType().Name) { "line ${line}: $($node.GetType().Name)" }
        if ($node -is [System.Management.Automation.Language.PipelineAst] -and $node.Background) {
            "line ${line}: & at the end"
        }
        if ($node -is [System.Management.Automation.Language.VariableExpressionAst] -and
            $newVariables -contains $node.VariablePath.UserPath) {
            "line ${line}: $($node.Extent.Text)"
        }
    }
}

# "Command -Parameter" for each that a command gets, without the text's own functions.
function Get-Parameter($Tree) {
    $own = @($Tree.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) |
            ForEach-Object { $_.Name })
    $calls = $Tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
    foreach ($call in $calls) {
        $name = $call.GetCommandName()
        if (-not $name -or $own -contains $name) { continue }
        $name
        foreach ($element in $call.CommandElements) {
            if ($element -is [System.Management.Automation.Language.CommandParameterAst]) {
                "$name -$($element.ParameterName)"
            }
        }
    }
}

function Test-Parameter([string] $Use) {
    $name, $parameter = $Use -split ' -', 2
    $command = Get-Command -Name $name -CommandType Cmdlet -ErrorAction SilentlyContinue
    if (-not $command -or -not $parameter) { return $true }
    try { return [bool] $command.ResolveParameter($parameter) } catch { return $false }
}

$question = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($QuestionPath))
$texts = foreach ($one in $question.texts) {
    $tokens = $null
    $errors = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($one.text, [ref] $tokens, [ref] $errors)
    $parameters = @(Get-Parameter $tree | Sort-Object -Unique)
    @{
        name = $one.name
        errors = @($errors | ForEach-Object { "line $($_.Extent.StartLineNumber): $($_.Message)" })
        newer = @(Get-Newer $tree $tokens)
        parameters = $parameters
        unknown = @($parameters | Where-Object { -not (Test-Parameter $_) })
    }
}
$answer = @{ major = $PSVersionTable.PSVersion.Major; texts = @($texts) }
[IO.File]::WriteAllText($AnswerPath, (ConvertTo-Json -InputObject $answer -Depth 5))
