namespace CdBackuper.Notices.Discord;

/// <summary>How a request to a webhook ended, as far as a caller acts on it. Reasons are for people and hold no secrets.</summary>
internal abstract record DiscordAnswer
{
    private DiscordAnswer()
    {
    }

    /// <summary>The message is there.</summary>
    /// <param name="Message">Its id: goes into the ledger before the notice counts as sent.</param>
    /// <param name="Channel">Where it stands.</param>
    public sealed record Sent(Snowflake Message, Snowflake Channel) : DiscordAnswer;

    /// <summary>The webhook is there.</summary>
    /// <param name="Channel">Where its messages go.</param>
    /// <param name="Guild">The server of that channel; null where Discord does not say.</param>
    /// <param name="Name">What it calls itself; null for nothing.</param>
    public sealed record Found(Snowflake Channel, Snowflake? Guild, string? Name) : DiscordAnswer;

    /// <summary>Not now: too many requests, Discord is down or can't be reached. The request is sound.</summary>
    /// <param name="After">How long to wait at least.</param>
    /// <param name="Reason">What happened.</param>
    /// <param name="MayHaveArrived">True where the request went out and no answer came back: sending it again may double it.</param>
    public sealed record RetryLater(TimeSpan After, string Reason, bool MayHaveArrived) : DiscordAnswer;

    /// <summary>The webhook was deleted or its token changed (401, 404 10015): nothing may be sent to it any more.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="Next">What to do.</param>
    public sealed record Broken(string Reason, string Next) : DiscordAnswer;

    /// <summary>Discord will never take this request (400, 403, 413); the webhook is sound.</summary>
    /// <param name="Reason">Discord's words.</param>
    public sealed record Refused(string Reason) : DiscordAnswer;

    /// <summary>The message is no longer there, or can't be edited any more (404 10008, 400 30046): leave it alone.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Gone(string Reason) : DiscordAnswer;
}
