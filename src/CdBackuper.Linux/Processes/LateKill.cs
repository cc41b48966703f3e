namespace CdBackuper.Linux.Processes;

/// <summary>
/// Ends a child whose own thread can't: it hands on the child's output, and whoever takes it may stand still, as when an archive does into which it is written.
/// Else such a child outlives this process, waiting for the same archive.
/// </summary>
internal sealed class LateKill : IDisposable
{
    /// <summary>Later than the thread itself would.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly Lock guard = new();
    private readonly Timer timer;
    private readonly CancellationTokenRegistration registration;
    private ChildProcess? child;
    private bool hasKilled;

    /// <param name="child">Not reaped before <see cref="Forget"/>.</param>
    /// <param name="grace">What it has from the cancellation on.</param>
    /// <param name="cancellationToken">As of the run.</param>
    internal LateKill(ChildProcess child, TimeSpan grace, CancellationToken cancellationToken)
    {
        this.child = child;
        timer = new(_ => Kill());
        registration = cancellationToken.Register(() => timer.Change(grace + Margin, Timeout.InfiniteTimeSpan));
    }

    /// <summary>The child is about to be reaped: its number may be another's then.</summary>
    /// <returns>True where it was killed.</returns>
    internal bool Forget()
    {
        lock (guard)
        {
            child = null;
            return hasKilled;
        }
    }

    public void Dispose()
    {
        Forget();
        registration.Dispose();
        timer.Dispose();
    }

    private void Kill()
    {
        lock (guard)
        {
            hasKilled |= child is not null;
            child?.Signal(Signals.Kill);
        }
    }
}
