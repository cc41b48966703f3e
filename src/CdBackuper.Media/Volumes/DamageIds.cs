namespace CdBackuper.Media.Volumes;

/// <summary>The stable identifiers of flaws. Programs rely on them: add, never rename.</summary>
public static class DamageIds
{
    /// <summary>A sector of the file system's own structures can't be read.</summary>
    public const string StructureUnreadable = "structure.unreadable";

    /// <summary>A file was not extracted, since the files together claim many times the length of the disc.</summary>
    public const string ExtractionLimit = "extraction.limit";

    /// <summary>The volume says that it is longer than the image or disc.</summary>
    public const string VolumeTruncated = "volume.truncated";

    /// <summary>A file's content lies, in part or in whole, past the end of the disc.</summary>
    public const string ExtentPastEnd = "extent.past-end";

    /// <summary>
    /// A limit that no real disc meets was reached, and something was left out: the detail says what.
    /// </summary>
    public const string LimitReached = "limit.reached";

    /// <summary>
    /// Entries were taken from another tree of the volume, since directories of the chosen one are lost.
    /// </summary>
    public const string TreeSupplemented = "tree.supplemented";

    /// <summary>A volume descriptor holds what the standard does not allow; a default was used.</summary>
    public const string IsoDescriptorInvalid = "iso.descriptor.invalid";

    /// <summary>
    /// The two halves of a number that is recorded twice differ; the first was used (ECMA-119 §7.2.3, §7.3.3).
    /// </summary>
    public const string IsoHalvesDiffer = "iso.halves-differ";

    /// <summary>A directory lies, in part or in whole, past the end of the disc.</summary>
    public const string IsoDirectoryPastEnd = "iso.directory.past-end";

    /// <summary>What should be a directory is none.</summary>
    public const string IsoDirectoryInvalid = "iso.directory.invalid";

    /// <summary>
    /// A directory is named twice, perhaps by its own child: the second name is listed without content.
    /// </summary>
    public const string IsoDirectoryRepeated = "iso.directory.repeated";

    /// <summary>A directory was not found by its parent but by the path table (ECMA-119 §9.4).</summary>
    public const string IsoDirectoryFromPathTable = "iso.directory.from-path-table";

    /// <summary>A directory record can't be understood; the rest of its sector was skipped.</summary>
    public const string IsoRecordInvalid = "iso.record.invalid";

    /// <summary>A date is no date; the entry is listed without it.</summary>
    public const string IsoDateInvalid = "iso.date.invalid";

    /// <summary>
    /// A file of several sections lacks one or more, since their directory records are lost (ECMA-119 §6.5.1).
    /// </summary>
    public const string IsoSectionMissing = "iso.section.missing";

    /// <summary>A Joliet name is no UCS-2 text; what can't be decoded was replaced.</summary>
    public const string JolietNameInvalid = "joliet.name.invalid";

    /// <summary>A system use entry has an impossible length; the rest of its area was skipped (SUSP §4.1).</summary>
    public const string SuspEntryInvalid = "susp.entry.invalid";

    /// <summary>A continuation area can't be used: past the end, endless or unreadable (SUSP §5.1).</summary>
    public const string SuspContinuationInvalid = "susp.continuation.invalid";

    /// <summary>A symbolic link's target is malformed; what could be read of it is listed (RRIP §4.1.3).</summary>
    public const string RockRidgeLinkInvalid = "rockridge.link.invalid";

    /// <summary>A relocated directory is not where its placeholder says (RRIP §4.1.5).</summary>
    public const string RockRidgeRelocationInvalid = "rockridge.relocation.invalid";

    /// <summary>
    /// A file is stored in an encoding (zisofs, sparse) that is not undone: its content is listed as stored.
    /// </summary>
    public const string RockRidgeEncoded = "rockridge.encoded";

    /// <summary>
    /// The master directory block (HFS) or volume header (HFS+) can't be used; the copy at the volume's end was.
    /// </summary>
    public const string HfsHeaderLost = "hfs.header.lost";

    /// <summary>The chain of leaves of a B-tree is broken; its records were looked for by every other route.</summary>
    public const string HfsTreeBroken = "hfs.tree.broken";

    /// <summary>A node of a B-tree is no sound node; what can be understood of it was taken.</summary>
    public const string HfsNodeInvalid = "hfs.node.invalid";

    /// <summary>A folder lies in none that can be reached from the root; it was placed by what else is known.</summary>
    public const string HfsFolderOrphaned = "hfs.folder.orphaned";

    /// <summary>A folder has the number of another; it is listed without content.</summary>
    public const string HfsFolderRepeated = "hfs.folder.repeated";

    /// <summary>Where a file lies is not known in part or at all; what is not known counts as lost.</summary>
    public const string HfsExtentsMissing = "hfs.extents.missing";

    /// <summary>A hard link leads to a file that was not found (TN1150, "Hard Links").</summary>
    public const string HfsLinkBroken = "hfs.link.broken";

    /// <summary>A file is compressed in a way that is not undone; it is listed as it is stored.</summary>
    public const string HfsCompressionUnknown = "hfs.compression.unknown";

    /// <summary>The journal holds changes that were not written to the volume (TN1150, "Journal").</summary>
    public const string HfsJournalPending = "hfs.journal.pending";
}
