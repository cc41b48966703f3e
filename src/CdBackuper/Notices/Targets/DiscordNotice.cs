using CdBackuper.Notices.Discord;

namespace CdBackuper.Notices.Targets;

/// <summary>A notice as a message of Discord. Pure. Everything that came from a disc or a person is escaped; no fact is cut in the middle.</summary>
internal static class DiscordNotice
{
    private const int Green = 0x2ECC71;
    private const int Amber = 0xF1C40F;
    private const int Red = 0xE74C3C;

    /// <summary>Of the message and of the next step: far below Discord's limit, since nobody reads more on a telephone.</summary>
    private const int MaxSentence = 1000;

    /// <summary>So that a few names of a hundred folders deep leave room for the rest.</summary>
    private const int MaxLine = 256;

    public static WebhookMessage Compose(Notice notice, IReadOnlyList<NoticePicture> pictures) => new()
    {
        Username = TextCut.Start($"cdbackuper · {TextCut.Printable(notice.Node)}", MessageRules.MaxUsername),
        Embeds =
        [
            new Embed
            {
                Title = DiscordText.Cut(DiscordText.Escape(NoticeText.Title(notice)), MessageRules.MaxTitle),
                Description = Describe(notice),
                Color = ColorOf(notice),
                Timestamp = notice.Time,
                Fields = [.. NoticeText.Facts(notice).Select(FieldOf)],
                PictureName = pictures.Count > 0 ? pictures[0].FileName : null,
                Footer = notice.Disc is { } disc ? $"disc {disc.Number}" : null,
            },
            .. pictures.Skip(1).Select(picture => new Embed { PictureName = picture.FileName, Color = ColorOf(notice) }),
        ],
        Pictures = [.. pictures.Select(picture => new Picture(picture.FileName, picture.Bytes, picture.Description))],
    };

    /// <returns>A message for while a disc is read; silent.</returns>
    public static WebhookMessage Progress(string title, string text) => new()
    {
        IsSilent = true,
        Embeds = [new Embed { Title = DiscordText.Cut(DiscordText.Escape(title), MessageRules.MaxTitle), Description = Sentence(text) }],
    };

    public static int ColorOf(Notice notice) => notice.Kind switch
    {
        NoticeKind.Whole or NoticeKind.AlreadyWhole or NoticeKind.Test => Green,
        NoticeKind.Damaged => Amber,
        _ => Red,
    };

    private static string Describe(Notice notice)
    {
        // The message names a file. Where that name is too long the counts say what happened, and the file stands among the worst.
        var message = DiscordText.Escape(notice.Message);
        var text = message.Length > MaxSentence && notice.Files is { } files
            ? $"{files.Perfect} files perfect, {files.Damaged} damaged, {files.Lost} lost."
            : DiscordText.Cut(message, MaxSentence);
        text = notice.Next.Length == 0 ? text : $"{text}\n**Next:** {Sentence(notice.Next)}";
        return notice.Disc is null ? text : $"{text}\n*Reply to this message to label the disc.*";
    }

    private static string Sentence(string text) => DiscordText.Cut(DiscordText.Escape(text), MaxSentence);

    private static EmbedField FieldOf(Fact fact) => new(DiscordText.Escape(fact.Name), Value(fact), fact.IsShort);

    private static string Value(Fact fact) =>
        DiscordText.Lines([.. fact.Lines.Select(Line)], MessageRules.MaxFieldValue, left => $"and {left} more");

    /// <summary>The name gives way, at its beginning; what is said of it stays whole.</summary>
    private static string Line(FactLine line)
    {
        var said = DiscordText.Escape(line.Text);
        var name = line.Name.Replace('\n', ' ');
        return DiscordText.Escape(TextCut.End(name, MaxLine - said.Length, text => DiscordText.Escape(text).Length)) + said;
    }
}
