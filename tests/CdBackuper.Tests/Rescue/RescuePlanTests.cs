using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CsCheck;

namespace CdBackuper.Tests.Rescue;

public sealed class RescuePlanTests
{
    /// <summary>A disc of 100 sectors: structures in 16 to 19, a photograph in 30 to 39, a film in 50 to 79, the rest nobody's.</summary>
    private const int DiscSectors = 100;

    // each letter stands for five sectors: ? not tried, * failed in a large read, - bad, + read
    [Theory]
    [InlineData("????????????????????", "", "copy up to a failure 0-99")]
    [InlineData("++++++++????????????", "", "copy up to a failure 0-99")]
    [InlineData("++++++++++++++++++++", "", "every sector was read")]
    [InlineData("++++++*?++++++++++++", "copy", "trim 30-34")]
    [InlineData("++++++??++**++++++++", "copy", "sweep 30-39")]
    [InlineData("+++*++*?++++++++++++", "copy", "0 Structures 16-19")]
    [InlineData("+++*++**++++++++++++", "copy 0Structures 1Structures 2Structures", "trim 30-39")]
    [InlineData("++++++++++++++++++??", "copy", "back 90-99")]
    [InlineData("++++++--++++++++++??", "copy", "back 90-99")]
    [InlineData("++++++**++//++++++++", "copy", "trim 30-39")]
    [InlineData("++++++//++**++++++++", "copy 0Photograph", "trim 50-59")]
    [InlineData("++++++//++++++++++++", "copy", "0 Files Small Photograph 30-37")]
    [InlineData("++++++-*++++++++++++", "copy", "1 Files Small Photograph 30-34 backwards")]
    [InlineData("++++++-*++--++++++++", "copy 1Photograph 2Photograph", "1 Files Small Other 50-57 backwards")]
    [InlineData("+++-++--++--++++++++", "copy 0Structures 1Structures 2Structures 0Photograph 0Other", "1 Files Small Photograph 30-37 backwards")]
    [InlineData("+++-++--++--++++++++", "copy 0Structures", "1 Structures 16-19 backwards")]
    [InlineData("++++++--++++++++++++", "copy 0Photograph 1Photograph", "2 Files Small Photograph 30-37")]
    [InlineData("++++++--++++++++++++", "copy 0Photograph 1Photograph 2Photograph", "what is left did not read in this drive")]
    [InlineData("++++++++++++++++++**", "copy", "0 Rest 90-99 for 5 minutes")]
    [InlineData("++++++++++++++++++--", "copy 0Rest", "all that files and folders need was read; 10 sectors of no file did not read")]
    [InlineData("++++++--++++++++++**", "copy 0Photograph 1Photograph 2Photograph", "0 Rest 90-99 for 5 minutes")]
    public void The_facts_say_what_is_next(string map, string passes, string next) => Assert.Equal(next, Say(RescuePlan.Next(Facts(map, passes))));

    [Theory]
    [InlineData("++++++//++++++++++++", "", true, "0 Files Small Photograph 30-37", 1)]
    [InlineData("++++++--++++++++++++", "", true, "0 Files Small Photograph 30-37", 1)]
    [InlineData("++++++//++++++++++++", "copy", false, "0 Files Small Photograph 30-37", 0)]
    public void A_disc_that_is_put_in_again_has_bad_sectors_tried_again(string map, string passes, bool isRetry, string next, int retries)
    {
        var pass = RescuePlan.Next(Facts(map, passes) with { IsRetry = isRetry });
        Assert.Equal(next, Say(pass));
        Assert.Equal(retries, Assert.IsType<RescuePass.Scrape>(pass).Retries);
    }

    [Fact]
    public void A_clean_disc_is_one_pass_over_all_of_it()
    {
        var first = RescuePlan.Next(Facts("????????????????????", "") with { Needs = RescueNeeds.Unknown });
        Assert.Equal("copy up to a failure 0-99", Say(first));
        Assert.Equal("every sector was read", Say(RescuePlan.Next(Facts("++++++++++++++++++++", "copy"))));
    }

