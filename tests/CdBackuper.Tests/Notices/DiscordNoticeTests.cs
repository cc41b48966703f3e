using System.Globalization;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Verdicts;
using CdBackuper.Notices;
using CdBackuper.Notices.Discord;
using CdBackuper.Notices.Targets;
using CsCheck;

namespace CdBackuper.Tests.Notices;

/// <summary>A notice as a message of Discord: within its limits, with nothing of a disc in force, and no fact cut in the middle.</summary>
public sealed class DiscordNoticeTests
{
    private const string Markdown = @"*_~`|>#-+[]()<:@";

    private static readonly Gen<string> Odd = Gen.OneOf(
        Gen.String[Gen.Char, 0, 60],
        OneOf("", "a", "@everyone", "<@123456789012345678>", "[click](https://evil.example)", "../../etc/passwd", "```js", "\u202Egpj.exe", "👨‍👩‍👧‍👦", "e\u0301\u0301\u0301", "\ud800", "||spoiler||", "\n# big\n- list", "https://evil.example", "\u0000\u0007"),
        Gen.Select(OneOf("👩🏽‍🚀", "*", "\\", "ß/", "@", "e\u0301"), Gen.Int[1, 3000]).Select((text, count) => string.Concat(Enumerable.Repeat(text, count))));

    private static readonly Gen<Notice> Any =
        from texts in Odd.Array[12]
        from kind in Gen.Enum<NoticeKind>()
        from worst in Gen.Int[0, 10]
        from hasDisc in Gen.Bool
        from numbers in Gen.Long[0, long.MaxValue / 4].Array[4]
        select Samples.Damaged with
        {
            Kind = kind,
            Node = texts[0],
            Drive = texts[1],
            DriveModel = texts[2],
            Message = texts[3],
            Next = texts[4],
            Disc = hasDisc ? new(texts[5], texts[6], texts[7], texts[8], texts[9]) : null,
            EarlierNodes = [texts[10], texts[0]],
            Twin = texts[11],
            UnreadSectors = numbers[0],
            SectorsWon = numbers[1],
            Files = new FileCounts(int.MaxValue, int.MaxValue, 1, 2, numbers[2]),
            Worst = [.. Enumerable.Range(0, worst).Select(index => new NoticeFile(texts[index], FileCondition.Damaged, numbers[3], numbers[2]))],
        };

    [Fact]
    public void Any_notice_is_one_that_Discord_takes() => Any.Sample(
        notice =>
        {
            var message = MessageFit.Fit(DiscordNotice.Compose(notice, [new("map.png", [1], "a map")]));
            Assert.Empty(MessageRules.Problems(message));
            Assert.NotEmpty(message.Embeds);
        },
        iter: 400);

    [Fact]
    public void Nothing_that_came_from_a_disc_or_a_person_is_markdown_a_mention_or_a_link() => Any.Sample(
        notice =>
        {
            var embed = DiscordNotice.Compose(notice, []).Embeds[0];
            MustBeHarmless(embed.Title!);
            Assert.All(embed.Fields, field => MustBeHarmless(field.Value));

            // The three words of our own in the description are markdown on purpose.
            MustBeHarmless(embed.Description!.Replace("**Next:**", "", StringComparison.Ordinal)
                .Replace("*Reply to this message to label the disc.*", "", StringComparison.Ordinal));
        },
        iter: 400);

    [Fact]
    public void What_is_said_of_a_file_is_never_cut() => Any.Sample(
        notice =>
        {
            var worst = MessageFit.Fit(DiscordNotice.Compose(notice, [])).Embeds[0].Fields.FirstOrDefault(field => field.Name == "Worst files");
            Assert.All(worst?.Value.Split('\n') ?? [], line => Assert.Matches(@"(^| )misses [\d.]+ [KMGT]?i?B of [\d.]+ [KMGT]?i?B$|^and \d+ more$", line));
        },
        iter: 300);

