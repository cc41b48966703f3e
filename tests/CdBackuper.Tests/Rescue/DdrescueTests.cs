using CdBackuper.Jobs;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Rescue;
using CdBackuper.Tests.Archive;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Rescue;

public sealed class DdrescueTests
{
    [Theory]
    [InlineData("copy", false, false, null, null, "--cpass=1 --skip-size=524288 --no-trim --no-scrape")]
    [InlineData("copy", true, false, null, null, "--cpass=1 --skip-size=524288 --no-trim --no-scrape --idirect")]
    [InlineData("copy up to a failure", true, false, null, null, "--cpass=1 --skip-size=524288 --no-trim --no-scrape --max-read-errors=0 --idirect")]
    [InlineData("copy", true, true, "/d a.map", "/a", "--cpass=1 --skip-size=524288 --no-trim --no-scrape --idirect --domain-mapfile=/a --loose-domain --complete-only --test-mode=/d a.map")]
    [InlineData("0", false, false, null, "/a b", "--retry-passes=0 --domain-mapfile=/a b --loose-domain")]
    [InlineData("1", true, false, null, null, "--retry-passes=1 --reverse --idirect")]
    [InlineData("2", true, true, "/d", null, "--retry-passes=1 --idirect --complete-only --test-mode=/d")]
    public void A_pass_is_a_command_line(string pass, bool direct, bool isComplete, string? damage, string? domain, string options)
    {
        using var shelf = new Shelf();
        var command = new DdrescueCommand("-odd source", shelf.Folder)
        {
            ImagePath = shelf.Folder.ImagePath,
            ReadsDirectly = direct,
            IsMapLonger = isComplete,
            DomainPath = domain,
            SimulatedMapPath = damage,
        }.For(PassOf(pass));
        Assert.Equal("ddrescue", command.Program);
        Assert.Equal(
            $"--sector-size=2048 --cluster-size=32 --mapfile-interval=15 {options} -- -odd source {shelf.Folder.ImagePath} {shelf.Folder.RunningMapPath}",
            string.Join(' ', command.Arguments));
        Assert.Equal(["--", "-odd source", shelf.Folder.ImagePath, shelf.Folder.RunningMapPath], command.Arguments.TakeLast(4));
    }

    [Fact]
    public void The_real_ddrescue_takes_every_command_line()
    {
        Tool.Require("ddrescue");
        using var shelf = new Shelf();
        using var source = new TempFolder().With("disc", new string('x', 1 << 16))
            .With("damage", "0 +\n0 0x8000 +\n0x8000 0x800 -\n0x8800 0x7800 +\n")
            .With("domain", MapfileText.Print(RescueMap.Of([new(new(0, 1 << 15), BlockStatus.Finished), new(new(1 << 15, 1 << 15), BlockStatus.Finished)])));
        foreach (var pass in new[] { "copy", "0", "1", "2" })
        {
            foreach (var isComplete in new[] { false, true })
            {
                var command = new DdrescueCommand(source["disc"], shelf.Folder)
                {
                    ImagePath = shelf.Folder.ImagePath,
                    IsMapLonger = isComplete,
                    DomainPath = source["domain"],
                    SimulatedMapPath = source["damage"],
                }.For(PassOf(pass));
                Tool.Run(command.Program, [.. command.Arguments]);
            }
        }

        Assert.True(MapfileText.TryParse(File.ReadAllText(shelf.Folder.RunningMapPath), out var map, out _));
        Assert.Equal(new RescueTally(0, 0, 0, 2048, (1 << 16) - 2048), map.Tally);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void The_screen_of_the_real_ddrescue_is_read_however_it_arrives(int pieceBytes)
    {
        Tool.Require("ddrescue");
        using var folder = new TempFolder().With("disc", new string('x', 4 << 20))
            .With("damage", "0 +\n0 0x100000 +\n0x100000 0x1000 -\n0x101000 0x200000 +\n0x301000 0x800 -\n0x301800 0xFE800 +\n");
        var printed = System.Text.Encoding.Latin1.GetBytes(Tool.Run(
            "ddrescue", "--sector-size=2048", "--retry-passes=1", $"--test-mode={folder["damage"]}", folder["disc"], folder["image"], folder["map"]));

        var screen = new DdrescueScreen();
        var news = printed.Chunk(pieceBytes).Select(piece => screen.Take(piece)).OfType<DiscProgress>().ToArray();

        var last = news[^1];
        Assert.Equal((DiscStage.Rescuing, 99.85, 2), (last.Stage, last.Percent, last.BadAreas));
        Assert.StartsWith("Retrying bad sectors...", last.Detail, StringComparison.Ordinal);
        Assert.Matches(@"^\d+ k?B/s$", last.Rate);
        Assert.All(news, one => Assert.InRange(one.Percent ?? -1, 0, 100));
        Assert.DoesNotContain("n/a", news.Select(one => one.TimeLeft));
        Assert.True(pieceBytes > 1000 || news.Select(one => one.Detail?.Split(' ')[0]).Distinct().Count() >= 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GNU ddrescue 1.27\nPress Ctrl-C to interrupt\n")]
    [InlineData("ddrescue: Can't open input file: No such file or directory\n")]
    [InlineData("\0\u001b[A\r\r\r%%%")]
    public void Before_the_first_screen_there_is_nothing_to_say(string printed) =>
        Assert.Null(new DdrescueScreen().Take(System.Text.Encoding.UTF8.GetBytes(printed)));

    [Theory]
    [InlineData("n/a", null)]
    [InlineData("0s", "0s")]
    [InlineData("1h 23m", "1h 23m")]
    [InlineData("2d  3h", "2d  3h")]
    public void The_time_left_is_said_where_it_is_known(string printed, string? said) => Assert.Equal(
        said,
        new DdrescueScreen().Take(System.Text.Encoding.UTF8.GetBytes(
            $"pct rescued:   97.91%, read errors:        1,  remaining time:   {printed,9}\n   time since last successful read:         n/a\nCopying"))?.TimeLeft);

    [Theory]
    [InlineData("GNU ddrescue 1.27", "1.27")]
    [InlineData("GNU ddrescue 1.9-rc1", "1.9")]
    [InlineData("ddrescue: error", null)]
    [InlineData("", null)]
    public void A_version_is_read(string text, string? version) => Assert.Equal(version, ToolVersions.ParseDdrescue(text)?.ToString());

    private static RescuePass PassOf(string text) => text.StartsWith("copy", StringComparison.Ordinal)
        ? new RescuePass.Copy(RescueAim.Disc, ByteSet.Empty) { StopsAtFailure = text != "copy" }
        : new RescuePass.Scrape(new(RescueAim.Files), ByteSet.Empty)
        {
            Round = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
            Retries = text == "0" ? 0 : 1,
        };
}
