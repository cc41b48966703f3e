using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>What is to be done next, or why no more is to be done. A closed family.</summary>
public abstract record RescuePass
{
    private RescuePass()
    {
    }

    /// <summary>Read once, fast and in order; go round what does not read.</summary>
    /// <param name="Aim">Metadata, Disc, or Files: what the copy of the disc passed over and a file or folder needs; Rest: what it passed over else, from
    /// the end.</param>
    /// <param name="Domain">What to read; what is read already may be among it.</param>
    public sealed record Copy(RescueAim Aim, ByteSet Domain) : RescuePass
    {
        /// <summary>True where large reads that failed are also read from both their ends, up to the first sector that fails.</summary>
        public bool Trims { get; init; }

        /// <summary>True where it ends at the first read that fails.</summary>
        public bool StopsAtFailure { get; init; }
    }

    /// <summary>Read what is left sector by sector, past the kernel's cache.</summary>
    /// <param name="Target">What for.</param>
    /// <param name="Domain">What to read.</param>
    public sealed record Scrape(RescueTarget Target, ByteSet Domain) : RescuePass
    {
        /// <summary>How many files these sectors belong to; 0 for other aims than files.</summary>
        public int Files { get; init; }

        /// <summary>0 for the first try in this attempt; then the how-manieth retry.</summary>
        public int Round { get; init; }

        /// <summary>How many times sectors that failed before are tried again in this pass: 0 or 1.</summary>
        public int Retries { get; init; }

        /// <summary>From the end backwards: a drive may get at a sector from behind that it does not get at from before.</summary>
        public bool IsReverse => Round % 2 == 1;

        /// <summary>How long it may take; null for as long as there is time.</summary>
        public TimeSpan? Limit { get; init; }
    }

    /// <summary>Read by our own commands what ddrescue does not get at: the end of the disc that the kernel hides.</summary>
    /// <param name="Domain">What to read.</param>
    public sealed record ReadHidden(ByteSet Domain) : RescuePass;

    /// <summary>No further pass.</summary>
    /// <param name="Reason">For people and for the record.</param>
    public sealed record Finish(string Reason) : RescuePass;
}
