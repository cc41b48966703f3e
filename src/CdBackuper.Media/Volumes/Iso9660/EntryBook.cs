using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>The entries of a tree as they are found, checked against the disc's end and the limits.</summary>
internal sealed class EntryBook(DiscReader disc, DamageLog damages)
{
    /// <summary>
    /// Where mkisofs and its kin keep directories that lie too deep (RRIP §4.1.5); hidden by some of them.
    /// </summary>
    private static readonly string[] MovedNames = ["rr_moved", ".rr_moved"];

    private readonly List<FileEntry> entries = [];
    private readonly Dictionary<FileEntry, byte[]> rawLinks = [];
    private readonly ZisofsMap zisofs = new(disc);
    private FileParts? fork;

    public IReadOnlyList<FileEntry> Entries => entries;

    /// <summary>What had to be read for the tree.</summary>
    public List<ByteRange> Structures { get; } = [];

    /// <summary>True where a file is stored compressed.</summary>
    public bool HasCompressed { get; private set; }

    public bool IsFull => entries.Count >= IsoLimits.Entries;

    public FileEntry AddDirectory(FileEntry? parent, EntryFacts facts)
    {
        var entry = new FileEntry
        {
            Parent = parent,
            Name = facts.Name,
            RawName = facts.RawName,
            Kind = EntryKind.Directory,
            Modified = facts.Modified,
            Created = facts.Created,
            Mode = facts.Mode,
        };
        entries.Add(entry);
        return entry;
    }

    public void AddFile(FileParts file)
    {
        var content = ContentOf(file);
        var entry = file.ToEntry(content);
        TellForkOf(file);
        fork = file.Facts.IsAssociated ? file : null;
        entries.Add(entry);
        HasCompressed |= file.Facts.Zisofs is not null && content.Count > 0;
        if (file.Facts.RawLink is { } link)
        {
            rawLinks.Add(entry, link);
        }

        if (file.IsOpen)
        {
            damages.Add(
                DamageIds.IsoSectionMissing,
                file.SectorNumber,
                $"The file {DamageLog.Quote(entry.Name)} has more sections than were found: its end is missing.");
        }

        if (file.IsOverLimit)
        {
            damages.Add(
                DamageIds.LimitReached,
                file.SectorNumber,
                $"The file {DamageLog.Quote(entry.Name)} has too many parts.");
        }

        if (GoesPastEnd(entry.Extents ?? []))
        {
            var sector = file.Stored[0].Start / Sector.Size;
            damages.Add(
                DamageIds.ExtentPastEnd,
                sector,
                $"The file {DamageLog.Quote(entry.Name)} goes past the end of the disc.");
        }
    }

    /// <summary>Decodes the names anew, when their character set is known at last.</summary>
    /// <returns>What was made anew, by what it was before.</returns>
    public Dictionary<FileEntry, FileEntry> Rename(EntryRule rule)
    {
        var renamed = new Dictionary<FileEntry, FileEntry>();
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            var parent = entry.Parent is { } old ? renamed.GetValueOrDefault(old, old) : null;
            var name = Ascii.IsValid(entry.RawName.Span) && rule.Text is ByteText ? entry.Name : NewName(rule, entry);
            var link = rawLinks.TryGetValue(entry, out var raw) ? rule.Text.Decode(raw) : entry.LinkTarget;
            if (parent != entry.Parent || name != entry.Name || link != entry.LinkTarget)
            {
                var copy = entries[index] = entry with { Parent = parent, Name = name, LinkTarget = link };
                renamed.Add(entry, copy);
            }
        }

        rawLinks.Clear();
        return renamed;
    }

    /// <summary>
    /// Takes away folders that only held directories that belong elsewhere; what the disc itself has there stays.
    /// </summary>
    /// <returns>The folders that were taken away.</returns>
    public IReadOnlyCollection<FileEntry> RemoveEmptied(IEnumerable<FileEntry> holders)
    {
        var moved = holders
            .Where(entry => entry.Parent is null && MovedNames.Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
            .ToHashSet();
        if (moved.Count > 0)
        {
            moved.ExceptWith(entries.Select(entry => entry.Parent).OfType<FileEntry>());
            entries.RemoveAll(moved.Contains);
        }

        return moved;
    }

    /// <summary>Takes a folder in again, as the last one: something was found that belongs there.</summary>
    public void Restore(FileEntry holder) => entries.Add(holder);

    private bool GoesPastEnd(IReadOnlyList<Extent> extents)
    {
        for (var index = 0; index < extents.Count; index++)
        {
            if (extents[index].Stored.End > disc.LengthBytes)
            {
                return true;
            }
        }

        return false;
    }

    private static string NewName(EntryRule rule, FileEntry entry)
    {
        var prefix = entry.Preamble.IsEmpty ? "" : AppleDouble.NamePrefix;
        var name = entry.Name[prefix.Length..];
        return prefix + rule.Rename(name, entry.RawName.Span, entry.Kind == EntryKind.Directory);
    }

    /// <summary>
    /// An associated file stands before its file (ECMA-119 §9.3), whose record may be the one that says what the Finder wants to know.
    /// </summary>
    private void TellForkOf(FileParts file)
    {
        if (fork is { Facts.FinderInfo: null }
            && file.Facts is { IsAssociated: false, FinderInfo: { } finderInfo }
            && file.Parent == fork.Parent
            && file.Facts.RawName.AsSpan().SequenceEqual(fork.Facts.RawName))
        {
            entries[^1] = fork.ToEntry(fork.Stored, finderInfo);
        }
    }

    private IReadOnlyList<Extent> ContentOf(FileParts file)
    {
        if (file.Facts is not { Zisofs: { } claim, Kind: EntryKind.File } || file.Stored.Count == 0)
        {
            return file.Stored;
        }

        if (zisofs.Find(claim, file.Stored, Structures) is { } content)
        {
            return content;
        }

        damages.Add(
            DamageIds.RockRidgeEncoded,
            file.SectorNumber,
            $"The file {DamageLog.Quote(file.Facts.Name)} is compressed, but {zisofs.Reason}: it is listed as stored.");
        return file.Stored;
    }
}
