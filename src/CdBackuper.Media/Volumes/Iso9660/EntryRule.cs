using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>How the records of one kind of tree are to be understood.</summary>
internal abstract class EntryRule(NameText text, DamageLog damages)
{
    protected DamageLog Damages => damages;

    public NameText Text => text;

    /// <summary>The tree's name, for people; empty for the plain one.</summary>
    public abstract string TreeName { get; }

    /// <param name="record">The record; not one of the directory itself or its parent.</param>
    /// <param name="sector">Where it lies.</param>
    /// <param name="structures">Takes what else must be read to understand it.</param>
    public abstract EntryFacts Read(in DirectoryRecord record, long sector, List<ByteRange> structures);

    /// <returns>The name that is recorded so in a directory record, as far as the character set is known by now.</returns>
    public abstract string RecordName(ReadOnlySpan<byte> bytes, bool isDirectory);

    /// <returns>The name of a directory as the path table has it.</returns>
    public string DirectoryName(ReadOnlySpan<byte> name) => RecordName(name, isDirectory: true);

    /// <returns>The name of an entry whose raw name was decoded before the character set was known.</returns>
    public virtual string Rename(FileEntry entry) =>
        RecordName(entry.RawName.Span, entry.Kind == EntryKind.Directory);

    protected DateTimeOffset? ReadDate(in DirectoryRecord record, long sector)
    {
        if (!IsoDate.TryReadRecord(record.Date, out var date))
        {
            damages.Add(
                DamageIds.IsoDateInvalid,
                sector,
                "The date of a directory record is no date: it was left out.");
        }

        return date;
    }

    protected static EntryKind KindOf(in DirectoryRecord record) =>
        record.IsDirectory ? EntryKind.Directory : EntryKind.File;
}
