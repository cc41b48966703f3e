using System.CommandLine;

namespace CdBackuper.Commands;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Archive { get; } = new("--archive", "-a")
    {
        Description = "The archive's folder. Else DATA_ROOT, else ./archive.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output, and nothing else there (watch, serve and bot print none).",
        Recursive = true,
    };

    public static Option<string?> LogFormat { get; } = new("--log-format")
    {
        Description = "How log lines are written: text for people, json for collectors. Else LOG_FORMAT, else text.",
        HelpName = "text|json",
        Recursive = true,
    };

    public static Option<string?> NameEncoding { get; } = new("--name-encoding")
    {
        Description = "The character set of names that do not tell theirs, such as shift_jis or ibm850. Else NAME_ENCODING, else auto.",
        HelpName = "NAME",
        Recursive = true,
    };

    /// <summary>The settings that were given as options, by their environment name.</summary>
    public static Dictionary<string, string> SettingsOf(ParseResult parsed)
    {
        var given = new Dictionary<string, string>();
        if (parsed.GetValue(Archive) is { } archive)
        {
            given["DATA_ROOT"] = archive;
        }

        if (parsed.GetValue(LogFormat) is { } format)
        {
            given["LOG_FORMAT"] = format;
        }

        if (parsed.GetValue(NameEncoding) is { } encoding)
        {
            given["NAME_ENCODING"] = encoding;
        }

        return given;
    }
}
