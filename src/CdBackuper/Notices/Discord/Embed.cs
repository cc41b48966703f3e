namespace CdBackuper.Notices.Discord;

/// <summary>The box of a message. Every text is markdown, save footer and author.</summary>
internal sealed record Embed
{
    /// <summary>The heading; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>The text below it; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Where the heading leads, http or https; null for nowhere.</summary>
    public string? Url { get; init; }

    /// <summary>0xRRGGBB; null for Discord's own.</summary>
    public int? Color { get; init; }

    /// <summary>The moment beside the footer; null for none.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The facts. Where all together are too long, the last ones are left out.</summary>
    public IReadOnlyList<EmbedField> Fields { get; init; } = [];

    /// <summary>The <see cref="Picture.FileName"/> of the picture that is shown in the box; null for none.</summary>
    public string? PictureName { get; init; }

    /// <summary>The small line at the foot, plain; null for none.</summary>
    public string? Footer { get; init; }

    /// <summary>The small line at the head, plain; null for none.</summary>
    public string? Author { get; init; }
}
