using System.Diagnostics;

namespace CdBackuper.Bench.Truth;

/// <summary>A public program, run to its end.</summary>
internal static class Tool
{
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        var (code, output, error) = TryRun(program, arguments, new Dictionary<string, string?>());
        return code == 0 ? output : throw new InvalidOperationException($"{program} ended with {code}: {error}{output}");
    }

    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Environment variables; null removes one.</param>
    public static (int Code, string Output, string Error) TryRun(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
