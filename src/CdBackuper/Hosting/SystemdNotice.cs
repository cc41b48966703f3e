using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Hosting;

/// <summary>
/// Tells systemd that the program is ready, stops, and lives (sd_notify(3), sd_watchdog_enabled(3)): datagrams to the socket that
/// NOTIFY_SOCKET names. Does nothing where none is named. Life is that threads are given out: a drive or an archive that hangs
/// is not cured by a new start.
/// </summary>
internal sealed partial class SystemdNotice(IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<SystemdNotice> logger)
    : IHostedService, IDisposable
{
    private readonly UnixDomainSocketEndPoint? address = AddressOf(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private ITimer? pulse;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (address is not null)
        {
            lifetime.ApplicationStarted.Register(() => Tell("READY=1"));
            lifetime.ApplicationStopping.Register(() => Tell("STOPPING=1"));
            if (WatchdogLimit(Environment.GetEnvironmentVariable) is { } limit)
            {
                pulse = clock.CreateTimer(_ => Tell("WATCHDOG=1"), null, TimeSpan.Zero, limit / 3);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        pulse?.Dispose();
        socket.Dispose();
    }

    /// <returns>After how long a silence systemd ends this process; null for never, or where another process is meant.</returns>
    internal static TimeSpan? WatchdogLimit(Func<string, string?> environment) =>
        long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            && environment("WATCHDOG_PID") is var process
            && (string.IsNullOrEmpty(process) || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    /// <returns>A path, or a name of Linux' abstract kind, which is written with '@'; null for neither.</returns>
    private static UnixDomainSocketEndPoint? AddressOf(string? name) => name switch
    {
        ['/', ..] => new(name),
        ['@', ..] => new('\0' + name[1..]),
        _ => null,
    };

    private void Tell(string state)
    {
        try
        {
            socket.SendTo(Encoding.UTF8.GetBytes(state), address!);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            Log.NotTold(logger, state, fault.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The service manager could not be told {State}: {Problem}")]
        public static partial void NotTold(ILogger logger, string state, string problem);
    }
}
