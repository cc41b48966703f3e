using System.Text;
using CdBackuper.EndToEnd.Kit;
using CdBackuper.Fakes;
using CdBackuper.Tests.Notices;

namespace CdBackuper.EndToEnd;

/// <summary>The photographs beside the damage map, from a scratched disc to the channel. What arrives is looked at pixel by pixel.</summary>
public sealed class ContactSheetTests
{
    /// <summary>A tile of the sheet, with the gap behind it.</summary>
    private const int Across = 244;

    [Fact]
    public async Task Photographs_of_a_scratched_disc_are_shown_upright_and_hostile_ones_cost_their_tile()
    {
        Assert.SkipUnless(Tool.Exists("cjpeg") && Tool.Exists("djpeg"), "cjpeg and djpeg (libjpeg-turbo-progs) are missing");
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        var photograph = MadeJpeg.Quarters(640, 480);
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "SUMMER", new SourceFiles(seed: 2301)
            .Add("DCIM/1.JPG", photograph)
            .Add("DCIM/2.JPG", MadeJpeg.Held(photograph, 6, isLittle: true))
            .Add("DCIM/3.JPG", MadeJpeg.Quarters(800, 600, "-progressive"))
            .Add("DCIM/4.JPG", photograph[..(photograph.Length / 2)])
            .Add("DCIM/5.JPG", MadeJpeg.Claiming(MadeJpeg.Quarters(64, 64), ushort.MaxValue, ushort.MaxValue))
            .Add("DCIM/6.JPG", MadeJpeg.Claiming(MadeJpeg.Quarters(64, 64, "-progressive"), 14_100, 14_100))
            .Add("DCIM/7.JPG", 100_000));
        var map = new Scratches(disc).OnFile("DCIM/7.JPG", 3, 4).WriteMap(bench.Folder["bad.map"]);

        bench.Node().With("DISCORD_API_URL", discord.ApiUrl).With("DISCORD_WEBHOOK_URL", discord.WebhookUrl)
            .With("DISCORD_CONTACT_SHEET", "true").Import(disc.Path, "--simulate-damage", map).Expect(3);

        var sent = Assert.Single(discord.Requests, request => request.Files.Count > 0);
        Assert.Equal(["map.png", "sheet.jpg"], sent.Files.Select(file => file.Name));
        Assert.Equal("attachment://sheet.jpg", (string?)sent.Body!["embeds"]![1]!["image"]!["url"]);
        Assert.Equal(-1, sent.Files[1].Bytes.AsSpan().IndexOf("SECRET"u8));
        var sheet = Decode(bench, sent.Files[1].Bytes);

        // Three are whole, and the one that breaks off begins. What claims to be huge, or is scratched, has no tile.
        Assert.StartsWith($"P6\n{(4 * Across) - 4} 180\n255\n", Encoding.ASCII.GetString(sheet, 0, 15), StringComparison.Ordinal);
        Assert.Equal(["red green blue white", "red green blue white", "blue red white green"], Enumerable.Range(0, 3).Select(tile => Quarters(sheet, tile)));
        Assert.StartsWith("red green", Quarters(sheet, 3), StringComparison.Ordinal);
    }

    private static byte[] Decode(Bench bench, byte[] jpeg)
    {
        File.WriteAllBytes(bench.Folder["sheet.jpg"], jpeg);
        Tool.Output("djpeg", "-rgb", "-pnm", "-outfile", bench.Folder["sheet.ppm"], bench.Folder["sheet.jpg"]);
        return File.ReadAllBytes(bench.Folder["sheet.ppm"]);
    }

    private static string Quarters(byte[] sheet, int tile) =>
        string.Join(' ', new[] { (80, 40), (160, 40), (80, 140), (160, 140) }.Select(at => Colour(sheet, (tile * Across) + at.Item1, at.Item2)));

    private static string Colour(byte[] sheet, int x, int y)
    {
        var at = 15 + (3 * ((y * ((4 * Across) - 4)) + x));
        return (sheet[at] > 128, sheet[at + 1] > 128, sheet[at + 2] > 128) switch
        {
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            (true, true, true) => "white",
            _ => "another",
        };
    }
}