    [Fact]
    public void After_the_first_failed_read_come_the_file_that_ends_beside_it_then_the_folders_then_the_rest_of_the_copy()
    {
        // Folders in 16 to 19 and 900 to 909, a photograph in 30 to 69, a film in 70 to 500; the read of 64 to 95 failed.
        var (disc, folders) = (Sectors(0, 1000), Sectors(16, 4).Union(Sectors(900, 10)));
        RescueFacts With(RescueFacts before, RescuePass? pass, ByteSet read, ByteSet failed)
        {
            var map = RescueMap.Of([.. read.Select(run => new RescueBlock(run, BlockStatus.Finished))
                .Concat(failed.Select(run => new RescueBlock(run, BlockStatus.NonTrimmed))).OrderBy(block => block.Range.Start)]);
            DamagedFile[] files = [new(FileWorth.Photograph, Sectors(30, 40).Except(read)) { IsShared = true }, new(FileWorth.Other, Sectors(70, 431).Except(read))];
            return before with
            {
                Map = map,
                Needs = new(folders, [.. files.Where(file => !file.Holes.IsEmpty)], disc, true),
                Passes = pass is null ? [] : [.. before.Passes, Done(pass)],
            };
        }

        var facts = Facts("", "") with { Domain = disc, MetadataPlaces = folders };
        var order = new List<string>();
        ByteSet[] read = [ByteSet.Empty, Sectors(0, 64), Sectors(0, 70), Sectors(0, 70).Union(Sectors(900, 10)), Sectors(0, 70).Union(Sectors(352, 648))];
        ByteSet[] failed = [ByteSet.Empty, Sectors(64, 32), Sectors(70, 26), Sectors(70, 26), Sectors(70, 26)];
        RescuePass? pass = null;
        foreach (var (good, bad) in read.Zip(failed))
        {
            facts = With(facts, pass, good, bad);
            pass = RescuePlan.Next(facts);
            order.Add(Say(pass));
        }

        string[] expected = ["copy up to a failure 0-999", "trim 64-69", "metadata 900-909", "copy 0-95,352-999", "trim 70-95"];
        Assert.Equal(expected, order);
    }

    // what is left of the photograph after it was trimmed
    [Theory]
    [InlineData(69, 1, "1 Files Tiny Photograph 69-69 backwards", "2 Files Tiny Photograph 69-69", "copy 0-95,352-999")]
    [InlineData(66, 4, "copy 0-95,352-999")]
    public void A_sector_or_two_beside_the_damage_are_tried_again_before_the_copy_goes_on(int first, int count, params string[] expected)
    {
        var (disc, bad) = (Sectors(0, 1000), Sectors(first, count));
        var map = RescueMap.Of([
            new(ByteRange.OfSectors(0, first), BlockStatus.Finished), .. bad.Select(run => new RescueBlock(run, BlockStatus.BadSector)),
            new(ByteRange.OfSectors(70, 26), BlockStatus.NonTrimmed)]);
        DamagedFile[] files = [new(FileWorth.Photograph, bad), new(FileWorth.Other, Sectors(70, 431))];
        var stopped = new RescuePass.Copy(RescueAim.Disc, disc) { StopsAtFailure = true };
        var facts = Facts("", "") with { Map = map, Domain = disc, Needs = new(Sectors(16, 4), files, disc, true), MetadataPlaces = ByteSet.Empty, Passes = [Done(stopped)] };
        var order = new List<string>();
        for (RescuePass? pass = null; pass is not RescuePass.Copy;)
        {
            pass = RescuePlan.Next(facts);
            order.Add(Say(pass));
            facts = facts with { Passes = [.. facts.Passes, Done(pass)] };
        }

        Assert.Equal(expected, order);
    }

    [Fact]
    public void A_disc_that_fails_near_its_end_has_nothing_left_to_copy()
    {
        var facts = Facts("+++++++++++++++++*??", "") with { MetadataPlaces = Sectors(0, 10), RestLimit = TimeSpan.Zero };
        facts = facts with { Passes = [Done(new RescuePass.Copy(RescueAim.Disc, facts.Domain) { StopsAtFailure = true })] };
        Assert.Equal("back 90-99", Say(RescuePlan.Next(facts)));
    }

