using CdBackuper.Media.Identity;

namespace CdBackuper.Tests.Identity;

/// <summary>The judgement as a table over facts. Tallies are "agreeing differing unreadable behind-end".</summary>
public sealed class SamenessRuleTests
{
    [Theory]

    // descriptors and samples
    [InlineData("4 0 0", "32 0 0", "", Sameness.Same, "all 32 compared sectors agree")]
    [InlineData("4 0 0", "31 1 0", "", Sameness.Other, "1 of 32 compared sectors hold something else")]
    [InlineData("0 0 4", "32 0 0", "", Sameness.Same, "all 32")]
    [InlineData("4 1 0", "32 0 0", "", Sameness.Other, "its descriptors or its root directory differ")]
    [InlineData("4 0 0", "4 0 60", "", Sameness.Same, "all 4")]
    [InlineData("4 0 0", "3 0 61", "", Sameness.Unsure, "its descriptors agree, but only 3 of 64 sectors could be read")]
    [InlineData("4 0 0", "0 0 64", "", Sameness.Unsure, "its descriptors agree, but none of the 64 sectors")]
    [InlineData("0 0 4", "3 0 0", "", Sameness.Same, "all that is known")]
    [InlineData("0 0 0", "0 0 0", "", Sameness.Unsure, "its length fits, but nothing else is known")]
    [InlineData("0 0 9", "0 0 64", "", Sameness.Unsure, "its length fits, but none")]
    [InlineData("0 0 0", "0 0 0", "uuid", Sameness.Unsure, "its identifier agrees, but nothing else is known")]

    // the fourth: how many of the unreadable ones lie behind the end of the disc in the drive
    [InlineData("4 0 0", "0 0 14 14", "", Sameness.Unsure, "its descriptors agree, but all of the 14 sectors that were to be compared lie behind the end of this one")]
    [InlineData("4 0 0", "0 0 14 9", "", Sameness.Unsure, "none of the 14 sectors that were to be compared could be read; 9 lie behind the end of this one")]
    [InlineData("4 0 0", "3 0 11 9", "", Sameness.Unsure, "only 3 of 14 sectors could be read and compared; 9 lie behind the end of this one")]
    [InlineData("4 0 0", "4 0 60 60", "", Sameness.Same, "all 4")]
    [InlineData("4 0 0", "3 1 60 60", "", Sameness.Other, "1 of 4 compared sectors")]

    // a disc of which there is little
    [InlineData("4 0 0", "0 0 0", "", Sameness.Same, "all that is known of it agrees")]
    [InlineData("4 0 0", "2 0 0", "", Sameness.Same, "all that is known of it agrees")]
    [InlineData("4 0 0", "2 0 1", "", Sameness.Unsure, "only 2 of 3")]
    [InlineData("0 0 0", "0 0 0", "uuid nothing-kept", Sameness.Same, "nothing of it is archived yet")]
    [InlineData("1 0 0", "0 0 9", "nothing-kept", Sameness.Same, "nothing of it is archived yet")]
    [InlineData("0 0 0", "0 0 0", "nothing-kept", Sameness.Unsure, "its length fits")]
    [InlineData("0 1 0", "0 0 0", "uuid nothing-kept", Sameness.Other, "descriptors")]

    // a session was added
    [InlineData("2 0 0", "32 0 0", "grown", Sameness.Same, "all 32")]
    [InlineData("2 0 0", "32 0 0", "grown rewritten", Sameness.Same, "and a session was added")]
    [InlineData("2 0 0", "3 0 0", "grown rewritten", Sameness.Unsure, "only 3 of 3")]
    [InlineData("2 0 0", "8 1 0", "grown rewritten", Sameness.Other, "1 of 9")]

    // tables of contents
    [InlineData("0 0 4", "32 0 0", "other-tracks", Sameness.Same, "all 32")]
    [InlineData("4 0 0", "0 0 32", "other-tracks", Sameness.Other, "its tracks lie elsewhere")]
    public void Facts_are_judged(string descriptors, string samples, string more, Sameness expected, string reason) =>
        Check(
            new()
            {
                Descriptors = Tally(descriptors),
                Samples = Tally(samples),
                SharesUuid = more.Contains("uuid", StringComparison.Ordinal),
                IsNothingKept = more.Contains("nothing-kept", StringComparison.Ordinal),
                HasAddedSession = more.Contains("grown", StringComparison.Ordinal),
                RewrittenHead = more.Contains("rewritten", StringComparison.Ordinal) ? 2 : 0,
                TracksAgree = more.Contains("other-tracks", StringComparison.Ordinal) ? false : null,
            },
            expected,
            reason);

    // A predecessor's folder: parts of its files, a few of which may be corrupt.
    [Theory]
    [InlineData("0 0 0", "40 0 0", Sameness.Same, "40 of 40 compared parts of files agree")]
    [InlineData("0 0 0", "40 5 3", Sameness.Same, "40 of 45 compared parts of files agree")]
    [InlineData("0 0 0", "40 6 0", Sameness.Unsure, "6 of 46 compared parts of files differ")]
    [InlineData("0 0 0", "3 0 0", Sameness.Same, "all that is known of it agrees")]
    [InlineData("0 0 0", "3 0 1", Sameness.Unsure, "only 3 of 4")]
    [InlineData("0 0 0", "3 9 0", Sameness.Other, "9 of 12 compared parts of files hold something else")]
    [InlineData("0 0 0", "0 0 9", Sameness.Unsure, "none of the 9 parts of files")]
    [InlineData("9 1 0", "0 0 0", Sameness.Other, "1 of 10 compared sectors")]
    public void What_a_predecessor_left_is_weighed(string samples, string files, Sameness expected, string reason) =>
        Check(new() { SharesUuid = true, Samples = Tally(samples), Files = Tally(files) }, expected, reason);

    private static void Check(IdentityFacts facts, Sameness expected, string reason)
    {
        var judgement = SamenessRule.Judge(facts);
        Assert.Equal(expected, judgement.Sameness);
        Assert.Contains(reason, judgement.Reason, StringComparison.Ordinal);
    }

    private static SectorTally Tally(string text)
    {
        var counts = text.Split(' ').Select(int.Parse).ToArray();
        return new(counts[0], counts[1], counts[2], counts.ElementAtOrDefault(3));
    }
}
