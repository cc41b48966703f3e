using CdBackuper.Archive.Store;

namespace CdBackuper.Jobs;

/// <summary>What the archive knows of the disc in the drive.</summary>
/// <param name="Folder">The folder of the same disc; null where it is new, or too little could be compared.</param>
/// <param name="HasGrown">True where a session was added to the disc since.</param>
/// <param name="IsImageHollow">
/// True where the image has blank sectors that its map calls read and that hold something on the disc: the map is of another image.
/// </param>
/// <param name="Doubles">Other folders of the same disc.</param>
/// <param name="Others">Folders whose disc has much in common with this one and is another, and why it is.</param>
/// <param name="Doubts">Folders whose disc can't be told from this one, and why not.</param>
/// <param name="MayBeTold">True where a drive that reads more of this disc may tell it from those.</param>
internal sealed record Recognition(
    DiscFolder? Folder,
    bool HasGrown,
    bool IsImageHollow,
    IReadOnlyList<DiscFolder> Doubles,
    IReadOnlyList<(DiscFolder Folder, string Reason)> Others,
    IReadOnlyList<(DiscFolder Folder, string Reason)> Doubts,
    bool MayBeTold)
{
    /// <summary>Of the doubles those that were read of the disc as it is now.</summary>
    public IReadOnlyList<DiscFolder> Sources { get; init; } = [];

    /// <summary>A sector of this disc that the drive gives other bytes of at each read, without an error; null for none.</summary>
    public long? UnsteadySector { get; init; }

    /// <summary>What people are told of other folders: nothing where there is nothing odd.</summary>
    public IEnumerable<string> Remarks(string? uuid)
    {
        if (Folder is not null)
        {
            return Doubles.Count == 0 ? [] :
            [
                $"The archive has this disc twice: {Name(Folder)}, where it goes on, and {string.Join(", ", Doubles.Select(Name))}. Nothing of the latter is lost.",
            ];
        }

        var others = Others.Select(other => Tell(other, uuid));
        return Question is null ? others : others.Append(Question);
    }

    /// <summary>Of a new disc: which one shares its identifier, or may be the same; null for none.</summary>
    public string? Twin(string? uuid) => Folder is not null ? null
        : Question ?? (uuid is null || Others.Count == 0 ? null : Tell(Others[0], uuid));

    /// <summary>What a person is asked where the program can't tell: for the log, the record and the status; null for nothing.</summary>
    public string? Question => Folder is not null || Doubts.Count == 0 ? null
        : $"This may be the disc of {string.Join(" or of ", Doubts.Select(doubt => $"{Name(doubt.Folder)} ({doubt.Reason})"))}; "
            + "it got a folder of its own, so that nothing is mixed.";

    /// <summary>How a person answers the question; null where none is asked.</summary>
    public string? Answer => Question is null ? null
        : !MayBeTold ? "If it is the same disc: all that could be compared was read, and no drive tells more. Both folders are kept."
        : $"If it is the same disc, clean it or put it into another drive: what that one reads decides, and it goes on in {Doubts[0].Folder.Name}.";

    private static string Tell((DiscFolder Folder, string Reason) other, string? uuid) => uuid is not null
        ? $"Two discs share the identifier {uuid}: this is not the disc of {Name(other.Folder)}, since {other.Reason}."
        : $"This is not the disc of {Name(other.Folder)}, since {other.Reason}.";

    private static string Name(DiscFolder folder) =>
        folder.LoadStatus()?.Number is { Length: > 0 } number ? $"{folder.Name} (disc {number})" : folder.Name;
}
