namespace CdBackuper.Linux.Processes;

/// <summary>How a child ended.</summary>
/// <param name="ExitCode">0 … 255; null when a signal ended it, when it is stuck, or when nobody can know (see remarks).</param>
/// <param name="Signal">The number of the signal that ended it; null otherwise.</param>
/// <param name="WasCancelled">The token was cancelled while it ran, and it was sent SIGINT.</param>
/// <param name="WasKilled">It did not end within its grace and was sent SIGKILL.</param>
/// <param name="IsStuck">
/// It did not end after SIGKILL either: it hangs in the kernel (state D), as readers of a hung drive do. It is left alone.
/// </param>
/// <param name="Duration">From start to end, or until it was given up.</param>
/// <remarks>
/// All of exit code, signal and stuck are unset only where this process was started with SIGCHLD ignored: the kernel then
/// forgets how children end (wait(2), ECHILD).
/// </remarks>
public sealed record ChildOutcome(
    int? ExitCode, int? Signal, bool WasCancelled, bool WasKilled, bool IsStuck, TimeSpan Duration);
