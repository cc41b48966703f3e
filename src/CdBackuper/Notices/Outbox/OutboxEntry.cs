namespace CdBackuper.Notices.Outbox;

/// <summary>One notice that waits for one target.</summary>
/// <param name="Notice">What is told.</param>
internal sealed record OutboxEntry(Notice Notice)
{
    /// <summary>What goes along, for targets that show pictures.</summary>
    public IReadOnlyList<NoticePicture> Pictures { get => field ?? []; init; } = [];

    /// <summary>
    /// How many times it went out and nobody knows whether it arrived: no answer came, or the program ended before it could note the answer.
    /// Written down before it goes out, so that a crash counts.
    /// </summary>
    public int Doubts { get; init; }

    /// <summary>How many times the target was asked to take it and failed in a way that is this notice's own.</summary>
    public int Failures { get; init; }
}
