using CdBackuper.Drives;
using CdBackuper.Jobs;

namespace CdBackuper.Tests.Drives;

public sealed class ReturnRuleTests
{
    [Theory]
    [InlineData(false, 0, 0, true)]
    [InlineData(false, 0, 50, true)]
    [InlineData(true, 3, 0, false)]
    [InlineData(true, 4, 0, true)]
    [InlineData(true, 7, 1, false)]
    [InlineData(true, 8, 1, true)]
    [InlineData(true, 15, 2, false)]
    [InlineData(true, 16, 2, true)]
    [InlineData(true, 16_383, 12, false)]
    [InlineData(true, 16_384, 12, true)]
    [InlineData(true, 16_384, 1_000_000, true)]
    public void The_same_disc_must_have_been_away_twice_as_long_each_time(bool isSame, int seconds, int returns, bool isToBeHandled) =>
        Assert.Equal(isToBeHandled, ReturnRule.IsToBeHandled(isSame, TimeSpan.FromSeconds(seconds), returns));

    [Theory]
    [InlineData(null, null, null, null, null, "Identifying")]
    [InlineData(0.0, null, null, null, null, "Identifying 0.0 %")]
    [InlineData(42.04, "7.8 MB/s", "1m", 3, "Copying", "Identifying 42.0 %, 7.8 MB/s, 3 bad areas, 1m left: Copying")]
    [InlineData(100.0, null, null, 0, "a.jpg", "Identifying 100.0 %, 0 bad areas: a.jpg")]
    [InlineData(null, null, null, null, "node:sr0 holds it", "Identifying: node:sr0 holds it")]
    public void Progress_is_said_in_one_line(double? percent, string? rate, string? left, int? areas, string? detail, string line) =>
        Assert.Equal(line, ProgressLog.Describe(new(DiscStage.Identifying, percent, rate, left, areas, detail)));
}
