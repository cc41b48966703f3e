using System.Diagnostics;

namespace CdBackuper.Tests.Linux;

/// <summary>Waits for a condition, with a limit: instead of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static void True(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Limit, $"after {Limit} still not: {what}");
            TestContext.Current.CancellationToken.WaitHandle.WaitOne(10);
        }
    }
}
