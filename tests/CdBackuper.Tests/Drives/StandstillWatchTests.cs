using CdBackuper.Drives;
using CdBackuper.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace CdBackuper.Tests.Drives;

public sealed class StandstillWatchTests
{
    private readonly StandstillWatch watch = new(NullLogger.Instance, "sr0");

    [Fact]
    public void A_drive_that_is_asked_for_something_and_says_nothing_stands_still()
    {
        Assert.False(watch.Look(TimeSpan.Zero));
        watch.Begin();
        Assert.True(watch.Look(TimeSpan.Zero));
        Assert.False(watch.Look());
        watch.End();
        Assert.False(watch.Look(TimeSpan.Zero));
    }

    [Fact]
    public void A_drive_of_which_nothing_is_asked_may_be_silent()
    {
        watch.Begin();
        watch.Take(new(DiscStage.Rescuing, 12));
        Assert.True(watch.Look(TimeSpan.Zero));
        watch.Take(new(DiscStage.Waiting));
        Assert.False(watch.Look(TimeSpan.Zero));
    }
}
