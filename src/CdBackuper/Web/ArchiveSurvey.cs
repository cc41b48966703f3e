using CdBackuper.Archive.Store;
using CdBackuper.Commands;
using CdBackuper.Hosting;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Web;

/// <summary>
/// Looks at the archive for those who ask over HTTP: on one thread of its own, since a NAS may hang, and never unless somebody asks.
/// Thread-safe.
/// </summary>
internal sealed class ArchiveSurvey(ArchiveRoot archive, ArchiveOpening opening, TimeProvider clock)
{
    /// <summary>How long a look may take before the archive is called away. Thousands of discs on a slow NAS take some seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private ArchiveView? last;
    private Task<ArchiveView>? running;
    private DateTimeOffset runningSince;

    /// <summary>The last look that was ended; null before the first.</summary>
    public ArchiveView? Last
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    /// <summary>Whether the archive answers: the last look could use it, and none has been waiting for long. Null before the first.</summary>
    public bool? IsUsable
    {
        get
        {
            lock (gate)
            {
                return running is not null && clock.GetUtcNow() - runningSince > Patience ? false
                    : last is null ? null
                    : last.Problem is null;
            }
        }
    }

    /// <summary>Has the archive looked at anew where the last look is older, without waiting for it.</summary>
    public void Renew(TimeSpan oldest)
    {
        lock (gate)
        {
            if (running is null && (last is null || clock.GetUtcNow() - last.Taken > oldest))
            {
                _ = Begin();
            }
        }
    }

    /// <returns>The archive as it is now; those who ask while a look is under way share it.</returns>
    /// <exception cref="TimeoutException">The archive does not answer.</exception>
    public Task<ArchiveView> LookAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return (running ?? Begin()).WaitAsync(Patience, clock, cancellationToken);
        }
    }

    private Task<ArchiveView> Begin()
    {
        runningSince = clock.GetUtcNow();
        var look = new TaskCompletionSource<ArchiveView>(TaskCreationOptions.RunContinuationsAsynchronously);
        running = look.Task;
        new Thread(() =>
        {
            var view = Take();
            lock (gate)
            {
                last = view;
                running = null;
            }

            look.SetResult(view);
        })
        {
            Name = "survey",
            IsBackground = true,
        }.Start();
        return look.Task;
    }

    private ArchiveView Take()
    {
        try
        {
            // Opening may make it first.
            opening.Opened.Wait();
            archive.EnsureUsable();
            return new(
                [.. archive.Discs().Select(folder => DiscDocument.Of(folder, withFiles: false)).OrderBy(disc => disc.Number, StringComparer.Ordinal)],
                OutboxState.All(archive),
                archive.FreeBytes(),
                null,
                clock.GetUtcNow());
        }
        catch (Exception fault) when (fault is ArchiveException or IOException or UnauthorizedAccessException)
        {
            return new(Last?.Discs ?? [], Last?.Outbox ?? [], null, fault.Message, clock.GetUtcNow());
        }
    }
}
