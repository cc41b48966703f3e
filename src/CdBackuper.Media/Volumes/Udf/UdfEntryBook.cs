namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Turns names and the entries they lead to into what is listed.</summary>
internal sealed class UdfEntryBook(VolumeAccess access)
{
    private readonly List<FileEntry> entries = [];
    private readonly FileContent contents = new(access.Map);
    private readonly DamageLog damages = access.Disc.Damages;
    private long linkBytes;

    public IReadOnlyList<FileEntry> Entries => entries;

    public bool IsFull => entries.Count >= UdfLimits.Entries;

    /// <param name="parent">The folder, or the file whose stream it is; null for the root.</param>
    /// <param name="identifier">The name.</param>
    /// <param name="sector">Where it stands.</param>
    /// <param name="record">Its entry; null where that is lost.</param>
    /// <param name="isStream">True for what stands in a directory of streams.</param>
    public FileEntry Add(FileEntry? parent, FileIdentifier identifier, long? sector, FileRecord? record, bool isStream)
    {
        if (!UdfText.TryDecode(identifier.RawName, out var name))
        {
            damages.Add(
                DamageIds.UdfTextInvalid,
                sector,
                $"The name {DamageLog.Quote(name)} is no text of UDF: it was read byte by byte.");
        }

        // UDF 1.50 §3.3.7.2 keeps the list of space that can't be used as a hidden file; UDF 2.00 made it a stream.
        var isSystemFile = parent is null && identifier.IsHidden && name == "Non-Allocatable Space";
        return Add(parent, name, identifier.RawName, KindOf(identifier, record, isStream || isSystemFile), record, null);
    }

    /// <summary>Lists what no name leads to.</summary>
    public FileEntry AddFound(FileEntry? parent, string name, FileRecord record) =>
        Add(parent, name, [], KindOf(default, record, isStream: false), record, "found without its name");

    private FileEntry Add(
        FileEntry? parent, string name, byte[] rawName, EntryKind kind, FileRecord? record, string? origin)
    {
        var hasContent = kind is EntryKind.File or EntryKind.Stream;
        var (size, extents) = record is null ? (0, hasContent ? null : [])
            : hasContent ? contents.Read(record, name)
            : (0, (IReadOnlyList<Extent>?)[]);
        DateTimeOffset? created = null;
        DateTimeOffset? modified = null;
        if (record is not null && !(record.TryReadModified(out modified) & record.TryReadCreated(out created)))
        {
            damages.Add(
                DamageIds.UdfTimeInvalid,
                UdfDisc.SectorOf(record.Position),
                $"A time of {DamageLog.Quote(name)} is none: it was left out.");
        }

        var entry = new FileEntry
        {
            Parent = parent,
            Name = name,
            RawName = rawName,
            Kind = kind,
            Size = size,
            Extents = extents,
            Modified = modified,
            Created = created,
            Mode = record?.Mode,
            LinkTarget = kind == EntryKind.SymbolicLink ? ReadLink(record!, name) : null,
            Origin = origin,
        };
        entries.Add(entry);
        return entry;
    }

    private static EntryKind KindOf(FileIdentifier identifier, FileRecord? record, bool isStream) => record?.Type switch
    {
        null when identifier.IsDirectory => EntryKind.Directory,
        UdfFileType.Directory => EntryKind.Directory,
        _ when isStream => EntryKind.Stream,
        UdfFileType.StreamDirectory => EntryKind.Directory,
        UdfFileType.SymbolicLink => EntryKind.SymbolicLink,
        UdfFileType.BlockDevice or UdfFileType.CharacterDevice or UdfFileType.Pipe or UdfFileType.Socket => EntryKind.Special,
        _ => EntryKind.File,
    };

    private string ReadLink(FileRecord record, string name)
    {
        var what = $"The link {DamageLog.Quote(name)}";
        linkBytes += (long)Math.Min(record.LengthBytes, UdfLimits.LinkBytes);
        if (linkBytes > UdfLimits.AllLinkBytes)
        {
            damages.Add(DamageIds.LimitReached, UdfDisc.SectorOf(record.Position), $"{what} was not read: there are too many.");
            return "";
        }

        var bytes = access.Contents.Read(record, UdfLimits.LinkBytes, what, out var lost);
        if (!LinkPath.TryDecode(bytes, out var path) || !lost.IsEmpty || record.LengthBytes != (ulong)bytes.Length)
        {
            damages.Add(
                DamageIds.UdfLinkInvalid,
                UdfDisc.SectorOf(record.Position),
                $"{what} holds no path, or only a part of one.");
        }

        return path;
    }
}
