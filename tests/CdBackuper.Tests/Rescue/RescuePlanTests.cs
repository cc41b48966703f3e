using CdBackuper.Media.Rescue;
using CsCheck;

namespace CdBackuper.Tests.Rescue;

public sealed class RescuePlanTests
{
    // non-tried, non-trimmed, non-scraped, bad, finished | copies, scrapes, minutes left, retries, isRetry | what is next
    [Theory]
    [InlineData(9, 0, 0, 0, 0, 0, 0, 1, 2, false, "copy")]
    [InlineData(9, 0, 0, 0, 5, 0, 0, 1, 2, true, "copy")]
    [InlineData(9, 1, 1, 1, 5, 0, 0, 1, 0, false, "copy")]
    [InlineData(0, 0, 0, 0, 0, 0, 0, 1, 2, false, "scrape 2")]
    [InlineData(9, 0, 0, 0, 5, 1, 0, 1, 2, false, "scrape 2")]
    [InlineData(0, 9, 0, 0, 5, 1, 0, 1, 2, false, "scrape 2")]
    [InlineData(0, 0, 9, 0, 5, 1, 0, 1, 0, false, "scrape 0")]
    [InlineData(0, 0, 0, 9, 5, 0, 0, 1, 0, true, "scrape 1")]
    [InlineData(0, 0, 0, 9, 5, 0, 0, 1, 7, true, "scrape 7")]
    [InlineData(0, 0, 0, 9, 5, 1, 1, 1, 2, false, "what is left did not read in this drive")]
    [InlineData(9, 0, 0, 9, 5, 0, 1, 1, 2, false, "what is left did not read in this drive")]
    [InlineData(0, 0, 0, 9, 5, 1, 0, 0, 2, false, "the time for this disc in this drive is used up")]
    [InlineData(9, 0, 0, 0, 0, 0, 0, -3, 2, false, "the time for this disc in this drive is used up")]
    [InlineData(0, 0, 0, 0, 5, 0, 0, 1, 2, true, "every sector was read")]
    [InlineData(0, 0, 0, 0, 5, 1, 1, -1, 2, false, "every sector was read")]
    public void The_facts_say_what_is_next(
        long nonTried, long nonTrimmed, long nonScraped, long bad, long finished, int copies, int scrapes, int minutes, int retries, bool isRetry, string next)
    {
        var pass = RescuePlan.Next(new(
            new(nonTried, nonTrimmed, nonScraped, bad, finished), copies, scrapes, TimeSpan.FromMinutes(minutes), retries, isRetry));
        Assert.Equal(next, pass switch
        {
            RescuePass.Copy => "copy",
            RescuePass.Scrape scrape => $"scrape {scrape.Retries}",
            RescuePass.Finish finish => finish.Reason,
            _ => "",
        });
    }

    [Fact]
    public void It_comes_to_an_end_whatever_the_drive_reads() => Gen.Select(
        Gen.Long[0, 9].Array[5].Array[5], Gen.Int[0, 3], Gen.Bool).Sample((tallies, retries, isRetry) =>
    {
        var (copies, scrapes) = (0, 0);
        foreach (var tally in tallies)
        {
            var pass = RescuePlan.Next(new(
                new(tally[0], tally[1], tally[2], tally[3], tally[4]), copies, scrapes, TimeSpan.FromMinutes(1), retries, isRetry));
            if (pass is RescuePass.Finish)
            {
                return;
            }

            (copies, scrapes) = pass is RescuePass.Copy ? (copies + 1, scrapes) : (copies, scrapes + 1);
            Assert.InRange(copies, 0, 1);
            Assert.InRange(scrapes, 0, 1);
        }

        Assert.Fail("the fourth question must be answered with an end");
    });
}
