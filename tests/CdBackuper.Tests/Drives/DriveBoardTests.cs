using CdBackuper.Drives;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using Microsoft.Extensions.Logging.Abstractions;

namespace CdBackuper.Tests.Drives;

public sealed class DriveBoardTests : IDisposable
{
    private readonly Figures figures = new();
    private readonly DriveBoard board;
    private readonly OpticalDrive drive = new("/dev/sr-no-such");
    private readonly DriveReport report;

    public DriveBoardTests()
    {
        var settings = new SettingsReader(_ => null, new Dictionary<string, string>()).Read([]);
        board = new(TimeProvider.System, new(figures, settings));
        report = board.Open(drive, NullLogger.Instance);
    }

    private DriveCard Card => Assert.Single(board.Cards);

    public void Dispose() => figures.Dispose();

    [Fact]
    public void A_drive_that_is_asked_and_does_not_answer_is_silent_until_it_does()
    {
        Assert.Equal(TimeSpan.Zero, Card.Silence);
        report.Asked();
        Assert.True(Card.Silence > TimeSpan.Zero);
        report.Answered(trouble: null);
        Assert.Equal(TimeSpan.Zero, Card.Silence);
    }

    [Fact]
    public void While_a_disc_is_done_only_stages_that_read_it_wait_for_the_drive()
    {
        foreach (var stage in Enum.GetValues<DiscStage>())
        {
            report.Take(new(stage, 50));
            Assert.Equal((DriveCondition.Working, 50), (Card.Condition, Card.Progress!.Percent));
            Assert.Equal(stage is DiscStage.Identifying or DiscStage.Rescuing, Card.Silence > TimeSpan.Zero);
        }
    }

    [Fact]
    public void Trouble_stays_until_the_drive_says_what_it_holds()
    {
        report.Holds(DriveState.Loaded);
        report.Answered("No permission");
        Assert.Equal((DriveCondition.Trouble, "No permission"), (Card.Condition, Card.Trouble));
        report.Asked();
        Assert.Equal(DriveCondition.Trouble, Card.Condition);
        report.Holds(DriveState.Empty);
        Assert.Equal((DriveCondition.Empty, null), (Card.Condition, Card.Trouble));
    }

    [Fact]
    public void What_came_of_a_disc_is_kept_and_nothing_is_in_work_any_more()
    {
        report.Take(new(DiscStage.Rescuing));
        report.Ended(new(DiscEnd.Damaged, "9 of 10", "Clean it.", null), TimeProvider.System.GetUtcNow());
        Assert.Equal((DriveCondition.Loaded, null, DiscEnd.Damaged), (Card.Condition, Card.Progress, Card.Last!.End));
    }

    [Fact]
    public void A_drive_that_went_away_is_not_on_the_board()
    {
        board.Close(drive);
        Assert.Empty(board.Cards);
    }
}
