using System.Diagnostics;
using System.Text;

namespace CdBackuper.Tests.Volumes;

/// <summary>Runs an independent tool; a test that needs one that is not there is skipped, and says so.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static bool Exists(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Any(folder => File.Exists(Path.Combine(folder, name)));

    public static void Require(params string[] names)
    {
        foreach (var name in names)
        {
            Assert.SkipUnless(Exists(name), $"the tool {name} is not installed");
        }
    }

    /// <returns>What it wrote to standard output, as bytes in Latin-1, so that names of any encoding survive.</returns>
    public static string Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        start.Environment["PATH"] += ":/usr/sbin";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{name} did not end within {Limit}");
        }

        Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)}: {process.ExitCode}\n{error.Result}");
        return output.Result;
    }
}
