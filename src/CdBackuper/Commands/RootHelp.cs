using System.Buffers;
using System.CommandLine;
using System.CommandLine.Invocation;

namespace CdBackuper.Commands;

/// <summary>The help of the program as a whole: one sentence a command, as each command's own help tells all of it.</summary>
/// <param name="ofCommands">What shows the help of one command.</param>
internal sealed class RootHelp(CommandLineAction ofCommands) : SynchronousCommandLineAction
{
    private const int Gap = 3;

    private static readonly SearchValues<string> Ends = SearchValues.Create([": ", ". "], StringComparison.Ordinal);

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        if (parseResult.CommandResult.Command is not RootCommand root)
        {
            return ((SynchronousCommandLineAction)ofCommands).Invoke(parseResult);
        }

        var commands = root.Subcommands.Select(command => (Usage(command), FirstSentence(command.Description!))).ToArray();
        var options = root.Options.Select(option => (Usage(option), option.Description ?? "")).ToArray();
        var width = commands.Concat(options).Max(row => row.Item1.Length) + Gap;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"{root.Description}\n\nUsage:\n  cdbackuper COMMAND [options]");
        Write("Commands", commands);
        Write("Options", options);
        output.WriteLine("\ncdbackuper COMMAND --help tells more of each, with examples and its own options.");
        return ExitCodes.Success;

        void Write(string head, IEnumerable<(string Usage, string Text)> rows)
        {
            output.WriteLine($"\n{head}:");
            foreach (var (usage, text) in rows)
            {
                output.WriteLine($"  {usage.PadRight(width)}{text}");
            }
        }
    }

    private static string Usage(Command command) => string.Join(' ', [
        command.Name,
        .. command.Subcommands.Count > 0 ? [string.Join('|', command.Subcommands.Select(each => each.Name))] : Array.Empty<string>(),
        .. command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name),
    ]);

    private static string Usage(Option option) =>
        string.Join(", ", option.Aliases.Where(alias => alias[0] == '-').Append(option.Name).Distinct())
        + (option.HelpName is { } name ? $" {name}" : "");

    /// <returns>What a description says before it goes into detail, as a sentence on one line.</returns>
    private static string FirstSentence(string description)
    {
        var text = description.ReplaceLineEndings(" ");
        var end = text.AsSpan().IndexOfAny(Ends);
        return $"{text[..(end < 0 ? text.TrimEnd('.').Length : end)]}.";
    }
}
