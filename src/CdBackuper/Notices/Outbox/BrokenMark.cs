namespace CdBackuper.Notices.Outbox;

/// <summary>That a target refused for good (401, 404): all processes of the node leave it alone until its settings change.</summary>
/// <param name="Time">When that was, UTC.</param>
/// <param name="Fingerprint">The configuration that it is about.</param>
/// <param name="Answer">What the target said.</param>
/// <param name="Next">What to do.</param>
internal sealed record BrokenMark(DateTimeOffset Time, string Fingerprint, string Answer, string Next);
