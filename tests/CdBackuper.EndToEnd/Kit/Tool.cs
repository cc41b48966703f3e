namespace CdBackuper.EndToEnd.Kit;

/// <summary>Runs the public tools that make discs and judge the result.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static ToolResult Run(string program, params IEnumerable<string> arguments)
    {
        using var running = new RunningProcess(program, arguments);
        return running.WaitForExit(Limit);
    }

    /// <returns>What the tool printed; a tool that fails fails the test.</returns>
    public static string Output(string program, params IEnumerable<string> arguments)
    {
        var result = Run(program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result}");
        return result.Out;
    }

    /// <summary>Runs a bash script; the arguments are its $1, $2, ...</summary>
    public static string Script(string script, params IEnumerable<string> arguments) =>
        Output("bash", ["-euo", "pipefail", "-c", script, "test", .. arguments]);

    public static bool Exists(string program) => Run("bash", "-c", "command -v \"$1\"", "test", program).ExitCode == 0;

    public static IReadOnlyList<string> Fields(this string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries);
}
