using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Notices;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

/// <summary>Notices as a part of a command that ends by itself.</summary>
internal sealed class NoticeRun : IDisposable
{
    private NoticeRun(NoticeDesk desk) => Desk = desk;

    public NoticeDesk Desk { get; }

    /// <returns>Null where notices go nowhere.</returns>
    public static NoticeRun? TryOpen(ArchiveRoot archive, Settings settings, ILoggerFactory log) =>
        NoticeDesk.TryOpen(archive, settings, TimeProvider.System, log) is { } desk ? new(desk) : null;

    /// <summary>Sends what waits, within a limit; the rest stays in the outbox.</summary>
    public void Send(TimeSpan limit, CancellationToken cancellationToken) =>
        Desk.SendWithinAsync(limit, cancellationToken).GetAwaiter().GetResult();

    public void Dispose() => Desk.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
