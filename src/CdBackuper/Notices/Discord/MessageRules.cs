namespace CdBackuper.Notices.Discord;

/// <summary>
/// What Discord takes in a message (API reference: Execute Webhook, Embed Limits, Create Webhook). Lengths are in UTF-16 units,
/// which are never fewer than what Discord counts.
/// </summary>
internal static class MessageRules
{
    public const int MaxContent = 2000;
    public const int MaxEmbeds = 10;
    public const int MaxTitle = 256;
    public const int MaxDescription = 4096;
    public const int MaxFields = 25;
    public const int MaxFieldName = 256;
    public const int MaxFieldValue = 1024;
    public const int MaxFooter = 2048;
    public const int MaxAuthor = 256;
    public const int MaxUrl = 2048;
    public const int MaxColor = 0xFFFFFF;
    public const int MaxUsername = 80;
    public const int MaxPictures = 10;
    public const int MaxPictureDescription = 1024;

    /// <summary>All text of all embeds of a message together.</summary>
    public const int MaxEmbedText = 6000;

    /// <summary>10 MiB: what Discord takes on a server without boosts.</summary>
    public const int MaxPictureBytes = 10 << 20;

    /// <summary>25 MiB: the whole request.</summary>
    public const int MaxRequestBytes = 25 << 20;

    /// <summary>Not in a webhook's name, in any case (Create Webhook; Usernames and Nicknames).</summary>
    private static readonly string[] ForbiddenInNames = ["discord", "clyde", "@", "#", ":", "```"];

    private static readonly string[] ForbiddenNames = ["everyone", "here"];

    /// <returns>How long all text of the embeds is together.</returns>
    public static int EmbedText(IEnumerable<Embed> embeds) => embeds.Sum(TextOf);

    /// <returns>What Discord would refuse in the message; empty where it takes it.</returns>
    public static IReadOnlyList<string> Problems(WebhookMessage message)
    {
        var problems = new List<string>();
        void Require(bool isRight, string problem)
        {
            if (!isRight)
            {
                problems.Add(problem);
            }
        }

        Require(message.Content is not null || message.Embeds.Count > 0 || message.Pictures.Count > 0, "the message is empty");
        Require(IsText(message.Content, MaxContent), "the content");
        Require(message.Embeds.Count <= MaxEmbeds, "the number of embeds");
        Require(EmbedText(message.Embeds) <= MaxEmbedText, "the text of all embeds together");
        Require(message.Username is null || IsName(message.Username), "the name");
        Require(message.AvatarUrl is null || IsUrl(message.AvatarUrl), "the avatar's address");
        Require(message.Pictures.Count <= MaxPictures, "the number of pictures");
        Require(message.Pictures.Sum(picture => (long)picture.Bytes.Length) < MaxRequestBytes - (1 << 20), "the length of all pictures");
        Require(message.Pictures.DistinctBy(picture => picture.FileName).Count() == message.Pictures.Count, "pictures of one name");
        foreach (var picture in message.Pictures)
        {
            Require(IsFileName(picture.FileName), "a picture's file name");
            Require(picture.Bytes.Length is > 0 and <= MaxPictureBytes, "a picture's length");
            Require(IsText(picture.Description, MaxPictureDescription), "a picture's description");
        }

        foreach (var embed in message.Embeds)
        {
            problems.AddRange(Problems(embed, message));
        }

        return problems;
    }

    /// <returns>True for a text that is left out, and for one that says something and is not too long.</returns>
    public static bool IsText(string? text, int limit) => text is null || (text.Length <= limit && !string.IsNullOrWhiteSpace(text));

    public static bool IsUrl(string url) => url.Length <= MaxUrl && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp);

    public static bool IsName(string name) => IsText(name, MaxUsername) && name.Trim() == name
        && !ForbiddenInNames.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !ForbiddenNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static bool IsFileName(string name) => name.Length is > 0 and <= 100
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static IEnumerable<string> Problems(Embed embed, WebhookMessage message)
    {
        (bool IsRight, string Problem)[] rules =
        [
            (TextOf(embed) > 0 || embed.PictureName is not null, "an embed is empty"),
            (IsText(embed.Title, MaxTitle), "a title"),
            (IsText(embed.Description, MaxDescription), "a description"),
            (IsText(embed.Footer, MaxFooter), "a footer"),
            (IsText(embed.Author, MaxAuthor), "an author"),
            (embed.Url is null || IsUrl(embed.Url), "an embed's address"),
            (embed.Color is null or (>= 0 and <= MaxColor), "a color"),
            (embed.Fields.Count <= MaxFields, "the number of fields"),
            (embed.Fields.All(field => IsText(field.Name, MaxFieldName)), "a field's name"),
            (embed.Fields.All(field => IsText(field.Value, MaxFieldValue)), "a field's value"),
            (message.Pictures.Count == 0 || embed.PictureName is null
                || message.Pictures.Any(picture => picture.FileName == embed.PictureName), "an embed's picture"),
        ];
        return rules.Where(rule => !rule.IsRight).Select(rule => rule.Problem);
    }

    private static int TextOf(Embed embed) => (embed.Title?.Length ?? 0) + (embed.Description?.Length ?? 0)
        + (embed.Footer?.Length ?? 0) + (embed.Author?.Length ?? 0)
        + embed.Fields.Sum(field => field.Name.Length + field.Value.Length);
}
