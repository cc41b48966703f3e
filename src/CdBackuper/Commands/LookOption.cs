using System.CommandLine;

namespace CdBackuper.Commands;

/// <summary>
/// An option that looks into a drive or image instead of the archive. What it looks into may stand after the option or
/// anywhere else on the line, as people type both: <c>list --files disc.iso</c>, <c>list disc.iso --files</c>.
/// </summary>
internal static class LookOption
{
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="description">What it does, for the help.</param>
    public static Option<string?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SOURCE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <param name="parsed">The line.</param>
    /// <param name="option">The option.</param>
    /// <param name="beside">What stands on the line beside the option; null where nothing does.</param>
    /// <returns>The drive or image to look into; null where the option isn't on the line.</returns>
    /// <exception cref="UsageException">The line names none, or two.</exception>
    public static string? Source(ParseResult parsed, Option<string?> option, string? beside)
    {
        if (parsed.GetResult(option) is null or { Implicit: true })
        {
            return null;
        }

        return (parsed.GetValue(option), beside) switch
        {
            ({ } source, null) => source,
            (null, { } source) => source,
            (null, null) => throw new UsageException(
                $"{option.Name} wants a drive or image.", "Name one, such as /dev/sr0 or disc.iso."),
            var (first, second) => throw new UsageException(
                $"{option.Name} looks into one drive or image, and {first} and {second} are two.", "Name one of them."),
        };
    }
}
