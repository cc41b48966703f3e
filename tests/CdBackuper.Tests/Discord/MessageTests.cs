using System.Text;
using System.Text.Json.Nodes;
using CdBackuper.Notices.Discord;
using CdBackuper.Tests.Discord.Kit;
using CsCheck;

namespace CdBackuper.Tests.Discord;

/// <summary>A: whatever is composed, what goes out is as Discord's own description and its other rules want it.</summary>
public sealed class MessageTests
{
    private static readonly string[] Oddities =
    [
        "\uD800", "\0", "\u202E", "\u200B", "👨‍👩‍👧", "e\u0301\u0301\u0301", "\\", "*", "`", "@everyone", "<@1>", "[x](http://y)", "\r\n", "discord", "clyde", " ", "#", "日本",
    ];

    private static readonly Gen<string> Text =
        from parts in Gen.OneOf(Gen.String[0, 60], Gen.Int[0, Oddities.Length - 1].Select(index => Oddities[index]), Gen.Int[0, 3000].Select(count => new string('x', count))).Array[0, 8]
        select string.Concat(parts);

    private static readonly Gen<string?> MaybeText = Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text));

    private static readonly Gen<Picture> AnyPicture =
        from name in Gen.OneOf(Gen.Const("map.png"), Gen.Const("../x.png"), Gen.Const("sheet-1.png"), Text)
        from length in Gen.OneOf(Gen.Int[0, 5], Gen.Const(MessageRules.MaxPictureBytes + 1), Gen.Const(9 << 20))
        from description in MaybeText
        select new Picture(name, new byte[length], description);

    private static readonly Gen<Embed> AnyEmbed =
        from texts in MaybeText.Array[5]
        from fields in (from name in Text from value in Text from inline in Gen.Bool select new EmbedField(name, value, inline)).Array[0, 30]
        from color in Gen.Int.Nullable()
        from picture in Gen.OneOf(Gen.Const((string?)null), Gen.Const((string?)"map.png"), Text.Select(text => (string?)text))
        select new Embed
        {
            Title = texts[0],
            Description = texts[1],
            Footer = texts[2],
            Author = texts[3],
            Url = texts[4] is { Length: > 10 } ? "https://nas.example/discs/1" : texts[4],
            Fields = fields,
            Color = color,
            PictureName = picture,
            Timestamp = DateTimeOffset.UnixEpoch,
        };

    private static readonly Gen<WebhookMessage> AnyMessage =
        from texts in MaybeText.Array[3]
        from embeds in AnyEmbed.Array[0, 12]
        from pictures in AnyPicture.Array[0, 4]
        from silent in Gen.Bool
        select new WebhookMessage
        {
            Content = texts[0],
            Username = texts[1],
            AvatarUrl = texts[2],
            Embeds = embeds,
            Pictures = pictures,
            IsSilent = silent,
        };

    [Fact]
    public void A_any_message_is_brought_within_the_limits() => AnyMessage.Sample(
        message =>
        {
            var problems = MessageRules.Problems(MessageFit.Fit(message));
            Assert.All(problems, problem => Assert.Equal("the message is empty", problem));
        },
        iter: 2000);

    [Fact]
    public void A_what_goes_out_is_as_Discords_description_wants_it()
    {
        var schema = DiscordSchema.Open();
        AnyMessage.Sample(
            message =>
            {
                var fit = MessageFit.Fit(message);
                var (sent, edited) = (Wire(WebhookBody.New(fit)), Wire(WebhookBody.Edit(fit)));
                schema.MustFit(sent, "IncomingWebhookRequestPartial");
                schema.MustFit(edited, "IncomingWebhookUpdateRequestPartial");
                Assert.All([sent, edited], body => Assert.Equal("""{"parse":[]}""", body["allowed_mentions"]!.ToJsonString()));
                Assert.True(fit.Embeds.Sum(embed => MessageRules.EmbedText([embed])) <= 6000);
                Assert.False(fit.Username?.Contains("discord", StringComparison.OrdinalIgnoreCase) == true);
                Assert.False(fit.Username?.Contains("clyde", StringComparison.OrdinalIgnoreCase) == true);
            },
            iter: 1000);
    }

    [Fact]
    public void A_what_the_bot_says_is_as_Discords_description_wants_it()
    {
        var schema = DiscordSchema.Open();
        (from id in Gen.ULong from text in Text select (id, text)).Sample(item =>
        {
            var body = Wire(DiscordBotHttp.AnswerBody(new(item.id), item.text + "."));
            schema.MustFit(body, "MessageCreateRequest");
            Assert.True(((string)body["content"]!).Length is > 0 and <= 2000);
            Assert.Equal("""{"parse":[],"replied_user":false}""", body["allowed_mentions"]!.ToJsonString());
        });
    }

    [Fact]
    public void A_cut_text_ends_between_visible_characters_and_never_in_an_escape() => (from text in Text from limit in Gen.Int[0, 300] select (text, limit)).Sample(
        item =>
        {
            var cut = DiscordText.Cut(DiscordText.Escape(item.text), item.limit);
            Assert.True(cut.Length <= item.limit);
            Assert.Equal(cut, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)));
            if (cut.EndsWith('…') && cut.Length < DiscordText.Escape(item.text).Length)
            {
                var slashes = cut[..^1].Reverse().TakeWhile(letter => letter == '\\').Count();
                Assert.Equal(0, slashes % 2);
            }
        });

    [Theory]
    [InlineData("IMG_0001.JPG", @"IMG\_0001.JPG")]
    [InlineData("**bold** [x](http://evil)", @"\*\*bold\*\* \[x\]\(http\://evil\)")]
    [InlineData("a\u202Egpj.exe", "agpj.exe")]
    [InlineData("@everyone", "\\@\u200Beveryone")]
    [InlineData("<@1> ||spoiler||", "\\<\\@\u200B1\\> \\|\\|spoiler\\|\\|")]
    public void What_comes_from_a_disc_is_no_markdown(string text, string escaped) => Assert.Equal(escaped, DiscordText.Escape(text));

    [Fact]
    public void Facts_that_have_no_room_are_left_out_whole_and_counted()
    {
        var lines = Enumerable.Range(0, 100).Select(number => $"file {number}").ToArray();

        var text = DiscordText.Lines(lines, 60, rest => $"and {rest} more");

        Assert.Equal("file 0\nfile 1\nfile 2\nfile 3\nfile 4\nfile 5\nfile 6\nand 93 more", text);
        Assert.Equal("file 0\nfile 1", DiscordText.Lines(lines[..2], 60, rest => $"and {rest} more"));
    }

    /// <summary>What arrives: after its way through UTF-8.</summary>
    private static JsonObject Wire(JsonObject body) => (JsonObject)JsonNode.Parse(Encoding.UTF8.GetBytes(body.ToJsonString()))!;
}
