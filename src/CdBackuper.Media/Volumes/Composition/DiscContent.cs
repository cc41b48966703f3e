using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Composition;

/// <summary>
/// All that a disc holds, as one volume: the tree of one file system, and beside it what only the others have (an earlier
/// session, the other side of a bridge disc, the Macintosh side of a hybrid), each below a folder of its own.
/// </summary>
public sealed class DiscContent : IVolume
{
    private readonly IReadOnlyList<BesideTree> beside;

    private DiscContent(MainChoice choice, IReadOnlyList<BesideTree> beside)
    {
        (Main, Choice, this.beside) = (choice.Main, choice.Reason, beside);
        Trees = [new(Main, null, 0), .. beside.Select(tree => new TreeSummary(tree.Volume, tree.Origin, tree.Files))];
        Entries = beside.All(tree => tree.Entries.Count == 0) && choice.MainEntries == Main.Entries
            ? Main.Entries
            : [.. choice.MainEntries, .. beside.SelectMany(tree => tree.Entries)];
        Structures = beside.Count == 0
            ? Main.Structures
            : ByteSet.Of(Trees.SelectMany(tree => tree.Volume.Structures));
        Damages = [.. Main.Damages, .. beside.SelectMany(tree => tree.Damages)];
    }

    /// <summary>The volume whose tree is the disc's.</summary>
    public IVolume Main { get; }

    /// <summary>Why its tree is the disc's, for people; null where there was nothing to choose.</summary>
    public string? Choice { get; }

    /// <summary>Every volume that was found, <see cref="Main"/> first, with what it adds.</summary>
    public IReadOnlyList<TreeSummary> Trees { get; }

    /// <inheritdoc/>
    public string Format => Main.Format;

    /// <inheritdoc/>
    public FileSystemKind Kind => Main.Kind;

    /// <inheritdoc/>
    public long SessionStart => Main.SessionStart;

    /// <inheritdoc/>
    public string? VolumeName => Main.VolumeName ?? Found(volume => volume.VolumeName);

    /// <summary>
    /// Of the first volume that has one, in blkid's order: UDF before ISO 9660 before the Macintosh's; of several sessions the
    /// first one's, which stays when another is added.
    /// </summary>
    public string? Uuid => Trees.Select(tree => tree.Volume)
        .OrderBy(volume => volume.Kind == FileSystemKind.Udf ? 0 : volume.Kind == FileSystemKind.Iso9660 ? 1 : 2)
        .ThenBy(volume => volume.SessionStart)
        .Select(volume => volume.Uuid)
        .FirstOrDefault(uuid => uuid is not null);

    /// <inheritdoc/>
    public IReadOnlyList<string> Creators => [.. Trees.SelectMany(tree => tree.Volume.Creators).Distinct()];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Identifiers => Main.Identifiers;

    /// <inheritdoc/>
    public DateTimeOffset? Created => Main.Created;

    /// <inheritdoc/>
    public DateTimeOffset? Modified => Main.Modified;

    /// <inheritdoc/>
    public long LengthBytes => Trees.Max(tree => tree.Volume.LengthBytes);

    /// <inheritdoc/>
    public IReadOnlyList<FileEntry> Entries { get; }

    /// <inheritdoc/>
    public ByteSet Structures { get; }

    /// <inheritdoc/>
    public bool IsIncomplete => Main.IsIncomplete;

    /// <inheritdoc/>
    public IReadOnlyList<BootImage> BootImages => [.. Trees.SelectMany(tree => tree.Volume.BootImages).Distinct()];

    /// <inheritdoc/>
    public IReadOnlyList<Damage> Damages { get; }

    /// <param name="volumes">Every volume of the disc, as <see cref="VolumeReader.ReadAll"/> gives them.</param>
    /// <param name="source">The disc or image, for comparing what two trees call alike.</param>
    /// <returns>Null where there is no volume.</returns>
    public static DiscContent? Compose(IReadOnlyList<IVolume> volumes, ISectorSource source)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        ArgumentNullException.ThrowIfNull(source);
        if (volumes.Count == 0)
        {
            return null;
        }

        var choice = MainChoice.Of(volumes);
        if (volumes.Count == 1)
        {
            return new(choice, []);
        }

        // The newest session first, so that of a file changed twice each version is told by the session that had it last.
        var known = new KnownContent(choice.MainEntries, source);
        // Order is that of the list: the descriptors of a grown medium's newest session may be left at sector 16 alone.
        var others = volumes.Where(volume => volume != choice.Main).Reverse().OrderBy(volume => volume.Kind);
        var names = new OriginNames(volumes, choice.Main);
        return new(choice, [.. others.Select(volume => BesideTree.Of(volume, names.Of(volume), choice.Main, known))]);
    }

    private string? Found(Func<IVolume, string?> ask) =>
        Trees.Select(tree => ask(tree.Volume)).FirstOrDefault(text => text is not null);
}
