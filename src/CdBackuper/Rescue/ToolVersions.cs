using System.Text.RegularExpressions;
using CdBackuper.Linux.Processes;

namespace CdBackuper.Rescue;

/// <summary>The tools that a rescue stands on, and their versions as they say them.</summary>
internal static partial class ToolVersions
{
    /// <summary>The oldest ddrescue that has every option used here: --max-read-errors is of 1.22, of 2017.</summary>
    public static Version OldestDdrescue { get; } = new(1, 22);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Cached = new(AskAll);

    /// <summary>Tool to first line of its version text; a tool that is not there is not in it. Asked once.</summary>
    public static IReadOnlyDictionary<string, string> All => Cached.Value;

    /// <exception cref="ToolException">ddrescue is missing or too old; the message says what to install.</exception>
    public static void EnsureUsable()
    {
        const string Install = "Install it: on Debian and Ubuntu `sudo apt-get install gddrescue`.";
        if (Child.FindProgram("ddrescue") is null)
        {
            throw new ToolException($"ddrescue is missing: without it no disc can be read. {Install}");
        }

        if (Child.FindProgram("setpriv") is null)
        {
            throw new ToolException("setpriv is missing, by which ddrescue is ended when this program is killed. Install it: `sudo apt-get install util-linux`.");
        }

        var text = All["ddrescue"];
        if (ParseDdrescue(text) is not { } version || version < OldestDdrescue)
        {
            throw new ToolException($"ddrescue is too old ({text}): {OldestDdrescue} or newer is needed. {Install}");
        }
    }

    /// <returns>The number in ddrescue's version text; null where there is none.</returns>
    internal static Version? ParseDdrescue(string text) =>
        VersionPattern().Match(text) is { Success: true } match ? Version.Parse(match.Groups[1].Value) : null;

    private static Dictionary<string, string> AskAll()
    {
        var versions = new Dictionary<string, string>
        {
            ["cdbackuper"] = typeof(ToolVersions).Assembly.GetName().Version!.ToString(3),
        };
        (string Tool, string Option)[] tools = [("ddrescue", "--version"), ("isoinfo", "-version"), ("blkid", "--version")];
        foreach (var (tool, option) in tools)
        {
            if (Child.FindProgram(tool) is not null && Child.FindProgram("setpriv") is not null)
            {
                versions[tool] = FirstLine(new(tool, [option]));
            }
        }

        return versions;
    }

    private static string FirstLine(ChildCommand command)
    {
        using var output = new MemoryStream();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Child.Run(command, printed => output.Write(printed.Span), limit.Token);
        return System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n')[0].Trim();
    }

    [GeneratedRegex(@"(\d+\.\d+)")]
    private static partial Regex VersionPattern();
}
