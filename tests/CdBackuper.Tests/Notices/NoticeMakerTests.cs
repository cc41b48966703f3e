using CdBackuper.Archive.Format;
using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;
using CdBackuper.Notices;

namespace CdBackuper.Tests.Notices;

/// <summary>A notice is made from what an attempt recorded, and of nothing else.</summary>
public sealed class NoticeMakerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly DiscStatus Status = new()
    {
        Number = "0142",
        Message = "2 files perfect, 1 damaged, 0 lost.",
        Next = "Clean it.",
        VolumeName = "SUMMER",
        Ddrescue = new(2048, 99.98, 1),
    };

    [Theory]
    [InlineData("whole", NoticeKind.Whole)]
    [InlineData("alreadyWhole", NoticeKind.AlreadyWhole)]
    [InlineData("damaged", NoticeKind.Damaged)]
    [InlineData("unknownFileSystem", NoticeKind.Damaged)]
    [InlineData("unreadable", NoticeKind.Unreadable)]
    [InlineData("driveFailed", NoticeKind.Failed)]
    [InlineData("archiveFailed", NoticeKind.Failed)]
    [InlineData("something of a later version", NoticeKind.Failed)]
    internal void Its_kind_is_how_the_attempt_ended(string outcome, NoticeKind kind) =>
        Assert.Equal(kind, Make(At(0, outcome))!.Kind);

    [Fact]
    public void An_attempt_that_is_not_recorded_or_goes_on_later_is_not_told()
    {
        Assert.Null(Make());
        Assert.Null(Make(At(1, "whole")));
        Assert.Null(Make(At(0, "interrupted")));
    }

    [Fact]
    public void A_retry_names_the_nodes_before_it()
    {
        var notice = Make(At(-9, "damaged", "pi"), At(-8, "damaged", "desk"), At(-7, "damaged", "pi"), At(0, "whole"))!;
        Assert.Equal((4, "pi desk"), (notice.Attempt, string.Join(' ', notice.EarlierNodes)));
    }

    [Theory]
    [InlineData(new[] { "old", "desk" }, "old")]
    [InlineData(new[] { "desk", "running" }, "")]
    public void The_predecessors_nodes_are_before_it_and_those_that_came_later_are_not(string[] nodes, string earlier) =>
        Assert.Equal(earlier, string.Join(' ', Make(Status with { RetryNodes = nodes }, At(0, "whole"))!.EarlierNodes));

    [Fact]
    public void A_disc_that_was_whole_already_says_so_and_not_what_its_status_said_before() =>
        Assert.Equal("what happened", Make(At(0, "alreadyWhole"))!.Message);

    [Fact]
    public void A_twin_is_a_kind_of_its_own_beside_how_the_attempt_ended()
    {
        var notice = Make(At(0, "whole"))! with { Twin = "Two discs share the identifier X." };
        Assert.Equal([NoticeKind.Whole, NoticeKind.Twin], notice.Kinds);
    }

    [Fact]
    public void A_notice_without_a_record_says_what_failed()
    {
        var notice = NoticeMaker.MakeUnrecorded("id", new(DiscEnd.ArchiveFailed, "It is full.", "Make room.", null), "desk", "sr0", Noon, Noon);
        Assert.Equal((NoticeKind.Failed, "It is full.", "Make room.", "A disc in sr0: failed"), (notice.Kind, notice.Message, notice.Next, NoticeText.Title(notice)));
    }

    private static Notice? Make(params AttemptRecord[] attempts) => Make(Status, attempts);

    private static Notice? Make(DiscStatus status, params AttemptRecord[] attempts) => NoticeMaker.Make(
        "id", new("FOLDER", "desk", "sr0", Noon, 0, ByteSet.Empty, null), attempts, status, [], null);

    private static AttemptRecord At(int hours, string outcome, string node = "desk") => new()
    {
        Node = node,
        Drive = "sr0",
        Source = "/dev/sr0",
        Started = Noon.AddHours(hours),
        Finished = Noon.AddHours(hours).AddMinutes(3),
        Outcome = outcome,
        Reason = "what happened",
    };
}
