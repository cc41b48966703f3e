using System.Diagnostics;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Waits for something to become true, never longer than a limit.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static void True(Func<bool> condition, int limitSeconds, Func<string> whatIsMissing)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed.TotalSeconds > limitSeconds)
            {
                Assert.Fail($"waited {limitSeconds} s in vain: {whatIsMissing()}");
            }

            TestContext.Current.CancellationToken.WaitHandle.WaitOne(Pause);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