    [Fact]
    public void A_disc_in_trouble_has_its_folders_read_first_as_far_as_they_are_known_each_once()
    {
        var facts = Facts("????????????????????", "") with { HasTrouble = true, Needs = RescueNeeds.Unknown, MetadataPlaces = Sectors(0, 10) };
        Assert.Equal("metadata 0-9", Say(RescuePlan.Next(facts)));

        facts = facts with { Map = Map("++??????????????????"), Passes = [Done(new RescuePass.Copy(RescueAim.Metadata, Sectors(0, 10)))], Needs = Needs(Map("++??????????????????")) };
        Assert.Equal("metadata 16-19", Say(RescuePlan.Next(facts)));

        facts = facts with { Passes = [.. facts.Passes, Done(new RescuePass.Copy(RescueAim.Metadata, Sectors(16, 4)))] };
        Assert.Equal("copy 0-99", Say(RescuePlan.Next(facts)));
    }

    [Fact]
    public void What_ddrescue_does_not_get_at_is_in_no_pass_of_its()
    {
        var facts = Facts("????????????????????", "") with { HasTrouble = true, Needs = RescueNeeds.Unknown, MetadataPlaces = Sectors(0, 10).Union(Sectors(90, 10)), HiddenFrom = 80 * Sector.Size };
        Assert.Equal("metadata 0-9", Say(RescuePlan.Next(facts)));
        facts = facts with { MetadataPlaces = Sectors(90, 10) };
        Assert.Equal("copy 0-99", Say(RescuePlan.Next(facts)));
        Assert.Equal("hidden 0-99", Say(RescuePlan.Next(facts with { HiddenFrom = 0 })));
    }

    [Fact]
    public void What_may_belong_to_lost_names_is_read_like_a_file()
    {
        var facts = Facts("++++++++++++++++++**", "copy");
        Assert.Equal("0 Rest 90-99", Say(RescuePlan.Next(facts with { Needs = facts.Needs with { IsComplete = false } })));
        Assert.Equal("0 Disc 90-99", Say(RescuePlan.Next(facts with { Needs = RescueNeeds.Unknown })));
        Assert.Equal("0 Rest 90-99", Say(RescuePlan.Next(facts with { RestLimit = null })));
    }

    [Fact]
    public void A_sector_has_its_retries_before_hours_go_to_a_film_and_each_that_wins_earns_another()
    {
        var needs = new RescueNeeds(
            ByteSet.Empty, [new(FileWorth.Photograph, Sectors(30, 1)), new(FileWorth.Other, Sectors(1000, 3000))], Sectors(0, 5000), true);
        var facts = Facts("", "copy") with { Map = Map(new string('-', 1000)), Domain = Sectors(0, 5000), Needs = needs, RestLimit = TimeSpan.Zero };
        var order = new List<string>();
        for (var pass = RescuePlan.Next(facts); pass is RescuePass.Scrape scrape; pass = RescuePlan.Next(facts))
        {
            order.Add($"{scrape.Target.Size} {scrape.Round} {scrape.Domain.SectorCount}");
            var won = scrape is { Target.Size: HoleSize.Tiny, Round: 2 or 3 } ? 1 : 0;
            facts = facts with { Passes = [.. facts.Passes, new(scrape, won, TimeSpan.FromMinutes(1))] };
        }

        string[] expected = [
            "Tiny 1 1", "Tiny 2 1", "Large 1 375", "Large 2 375", "Tiny 3 1", "Large 3 375", "Tiny 4 1", "Large 4 375", "Large 1 2625", "Large 2 2625"];
        Assert.Equal(expected, order);
    }

