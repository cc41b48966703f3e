using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Reads one directory: its files go into the book, put together from the records of their sections; its directories are given out, one by
/// one, in the order of the records.
/// </summary>
/// <param name="disc">The disc.</param>
/// <param name="descriptor">The tree's.</param>
/// <param name="rule">How its records are read.</param>
/// <param name="doubts">What judges them.</param>
/// <param name="book">Where its files go.</param>
/// <param name="damages">Where flaws are noted.</param>
/// <param name="folder">The directory; null for the root.</param>
/// <param name="extent">Where it lies, as its parent says.</param>
internal sealed class FolderReading(
    DiscReader disc, VolumeDescriptor descriptor, EntryRule rule, RecordDoubts doubts, EntryBook book, DamageLog damages, FileEntry? folder, ByteRange extent)
{
    private readonly DirectoryCursor cursor = new(disc, extent, descriptor.IsHighSierra, damages);
    private FileParts? open;
    private FileParts? spare;
    private bool hasSelf;

    /// <summary>What was found last; only after <see cref="MoveToDirectory"/> said true.</summary>
    public FoundDirectory Directory { get; private set; }

    /// <summary>True when names are or may be missing. Complete once all was read.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Where the directory's own record says that it lies, in bytes; null where that is here.</summary>
    public long? StrayPlace { get; private set; }

    /// <summary>How much of the disc it took.</summary>
    public long BytesRead => cursor.BytesRead;

    /// <summary>Reads on to the next directory.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveToDirectory()
    {
        while (!book.IsFull && cursor.MoveNext())
        {
            var record = cursor.Current;
            if (doubts.LacksAttributes(record))
            {
                damages.Add(
                    DamageIds.IsoRecordInvalid,
                    cursor.SectorNumber,
                    record.IsDirectory ? "A directory lies where its record tells of extended attributes: it was read from there."
                    : "A directory record tells of extended attributes that are not there: its file may lie where they should, not behind them.");
                record = record.IsDirectory ? cursor.DropAttributes() : record;
            }

            hasSelf |= record.IsSelf;
            if (record.IsSelf && cursor.IsFirst && record.DataStart(descriptor.BlockSize) != extent.Start)
            {
                StrayPlace = record.DataStart(descriptor.BlockSize);
            }

            if (!record.IsSelf && !record.IsParent && IsDirectory(record))
            {
                return true;
            }
        }

        End();
        return false;
    }

    private void End()
    {
        FinishOpen();
        if (cursor.Extent.End > extent.End)
        {
            book.Structures.Add(cursor.Extent);
        }

        if (!hasSelf && !cursor.IsIncomplete)
        {
            damages.Add(
                DamageIds.IsoDirectoryInvalid,
                extent.Start / Sector.Size,
                $"The directory {DamageLog.Quote(folder?.Name ?? "/")} has no record of itself: "
                + "it may be another's, or no directory.");
        }

        IsIncomplete |= cursor.IsIncomplete || !hasSelf || book.IsFull;
    }

    /// <summary>Takes a record: a file's goes into the book, once all its sections are there.</summary>
    private bool IsDirectory(in DirectoryRecord record)
    {
        if (open is not null && (cursor.IsBehindGap || !open.IsContinuedBy(record)))
        {
            FinishOpen();
        }

        if (!record.HalvesAgree)
        {
            damages.Add(
                DamageIds.IsoHalvesDiffer,
                cursor.SectorNumber,
                "A directory record's place or length differs in its two halves.");
        }

        if (open is null)
        {
            var facts = rule.Read(record, cursor.SectorNumber, book.Structures);
            IsIncomplete |= facts.IsCut;
            var isUnknown = false;
            var isUntold = facts.ChildBlock is null && doubts.IsDirectory(record, book.Structures, out isUnknown);
            if (isUnknown)
            {
                damages.Add(DamageIds.StructureUnreadable, cursor.SectorNumber, $"Whether {DamageLog.Quote(facts.Name)} is a directory, the path table would tell, which can't be read.");
            }

            if (isUntold)
            {
                damages.Add(DamageIds.IsoRecordInvalid, cursor.SectorNumber, $"The record of {DamageLog.Quote(facts.Name)} does not say that it is a directory, and one lies there.");
            }

            if (record.IsDirectory || isUntold || facts.ChildBlock is not null)
            {
                Directory = new(facts, record.DataRange(descriptor.BlockSize), cursor.SectorNumber);
                return true;
            }

            rule.NoteSound(record, cursor.SectorNumber, facts.Name);
            open = spare ?? new();
            spare = null;
            open.Begin(Complete(facts, record), folder, cursor.SectorNumber);
        }
        else if (rule is RockRidgeRule && (open.Facts.Mode is null || (open.Facts.Zisofs is null && record.SystemUse.IndexOf("ZF"u8) >= 0)))
        {
            // Rock Ridge demands a mode of every record (RRIP §4.1.1): where the first section's has none another may have all of it.
            var facts = rule.Read(record, cursor.SectorNumber, book.Structures);
            IsIncomplete |= facts.IsCut;
            open.Learn(facts);
        }

        open.Add(record, descriptor.BlockSize);
        if (!open.IsOpen)
        {
            FinishOpen();
        }

        return false;
    }

    /// <summary>The book holds on to an associated file's parts, until it knows the file that it belongs to.</summary>
    private void FinishOpen()
    {
        if (open is not { } file)
        {
            return;
        }

        IsIncomplete |= file.IsOpen; // the record of its next section is lost
        book.AddFile(file);
        spare = file.Facts.IsAssociated ? null : file;
        open = null;
    }

    private EntryFacts Complete(EntryFacts facts, in DirectoryRecord record)
    {
        var attributes = record.AttributeBlocks == 0 || descriptor.IsHighSierra || facts is { Created: not null, Mode: not null }
            ? null
            : ExtendedAttributes.Read(disc, (long)record.Block * descriptor.BlockSize, book.Structures);
        return facts with
        {
            IsAssociated = record.IsAssociated,
            XaForm = XaAttributes.FormOf(record.SystemUse),
            Created = facts.Created ?? attributes?.Created,
            Mode = facts.Mode ?? (record.IsProtected && attributes is { } known ? AccessBits.WithType(known.Permissions, isDirectory: false) : null),
        };
    }
}
