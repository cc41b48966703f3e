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

    /// <param name="name">What the name was decoded to before the character set was known.</param>
    /// <param name="raw">The name's bytes.</param>
    /// <param name="isDirectory">True for a directory's name.</param>
    /// <returns>The name as it is decoded now.</returns>
    public virtual string Rename(string name, ReadOnlySpan<byte> raw, bool isDirectory) => RecordName(raw, isDirectory);

    /// <summary>Says of a file that it is sound, as CD-ROM XA's attributes may tell.</summary>
    public void NoteSound(in DirectoryRecord record, long sector, string name)
    {
        if (!record.IsDirectory && XaAttributes.IsAudio(record.SystemUse))
        {
            damages.Add(DamageIds.IsoXaAudio, sector, $"The file {DamageLog.Quote(name)} is a track of sound.");
        }
    }

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