    [Fact]
    public void What_never_reads_costs_a_file_that_cannot_be_whole_no_second_piece_before_all_others_are_whole()
    {
        // Ten photographs of 50 sectors, each with three bad ones; of every second one the first never reads.
        long[] bad = [.. Enumerable.Range(0, 10).SelectMany(file => new long[] { (file * 50) + 5, (file * 50) + 20, (file * 50) + 35 })];
        long[] dead = [.. Enumerable.Range(0, 5).Select(file => (file * 100L) + 5)];
        var unread = ByteSet.Of(bad.Select(sector => ByteRange.OfSectors(sector, 1)));
        var facts = Facts("", "copy") with { Domain = Sectors(0, 500), RestLimit = TimeSpan.Zero };
        var failed = 0L;
        for (var isWhole = false; !isWhole;)
        {
            var map = RescueMap.Empty.With(500 * Sector.Size, Sectors(0, 500).Except(unread), unread);
            var files = Enumerable.Range(0, 10).Select(file => new DamagedFile(FileWorth.Photograph, Sectors(file * 50, 50).Intersect(unread)));
            facts = facts with { Map = map, Needs = new(ByteSet.Empty, [.. files.Where(file => !file.Holes.IsEmpty)], Sectors(0, 500), true) };
            var pass = Assert.IsType<RescuePass.Scrape>(RescuePlan.Next(facts));
            var read = pass.Domain.Except(ByteSet.Of(dead.Select(sector => ByteRange.OfSectors(sector, 1))));
            facts = facts with { Passes = [.. facts.Passes, new(pass, read.SectorCount, TimeSpan.FromMinutes(1))] };
            failed += pass.Domain.SectorCount - read.SectorCount;
            unread = unread.Except(read);
            isWhole = Enumerable.Range(0, 5).All(file => unread.Intersect(Sectors((file * 100) + 50, 50)).IsEmpty);
        }

        Assert.Equal(2 * dead.Length, failed);
        Assert.Equal(3 * dead.Length, unread.SectorCount);
    }

    [Fact]
    public void Nothing_goes_to_what_nobody_owns_where_the_settings_say_so() => Assert.Equal(
        "all that files and folders need was read; 10 sectors of no file did not read",
        Say(RescuePlan.Next(Facts("++++++++++++++++++**", "copy") with { RestLimit = TimeSpan.Zero })));

    [Fact]
    public void Another_drive_reads_what_nobody_owns_from_its_end() => Assert.Equal(
        "1 Rest 90-99 backwards for 5 minutes", Say(RescuePlan.Next(Facts("++++++++++++++++++--", "copy") with { IsRetry = true })));

    [Fact]
    public void What_lies_behind_all_volumes_is_not_tried_again()
    {
        var facts = Facts("++++++++++++++++++--", "copy");
        var needs = facts.Needs with { Spans = Sectors(0, 90) };
        Assert.Equal(
            "all that files and folders need was read; 10 sectors of no file did not read", Say(RescuePlan.Next(facts with { Needs = needs })));
    }

    [Fact]
    public void The_hidden_end_is_read_once_after_the_copy()
    {
        var facts = Facts("+++++++++++++++++++-", "copy") with { HiddenFrom = 97 * Sector.Size };
        Assert.Equal("hidden 97-99", Say(RescuePlan.Next(facts)));
        Assert.StartsWith("0 Rest", Say(RescuePlan.Next(facts with { Passes = [.. facts.Passes, Done(new RescuePass.ReadHidden(Sectors(97, 3)))] })), StringComparison.Ordinal);
        Assert.Equal("copy up to a failure 0-99", Say(RescuePlan.Next(facts with { Map = Map("????????????????????"), Passes = [] })));

        // A further error hides more: only that is new.
        var more = facts with { HiddenFrom = 95 * Sector.Size, Passes = [.. facts.Passes, Done(new RescuePass.ReadHidden(Sectors(97, 3)))] };
        Assert.Equal("hidden 95-96", Say(RescuePlan.Next(more)));
    }

    [Theory]
    [InlineData("++++++--++++++++++++", "the time for this disc in this drive is used up")]
    [InlineData("????????????????????", "the time for this disc in this drive is used up")]
    [InlineData("++++++++++++++++++++", "every sector was read")]
    public void Time_ends_it(string map, string next) =>
        Assert.Equal(next, Say(RescuePlan.Next(Facts(map, "") with { TimeLeft = TimeSpan.Zero })));

    // won and minutes of rounds 1 and 2, with 6 sectors an hour wanted
    [Theory]
    [InlineData(0, 1, 0, 1, "reading what is left again, from both ends, won nothing")]
    [InlineData(1, 60, 0, 60, "reading on wins too little: one sector in 120 minutes")]
    [InlineData(0, 5, 1, 5, "3 Files Small Photograph 30-37 backwards")]
    [InlineData(3, 30, 3, 30, "3 Files Small Photograph 30-37 backwards")]
    public void Retries_must_win_something_in_both_directions_together(int won1, int minutes1, int won2, int minutes2, string next)
    {
        PassOutcome Round(int round, int won, int minutes) => new(
            new RescuePass.Scrape(new(RescueAim.Files, HoleSize.Small), Sectors(30, 10)) { Round = round }, won, TimeSpan.FromMinutes(minutes));
        var facts = Facts("++++++--++++++++++++", "copy 0Photograph") with { Retries = 9, RestLimit = TimeSpan.Zero };
        facts = facts with { Passes = [.. facts.Passes, Round(1, won1, minutes1), Round(2, won2, minutes2)] };
        Assert.Equal(next, Say(RescuePlan.Next(facts)));
    }

