using System.Globalization;
using System.Runtime.InteropServices;

namespace CdBackuper.Hosting;

/// <summary>Ctrl-C, SIGTERM and SIGHUP as a token: the work stops where it can go on later, then the process ends.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Concat(IgnoresHangUp() ? [] : [PosixSignal.SIGHUP])
            .Select(signal => PosixSignalRegistration.Create(signal, Stop)),
    ];

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    /// <summary>Whoever starts a program under nohup wants it to outlive the terminal; a handler would undo that (proc(5), SigIgn).</summary>
    private static bool IgnoresHangUp()
    {
        const string Field = "SigIgn:";
        const ulong HangUp = 1;
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(Field.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ignored)
            && (ignored & HangUp) != 0;
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        source.Cancel();
    }
}
