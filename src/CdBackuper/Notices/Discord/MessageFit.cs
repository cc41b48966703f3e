using System.Text;

namespace CdBackuper.Notices.Discord;

/// <summary>Makes any message one that Discord takes: the last fence behind whoever composed it.</summary>
internal static class MessageFit
{
    /// <summary>Room beside the pictures for the rest of the request.</summary>
    private const int MaxAllPictures = MessageRules.MaxRequestBytes - (1 << 20) - 1;

    /// <returns>
    /// The message within <see cref="MessageRules"/>: texts cut between visible characters, facts that have no room left out whole from the
    /// last one on, pictures that are too large left out. It may be empty where the message was.
    /// </returns>
    public static WebhookMessage Fit(WebhookMessage message)
    {
        var pictures = Pictures(message.Pictures);
        var dropped = message.Pictures.Count > 0
            ? message.Pictures.Select(picture => picture.FileName).Except(pictures.Select(picture => picture.FileName)).ToHashSet()
            : [];
        var embeds = message.Embeds.Take(MessageRules.MaxEmbeds).Select(embed => Fit(embed, dropped, message.Pictures.Count > 0 ? pictures : null));
        return message with
        {
            Content = Text(message.Content, MessageRules.MaxContent),
            Embeds = [.. WithinSum([.. embeds]).Where(IsSaying)],
            Pictures = pictures,
            Username = Name(message.Username),
            AvatarUrl = Url(message.AvatarUrl),
        };
    }

    private static Embed Fit(Embed embed, HashSet<string> dropped, IReadOnlyList<Picture>? pictures) => embed with
    {
        Title = Text(embed.Title, MessageRules.MaxTitle),
        Description = Text(embed.Description, MessageRules.MaxDescription),
        Footer = Text(embed.Footer, MessageRules.MaxFooter),
        Author = Text(embed.Author, MessageRules.MaxAuthor),
        Url = Url(embed.Url),
        Color = embed.Color is { } color ? color & MessageRules.MaxColor : null,
        PictureName = embed.PictureName is { } name && MessageRules.IsFileName(name) && !dropped.Contains(name)
            && pictures?.Any(picture => picture.FileName == name) != false ? name : null,
        Fields =
        [
            .. embed.Fields
                .Select(field => (Name: Text(field.Name, MessageRules.MaxFieldName), Value: Text(field.Value, MessageRules.MaxFieldValue), field.IsInline))
                .Where(field => field is { Name: not null, Value: not null })
                .Take(MessageRules.MaxFields)
                .Select(field => new EmbedField(field.Name!, field.Value!, field.IsInline)),
        ],
    };

    private static Embed[] WithinSum(Embed[] embeds)
    {
        for (var index = embeds.Length - 1; index >= 0; index--)
        {
            var over = MessageRules.EmbedText(embeds) - MessageRules.MaxEmbedText;
            while (over > 0 && embeds[index].Fields is [.., var last])
            {
                embeds[index] = embeds[index] with { Fields = [.. embeds[index].Fields.SkipLast(1)] };
                over -= last.Name.Length + last.Value.Length;
            }

            if (over > 0 && embeds[index] is { Description: { } description })
            {
                var left = Text(description, Math.Max(0, description.Length - over));
                embeds[index] = embeds[index] with { Description = left };
                over -= description.Length - (left?.Length ?? 0);
            }

            if (over > 0)
            {
                // What is left of it (title, footer, author) is an embed that had no room at all.
                embeds[index] = new();
            }
        }

        return embeds;
    }

    private static bool IsSaying(Embed embed) => MessageRules.EmbedText([embed]) > 0 || embed.PictureName is not null;

    private static List<Picture> Pictures(IReadOnlyList<Picture> pictures)
    {
        var (kept, names, sum) = (new List<Picture>(), new HashSet<string>(StringComparer.Ordinal), 0L);
        foreach (var picture in pictures)
        {
            var length = picture.Bytes.Length;
            var fits = length is > 0 and <= MessageRules.MaxPictureBytes && sum + length <= MaxAllPictures
                && kept.Count < MessageRules.MaxPictures && MessageRules.IsFileName(picture.FileName);
            if (fits && names.Add(picture.FileName))
            {
                kept.Add(picture with { Description = Text(picture.Description, MessageRules.MaxPictureDescription) });
                sum += length;
            }
        }

        return kept;
    }

    private static string? Name(string? name)
    {
        var plain = Text(name is null ? null : DiscordText.Plain(name).Replace('\n', ' '), MessageRules.MaxUsername);
        return plain is not null && MessageRules.IsName(plain) ? plain : null;
    }

    private static string? Url(string? url) => url is not null && MessageRules.IsUrl(url) ? url : null;

    /// <returns>Null for what Discord takes for nothing: blanks and invisible characters alone.</returns>
    private static string? Text(string? text, int limit)
    {
        if (text is null)
        {
            return null;
        }

        var sound = Sound(text).Trim();
        var cut = DiscordText.Cut(sound, limit).Trim();
        return DiscordText.Plain(cut).Trim().Length == 0 ? null : cut;
    }

    /// <summary>Lone surrogates become U+FFFD, as they would on their way into JSON; NUL goes.</summary>
    private static string Sound(string text)
    {
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                sound.Append(rune);
            }
        }

        return sound.ToString();
    }
}
