namespace CdBackuper.Archive.Format;

/// <summary>.cdbackuper/notices/MESSAGE.json: a message that was sent about a disc. Written once, never edited.</summary>
public sealed record SentNotice
{
    /// <summary>The message's id, a decimal number.</summary>
    public required string Message { get; init; }

    /// <summary>The channel it stands in.</summary>
    public required string Channel { get; init; }

    /// <summary>The webhook that sent it.</summary>
    public required string Webhook { get; init; }

    /// <summary>The name of the disc's folder; null where the disc got none.</summary>
    public string? Folder { get; init; }

    /// <summary>The notice that it is: found here, it is not sent again; null for messages that are none, such as progress.</summary>
    public string? Notice { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public required DateTimeOffset Sent { get; init; }
}
