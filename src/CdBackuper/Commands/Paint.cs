namespace CdBackuper.Commands;

/// <summary>Colours for a terminal; plain text where output goes to a file or program, or NO_COLOR is set (no-color.org).</summary>
internal static class Paint
{
    private static readonly bool IsOn = !Console.IsOutputRedirected && !Console.IsErrorRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static string Good(string text) => In("32", text);

    public static string Doubtful(string text) => In("33", text);

    public static string Bad(string text) => In("31", text);

    /// <summary>ECMA-48 §8.3.117, SGR: a colour and back.</summary>
    private static string In(string code, string text) => IsOn ? $"\e[{code}m{text}\e[0m" : text;
}
