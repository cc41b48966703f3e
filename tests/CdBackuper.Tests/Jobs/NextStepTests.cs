using CdBackuper.Archive.Format;
using CdBackuper.Jobs;
using CdBackuper.Tests.Archive;

namespace CdBackuper.Tests.Jobs;

public sealed class NextStepTests
{
    // attempts of the disc as DRIVE OUTCOME WON, and of some that its time was used up, or that all of it was read, or that the drive lies; of another disc, after one by old:sr9
    [Theory]
    [InlineData("", "", "Put it in again: no attempt on it has come to its end yet.")]
    [InlineData("a:sr0 damaged 900, a:sr0 interrupted 3", "", "Put it in again: the last attempt was broken off, and goes on from there.")]
    [InlineData("a:sr0 driveFailed 0", "", "Put it in again: the last attempt was broken off before it read anything.")]
    [InlineData("a:sr0 damaged 900, a:sr0 driveFailed 0, a:sr0 driveFailed 0", "", "Clean it, and find a drive that has not tried it: the last 2 attempts won nothing and ended since a drive failed.")]
    [InlineData("a:sr0 driveFailed 0, a:sr0 driveFailed 0", "b:sr1 whole 5", "Put it into b:sr1 (B DRIVE), which has not tried it and helped in 1 of 1 tries of discs that others had read: the last 2 attempts won nothing and ended since a drive failed.")]
    [InlineData("a:sr0 damaged 900, b:sr1 driveFailed 0 lies", "", "Clean it, and find a drive that has not tried it: what b:sr1 (B DRIVE) reads can't be trusted.")]
    [InlineData("a:sr0 damaged 900, b:sr1 driveFailed 0 lies", "c:sr2 whole 5", "Put it into c:sr2 (C DRIVE), which has not tried it and helped in 1 of 1 tries of discs that others had read: what b:sr1 (B DRIVE) reads can't be trusted.")]
    [InlineData("a:sr0 damaged 900", "b:sr1 driveFailed 0 lies, c:sr2 damaged 0", "Clean it, and put it into c:sr2 (C DRIVE), which has not tried it and helped in 0 of 1 tries of discs that others had read.")]
    [InlineData("a:sr0 archiveFailed 0", "", "See that the archive is there, has room and can be written to, and put it in again: the last attempt was broken off before it read anything.")]
    [InlineData("a:sr0 interrupted 5, a:sr0 archiveFailed 0", "", "See that the archive is there, has room and can be written to, and put it in again: the last attempt was broken off, and goes on from there.")]
    [InlineData("a:sr0 damaged 900 late", "", "Put it in again: its time was used up while it still won something, and it goes on from there.")]
    [InlineData("a:sr0 damaged 900", "", "Clean it, and put it in again, best into another drive.")]
    [InlineData("a:sr0 damaged 900", "b:sr1 whole 5", "Clean it, and put it into b:sr1 (B DRIVE), which has not tried it and helped in 1 of 1 tries of discs that others had read.")]
    [InlineData("a:sr0 damaged 900, a:sr0 damaged 2", "b:sr1 whole 5", "Put it into b:sr1 (B DRIVE), which has not tried it and helped in 1 of 1 tries of discs that others had read.")]
    [InlineData("a:sr0 damaged 900, a:sr0 damaged 2", "b:sr1 damaged 0, c:sr2 damaged 7", "Put it into c:sr2 (C DRIVE), which has not tried it and helped in 1 of 1 tries of discs that others had read.")]
    [InlineData("a:sr0 damaged 900, b:sr1 damaged 12, a:sr0 damaged 4", "", "Turn it a quarter, and put it into b:sr1 (B DRIVE), which won 12 of the missing sectors so far.")]
    [InlineData("a:sr0 damaged 900, b:sr1 damaged 0", "", "Turn it a quarter, and put it into b:sr1 (B DRIVE).")]
    [InlineData("a:sr0 damaged 900, b:sr1 damaged 0, a:sr0 damaged 0", "", "Give it up with what is missing, or find a drive that has not tried it: 3 attempts in 2 drives, the last 2 won nothing.")]
    [InlineData("a:sr0 damaged 900, b:sr1 damaged 0, a:sr0 damaged 0", "c:sr2 damaged 0", "Put it into c:sr2 (C DRIVE), which has not tried it and helped in 0 of 1 tries of discs that others had read.")]
    [InlineData("a:disc.iso damaged 900 all-read", "b:sr1 whole 5", "All of the image was read, and what is missing is not in it: it is cut off, or was made without that. A whole copy is needed.")]
    [InlineData("a:sr0 damaged 900, a:disc.iso damaged 0 all-read", "", "Turn it a quarter, and put it in again.")]
    [InlineData("a:disc.iso damaged 900, a:disc.iso damaged 4", "", "Import it again, best another copy of it.")]
    [InlineData("a:disc.iso interrupted 900", "", "Put it in again: the last attempt was broken off, and goes on from there.")]
    public void The_attempts_say_what_to_do(string attempts, string others, string words) =>
        Assert.Equal(words, NextStep.Of(Attempts(attempts), Drives(attempts, others)).Words);

