using System.Diagnostics;
using System.Text;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>A started program with its output. Without stdin; ended by its own pid when the test is over.</summary>
internal sealed class RunningProcess : IDisposable
{
    private static readonly TimeSpan PipeLimit = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private readonly CountdownEvent openPipes = new(2);

    public RunningProcess(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    public string Out => Text(output);

    public string Error => Text(error);

    public void Signal(string name) => Tool.Output("kill", "-s", name, $"{process.Id}");

    /// <summary>Sends a signal and waits for the end, which must come soon.</summary>
    public ToolResult StopWith(string signal)
    {
        Signal(signal);
        return WaitForExit(TimeSpan.FromSeconds(20));
    }

    /// <summary>Waits for the end; a program that takes longer than the limit is killed, and the test fails.</summary>
    public ToolResult WaitForExit(TimeSpan limit)
    {
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{process.StartInfo.FileName} did not end within {limit}.\n{Out}\n{Error}");
        }

        // A grandchild may hold a pipe open; what the program itself said has been read by then.
        openPipes.Wait(PipeLimit);
        return new(process.ExitCode, Out, Error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(PipeLimit);
        }

        process.Dispose();
    }

    private void Keep(StringBuilder text, string? line)
    {
        if (line is null)
        {
            openPipes.Signal();
            return;
        }

        lock (text)
        {
            text.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