    [Fact]
    public void A_sector_is_asked_for_once_in_a_round_also_where_its_file_now_misses_less()
    {
        var needs = new RescueNeeds(ByteSet.Empty, [new(FileWorth.Photograph, Sectors(30, 10))], Sectors(0, DiscSectors), true);
        var before = new RescuePass.Scrape(new(RescueAim.Files, HoleSize.Medium), Sectors(20, 30)) { Files = 1 };
        var facts = Facts("++++++--++++++++++++", "copy") with { Needs = needs };
        Assert.Equal("1 Files Small Photograph 30-37 backwards", Say(RescuePlan.Next(facts with { Passes = [.. facts.Passes, Done(before)] })));
    }

    [Fact]
    public void Small_holes_come_first_and_of_one_size_photographs_and_documents()
    {
        static DamagedFile File(FileWorth worth, int start, int count) => new(worth, Sectors(start, count));
        var needs = new RescueNeeds(ByteSet.Empty, [
            File(FileWorth.Other, 0, 1), File(FileWorth.Photograph, 100, 5000), File(FileWorth.Document, 10, 4), File(FileWorth.Photograph, 30, 17),
            File(FileWorth.Other, 6000, 256), File(FileWorth.Photograph, 50, 2), File(FileWorth.Photograph, 60, 1)], Sectors(0, 20000), true);
        var facts = Facts("", "copy") with { Map = Map(new string('-', 4000)), Domain = Sectors(0, 20000), Needs = needs, RestLimit = TimeSpan.Zero, Retries = 1 };
        var order = new List<string>();
        for (var pass = RescuePlan.Next(facts); pass is RescuePass.Scrape scrape; pass = RescuePlan.Next(facts))
        {
            order.Add($"{scrape.Files} {scrape.Target.Size} {scrape.Target.Worth}");
            facts = facts with { Passes = [.. facts.Passes, Done(scrape)] };
        }

        string[] pieces = ["3 Small Photograph", "1 Tiny Document", "1 Tiny Other", "1 Medium Other", "1 Large Photograph"];
        string[] rest = ["1 Small Photograph", "1 Medium Other", "1 Large Photograph"];
        Assert.Equal([.. pieces, .. rest], order);
    }

    [Fact]
    public void It_comes_to_an_end_whatever_the_drive_reads() => Gen.Select(
        Gen.Char["?*/-+"].Array[20].Array[40], Gen.Int[0, 5], Gen.Bool, Gen.Bool).Sample((maps, retries, isRetry, hasTrouble) =>
    {
        var facts = Facts("", "") with { IsRetry = isRetry, Retries = retries, HasTrouble = hasTrouble, MetadataPlaces = Sectors(0, 20) };
        foreach (var letters in maps.Concat(Enumerable.Repeat(maps[^1], 40)))
        {
            var map = Map(new string(letters));
            facts = facts with { Map = map, Needs = Needs(map) };
            var pass = RescuePlan.Next(facts);
            if (pass is RescuePass.Finish finish)
            {
                Assert.NotEmpty(finish.Reason);
                return;
            }

            Assert.NotEmpty(RescueWords.Of(pass));
            facts = facts with { Passes = [.. facts.Passes, Done(pass)] };
        }

        Assert.Fail("no end after 80 passes");
    });

