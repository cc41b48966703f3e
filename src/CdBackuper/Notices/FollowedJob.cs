using CdBackuper.Jobs;

namespace CdBackuper.Notices;

/// <summary>A disc whose progress is shown, until this is disposed of.</summary>
internal sealed class FollowedJob(DiscJob job, IReadOnlyList<ProgressMessage> messages) : IDisposable
{
    /// <summary>The job that tells how far it is to the messages too.</summary>
    public DiscJob Job { get; } = messages.Count == 0 ? job : job with
    {
        OnProgress = progress =>
        {
            job.OnProgress(progress);
            foreach (var message in messages)
            {
                message.Take(progress);
            }
        },
    };

    /// <summary>How the disc ended; null where it did not come to an end.</summary>
    public DiscEnd? End { get; set; }

    public void Dispose()
    {
        foreach (var message in messages)
        {
            message.End(isInterrupted: End is null or DiscEnd.Interrupted);
        }
    }
}
