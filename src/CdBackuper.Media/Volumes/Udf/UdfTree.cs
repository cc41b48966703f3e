namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Walks the directories, level by level, each once: by where its entry lies, so that loops and directories with a
/// million paths end.
/// </summary>
internal sealed class UdfTree(VolumeAccess access)
{
    private readonly UdfEntryBook book = new(access);
    private readonly Dictionary<long, FileEntry?> directories = [];

    // by which address the entry at a place was met first
    private readonly Dictionary<long, BlockAddress> addresses = [];
    private readonly HashSet<long> icbs = [];

    // where directories lie that say that they lie elsewhere, and where they say so
    private readonly Dictionary<long, long> strayed = [];
    private readonly Queue<Folder> pending = [];
    private readonly DamageLog damages = access.Disc.Damages;
    private long bytesRead;

    /// <param name="Entry">The folder, or the file whose streams it holds; null for the root.</param>
    /// <param name="Runs">Where its names lie.</param>
    /// <param name="Depth">Folders above it.</param>
    /// <param name="IsOfStreams">True for a directory of streams (ECMA-167 4/8.8.3).</param>
    private sealed record Folder(FileEntry? Entry, IReadOnlyList<ContentRun> Runs, int Depth, bool IsOfStreams);

    public IReadOnlyList<FileEntry> Entries => book.Entries;

    /// <summary>True when names are or may be missing.</summary>
    public bool IsIncomplete { get; private set; }

    /// <param name="root">The root directory's entry; null where it is lost.</param>
    /// <param name="systemStreams">The directory of the volume's own streams; null where there is none.</param>
    public void Run(FileRecord? root, BlockAddress? systemStreams)
    {
        if (root is not null)
        {
            Enter(root, null, "The root directory", 0, isOfStreams: false);
        }

        if (systemStreams is { } streams)
        {
            EnterStreams(streams, null, "The directory of system streams", 0);
        }

        if (root?.Streams is { } own)
        {
            EnterStreams(own, null, "The directory of the root's streams", 0);
        }

        ReadPending();
    }

    private void ReadPending()
    {
        while (pending.TryDequeue(out var folder))
        {
            // Sound directories do not overlap, so that all of them together are no longer than the disc.
            if (book.IsFull || bytesRead > access.Disc.LengthBytes)
            {
                IsIncomplete = true;
                damages.Add(DamageIds.LimitReached, null, "A directory was not read: there are too many.");
                continue;
            }

            ReadFolder(folder);
        }

        // Where it is the place of another, which says so too, a copy of that one was read, and the names that stood there are lost.
        IsIncomplete |= strayed.Values.Any(place => directories.ContainsKey(place) && !strayed.ContainsKey(place));
    }

    /// <returns>True when an entry that lies there was met, of whatever kind.</returns>
    public bool IsKnown(long position) => icbs.Contains(position);

    /// <returns>
    /// The directory whose entry lies, or should lie, there; null for the root and for what is not known.
    /// </returns>
    public FileEntry? DirectoryAt(long position) => directories.GetValueOrDefault(position);

    /// <summary>Lists a file or directory that no name leads to, and what lies below it.</summary>
    public void Adopt(FileEntry? parent, FileRecord record, string name)
    {
        var entry = book.AddFound(parent, name, record);
        icbs.Add(record.Position);
        if (entry.Kind == EntryKind.Directory)
        {
            Enter(record, entry, $"The directory {DamageLog.Quote(name)}", 0, isOfStreams: false);
        }

        ReadPending();
    }

    private void ReadFolder(Folder folder)
    {
        var cursor = new DirectoryCursor(access.Structures, folder.Runs);
        while (cursor.MoveNext() && !book.IsFull)
        {
            var identifier = cursor.Current;
            if (!identifier.IsDeleted && !identifier.IsParent)
            {
                Take(identifier, cursor.SectorNumber, folder);
            }
        }

        bytesRead += cursor.BytesRead;
        IsIncomplete |= cursor.IsIncomplete || book.IsFull;
    }

    private void Take(FileIdentifier identifier, long? sector, Folder folder)
    {
        _ = UdfText.TryDecode(identifier.RawName, out var name);
        var quoted = DamageLog.Quote(name);
        var record = identifier.Icb.Length == 0 ? null : access.Icbs.Read(identifier.Icb.Place, $"The entry of {quoted}");
        if (record is { IsMisplaced: true } && identifier.IsDirectory != (record.Type == UdfFileType.Directory))
        {
            record = null; // a copy of another's, which stands in the place of this one's
        }

        var entry = book.Add(folder.Entry, identifier, sector, record, folder.IsOfStreams);
        if (record is null)
        {
            damages.Add(DamageIds.UdfEntryLost, sector, $"Only the name {quoted} is known: its entry is lost.");
            IsIncomplete |= entry.Kind == EntryKind.Directory;
            if (entry.Kind == EntryKind.Directory)
            {
                var icb = identifier.Icb.Place;
                directories.TryAdd(access.Structures.PartitionOf(icb.Partition).Find(icb.Block).Position, entry);
            }

            return;
        }

        icbs.Add(record.Position);
        if (entry.Kind == EntryKind.Directory)
        {
            Enter(record, entry, $"The directory {quoted}", folder.Depth + 1, folder.IsOfStreams);
        }

        if (record.Streams is { } streams && !folder.IsOfStreams)
        {
            EnterStreams(streams, entry, $"The directory of the streams of {quoted}", folder.Depth);
        }
    }

    private void EnterStreams(BlockAddress icb, FileEntry? entry, string what, int depth)
    {
        var position = access.Structures.PartitionOf(icb.Partition).Find(icb.Block).Position;
        if (directories.ContainsKey(position))
        {
            return; // another name of the same file
        }

        if (access.Icbs.Read(icb, what) is not { } record)
        {
            IsIncomplete = true;
            return;
        }

        Enter(record, entry, what, depth, isOfStreams: true);
    }

    private void Enter(FileRecord record, FileEntry? entry, string what, int depth, bool isOfStreams)
    {
        icbs.Add(record.Position);
        addresses.TryAdd(record.Position, record.Address);
        if (record.IsMisplaced)
        {
            strayed.TryAdd(record.Position, access.Structures.PartitionOf(record.Address.Partition).Find(record.StatedBlock).Position);
        }

        // What was added since has no name in it.
        IsIncomplete |= access.Structures.IsOld(record.Position);
        if (!directories.TryAdd(record.Position, entry))
        {
            // Two names of one directory are a loop or a link. Two addresses of it are a table that leads astray, and another's names are lost.
            IsIncomplete |= addresses[record.Position] != record.Address;
            damages.Add(
                DamageIds.UdfDirectoryRepeated,
                UdfDisc.SectorOf(record.Position),
                $"{what} lies where another lies: it is listed without content.");
            return;
        }

        if (depth >= UdfLimits.Depth)
        {
            IsIncomplete = true;
            damages.Add(
                DamageIds.LimitReached,
                UdfDisc.SectorOf(record.Position),
                "A directory was not read: it lies too deep.");
            return;
        }

        var isWhole = access.Map.TryFind(record, what, out var runs);
        var length = 0UL;
        foreach (var run in runs)
        {
            length += (ulong)run.Length;
        }

        if (!isWhole || length < record.LengthBytes)
        {
            IsIncomplete = true;
            damages.Add(
                DamageIds.UdfDirectoryInvalid,
                UdfDisc.SectorOf(record.Position),
                $"{what} should have {record.LengthBytes} bytes, of which {length} can be found.");
        }

        pending.Enqueue(new(entry, runs, depth, isOfStreams));
    }
}
