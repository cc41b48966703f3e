using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>All that the plan decides from.</summary>
public sealed record RescueFacts
{
    /// <summary>What was read so far, in all attempts.</summary>
    public required RescueMap Map { get; init; }

    /// <summary>What of the disc may hold data, as its table of contents says.</summary>
    public required ByteSet Domain { get; init; }

    /// <summary>Where file systems may keep descriptors, before any is known.</summary>
    public required ByteSet MetadataPlaces { get; init; }

    /// <summary>What the file systems that were found so far need.</summary>
    public RescueNeeds Needs { get; init; } = RescueNeeds.Unknown;

    /// <summary>What of the domain nobody misses, as far as it is known: no damage, and not tried again.</summary>
    public ByteSet Padding => Needs.PaddingOf(Domain.Except(Map.Finished), Map.Tried);

    /// <summary>The passes of this attempt, in order.</summary>
    public IReadOnlyList<PassOutcome> Passes { get; init; } = [];

    /// <summary>The first byte that ddrescue does not get at since the kernel hides it; null where it gets at all.</summary>
    public long? HiddenFrom { get; init; }

    /// <summary>True where the first look at the disc met slow or failing reads.</summary>
    public bool HasTrouble { get; init; }

    /// <summary>True when an earlier attempt already made a map.</summary>
    public bool IsRetry { get; init; }

    /// <summary>What is left of the time that this attempt may take; zero or less when it is used up.</summary>
    public TimeSpan TimeLeft { get; init; }

    /// <summary>How many times bad sectors are to be tried again; 0 or more.</summary>
    public int Retries { get; init; }

    /// <summary>So many sectors an hour the retries must win to go on.</summary>
    public int MinYield { get; init; }

    /// <summary>How much time may go to what no file owns; null for as much as there is: the image itself is wanted.</summary>
    public TimeSpan? RestLimit { get; init; }
}