    [Fact]
    public void A_pass_is_said_to_people()
    {
        var scrape = new RescuePass.Scrape(new(RescueAim.Files), Sectors(30, 14)) { Files = 3 };
        Assert.Equal("reading 14 sectors of 3 damaged photographs", RescueWords.Of(scrape));
        Assert.Equal("retry 1, reading 14 sectors of 1 damaged document, backwards", RescueWords.Of(scrape with { Target = new(RescueAim.Files, HoleSize.Tiny, FileWorth.Document), Files = 1, Round = 1 }));
        Assert.Equal("reading 14 sectors that no file owns", RescueWords.Of(scrape with { Target = new(RescueAim.Rest) }));
        Assert.Equal("looking for what is bad in 32 sectors of files that failed together", RescueWords.Of(new RescuePass.Copy(RescueAim.Files, Sectors(0, 32)) { Trims = true }));
        Assert.Equal("reading the disc", RescueWords.Of(new RescuePass.Copy(RescueAim.Disc, Sectors(0, 1))));
    }

    private static RescueFacts Facts(string map, string passes) => new()
    {
        Map = Map(map),
        Domain = Sectors(0, DiscSectors),
        MetadataPlaces = Sectors(0, DiscSectors),
        Needs = Needs(Map(map)),
        Passes = [.. passes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Done(word == "copy"
            ? new RescuePass.Copy(RescueAim.Disc, Sectors(0, DiscSectors))
            : new RescuePass.Scrape(TargetOf(word[1..]), DomainOf(word[1..])) { Round = word[0] - '0' }))],
        TimeLeft = TimeSpan.FromHours(1),
        Retries = 2,
        MinYield = 6,
        RestLimit = TimeSpan.FromMinutes(5),
    };

    private static RescueTarget TargetOf(string word) => word switch
    {
        "Structures" => new(RescueAim.Structures),
        "Rest" => new(RescueAim.Rest),
        _ => new(RescueAim.Files, HoleSize.Small, Enum.Parse<FileWorth>(word)),
    };

    private static ByteSet DomainOf(string word) => word switch
    {
        "Structures" => Sectors(16, 4),
        "Rest" => Sectors(90, 10),
        "Photograph" => Sectors(30, 10),
        _ => Sectors(50, 30),
    };

    private static RescueNeeds Needs(RescueMap map)
    {
        var unread = Sectors(0, DiscSectors).Except(map.Finished);
        DamagedFile[] files = [new(FileWorth.Photograph, Sectors(30, 10).Intersect(unread)), new(FileWorth.Other, Sectors(50, 30).Intersect(unread))];
        return new(Sectors(16, 4), [.. files.Where(file => !file.Holes.IsEmpty)], Sectors(0, DiscSectors), true);
    }

    private static RescueMap Map(string letters) => RescueMap.Of([.. letters.Select((letter, index) => new RescueBlock(
        ByteRange.OfSectors(index * 5, 5),
        letter switch
        {
            '+' => BlockStatus.Finished,
            '-' => BlockStatus.BadSector,
            '/' => BlockStatus.NonScraped,
            '*' => BlockStatus.NonTrimmed,
            _ => BlockStatus.NonTried,
        }))]);

    private static ByteSet Sectors(long start, long count) => ByteSet.Of(ByteRange.OfSectors(start, count));

    private static PassOutcome Done(RescuePass pass) => new(pass, 0, TimeSpan.FromMinutes(1));

    private static string Say(RescuePass pass) => pass switch
    {
        RescuePass.Copy copy => $"{(copy.Aim == RescueAim.Metadata ? "metadata" : copy.Trims ? "trim" : copy.Aim == RescueAim.Files ? "sweep" : copy.Aim == RescueAim.Rest ? "back" : copy.StopsAtFailure ? "copy up to a failure" : "copy")} {Say(copy.Domain)}",
        RescuePass.Scrape { Target.Aim: RescueAim.Files } scrape => $"{scrape.Round} Files {scrape.Target.Size} {scrape.Target.Worth} {Say(scrape.Domain)}{(scrape.IsReverse ? " backwards" : "")}",
        RescuePass.Scrape scrape => $"{scrape.Round} {scrape.Target.Aim} {Say(scrape.Domain)}{(scrape.IsReverse ? " backwards" : "")}{(scrape.Limit is { } limit ? $" for {limit.TotalMinutes} minutes" : "")}",
        RescuePass.ReadHidden hidden => $"hidden {Say(hidden.Domain)}",
        RescuePass.Finish finish => finish.Reason,
        _ => "",
    };

    private static string Say(ByteSet set) => string.Join(',', set.Select(range => $"{range.Start / Sector.Size}-{(range.End / Sector.Size) - 1}"));
}
