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

    /// <summary>Files that the chosen tree hides stand in another one: they are listed in a folder of their own.</summary>
    public const string TreeHides = "tree.hides";

    /// <summary>A directory of another tree, which may name what the chosen one hides, can't be read.</summary>
    public const string OtherTreeUnreadable = "tree.other-unreadable";

    /// <summary>A volume descriptor holds what the standard does not allow; a default was used.</summary>
    public const string IsoDescriptorInvalid = "iso.descriptor.invalid";

    /// <summary>
    /// The two halves of a number that is recorded twice differ; the first was used (ECMA-119 §7.2.3, §7.3.3).
    /// </summary>
    public const string IsoHalvesDiffer = "iso.halves-differ";

    /// <summary>A directory lies, in part or in whole, past the end of the disc.</summary>
    public const string IsoDirectoryPastEnd = "iso.directory.past-end";

    /// <summary>A sector amid the volume descriptors is blank, or holds none.</summary>
    public const string IsoDescriptorBlank = "iso.descriptor.blank";

    /// <summary>What should be a directory is none.</summary>
    public const string IsoDirectoryInvalid = "iso.directory.invalid";

    /// <summary>
    /// A directory is named twice, perhaps by its own child: the second name is listed without content.
    /// </summary>
    public const string IsoDirectoryRepeated = "iso.directory.repeated";

    /// <summary>A directory was not found by its parent but by the path table (ECMA-119 §9.4).</summary>
    public const string IsoDirectoryFromPathTable = "iso.directory.from-path-table";

    /// <summary>A directory record can't be understood: it was skipped, cut where the next one begins, or mended by what else it says; where no other is found behind it, the rest of its sector was skipped.</summary>
    public const string IsoRecordInvalid = "iso.record.invalid";

    /// <summary>A date is no date; the entry is listed without it.</summary>
    public const string IsoDateInvalid = "iso.date.invalid";

    /// <summary>
    /// A file of several sections lacks one or more, since their directory records are lost (ECMA-119 §6.5.1).
    /// </summary>
    public const string IsoSectionMissing = "iso.section.missing";

    /// <summary>The image holds a single track of a disc, and was read as if it lay where the disc had it.</summary>
    public const string IsoTrackOffset = "iso.track-offset";

    /// <summary>The boot catalogue (El Torito) breaks its own rules; what it names is listed all the same.</summary>
    public const string IsoBootCatalogueInvalid = "iso.boot-catalogue.invalid";

    /// <summary>
    /// A file has sectors of Form 2 (CD-ROM XA, as on Video CDs), of whose 2,324 bytes only 2,048 are read: its content is
    /// not that of the disc.
    /// </summary>
    public const string IsoXaForm2 = "iso.xa.form2";

    /// <summary>A file stands for a track of sound (CD-ROM XA): what lies there is no data.</summary>
    public const string IsoXaAudio = "iso.xa.audio";

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
    /// A file is stored in an encoding (zisofs, sparse) that can't be undone: its content is listed as stored.
    /// </summary>
    public const string RockRidgeEncoded = "rockridge.encoded";

    /// <summary>
    /// An anchor is lost that should lead to the volume descriptors; another route was taken (ECMA-167 3/8.4.2.1).
    /// </summary>
    public const string UdfAnchorLost = "udf.anchor.lost";

    /// <summary>The main volume descriptor sequence is flawed; its copy was read too (ECMA-167 3/8.4.2.2).</summary>
    public const string UdfReserveSequenceUsed = "udf.sequence.reserve-used";

    /// <summary>Where a descriptor should be there is none, or one that can't be understood.</summary>
    public const string UdfDescriptorInvalid = "udf.descriptor.invalid";

    /// <summary>A descriptor fails its checks (ECMA-167 3/7.2) and has no copy; it was used as it is.</summary>
    public const string UdfDescriptorFlawed = "udf.descriptor.flawed";

    /// <summary>A descriptor is whole but says that it lies elsewhere; it was used.</summary>
    public const string UdfDescriptorMisplaced = "udf.descriptor.misplaced";

    /// <summary>
    /// A block was read from the metadata mirror file, since the main copy is lost or flawed (UDF 2.50 §2.2.13).
    /// </summary>
    public const string UdfMirrorUsed = "udf.mirror.used";

    /// <summary>A partition map can't be understood, or names a partition that there is not.</summary>
    public const string UdfPartitionMapInvalid = "udf.partition-map.invalid";

    /// <summary>A copy of the sparing table is lost or flawed (UDF 1.50 §2.2.11).</summary>
    public const string UdfSparingTableInvalid = "udf.sparing-table.invalid";

    /// <summary>
    /// The last virtual allocation table is lost in part or in whole; an earlier one was used (UDF 1.50 §2.2.10).
    /// </summary>
    public const string UdfVatEarlier = "udf.vat.earlier";

    /// <summary>No virtual allocation table is left; it was put together from the entries themselves.</summary>
    public const string UdfVatRebuilt = "udf.vat.rebuilt";

    /// <summary>No virtual allocation table is left, and nothing to put one together from.</summary>
    public const string UdfVatLost = "udf.vat.lost";

    /// <summary>The root directory was found by searching, since the file set descriptor does not lead to it.</summary>
    public const string UdfRootSearched = "udf.root.searched";

    /// <summary>The root directory is lost.</summary>
    public const string UdfRootLost = "udf.root.lost";

    /// <summary>
    /// An address lies outside every partition, or in a block of which it is not known where it lies.
    /// </summary>
    public const string UdfAddressInvalid = "udf.address.invalid";

    /// <summary>Files or directories were found that no name leads to, since a directory is lost.</summary>
    public const string UdfOrphansFound = "udf.orphans.found";

    /// <summary>Of a file only the name is known; its file entry is lost.</summary>
    public const string UdfEntryLost = "udf.entry.lost";

    /// <summary>Where a file's content lies is lost, in part or in whole.</summary>
    public const string UdfAllocationInvalid = "udf.allocation.invalid";

    /// <summary>A file's length and its extents do not agree.</summary>
    public const string UdfLengthInvalid = "udf.length.invalid";

    /// <summary>A part of a directory holds no names.</summary>
    public const string UdfDirectoryInvalid = "udf.directory.invalid";

    /// <summary>
    /// A directory is named twice, perhaps by its own child: the second name is listed without content.
    /// </summary>
    public const string UdfDirectoryRepeated = "udf.directory.repeated";

    /// <summary>A name in a directory fails its checks; it was used as it is.</summary>
    public const string UdfNameFlawed = "udf.name.flawed";

    /// <summary>A name is no text of UDF; it was read byte by byte (UDF 2.01 §2.1.1).</summary>
    public const string UdfTextInvalid = "udf.text.invalid";

    /// <summary>A time is no time; it was left out.</summary>
    public const string UdfTimeInvalid = "udf.time.invalid";

    /// <summary>
    /// A symbolic link's path is malformed or lost; what could be read of it is listed (ECMA-167 4/14.16).
    /// </summary>
    public const string UdfLinkInvalid = "udf.link.invalid";

    /// <summary>A volume that the partition map names can't be found, or an entry of the map is lost.</summary>
    public const string HfsPartitionLost = "hfs.partition.lost";

    /// <summary>
    /// The master directory block (HFS) or volume header (HFS+) can't be used; the copy at the volume's end was. Where that is lost too the
    /// volume was read by its catalog, or is missing.
    /// </summary>
    public const string HfsHeaderLost = "hfs.header.lost";

    /// <summary>The chain of leaves of a B-tree is broken; its records were looked for by every other route.</summary>
    public const string HfsTreeBroken = "hfs.tree.broken";

    /// <summary>A node of a B-tree is no sound node; what can be understood of it was taken.</summary>
    public const string HfsNodeInvalid = "hfs.node.invalid";

    /// <summary>A file or folder is listed by a record that may be of old, since the catalog is lost around it.</summary>
    public const string HfsRecordDoubtful = "hfs.record.doubtful";

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
