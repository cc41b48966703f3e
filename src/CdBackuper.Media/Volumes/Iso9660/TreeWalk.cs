using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Walks one tree, level by level, each directory once: by where it lies, so that loops and directories with a million
/// paths end. Directories moved by Rock Ridge are listed where they belong (RRIP §4.1.5).
/// </summary>
internal sealed class TreeWalk(DiscReader disc, VolumeDescriptor descriptor, EntryRule rule, DamageLog damages)
{
    private readonly EntryBook book = new(disc, damages);
    private readonly RecordDoubts doubts = new(disc, descriptor);
    private readonly Dictionary<long, FileEntry?> directories = [];
    private readonly HashSet<FileEntry> incomplete = [];
    private List<Folder> pending = [];
    private readonly List<(EntryFacts Facts, ByteRange Extent, Folder Below)> relocated = [];
    private readonly List<(Folder Folder, long Place)> strayed = [];
    private readonly HashSet<FileEntry> emptied = [];
    private bool isRootIncomplete;
    private long bytesRead;

    private sealed record Folder(FileEntry? Entry, ByteRange Extent, int Depth);

    public EntryRule Rule => rule;

    public VolumeDescriptor Descriptor => descriptor;

    public IReadOnlyList<FileEntry> Entries => book.Entries;

    /// <summary>What had to be read for this tree.</summary>
    public List<ByteRange> Structures => book.Structures;

    /// <inheritdoc cref="EntryBook.HasCompressed"/>
    public bool HasCompressed => book.HasCompressed;

    /// <summary>True when names are or may be missing.</summary>
    public bool IsIncomplete => isRootIncomplete || incomplete.Count > 0;

    public bool IsIncompleteAt(FileEntry? directory) =>
        directory is null ? isRootIncomplete : incomplete.Contains(directory);

    /// <returns>True when a directory that lies there was met; its entry is null for the root.</returns>
    public bool TryFind(long start, out FileEntry? directory) => directories.TryGetValue(start, out directory);

    public void Run()
    {
        if (descriptor.Root is { } root)
        {
            directories.Add(root.Start, null);
            Visit(new(null, root, 0));
            JudgeStrayed();
            SettleNames();
        }
        else
        {
            isRootIncomplete = true;
        }
    }

    /// <summary>
    /// A directory's own record tells where it lies (ECMA-119 §6.8.2.2). Writers left anything there; but where it is the place of another
    /// directory, this sector is a copy of that one's, and what stood here is lost. To a directory that was named here alone only the path
    /// table leads.
    /// </summary>
    private void JudgeStrayed()
    {
        if (strayed.Count == 0)
        {
            return;
        }

        HashSet<long> named = [.. PathTable.Read(disc, descriptor, Structures).Select(record => record.Start)];
        if (PathTable.FindLost(disc, descriptor) is { } lost)
        {
            Structures.Add(lost);
            damages.Add(DamageIds.StructureUnreadable, lost.Start / Sector.Size, "Whether a directory lies where it should, the path table would tell, which can't be read.");
        }

        foreach (var (folder, place) in strayed.Where(stray => directories.ContainsKey(stray.Place) || named.Contains(stray.Place)))
        {
            MarkIncomplete(folder.Entry);
            damages.Add(
                DamageIds.IsoDirectoryInvalid,
                folder.Extent.Start / Sector.Size,
                $"The directory {DamageLog.Quote(folder.Entry?.Name ?? "/")} says that it lies at sector {place / Sector.Size}, where another lies: its own names are lost.");
        }
    }

    /// <summary>All names of the tree together tell how they are to be read.</summary>
    private void SettleNames()
    {
        if (!rule.Text.Decide())
        {
            return;
        }

        var renamed = book.Rename(rule);
        foreach (var (start, entry) in directories.ToList())
        {
            directories[start] = entry is null ? null : renamed.GetValueOrDefault(entry, entry);
        }

        foreach (var entry in incomplete.ToList().Where(renamed.ContainsKey))
        {
            incomplete.Remove(entry);
            incomplete.Add(renamed[entry]);
        }
    }

    /// <summary>Walks a directory (and what lies below) that no parent led to.</summary>
    /// <param name="parent">
    /// The folder it belongs in; null for the root itself when <paramref name="facts"/> is null.
    /// </param>
    /// <param name="facts">What is known of it; null for the root.</param>
    /// <param name="extent">Where it lies.</param>
    public FileEntry? Adopt(FileEntry? parent, EntryFacts? facts, ByteRange extent)
    {
        if (parent is not null && emptied.Remove(parent))
        {
            book.Restore(parent);
        }

        var entry = facts is { } known ? book.AddDirectory(parent, known) : null;
        directories[extent.Start] = entry;
        Visit(new(entry, extent, 0));
        return entry;
    }

