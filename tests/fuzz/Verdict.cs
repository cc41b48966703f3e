using CdBackuper.Tests.Museum;

namespace CdBackuper.Fuzz;

/// <summary>What a reader did with an input that it must not do.</summary>
/// <param name="Kind">The same for the same fault: the exception and the place that threw it, or <c>hang</c>.</param>
/// <param name="Text">All that is known.</param>
internal sealed record Verdict(string Kind, string Text)
{
    /// <summary>Of the processor's time, since the machine may be busy with other things.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <returns>Null where the input is read as it should be.</returns>
    public static Verdict? Of(HostileFormat format, byte[] input)
    {
        // A thread that never ends can't be stopped; it goes with the process.
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Try(format, input)) { IsBackground = true };
        var start = Environment.CpuUsage.TotalTime;
        thread.Start();
        while (!thread.Join(Look))
        {
            if (Environment.CpuUsage.TotalTime - start > Limit)
            {
                return new("hang", $"not read within {Limit.TotalSeconds} s of the processor's time");
            }
        }

        return thrown is null ? null : Of(thrown);
    }

    private static Exception? Try(HostileFormat format, byte[] input)
    {
        try
        {
            format.Check(input);
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception;
        }
    }

    private static Verdict Of(Exception exception)
    {
        var place = (exception.StackTrace ?? "").Split('\n')
            .FirstOrDefault(line => line.Contains(" CdBackuper.Media.", StringComparison.Ordinal))?.Trim().Split('(')[0] ?? "";
        // Numbers differ from input to input; the sentence around them tells the fault.
        var kind = exception is UnsoundException
            ? new string([.. exception.Message.Take(60).Where(character => !char.IsDigit(character))])
            : $"{exception.GetType().Name} {place}";
        return new(kind, exception.ToString());
    }
}
