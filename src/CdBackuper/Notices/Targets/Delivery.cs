using CdBackuper.Archive.Format;

namespace CdBackuper.Notices.Targets;

/// <summary>What came of sending one notice to one target. The answer is for people, and holds no secrets.</summary>
/// <param name="Answer">What the target said.</param>
internal abstract record Delivery(string Answer)
{
    /// <summary>It is there.</summary>
    /// <param name="Answer">What the target said.</param>
    /// <param name="Message">The message that people may reply to, to be noted with the disc; null where there is no such thing.</param>
    public sealed record Done(string Answer, SentNotice? Message = null) : Delivery(Answer);

    /// <summary>Not now; the notice is kept and sent later. It surely did not arrive.</summary>
    /// <param name="Answer">What the target said, or what went wrong on the way.</param>
    /// <param name="After">How long to wait at least; null where the target did not say.</param>
    public sealed record Later(string Answer, TimeSpan? After = null) : Delivery(Answer);

    /// <summary>It went out, and no answer came back: it may be there or not.</summary>
    /// <param name="Answer">What went wrong.</param>
    public sealed record Unknown(string Answer) : Delivery(Answer);

    /// <summary>The target took it and failed at it: it is tried again some times, and given up then.</summary>
    /// <param name="Answer">What went wrong.</param>
    public sealed record Failed(string Answer) : Delivery(Answer);

    /// <summary>The target will never take this notice; the next one it may.</summary>
    /// <param name="Answer">What the target said.</param>
    public sealed record Refused(string Answer) : Delivery(Answer);

    /// <summary>The target is gone or its key is wrong: nothing more is sent until its settings change.</summary>
    /// <param name="Answer">What the target said.</param>
    /// <param name="Next">What to do.</param>
    public sealed record Broken(string Answer, string Next) : Delivery(Answer);
}
