using System.Globalization;
using System.Text;
using CdBackuper.Notices;
using CdBackuper.Notices.Discord;
using CdBackuper.Web;

namespace CdBackuper.Hosting;

/// <summary>Binds the settings: command line over environment over default. Collects every problem before it complains.</summary>
/// <param name="environment">The environment's value of a name; null where it is not set.</param>
/// <param name="commandLine">Settings that were given as options, by their environment name.</param>
internal sealed class SettingsReader(
    Func<string, string?> environment, IReadOnlyDictionary<string, string> commandLine)
{
    private const string AnyEncoding = "auto";

    private static readonly char[] GlobSeparators = [' ', '\t', '\n'];

    private readonly List<SettingLine> lines = [];
    private readonly List<string> problems = [];

    /// <summary>What is in force, and where it comes from.</summary>
    public IReadOnlyList<SettingLine> Lines => lines;

    /// <summary>What is wrong with them, each a sentence for people.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <exception cref="SettingsException">Settings that make no sense; the message names all of them.</exception>
    public Settings Read(IReadOnlyList<string> trays)
    {
        var settings = ReadAll(trays);
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    /// <returns>The settings, those that make no sense at their defaults: <see cref="Problems"/> has what is wrong.</returns>
    public Settings ReadAll(IReadOnlyList<string> trays)
    {
        var globs = Text("DEVICE_GLOB", "/dev/sr*").Split(GlobSeparators, StringSplitOptions.RemoveEmptyEntries);
        var settings = new Settings
        {
            ArchivePath = Text("DATA_ROOT", "./archive"),
            DeviceGlobs = [.. globs, .. trays],
            Retries = Number("RETRIES", 2, 0, 100),
            Timeout = TimeSpan.FromSeconds(Number("TIMEOUT", 7200, 1, 604_800)),
            RestShare = Number("UNOWNED_SHARE", 5, 0, 100),
            MinYield = Number("MIN_YIELD", 6, 0, 1_000_000),
            Patience = TimeSpan.FromSeconds(Number("PATIENCE", 900, 10, 604_800)),
            ExtractFiles = Switch("EXTRACT_FILES", true),
            DeleteImage = Switch("DELETE_ISO_ON_SUCCESS", true),
            NameEncoding = Encoding("NAME_ENCODING"),
            Poll = TimeSpan.FromSeconds(Number("POLL_SECS", 5, 1, 3600)),
            NodeName = Text("NODE_NAME", Environment.MachineName),
            ClaimPatience = TimeSpan.FromSeconds(Number("CLAIM_PATIENCE", 60, 1, 3600)),
            RequireMount = Switch("REQUIRE_MOUNT", false),
            LogAsJson = Word("LOG_FORMAT", "text", "json") == "json",
            Discord = DiscordSettings.Read(this),
            Notices = NoticeSettings.Read(this),
            Http = Http("HTTP_LISTEN"),
        };
        if (trays.Count > 0)
        {
            lines.Add(new("--tray", string.Join(' ', trays), "command line"));
        }

        return settings;
    }

    public string Text(string name, string standard)
    {
        var (value, source) = commandLine.TryGetValue(name, out var given) ? (given, "command line")
            : environment(name) is { Length: > 0 } set ? (set, "environment")
            : (standard, "default");
        lines.Add(new(name, value, source));
        return string.IsNullOrWhiteSpace(value) ? Complain($"{name} is empty.", standard) : value;
    }

    /// <returns>What is set; null for nothing.</returns>
    public string? Optional(string name)
    {
        var (value, source) = Given(name);
        lines.Add(new(name, value ?? "(not set)", source));
        return value;
    }

    /// <returns>What is set; null for nothing. It is never shown.</returns>
    public Secret? OptionalSecret(string name)
    {
        var (value, source) = Given(name);
        lines.Add(new(name, value is null ? "(not set)" : Secret.Shown, source));
        return value is null ? null : new(value);
    }

    public bool Switch(string name, bool standard)
    {
        var text = Text(name, standard ? "true" : "false");
        return text.ToUpperInvariant() switch
        {
            "TRUE" or "1" or "YES" => true,
            "FALSE" or "0" or "NO" => false,
            _ => Complain($"{name} is {text}; it takes true or false.", standard),
        };
    }

    public T Complain<T>(string problem, T standard)
    {
        problems.Add(problem);
        return standard;
    }

    private (string? Value, string Source) Given(string name) =>
        commandLine.TryGetValue(name, out var given) ? (given, "command line")
            : environment(name)?.Trim() is { Length: > 0 } set ? (set, "environment")
            : (null, "default");

    public int Number(string name, int standard, int least, int most)
    {
        var text = Text(name, standard.ToString(CultureInfo.InvariantCulture));
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        problems.Add($"{name} is {text}; it takes a whole number from {least} to {most}.");
        return standard;
    }

    public string Word(string name, params string[] words)
    {
        var text = Text(name, words[0]);
        return words.Contains(text) ? text : Complain($"{name} is {text}; it takes {string.Join(" or ", words)}.", words[0]);
    }

    private Encoding? Encoding(string name)
    {
        var text = Text(name, AnyEncoding);
        if (text == AnyEncoding)
        {
            return null;
        }

        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return System.Text.Encoding.GetEncoding(text);
        }
        catch (ArgumentException)
        {
            // GetEncoding has no other way to say that it does not know the name.
            return Complain<Encoding?>(
                $"{name} is {text}; it takes auto, or a character set such as shift_jis, windows-1252, ibm850 or utf-8.", null);
        }
    }

    private HttpAddress? Http(string name)
    {
        var text = Text(name, HttpAddress.Standard);
        return text == HttpAddress.Nowhere ? null
            : HttpAddress.TryParse(text, isChosen: lines[^1].Source != "default")
                ?? Complain<HttpAddress?>(
                    $"{name} is {text}; it takes an address and a port such as {HttpAddress.Standard}, *:8080 for everywhere, or {HttpAddress.Nowhere}.", null);
    }
}