    [Fact]
    public void Hope_sinks_with_every_attempt_in_vain_and_rises_with_a_good_drive()
    {
        double Chance(string attempts, string others = "") => NextStep.Of(Attempts(attempts), Drives(attempts, others)).Chance;
        double[] sinking =
        [
            Chance("a:sr0 interrupted 0"),
            Chance("a:sr0 damaged 900 late"),
            Chance("a:sr0 damaged 900", "b:sr1 whole 5"),
            Chance("a:sr0 damaged 900", "b:sr1 damaged 0"),
            Chance("a:sr0 damaged 900, a:sr0 damaged 0", "b:sr1 damaged 0"),
            Chance("a:sr0 damaged 900, a:sr0 damaged 0, a:sr0 damaged 0"),
        ];
        Assert.Equal(sinking.OrderDescending(), sinking);
        Assert.True(NextStep.Of(Attempts("a:sr0 damaged 9, a:sr0 damaged 0, a:sr0 damaged 0"), []).IsGivenUp);
    }

    [Fact]
    public void A_drive_is_the_same_wherever_it_is_plugged_in_and_a_file_is_none()
    {
        var moved = Attempts("a:sr0 damaged 900")[0] with { Serial = "K1", Node = "other", Drive = "sr5", Vendor = "B", Model = "DRIVE" };
        var drives = DriveHistory.Of([[moved], [moved with { Node = "desk", Drive = "sr0" }], [moved with { Source = "/tmp/disc.iso", Serial = null }]]);
        Assert.Equal("desk:sr0 (B DRIVE)", Assert.Single(drives).Drive.ToString());
    }

    private static IReadOnlyList<DriveHistory> Drives(string attempts, string others) => DriveHistory.Of(
        [Attempts(attempts), .. others.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(other => Attempts("a:sr0 damaged 900, " + other))]);

    private static AttemptRecord[] Attempts(string text) => [.. text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(attempt =>
    {
        var words = attempt.Split(' ');
        var place = words[0].Split(':');
        return new AttemptRecord
        {
            Node = place[0],
            Drive = place[1],
            Vendor = place[0].ToUpperInvariant(),
            Model = "DRIVE",
            Source = place[1] == "disc.iso" ? "/tmp/disc.iso" : $"/dev/{place[1]}",
            Started = Shelf.Now,
            Finished = Shelf.Now,
            Outcome = words[1],
            Reason = "",
            SectorsWon = int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture),
            SectorsUnread = words[1] == "whole" || words[^1] == "all-read" ? 0 : 10,
            DriveLies = words[^1] == "lies" ? true : null,
            Passes = words[^1] == "late" ? [new("scrape", "", 1, 1, PassEnds.TimeUsedUp)] : [],
        };
    })];
}