    /// <summary>Asks a directory for its own record, which tells its length (ECMA-119 §6.8.2.2).</summary>
    /// <returns>False when its first sector can't be read or holds no directory.</returns>
    public bool TryReadSelf(long start, out ByteRange extent)
    {
        extent = new(start, 0);
        var sector = start / Sector.Size;
        Structures.Add(ByteRange.OfSectors(sector, 1));
        if (disc.ReadSector(sector) is not { } bytes
            || !DirectoryRecord.TryRead(bytes.AsSpan((int)(start % Sector.Size)), descriptor.IsHighSierra, out var self)
            || !self.IsSelf
            || self.DataStart(descriptor.BlockSize) != start)
        {
            return false;
        }

        extent = new(start, self.DataLengthBytes);
        return true;
    }

    private void Visit(Folder root)
    {
        pending.Add(root);
        ReadPending();
        for (var index = 0; index < relocated.Count; index++) // it grows: one may hold others
        {
            var (facts, extent, below) = relocated[index];
            // its placeholder is lost: better listed where it was moved to than not at all
            if (!directories.ContainsKey(extent.Start))
            {
                Enter(facts, extent, below);
                ReadPending();
            }
        }

        // One whose own names are lost may be the place of what is found later.
        emptied.UnionWith(book.RemoveEmptied(relocated.Select(moved => moved.Below.Entry).OfType<FileEntry>().Where(holder => !incomplete.Contains(holder))));
        relocated.Clear();
    }

    /// <summary>Those of a level in the order in which they lie, for a drive that has to move its head.</summary>
    private void ReadPending()
    {
        for (List<Folder> level = []; pending.Count > 0;)
        {
            (level, pending) = (pending, level);
            level.Sort(static (one, other) => one.Extent.Start.CompareTo(other.Extent.Start));
            foreach (var folder in level)
            {
                ReadFolder(folder);
            }

            level.Clear();
        }
    }

    private void ReadFolder(Folder folder)
    {
        // Sound directories do not overlap, so that all of them together are no longer than the disc.
        if (book.IsFull || bytesRead > disc.LengthBytes)
        {
            MarkIncomplete(folder.Entry);
            var sector = folder.Extent.Start / Sector.Size;
            damages.Add(DamageIds.LimitReached, sector, "A directory was not read: there are too many.");
            return;
        }

        Structures.Add(folder.Extent);
        var reading = new FolderReading(disc, descriptor, rule, doubts, book, damages, folder.Entry, folder.Extent);
        while (reading.MoveToDirectory())
        {
            TakeDirectory(reading.Directory, folder);
        }

        bytesRead += reading.BytesRead;
        if (reading.StrayPlace is { } place)
        {
            strayed.Add((folder, place));
        }

        if (reading.IsIncomplete)
        {
            MarkIncomplete(folder.Entry);
        }
    }

    private void TakeDirectory(in FoundDirectory found, Folder folder)
    {
        var directory = found.Facts with { Kind = EntryKind.Directory };
        if (found.Facts.ChildBlock is { } block)
        {
            var start = (long)block * descriptor.BlockSize;
            if (!TryReadSelf(start, out var moved))
            {
                damages.Add(
                    DamageIds.RockRidgeRelocationInvalid,
                    found.SectorNumber,
                    $"The directory {DamageLog.Quote(found.Facts.Name)} should lie at sector {start / Sector.Size}, "
                    + "where none can be read.");
                MarkIncomplete(book.AddDirectory(folder.Entry, directory));
                return;
            }

            Enter(directory, moved, folder);
        }
        else if (found.Facts.IsRelocated)
        {
            relocated.Add((directory, found.Extent, folder));
        }
        else
        {
            Enter(directory, found.Extent, folder);
        }
    }

    private void Enter(EntryFacts facts, ByteRange extent, Folder below)
    {
        var entry = book.AddDirectory(below.Entry, facts);
        if (extent.Length == 0)
        {
            var start = extent.Start;
            if (start == 0 || !TryReadSelf(start, out extent))
            {
                if (start > 0 && disc.ReadSector(start / Sector.Size) is { } bytes && Sector.IsBlank(bytes))
                {
                    MarkIncomplete(entry); // a copy has nothing where it should lie
                }

                return;
            }

            if (extent.Length == 0)
            {
                // A directory has two records at least (§6.8.2.2), and here they are.
                extent = new(start, Sector.Size);
                MarkIncomplete(entry);
            }

            damages.Add(DamageIds.IsoDirectoryInvalid, extent.Start / Sector.Size, $"The directory {DamageLog.Quote(facts.Name)} has no length by its parent's record, and names where it should lie.");
        }

        if (!directories.TryAdd(extent.Start, entry))
        {
            damages.Add(
                DamageIds.IsoDirectoryRepeated,
                extent.Start / Sector.Size,
                $"The directory {DamageLog.Quote(facts.Name)} lies where another lies: it is listed without content.");
        }
        else if (below.Depth >= IsoLimits.Depth)
        {
            MarkIncomplete(entry);
            damages.Add(
                DamageIds.LimitReached,
                extent.Start / Sector.Size,
                "A directory was not read: it lies too deep.");
        }
        else
        {
            pending.Add(new(entry, extent, below.Depth + 1));
        }
    }

    private void MarkIncomplete(FileEntry? directory)
    {
        isRootIncomplete |= directory is null;
        if (directory is not null)
        {
            incomplete.Add(directory);
        }
    }
}
