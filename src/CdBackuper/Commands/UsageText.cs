using System.CommandLine;
using System.CommandLine.Parsing;

namespace CdBackuper.Commands;

/// <summary>What is wrong with a line that can't be parsed, and what to do, for people.</summary>
internal static class UsageText
{
    /// <param name="parsed">A line with errors.</param>
    public static (string Problem, string Next) Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = $"{PathOf(parsed.CommandResult)} --help shows how it is used.";
        var extra = parsed.UnmatchedTokens is [var first, ..] ? first : null;

        // What is taken for an argument while it looks like an option shifts all that follows it.
        var option = parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', _, ..])?.Value;
        return (option, extra) switch
        {
            ({ } name, _) => ($"{PathOf(parsed.CommandResult)} has no option {name}.", help),
            (null, { } name) when command.Subcommands.Count > 0 => ($"There is no command '{name}'.", $"{Suggest(command, name)}{help}"),
            (null, { } name) => ($"'{name}' is one word too many.", $"A text with blanks goes between quotation marks. {help}"),
            _ when Missing(parsed.CommandResult) is { Length: > 0 } missing => ($"{PathOf(parsed.CommandResult)} needs {missing}.", help),
            _ when command.Subcommands.Count > 0 => ($"{PathOf(parsed.CommandResult)} needs a command.", help),
            _ => (string.Join(' ', parsed.Errors.Select(error => error.Message)), help),
        };
    }

    private static string Missing(CommandResult result) => string.Join(" and ", result.Command.Arguments
        .Where(argument => argument.Arity.MinimumNumberOfValues > (result.GetResult(argument)?.Tokens.Count ?? 0))
        .Select(argument => argument.Name));

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "cdbackuper";

    /// <returns>"Did you mean list? "; empty where no command has a name like it.</returns>
    private static string Suggest(Command command, string name)
    {
        var (nearest, steps) = command.Subcommands.Select(each => (each.Name, Steps: Distance(each.Name, name))).MinBy(each => each.Steps);
        return steps <= 2 ? $"Did you mean {nearest}? " : "";
    }

    /// <returns>How many letters are to be put in, left out or changed to make one word the other.</returns>
    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 0; row < left.Length; row++)
        {
            var line = new int[right.Length + 1];
            line[0] = row + 1;
            for (var column = 0; column < right.Length; column++)
            {
                var change = above[column] + (left[row] == right[column] ? 0 : 1);
                line[column + 1] = Math.Min(change, Math.Min(above[column + 1], line[column]) + 1);
            }

            above = line;
        }

        return above[^1];
    }
}
