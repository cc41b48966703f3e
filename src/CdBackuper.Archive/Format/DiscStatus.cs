using System.Text.Json.Serialization;

namespace CdBackuper.Archive.Format;

/// <summary>status.json: what is known of a disc, in the predecessor's fields and some more. Replaced atomically.</summary>
/// <remarks>
/// Its getters give what a field stands for that the file does not have (a predecessor's): the generated serializer sets
/// an init property that it does not find to null, over the initializer.
/// </remarks>
public sealed record DiscStatus
{
    /// <summary>The node of the last attempt.</summary>
    public string Node { get => field ?? ""; init; } = "";

    /// <summary>One of <see cref="StatusWords"/>.</summary>
    public string Status { get => field ?? StatusWords.Failed; init; } = StatusWords.Failed;

    /// <summary>One sentence for people.</summary>
    public string Message { get => field ?? ""; init; } = "";

    /// <summary>The image's name in the disc's folder; null when it was deleted or never made.</summary>
    public string? Iso { get; init; }

    /// <summary>The file system's UUID as blkid says it; null where there is none.</summary>
    public string? Uuid { get; init; }

    /// <summary>When the last attempt began, UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When it ended; null while it runs, or when it was cut off.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>True once the disc was put in more than once.</summary>
    public bool IsRetry { get; init; }

    /// <summary>Every node that tried the disc, in order of first attempt.</summary>
    public IReadOnlyList<string> RetryNodes { get => field ?? []; init; } = [];

    /// <summary>The sums of the map.</summary>
    public RescueSums Ddrescue { get => field ?? new(0, 0, 0); init; } = new(0, 0, 0);

    /// <summary>What is known of the disc over all attempts.</summary>
    public DiscCondition Condition { get; init; }

    /// <summary>The number that people write on the disc, such as 0142; empty where a predecessor made the folder.</summary>
    public string Number { get => field ?? ""; init; } = "";

    /// <summary>How many files, by condition.</summary>
    public FileCounts Files { get => field ?? new(0, 0, 0, 0, 0); init; } = new(0, 0, 0, 0, 0);

    /// <summary>What the volume calls itself, unmangled; null where it has no name.</summary>
    public string? VolumeName { get; init; }

    /// <summary>The file system and the tree that was chosen; null before one was read.</summary>
    public string? VolumeFormat { get; init; }

    /// <summary>
    /// Other folders that were proven to be of the same disc: copies that were put in while too little of them could be compared. Null for none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Doubles { get; init; }

    /// <summary>What to do next, for people.</summary>
    public string Next { get => field ?? ""; init; } = "";
}
