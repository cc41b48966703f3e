namespace CdBackuper.Jobs;

/// <summary>How a pass ended, in the words of the record.</summary>
internal static class PassEnds
{
    public const string TimeUsedUp = "time used up";

    public const string Interrupted = "interrupted";

    public const string DiscChanged = "disc changed";

    public const string DiscChecked = "the disc had to be compared";

    public const string BrokenOff = "broken off";

    public const string WonNothing = "it won nothing any more";

    public const string Stuck = "stuck in the kernel";

    public const string Done = "done";

    public const string ReadFailed = "a read failed";
}