    [Fact]
    public void No_visible_character_is_cut_in_half() => Any.Sample(
        notice =>
        {
            var message = MessageFit.Fit(DiscordNotice.Compose(notice, []));
            IEnumerable<string?> texts = [message.Username, .. message.Embeds.SelectMany(embed => embed.Fields.Select(field => field.Value).Append(embed.Title).Append(embed.Description))];
            Assert.All(texts.OfType<string>(), text =>
            {
                Assert.DoesNotContain(text.EnumerateRunes(), rune => rune.Value == 0xFFFD && !text.Contains('\uFFFD', StringComparison.Ordinal));
                Assert.All(Enumerable.Range(0, text.Length), index => Assert.False(char.IsHighSurrogate(text[index]) && (index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]))));
            });
        },
        iter: 300);

    [Fact]
    public void A_notice_says_what_happened_where_and_what_to_do()
    {
        var embed = DiscordNotice.Compose(Samples.Damaged, [new("map.png", [1], "a map"), new("sheet.jpg", [1], "photographs")]).Embeds[0];

        Assert.Equal(@"Disc 0142 SUMMER\_2003\: damaged", embed.Title);
        Assert.StartsWith(@"7 photos perfect, 2 damaged, 1 lost\: DCIM/IMG\_0002.JPG misses 6 KiB of 1.8 MiB.", embed.Description, StringComparison.Ordinal);
        Assert.Contains("**Next:** Write 0142 on it.", embed.Description, StringComparison.Ordinal);
        Assert.EndsWith("*Reply to this message to label the disc.*", embed.Description, StringComparison.Ordinal);
        Assert.Equal("map.png", embed.PictureName);
        var facts = embed.Fields.ToDictionary(field => field.Name, field => field.Value);
        Assert.Equal(@"7 perfect, 2 damaged, 1 lost \(18 MiB\)", facts["Files"]);
        Assert.Equal("99.98 %, 14 sectors unread", facts["Read"]);
        Assert.Equal(@"desk, sr0 \(HL\-DT\-ST DVDRAM\)", facts["Drive"]);
        Assert.Equal("3 min 20 s", facts["Time"]);
        Assert.Equal(@"Tried before on pi\: attempt 2, it won 3 sectors", facts["Retry"]);
        Assert.Equal("DCIM/IMG\\_0003.JPG is lost \\(1.8 MiB\\)\nDCIM/IMG\\_0002.JPG misses 6 KiB of 1.8 MiB", facts["Worst files"]);
        Assert.Equal(@"2003\-08\-01\-12\-00\-00\-00\_SUMMER\_2003", facts["Folder"]);
    }

    [Theory]
    [InlineData(NoticeKind.Whole, 0x2ECC71)]
    [InlineData(NoticeKind.AlreadyWhole, 0x2ECC71)]
    [InlineData(NoticeKind.Damaged, 0xF1C40F)]
    [InlineData(NoticeKind.Unreadable, 0xE74C3C)]
    [InlineData(NoticeKind.Failed, 0xE74C3C)]
    internal void The_colour_says_how_it_went(NoticeKind kind, int color) =>
        Assert.Equal(color, DiscordNotice.Compose(Samples.Damaged with { Kind = kind }, []).Embeds[0].Color);

    [Fact]
    public void Of_a_path_that_is_too_long_the_end_stays()
    {
        var path = string.Concat(Enumerable.Repeat("a folder of a name that is long/", 20)) + "IMG_0007.JPG";
        var notice = Samples.Damaged with { Worst = [new(path, FileCondition.Damaged, 2048, 1024)] };
        var line = DiscordNotice.Compose(notice, []).Embeds[0].Fields.Single(field => field.Name == "Worst files").Value;
        Assert.StartsWith("…", line, StringComparison.Ordinal);
        Assert.EndsWith(@"/IMG\_0007.JPG misses 1 KiB of 2 KiB", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 200, 256);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    /// <summary>Every letter that could steer Discord has a backslash before it, and every @ a zero width space behind it.</summary>
    private static void MustBeHarmless(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\')
            {
                index++;
                Assert.True(index == text.Length || (Markdown + "\\").Contains(text[index], StringComparison.Ordinal), $"a backslash of no use in {text}");
                Assert.True(index == text.Length || text[index] != '@' || text.AsSpan(index + 1) is ['\u200B' or '…', ..], text);
            }
            else
            {
                Assert.DoesNotContain(text[index], Markdown);
                Assert.True(text[index] == '\u200B' || text[index] == '\n' || char.GetUnicodeCategory(text[index]) is not (UnicodeCategory.Control or UnicodeCategory.Format), $"U+{(int)text[index]:X4}");
            }
        }
    }
}
