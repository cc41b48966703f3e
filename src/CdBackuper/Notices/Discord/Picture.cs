namespace CdBackuper.Notices.Discord;

/// <summary>A picture that is sent with a message.</summary>
/// <param name="FileName">ASCII letters, digits, <c>.</c>, <c>-</c> and <c>_</c>; unlike that of the message's other pictures.</param>
/// <param name="Bytes">The file, at most <see cref="MessageRules.MaxPictureBytes"/>.</param>
/// <param name="Description">For those who can't see it; null for none.</param>
internal sealed record Picture(string FileName, ReadOnlyMemory<byte> Bytes, string? Description = null);
