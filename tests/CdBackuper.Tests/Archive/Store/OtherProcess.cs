using System.Diagnostics;

namespace CdBackuper.Tests.Archive.Store;

/// <summary>A process of its own that runs one explicit fact of this test program, which is no test.</summary>
internal static class OtherProcess
{
    private const string Variable = "CDBACKUPER_TEST_PLACE";
    private const string AnswerSuffix = ".answer";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>What the process was told to work on; a test that is run by itself is skipped.</summary>
    public static string Place
    {
        get
        {
            var place = Environment.GetEnvironmentVariable(Variable);
            Assert.SkipWhen(place is null, "this is no test, other tests start it in a process of its own");
            return place;
        }
    }

    public static Process Start(string script, Type type, string fact, string place)
    {
        var start = new ProcessStartInfo(
            "sh", ["-c", script, "sh", Environment.ProcessPath!, "-explicit", "only", "-method", $"{type.FullName}.{fact}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[Variable] = place;

        // a runtime under a limit on file sizes cannot map its code twice
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    public static void Answer(string text) =>
        File.WriteAllText($"{Place}.{Environment.ProcessId}{AnswerSuffix}", text);

    public static string AnswerOf(Process process, string place)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Limit), "the other process did not end");
        var answer = $"{place}.{process.Id}{AnswerSuffix}";
        Assert.True(File.Exists(answer), output.Result);
        return File.ReadAllText(answer);
    }
}
