namespace CdBackuper.Notices.Outbox;

/// <summary>That a target has a notice, or will never have it: it is not sent again.</summary>
/// <param name="Time">When that was, UTC.</param>
/// <param name="Answer">What the target said.</param>
internal sealed record SentMark(DateTimeOffset Time, string Answer);
